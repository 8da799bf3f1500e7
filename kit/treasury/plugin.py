"""The treasury as a part of the platform: always on, for every municipality."""

from collections.abc import Sequence
from pathlib import Path

from litestar import Router
from piccolo.conf.apps import AppConfig

from core.api import Card, Context, Effect, Job, Manifest, Message, NavItem, Text, hookimpl
from kit.treasury import banks, hooks, routes
from kit.treasury.piccolo_app import APP_CONFIG
from kit.treasury.revenues import OTHER, Revenue
from kit.treasury.service import demo, importing, links, payee, switching, telling

MANIFEST = Manifest(
    name="treasury",
    title=Text("การเงิน", "Treasury"),
    summary=Text("หนี้ ใบแจ้ง การรับเงิน และใบเสร็จ", "Charges, bills, payments and receipts"),
    fixed=True,
    hookspecs=(hooks,),
    settings=payee.DEFAULTS,
    permissions={
        "treasury.read": Text("ดูใบแจ้งและใบเสร็จ", "See bills and receipts"),
        "treasury.collect": Text("รับเงินและออกใบเสร็จ", "Take money and give receipts"),
        "treasury.cancel": Text("ยกเลิกใบเสร็จ", "Cancel receipts"),
        "treasury.adjust": Text("ยกเว้นหรือยกเลิกหนี้", "Waive or cancel what is owed"),
        "treasury.assign": Text(
            "นำเข้าไฟล์ธนาคารและจัดการเงินพักรอ", "Import files of banks, assign money in suspense"
        ),
        "treasury.settings": Text(
            "ตั้งบัญชีรับเงินและช่องทางธนาคาร", "Set where money is paid to and how banks are known"
        ),
        "treasury.close": Text(
            "ตั้งช่องรับเงิน รับเงินนำส่ง และปิดบัญชีประจำวัน",
            "Set up tills, receive their money, lock the day",
        ),
    },
    roles={
        "treasury": ("treasury.read", "treasury.collect", "treasury.assign"),
        "director": (
            "treasury.read",
            "treasury.cancel",
            "treasury.adjust",
            "treasury.assign",
            "treasury.close",
        ),
        "clerk": ("treasury.read", "treasury.cancel", "treasury.adjust"),
        "administrator": ("treasury.settings",),
    },
    actions={
        "treasury.agreement.ended": Text("ยกเลิกข้อตกลงผ่อนชำระ", "Ended an agreement"),
        "treasury.agreement.made": Text("อนุมัติผ่อนชำระ", "Agreed on instalments"),
        "treasury.agreement.read": Text("เปิดข้อตกลงผ่อนชำระ", "Opened an agreement"),
        "treasury.bank.agreed": Text("ตั้งค่าช่องทางธนาคาร", "Set how a bank is known"),
        "treasury.bill.cancelled": Text("ยกเลิกใบแจ้ง", "Cancelled a bill"),
        "treasury.bill.issued": Text("ออกใบแจ้ง", "Issued a bill"),
        "treasury.bill.read": Text("เปิดดูใบแจ้ง", "Opened a bill"),
        "treasury.bills.issued": Text("ออกใบแจ้งเป็นชุด", "Issued bills together"),
        "treasury.cash.collected": Text("แจ้งเงินที่เก็บนอกสถานที่", "Told of cash taken on a round"),
        "treasury.charge.raised": Text("ตั้งหนี้", "Charged something"),
        "treasury.charge.waived": Text("ยกเว้นหนี้", "Waived a charge"),
        "treasury.payer.bound": Text("ผูกผู้ชำระกับบัญชีผู้ใช้", "Bound a payer to an account"),
        "treasury.payee.changed": Text("แก้ไขบัญชีรับเงิน", "Changed where money is paid to"),
        "treasury.receipt.printed": Text("พิมพ์ใบเสร็จ", "Printed a receipt"),
        "treasury.receipt.read": Text("เปิดดูใบเสร็จ", "Opened a receipt"),
        "treasury.cheque.bounced": Text("คืนเช็คที่ธนาคารไม่จ่าย", "Took back a bounced cheque"),
        "treasury.day.locked": Text("ปิดบัญชีประจำวัน", "Locked a day of the books"),
        "treasury.file.ordered": Text("สั่งลงบัญชีไฟล์ธนาคาร", "Ordered a bank's file to be posted"),
        "treasury.file.posted": Text("ลงบัญชีไฟล์ธนาคาร", "Posted a bank's file"),
        "treasury.file.refused": Text("ไม่รับไฟล์ธนาคาร", "Refused a bank's file"),
        "treasury.file.taken": Text("นำเข้าไฟล์ธนาคาร", "Took a bank's file"),
        "treasury.payment.assigned": Text("จับคู่เงินกับใบแจ้ง", "Assigned money to a bill"),
        "treasury.payment.rejected": Text(
            "ตัดรายการที่ธนาคารแจ้งแต่ไม่มีในไฟล์", "Rejected what a bank said and its file lacks"
        ),
        "treasury.payment.said": Text("รับแจ้งการชำระจากธนาคาร", "Noted what a bank said"),
        "treasury.payment.taken": Text("รับเงิน", "Took money"),
        "treasury.receipt.cancelled": Text("ยกเลิกใบเสร็จ", "Cancelled a receipt"),
        "treasury.receipt.issued": Text("ออกใบเสร็จ", "Issued a receipt"),
        "treasury.refund.granted": Text("อนุมัติคืนเงิน", "Granted a refund"),
        "treasury.refund.paid": Text("จ่ายเงินคืน", "Paid out a refund"),
        "treasury.refund.sent": Text("โอนเงินคืน", "Sent a refund through a bank"),
        "treasury.till.added": Text("ตั้งช่องรับเงิน", "Set up a till"),
        "treasury.till.closed": Text("ปิดช่องรับเงินและนำส่ง", "Closed a till"),
        "treasury.till.opened": Text("เปิดช่องรับเงิน", "Opened a till"),
        "treasury.till.received": Text("รับเงินนำส่ง", "Received a till's money"),
        "treasury.till.reopened": Text("นำช่องรับเงินกลับมาใช้", "Took a till back into use"),
        "treasury.till.retired": Text("เลิกใช้ช่องรับเงิน", "Retired a till"),
    },
)


