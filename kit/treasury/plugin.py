"""The treasury as a part of the platform: always on, for every municipality."""

from piccolo.conf.apps import AppConfig

from core.api import Manifest, Text, hookimpl
from kit.treasury import hooks
from kit.treasury.piccolo_app import APP_CONFIG

MANIFEST = Manifest(
    name="treasury",
    title=Text("การเงิน", "Treasury"),
    summary=Text("หนี้ ใบแจ้ง การรับเงิน และใบเสร็จ", "Charges, bills, payments and receipts"),
    fixed=True,
    hookspecs=(hooks,),
    permissions={
        "treasury.read": Text("ดูใบแจ้งและใบเสร็จ", "See bills and receipts"),
        "treasury.collect": Text("รับเงินและออกใบเสร็จ", "Take money and give receipts"),
        "treasury.cancel": Text("ยกเลิกใบเสร็จ", "Cancel receipts"),
        "treasury.adjust": Text("ยกเว้นหรือยกเลิกหนี้", "Waive or cancel what is owed"),
    },
    roles={
        "treasury": ("treasury.read", "treasury.collect"),
        "director": ("treasury.read", "treasury.cancel", "treasury.adjust"),
        "clerk": ("treasury.read", "treasury.cancel", "treasury.adjust"),
    },
    actions={
        "treasury.bill.cancelled": Text("ยกเลิกใบแจ้ง", "Cancelled a bill"),
        "treasury.bill.issued": Text("ออกใบแจ้ง", "Issued a bill"),
        "treasury.charge.raised": Text("ตั้งหนี้", "Charged something"),
        "treasury.charge.waived": Text("ยกเว้นหนี้", "Waived a charge"),
        "treasury.payment.taken": Text("รับเงิน", "Took money"),
        "treasury.receipt.cancelled": Text("ยกเลิกใบเสร็จ", "Cancelled a receipt"),
        "treasury.receipt.issued": Text("ออกใบเสร็จ", "Issued a receipt"),
    },
)


@hookimpl
def register_tables() -> AppConfig:
    """Keep money in the schema ``treasury``."""
    return APP_CONFIG
