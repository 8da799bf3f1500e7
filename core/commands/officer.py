"""``thongthin officer``: let the first administrator in, and help where no message arrives."""

import argparse
import asyncio
from collections.abc import Awaitable, Callable
from uuid import UUID

from core import db
from core.commands.surroundings import database, of_tenant, opened, say
from core.context import Context
from core.errors import NotFound
from core.identity import accounts, codes, holders, invitations
from core.identity.identifiers import recognise
from core.notifications.service import can_reach
from core.settings import Settings
from core.tenants.tenant import BANGKOK

_PERSON = ("title", "first_name", "last_name", "post", "unit", "email", "phone")


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("officer", help="let the first administrator in; links, codes")
    actions = parser.add_subparsers(required=True, metavar="action")
    invite = _action(actions, "invite", "add an officer and print a link, good once", _invite)
    invite.add_argument("--title", default="", help="as written before the name")
    invite.add_argument("--first-name", required=True)
    invite.add_argument("--last-name", required=True)
    invite.add_argument("--post", help="as under a signature (the name of the role)")
    invite.add_argument("--unit", default="", help="id of the division, e.g. clerk")
    invite.add_argument("--email", default="", help="codes go there; or give --phone")
    invite.add_argument("--phone", default="", help="mobile number")
    invite.add_argument("--role", default="administrator", help="for the whole office")
    for name, what, run in (
        ("link", "print a new link, with which an officer sets a new password", _link),
        ("code", "print the code for a sign-in that waits for one", _code),
    ):
        action = _action(actions, name, what, run)
        action.add_argument("who", help="e-mail, mobile number or citizen's number of the officer")


def _action(
    actions: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    what: str,
    work: Callable[[Context, argparse.Namespace], Awaitable[None]],
) -> argparse.ArgumentParser:
    action = actions.add_parser(name, help=what)
    action.add_argument("--tenant", required=True)
    action.set_defaults(run=run, work=work)
    return action


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Do one of the actions."""
    with database(settings) as url:
        return asyncio.run(_run(arguments, settings, url))


async def _run(arguments: argparse.Namespace, settings: Settings, url: str) -> int:
    async with opened(settings, url) as runtime:
        await arguments.work(await of_tenant(runtime, arguments.tenant), arguments)
    return 0


async def _invite(ctx: Context, arguments: argparse.Namespace) -> None:
    role = await holders.get_role(ctx, arguments.role)
    person = {name: getattr(arguments, name) for name in _PERSON}
    person["post"] = person["post"] or role["title_th"]
    async with db.transaction(ctx):
        officer = await accounts.register_officer(ctx, **person)
        await holders.grant_role(ctx, account=officer, role=role["code"])
        link = await invitations.invite(ctx, officer)
    _tell_link(ctx, link)
    if not can_reach(ctx, phone=bool(person["phone"]), email=bool(person["email"])):
        who = person["email"] or person["phone"]
        say("No message goes there yet, so each later sign-in needs a code from:")
        say(f"  thongthin officer code --tenant {ctx.tenant.id} {who}")


async def _link(ctx: Context, arguments: argparse.Namespace) -> None:
    _tell_link(ctx, await invitations.invite(ctx, await _officer(ctx, arguments.who)))


async def _code(ctx: Context, arguments: argparse.Namespace) -> None:
    say(await codes.tell(ctx, account=await _officer(ctx, arguments.who)))


async def _officer(ctx: Context, who: str) -> UUID:
    known = recognise(who)
    for row in await accounts.find_by(ctx, known) if known else ():
        if row["kind"] == "officer":
            found: UUID = row["id"]
            return found
    raise NotFound(accounts.NO_ACCOUNT)


def _tell_link(ctx: Context, path: str) -> None:
    until = (ctx.now + invitations.LIFE).astimezone(BANGKOK)
    say(f"{ctx.settings.origin(ctx.tenant.id)}{path}")
    say(f"It works once, until {until:%d %B %Y %H:%M}. Give it to that person only.")
