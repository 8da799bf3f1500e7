"""The demonstration: letters in every state, with an address book and letter codes."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from core.api import EVERYWHERE, Actor, Context, others_here, posts
from kit.documents import Office, Signer, inspect_async, print_at_once
from kit.thai import long_day
from plugins.eoffice.rules import body
from plugins.eoffice.rules.contents import Enclosure, External
from plugins.eoffice.service import (
    arrivals,
    codes,
    correspondents,
    drafts,
    endorsing,
    receiving,
    registers,
    signing,
    tasks,
)
from plugins.eoffice.service.access import get_letter
from plugins.eoffice.service.drafts import Typed
from plugins.eoffice.service.endorsements import Written
from plugins.eoffice.service.receiving import Head
from plugins.eoffice.service.rights import PERMISSIONS
from plugins.eoffice.service.signing import Signing

_CODES = {"maehia": "ชม 52001", "yala": "ยล 52001", "khrueng": "ชร 52801"}
_PROVINCE = Office(
    name="ศาลากลางจังหวัดเชียงใหม่",
    address=["ถนนโชตนา ตำบลช้างเผือก", "อำเภอเมืองเชียงใหม่ ชม 50300"],
)
_FLOOD = (
    "ด้วยกรมอุตุนิยมวิทยาแจ้งว่าจะมีฝนตกหนักในพื้นที่ภาคเหนือระหว่างวันที่ 25 ถึง 28 พฤศจิกายน 2569\n\n"
    "จังหวัดเชียงใหม่ขอให้องค์กรปกครองส่วนท้องถิ่นดำเนินการ ดังนี้\n\n"
    "1. ตรวจสอบเครื่องสูบน้ำและระบบระบายน้ำให้พร้อมใช้งาน\n\n"
    "2. รายงานผลให้จังหวัดทราบภายใน 7 วัน\n\nจึงเรียนมาเพื่อพิจารณาดำเนินการ"
)
_MEETING = (
    "ด้วยจังหวัดเชียงใหม่กำหนดจัดประชุมคณะกรรมการแก้ไขปัญหาหมอกควันและไฟป่า ในวันที่ 4 ธันวาคม 2569 "
    "เวลา 09.30 น. ณ ห้องประชุม 1 ศาลากลางจังหวัดเชียงใหม่\n\nจึงเรียนเชิญเข้าร่วมประชุมตามวันและเวลาดังกล่าว"
)
_ANSWER = {
    "to": "ผู้ว่าราชการจังหวัดเชียงใหม่",
    "closing": "ขอแสดงความนับถือ",
    "body": "ตามหนังสือที่อ้างถึง จังหวัดเชียงใหม่ขอให้รายงานความพร้อมของเครื่องสูบน้ำ นั้น\n\n"
    "เทศบาลขอเรียนว่า ได้ตรวจสอบเครื่องสูบน้ำ จำนวน 4 เครื่อง พร้อมใช้งานทุกเครื่อง\n\nจึงเรียนมาเพื่อโปรดทราบ",
}
_PUMPS = {
    "subject": "ขอรับการสนับสนุนเครื่องสูบน้ำ",
    "to": "นายกเทศมนตรีนครยะลา",
    "enclosures": "แผนที่จุดติดตั้ง | 1 ชุด",
    "closing": "ขอแสดงความนับถือ",
    "body": "ด้วยเทศบาลจะติดตั้งเครื่องสูบน้ำเพิ่มเติมเพื่อรับมือน้ำท่วม\n\n"
    "จึงขอรับการสนับสนุนเครื่องสูบน้ำขนาด 12 นิ้ว จำนวน 2 เครื่อง\n\nจึงเรียนมาเพื่อโปรดพิจารณา",
}


async def fill(ctx: Context) -> None:
    """Set the office up; fill the first of the demonstration with letters."""
    await codes.set_code(ctx, "", _CODES.get(ctx.tenant.id, "กท 52001"))
    for neighbour, name in (await others_here(ctx)).items():
        entry = correspondents.Entry(
            name=name.th, post=f"นายก{name.th}", channel="neighbour", neighbour=neighbour
        )
        await correspondents.keep(ctx, entry)
    people = await _people(ctx)
    if ctx.tenant.id == "maehia" and people:
        await _received(people)
        await _written(people)


async def _people(ctx: Context) -> dict[str, Context]:
    """Return the officers of the demonstration at their desks, by the key of their post."""
    held = dict.fromkeys(PERMISSIONS, EVERYWHERE)
    return {
        one.post.key: replace(
            ctx,
            actor=Actor(
                kind="officer",
                id=one.holders[0][0],
                name=one.holders[0][1],
                post=one.title.th,
                permissions=held,
            ),
        )
        for one in await posts.held_posts(ctx)
    }


async def _received(people: dict[str, Context]) -> None:
    registry = people["registry"]
    flood = await _registered(registry, "ชม 0021/ว 2187", "เตรียมความพร้อมรับสถานการณ์น้ำท่วม", _FLOOD)
    await _acts(people, flood, "clerk", "propose", "mayor", text="เพื่อโปรดพิจารณา เห็นควรมอบกองช่าง")
    await _acts(people, flood, "mayor", "assign", "director", text="มอบกองช่างตรวจสอบและรายงาน")
    meeting = await _registered(registry, "ชม 0017.3/1904", "ขอเชิญประชุมแก้ไขปัญหาหมอกควัน", _MEETING)
    await _acts(people, meeting, "clerk", "propose", "mayor", text="เพื่อโปรดทราบ")
    done = await _registered(registry, "ชม 0023.6/ว 1755", "แจ้งวันหยุดราชการเพิ่มเติม", _MEETING)
    await _acts(people, done, "clerk", "note", text="ทราบ แจ้งเวียนแล้ว")
    await _arrived(registry, "ชม 0021/ว 2201", "ซักซ้อมแนวทางการรายงานสถานการณ์น้ำ", _FLOOD)


async def _arrived(registry: Context, number: str, subject: str, text: str) -> UUID:
    day = registry.today - timedelta(days=2)
    letter = External(
        title="หนังสือภายนอก",
        number=number,
        date=long_day(day, "th"),
        issued_at=registry.now,
        office=_PROVINCE,
        verify=None,
        subject=subject,
        to="นายกเทศมนตรีเมืองแม่เหียะ",
        enclosures=[Enclosure("แบบรายงาน", "1 ชุด")],
        body=body.read(text),
        signer=Signer(name="นายสมศักดิ์ เจริญสุข", post="ผู้ว่าราชการจังหวัดเชียงใหม่"),
        unit=["สำนักงานป้องกันและบรรเทาสาธารณภัยจังหวัด", "โทร. 0 5321 2626"],
    )
    pdf = await print_at_once(registry, "eoffice/external.typ", letter)
    return await arrivals.take_in(registry, [await inspect_async(pdf, f"{subject}.pdf")])


async def _registered(registry: Context, number: str, subject: str, text: str) -> UUID:
    letter = await _arrived(registry, number, subject, text)
    head = Head(
        number=number,
        dated_on=registry.today - timedelta(days=2),
        sender="จังหวัดเชียงใหม่",
        recipient="นายกเทศมนตรีเมืองแม่เหียะ",
        subject=subject,
        speed="very_urgent" if "น้ำ" in subject else "normal",
        first="clerk",
    )
    await receiving.register(registry, letter, head)
    return letter


async def _acts(
    people: dict[str, Context], letter: UUID, who: str, action: str, *to: str, text: str
) -> None:
    task = await _task(people[who], letter)
    await endorsing.endorse(people[who], letter, task, Written(action=action, text=text, to=to))


async def _task(who: Context, letter: UUID) -> UUID:
    [task] = [one["id"] for one in await tasks.inbox(who) if one["letter_id"] == letter]
    found: UUID = task
    return found


async def _written(people: dict[str, Context]) -> None:
    officer, registry, mayor = people["officer"], people["registry"], people["mayor"]
    unit = f"งานบริการ {officer.tenant.name.th}"
    answer = {**_ANSWER, "subject": "รายงานความพร้อมเครื่องสูบน้ำ", "unit": unit}
    await drafts.begin(officer, "external", Typed(fields=answer, signer="mayor"))
    pumps = {**_PUMPS, "unit": unit}
    agencies = await correspondents.all_of(registry)
    to = tuple(str(one["id"]) for one in agencies if one["neighbour"] == "yala")
    waiting = await drafts.begin(officer, "external", Typed(fields=pumps, signer="mayor"))
    await drafts.submit(officer, waiting, to="mayor", text="เพื่อโปรดลงนาม")
    sent = await drafts.begin(officer, "external", Typed(fields=pumps, signer="mayor", to=to))
    await drafts.submit(officer, sent, to="mayor", text="เพื่อโปรดลงนาม")
    revision = (await get_letter(mayor, sent))["revision"]
    await signing.sign(mayor, sent, await _task(mayor, sent), Signing(revision=revision))
    kept = await registers.reserve(registry, "send", 2, "หนังสือเชิญประชุมสภา ลงนามบ่ายนี้")
    await registers.void(registry, kept[1], "งดการประชุม")
