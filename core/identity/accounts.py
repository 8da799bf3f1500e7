"""Make accounts, find them, change what is known of a person."""

import unicodedata
from collections.abc import Mapping
from typing import Any, Literal
from uuid import UUID

import asyncpg
import msgspec

from core import audit, db
from core.context import Context
from core.errors import InvalidInput, NotFound
from core.identity import passwords
from core.identity.identifiers import Identifier, read_email, read_national_id, read_phone
from core.identity.national_id import id_key, lock_id
from core.identity.tables import Account
from core.text import Language, Text

Kind = Literal["citizen", "officer"]

_LONGEST = {"title": 60, "first_name": 120, "last_name": 120, "post": 200}
_TAKEN = {
    "account_national_id_key": "national_id",
    "account_phone_key": "phone",
    "account_email_key": "email",
}

_FILL_IN = {
    "first_name": Text("กรอกชื่อ", "Fill in the first name."),
    "last_name": Text("กรอกนามสกุล", "Fill in the last name."),
    "post": Text("กรอกตำแหน่ง เช่น นายช่างโยธา", "Fill in the post, for example Civil Engineer."),
}
_TOO_LONG = Text("ยาวเกิน {most} ตัวอักษร ย่อให้สั้นลง", "Longer than {most} characters. Shorten it.")
_TAKEN_WORDS = Text(
    "มีบัญชีที่ใช้ข้อมูลนี้อยู่แล้ว เข้าสู่ระบบด้วยบัญชีนั้น หรือติดต่อสำนักงาน",
    "There is an account with this already. Sign in with it, or ask at the office.",
)
_NO_WAY_IN = Text(
    "กรอกเลขประจำตัวประชาชน เบอร์มือถือ หรืออีเมล อย่างน้อยหนึ่งอย่าง เพื่อใช้เข้าสู่ระบบ",
    "Give a citizen's number, a mobile number or an e-mail: at least one, to sign in with.",
)
_NO_CONTACT = Text(
    "กรอกเบอร์มือถือหรืออีเมลของเจ้าหน้าที่ เพื่อรับรหัสเข้าสู่ระบบ",
    "Give the officer's mobile number or e-mail, to receive codes.",
)
_NO_UNIT = Text("เลือกส่วนราชการจากรายการ", "Choose a division from the list.")
NO_ACCOUNT = Text("ไม่พบบัญชีนี้", "There is no such account.")


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a person, checked and as it is kept; "" or None where it is not known."""

    title: str = ""
    first_name: str = ""
    last_name: str = ""
    national_id: str | None = None
    phone: str | None = None
    email: str | None = None

    @property
    def known(self) -> list[str]:
        """Return what makes a bad password because others know it."""
        mail = (self.email or "").partition("@")[0]
        phone = (self.phone or "").removeprefix("+66")
        return [self.first_name, self.last_name, self.national_id or "", phone, mail]


def check_person(kind: Kind, typed: Mapping[str, str]) -> Person:
    """Read what was typed of a person: title, first_name, last_name, national_id, phone, email.

    :raises InvalidInput: naming every field that is wrong.
    """
    problems: dict[str, Text] = {}
    names = {
        field: check_words(typed, field, problems) for field in ("title", "first_name", "last_name")
    }
    ways: dict[str, str] = {}
    for field, read in (
        ("national_id", read_national_id),
        ("phone", read_phone),
        ("email", read_email),
    ):
        text = typed.get(field, "").strip()
        value = read(text) if text else ""
        if isinstance(value, Text):
            problems[field] = value
        elif value:
            ways[field] = value
    if kind == "officer" and not problems and not ways.keys() & {"phone", "email"}:
        problems["phone"] = _NO_CONTACT
    if not problems and not ways:
        problems["national_id"] = _NO_WAY_IN
    if problems:
        raise InvalidInput(problems)
    return msgspec.convert(names | ways, Person)


def check_words(typed: Mapping[str, str], field: str, problems: dict[str, Text]) -> str:
    """Return a short text without control characters and doubled gaps, noting what is wrong."""
    signs = (" " if unicodedata.category(sign) == "Cc" else sign for sign in typed.get(field, ""))
    text = " ".join("".join(signs).split())
    if not text and field in _FILL_IN:
        problems[field] = _FILL_IN[field]
    elif len(text) > _LONGEST[field]:
        problems[field] = _TOO_LONG.format(most=_LONGEST[field])
    return text


async def register_citizen(
    ctx: Context, *, password: str = "", verified: bool = False, **typed: str
) -> UUID:
    """Make an account for a citizen.

    :param password: "" for somebody who comes to the counter: a code sets one later.
    :param verified: whether phone and e-mail are known to be the person's.
    :param typed: title, first_name, last_name, national_id, phone, email, each as typed.
    :raises InvalidInput: something is wrong, or there is such an account already.
    """
    person = check_person("citizen", typed)
    kept = await _keep_password(person, password)
    verified_ways = {way for way in ("phone", "email") if verified}
    return await add(ctx, "citizen", person, password_hash=kept, verified=verified_ways)


async def register_officer(
    ctx: Context, *, post: str, unit: str | None = None, password: str = "", **typed: str
) -> UUID:
    """Make an account for an officer, whose phone and e-mail the office vouches for.

    :param password: "" to have the officer set one with a code.
    :param typed: title, first_name, last_name, national_id, phone, email, each as typed.
    :raises InvalidInput: something is wrong, or there is such an account already.
    """
    person, post, unit = check_officer(ctx, typed | {"post": post, "unit": unit or ""})
    kept = await _keep_password(person, password)
    return await add(
        ctx,
        "officer",
        person,
        password_hash=kept,
        verified={"phone", "email"},
        post=post,
        unit=unit,
    )


def check_officer(ctx: Context, typed: Mapping[str, str]) -> tuple[Person, str, str | None]:
    """Return an officer's person, post and unit.

    :raises InvalidInput: naming every field that is wrong.
    """
    problems: dict[str, Text] = {}
    post = check_words(typed, "post", problems)
    unit = typed.get("unit", "") or None
    if unit is not None and unit not in ctx.tenant.units:
        problems["unit"] = _NO_UNIT
    try:
        person = check_person("officer", typed)
    except InvalidInput as wrong:
        raise InvalidInput({**wrong.problems, **problems}) from wrong
    if problems:
        raise InvalidInput(problems)
    return person, post, unit


async def _keep_password(person: Person, password: str) -> str:
    if not password:
        return ""
    if problem := passwords.problem_of(password, known=person.known):
        raise InvalidInput({"password": problem})
    return await passwords.hash_password(password)


async def add(
    ctx: Context,
    kind: Kind,
    person: Person,
    *,
    password_hash: str,
    verified: set[str],
    language: Language = "th",
    post: str = "",
    unit: str | None = None,
) -> UUID:
    """Store an account.

    :param verified: of ``phone`` and ``email`` those that are known to be the person's.
    :raises InvalidInput: another account is found by the same number or address.
    """
    row = _row(
        ctx,
        person,
        kind=kind,
        password_hash=password_hash,
        phone_verified=bool(person.phone) and "phone" in verified,
        email_verified=bool(person.email) and "email" in verified,
        language=language,
        post=post,
        unit=unit,
    )
    id: UUID = row.id
    async with refuse_taken(), db.transaction(ctx):
        await Account.insert(row)
        await audit.record(ctx, "core.account.registered", f"account/{id}", owner=id, kind=kind)
    return id


def _row(ctx: Context, person: Person, **more: Any) -> Account:
    id = db.new_id()
    national_id, key = lock_id(ctx, id, person.national_id)
    return Account(
        tenant_id=ctx.tenant.id,
        id=id,
        title=person.title,
        first_name=person.first_name,
        last_name=person.last_name,
        national_id=national_id,
        national_id_key=key,
        phone=person.phone,
        email=person.email,
        active=True,
        created_at=ctx.now,
        **more,
    )


class refuse_taken:  # noqa: N801 - reads as the sentence it stands in
    """Say it in words where the database refuses a second account of one number or address."""

    async def __aenter__(self) -> None:
        """Begin."""

    async def __aexit__(self, kind: Any, problem: Any, _: Any) -> None:
        if isinstance(problem, asyncpg.UniqueViolationError):
            field = _TAKEN.get(str(problem.constraint_name))
            if field is not None:
                raise InvalidInput({field: _TAKEN_WORDS}) from problem


async def find_by(ctx: Context, who: Identifier) -> list[dict[str, Any]]:
    """Return the active accounts that one signs in to by this: at most one of each kind.

    A phone or an e-mail counts only once it is known to be the person's.
    """
    where: Any
    if who.kind == "national_id":
        where = Account.national_id_key == id_key(ctx, who.value)
    elif who.kind == "phone":
        where = (Account.phone == who.value) & Account.phone_verified.eq(True)
    else:
        where = (Account.email == who.value) & Account.email_verified.eq(True)
    async with db.transaction(ctx):
        rows: list[dict[str, Any]] = (
            await Account.select()
            .where(Account.of(ctx), Account.active.eq(True), where)
            .order_by(Account.kind)
        )
    return rows


async def get(ctx: Context, account: UUID) -> dict[str, Any]:
    """Return the row of an account.

    :raises NotFound: the municipality has no such account.
    """
    async with db.transaction(ctx):
        row = await Account.select().where(Account.of(ctx), Account.id == account).first()
    if row is None:
        raise NotFound(NO_ACCOUNT)
    return row