@hookimpl
def register_papers() -> Path:
    """Give the templates of the treasury's papers."""
    return Path(__file__).parent / "papers"


@hookimpl
def register_messages() -> Sequence[Message]:
    """Give the texts in which payers are told of their receipts."""
    return telling.MESSAGES


@hookimpl
def register_tables() -> AppConfig:
    """Keep money in the schema ``treasury``."""
    return APP_CONFIG


@hookimpl
def register_routes() -> Sequence[Router]:
    """Serve bills, receipts, tills, the books, and what banks say."""
    return routes.routers


@hookimpl
def register_revenues() -> Sequence[Revenue]:
    """Give the revenue that no service charges for."""
    return [OTHER]


@hookimpl
def register_jobs() -> Sequence[Job]:
    """Post large files of banks; one of a million lines takes minutes."""
    return [Job(name=importing.JOB, run=importing.post_file, budget=3_600)]


@hookimpl
def register_banks() -> Sequence[banks.Bank]:
    """Speak with the banks whose formats are known here."""
    return [banks.SCB, banks.BANGKOK]


@hookimpl
async def links_for_navigation(ctx: Context, area: str) -> Sequence[NavItem]:
    """Lead officers to bills, receipts, their till, the books and the banks."""
    return await links.links(ctx, area)


@hookimpl
async def links_for_module(ctx: Context, plugin: str) -> Sequence[NavItem]:
    """Lead from the page of the module to where money is paid to."""
    return links.links_for_module(ctx) if plugin == MANIFEST.name else []


@hookimpl
async def cards_for_home(ctx: Context, area: str) -> Sequence[Card]:
    """Lead from the start page to where a bill is paid."""
    return [links.DOOR] if area == "public" else []


@hookimpl
async def effects_of_switch(ctx: Context, plugin: str) -> Sequence[Effect]:
    """Tell what bills of it are open."""
    return await switching.effects(ctx, plugin)


@hookimpl
async def seed_demo(ctx: Context) -> None:
    """Fill the demonstration with bills in every state."""
    await demo.fill(ctx)
