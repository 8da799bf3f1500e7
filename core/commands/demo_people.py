"""The people of the demonstration: an officer in every role, and citizens.

Their password and their one-time code are printed at the start. They work only
where THONGTHIN_DEMO is set: a database that was made as a demonstration is not
served without it.
"""

from pathlib import Path
from typing import Any

import msgspec

from core.context import Context
from core.identity.accounts import register_citizen, register_officer
from core.identity.codes import DEMO_CODE
from core.identity.holders import grant_role

PASSWORD = "demo-2569-thai"  # noqa: S105 - printed for everybody who tries the demonstration
_PEOPLE = Path(__file__).with_name("data") / "demo_people.json"


def _known() -> dict[str, list[dict[str, str]]]:
    known: dict[str, list[dict[str, str]]] = msgspec.json.decode(_PEOPLE.read_bytes())
    return known


async def fill(ctx: Context) -> None:
    """Make the accounts in one municipality."""
    await _officers(ctx, _known()["officers"])
    for citizen in _known()["citizens"]:
        await register_citizen(ctx, password=PASSWORD, verified=True, **citizen)


async def fill_operator(ctx: Context) -> None:
    """Make the accounts in the tenant that runs the platform."""
    await _officers(ctx, _known()["operator"])


async def _officers(ctx: Context, known: list[dict[str, str]]) -> None:
    for number, one in enumerate(known):
        facts: dict[str, Any] = dict(one)
        role, post = facts.pop("role"), facts.pop("post")
        officer = await register_officer(
            ctx,
            post=post,
            password=PASSWORD,
            email=f"{role}@{ctx.tenant.id}.example",
            phone=f"08100000{number + 10}",
            **facts,
        )
        await grant_role(ctx, account=officer, role=role)


def signers() -> dict[str, str]:
    """Return the names of those who sign the operator's catalog, by their roles."""
    found = {one["role"]: f"{one['first_name']} {one['last_name']}" for one in _known()["operator"]}
    return {role: found[role] for role in ("head", "director", "administrator")}


def sign_ins() -> list[str]:
    """Return the lines that tell how to sign in."""
    roles = ", ".join(one["role"] for one in _known()["officers"])
    return [
        f"Sign in as <role>@<municipality>.example, e.g. registry@maehia.example ({roles}),",
        f"or as the citizen {_known()['citizens'][0]['phone']};"
        f" password {PASSWORD}, one-time code {DEMO_CODE}.",
        "The operator of all three is administrator@dga.example, at dga. There plugins are handed",
        "in by officer@dga.example, and approved by head@dga.example and director@dga.example.",
    ]
