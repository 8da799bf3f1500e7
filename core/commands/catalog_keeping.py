"""``thongthin catalog key|begin|enter|…``: for those who keep the catalog, on their machines."""

import argparse
import contextlib
import getpass
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeAlias, get_args

import msgspec
from securesystemslib.signer import CryptoSigner

from core.catalog.ceremonies import Holders, begin, rotate, sign
from core.catalog.changing import HANDED, hand_over
from core.catalog.entering import enter, renew_evidence
from core.catalog.entries import DataClass
from core.catalog.keys import KeyFault, make_key, open_key, owner_of, read_public
from core.catalog.packing import pack, propose_bundle
from core.catalog.repository import CatalogFault, Repository, read_entry
from core.catalog.wheels import WheelRefused
from core.catalog.writing import load
from core.commands.surroundings import say
from core.settings import Settings
from core.text import Text

Actions: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
Work = Callable[[argparse.Namespace, datetime], None]


def add(actions: Actions) -> None:
    """Add the actions to the parser."""
    key = _action(actions, "key", "make a key: FILE, and FILE.pub to hand out", _key)
    key.add_argument("file", type=Path)
    key.add_argument("--owner", required=True, help="the person's name, told with what it signs")
    begun = _action(actions, "begin", "begin a repository; says what is to be signed", _begin)
    begun.add_argument("folder", type=Path, help="of the repository")
    for role in ("root", "curators", "online", "bundle"):
        needed = role != "bundle"
        begun.add_argument(
            f"--{role}", type=Path, nargs="+", metavar="PUB", default=[], required=needed
        )
    entered = _action(actions, "enter", "propose a version of a plugin", _enter)
    entered.add_argument("repository", type=Path)
    entered.add_argument("publisher")
    entered.add_argument("wheel", type=Path)
    entered.add_argument("--texts", type=Path, required=True, help="JSON: title, summary, notes")
    entered.add_argument("--report", type=Path, required=True, help="of: plugin check --report")
    entered.add_argument("--reviewer", action="append", required=True, help="twice at least")
    entered.add_argument("--data", nargs="+", choices=get_args(DataClass), required=True)
    stopped = _action(actions, "stop", "propose that a version is stopped everywhere", _stop)
    resumed = _action(actions, "approve", "propose that a stop is taken back", _approve)
    for one in (stopped, resumed):
        one.add_argument("repository", type=Path)
        one.add_argument("plugin")
        one.add_argument("version")
    stopped.add_argument("--reason", required=True, help="Thai / English")
    _add_changes(actions)
    _add_signing(actions)


def _add_changes(actions: Actions) -> None:
    handed = _action(actions, "hand-over", "propose another publisher for a plugin", _hand_over)
    handed.add_argument("repository", type=Path)
    handed.add_argument("plugin")
    handed.add_argument("publisher", help="who goes on with it")
    proven = _action(actions, "evidence", "propose a newer report of a version", _evidence)
    for name in ("repository", "plugin", "version"):
        proven.add_argument(name, type=Path if name == "repository" else str)
    proven.add_argument("--report", type=Path, required=True, help="of: plugin check --report")
    renewed = _action(actions, "renew", "propose a document for another term", _renew)
    renewed.add_argument("repository", type=Path)
    renewed.add_argument("role", help="root, targets, or a publisher")
    rotated = _action(actions, "rotate", "propose another key for an old one", _rotate)
    rotated.add_argument("repository", type=Path)
    rotated.add_argument("what", choices=("root", "curators", "online", "bundle"))
    rotated.add_argument("--out", required=True, help="owner, or first digits, of the old key")
    rotated.add_argument("--new", type=Path, required=True, metavar="PUB")


def _add_signing(actions: Actions) -> None:
    signed = _action(actions, "sign", "sign a document that waits", _sign)
    signed.add_argument("document", type=Path)
    published = _action(actions, "publish", "publish what enough have signed", _publish)
    stamped = _action(actions, "timestamp", "sign the state for another 7 days", _timestamp)
    for one in (published, stamped):
        one.add_argument("repository", type=Path)
    for one in (signed, published, stamped):
        one.add_argument("--key", type=Path, required=True)
    packed = _action(actions, "pack", "propose a bundle; once it is signed, write it", _pack)
    packed.add_argument("repository", type=Path)
    packed.add_argument("--to", type=Path, help="write the bundle that was signed here")
    for one in (actions.choices["key"], signed, published, stamped):
        one.add_argument("--passphrase-file", type=Path, help="else it is asked for")


def _action(actions: Actions, name: str, what: str, work: Work) -> argparse.ArgumentParser:
    parser = actions.add_parser(name, help=what)
    parser.set_defaults(run=run, work=work)
    return parser


def run(arguments: argparse.Namespace, _settings: Settings) -> int:
    """Do one of the actions; 1 when it is refused, and then nothing was changed."""
    kept = getattr(arguments, "repository", None)
    try:
        if kept and "key" in arguments:
            # Before anybody else has to wait: a person types a passphrase.
            arguments.key = _open(arguments)
        with Repository(kept).alone() if kept else contextlib.nullcontext():
            arguments.work(arguments, datetime.now(UTC))
    except (KeyFault, CatalogFault, WheelRefused) as problem:
        say(f"fail: {problem}")
        return 1
    return 0


def _key(arguments: argparse.Namespace, _now: datetime) -> None:
    key = make_key(arguments.file, arguments.owner, _passphrase(arguments))
    say(f"{arguments.file}: keep it off line, and a copy elsewhere")
    say(f"{arguments.file}.pub: {owner_of(key)}, {key.keyid[:8]}")


def _passphrase(arguments: argparse.Namespace) -> str:
    if arguments.passphrase_file:
        text: str = arguments.passphrase_file.read_text(encoding="utf-8")
        return text.strip("\r\n")
    return getpass.getpass("Passphrase: ")


def _open(arguments: argparse.Namespace) -> CryptoSigner:
    return open_key(arguments.key, _passphrase(arguments))


def _told(files: list[Path] | tuple[Path, ...]) -> None:
    for one in files:
        say(f"to sign: {one}")


def _begin(arguments: argparse.Namespace, now: datetime) -> None:
    roles = ("root", "curators", "online", "bundle")
    given = {one: [read_public(file) for file in getattr(arguments, one)] for one in roles}
    _told(tuple(begin(Repository(arguments.folder), Holders(**given), now)))


def _enter(arguments: argparse.Namespace, now: datetime) -> None:
    entry = enter(
        Repository(arguments.repository),
        arguments.publisher,
        arguments.wheel,
        texts=arguments.texts.read_bytes(),
        report=arguments.report.read_bytes(),
        reviewers=arguments.reviewer,
        data=arguments.data,
        now=now,
    )
    say(msgspec.json.format(msgspec.json.encode(entry)).decode())
    _told(tuple(Repository(arguments.repository).waiting()))


def _stop(arguments: argparse.Namespace, now: datetime) -> None:
    thai, _, english = (one.strip() for one in arguments.reason.partition("/"))
    if not (thai and english):
        raise CatalogFault("give the reason in Thai and in English, with a / between them")
    _set(arguments, "stopped", Text(thai, english), now)


def _approve(arguments: argparse.Namespace, now: datetime) -> None:
    _set(arguments, "approved", None, now)


def _set(arguments: argparse.Namespace, state: str, reason: Text | None, now: datetime) -> None:
    repository = Repository(arguments.repository)
    file = repository.set_state(arguments.plugin, arguments.version, state, reason, now)
    _told([file])


def _hand_over(arguments: argparse.Namespace, now: datetime) -> None:
    repository = Repository(arguments.repository)
    _told([hand_over(repository, arguments.plugin, arguments.publisher, now)])


def _evidence(arguments: argparse.Namespace, now: datetime) -> None:
    repository, report = Repository(arguments.repository), arguments.report.read_bytes()
    _told([renew_evidence(repository, arguments.plugin, arguments.version, report, now)])


def _renew(arguments: argparse.Namespace, now: datetime) -> None:
    _told([Repository(arguments.repository).renew(arguments.role, now)])


def _rotate(arguments: argparse.Namespace, now: datetime) -> None:
    new = read_public(arguments.new)
    repository = Repository(arguments.repository)
    _told(tuple(rotate(repository, arguments.what, arguments.out, new, now)))


def _sign(arguments: argparse.Namespace, _now: datetime) -> None:
    signed = load(arguments.document).signed
    kind, until = arguments.document.stem, f"{signed.expires:%Y-%m-%d}"
    say(f"{kind}, version {signed.version}, holds until {until}")
    _say_what(signed)
    count = sign(arguments.document, _open(arguments))
    say(f"{count} signed it; next: hand it in, thongthin catalog publish, or another one signs")


def _say_what(signed: Any) -> None:
    """Say what a document says, before somebody signs it on their own machine."""
    for path, target in getattr(signed, "targets", {}).items():
        entry = read_entry(target)
        why = f": {entry.reason.en}" if entry.reason else ""
        proof = f"{entry.quality.tier} of {entry.quality.on}"
        name = f"{entry.plugin} {entry.version} {entry.state}{why}"
        say(f"  {name}  {path}  {target.hashes['sha256']}  {proof}")
    for role, holders in getattr(signed, "roles", {}).items():
        names = ", ".join(owner_of(signed.get_key(one)) for one in holders.keyids)
        say(f"  {role}: {holders.threshold} of {names}")
    if delegations := getattr(signed, "delegations", None):
        for role, holders in delegations.roles.items():
            names = ", ".join(owner_of(delegations.keys[one]) for one in holders.keyids)
            say(f"  publisher {role}: {holders.threshold} of {names}")
    for plugin, publisher in signed.unrecognized_fields.get(HANDED, {}).items():
        say(f"  {plugin} is {publisher}'s")


def _publish(arguments: argparse.Namespace, now: datetime) -> None:
    done, wanting = Repository(arguments.repository).publish(arguments.key, now)
    for role in done:
        say(f"published: {role}")
    for role, why in wanting.items():
        say(f"waits: {role} ({why})")
    if not done:
        raise CatalogFault("nothing was published")


def _timestamp(arguments: argparse.Namespace, now: datetime) -> None:
    Repository(arguments.repository).sign_state(arguments.key, now)
    say("The state is signed for another 7 days.")


def _pack(arguments: argparse.Namespace, now: datetime) -> None:
    repository = Repository(arguments.repository)
    if arguments.to is None:
        _told(tuple(propose_bundle(repository, now)))
    else:
        pack(repository, arguments.to)
        say(f"{arguments.to}: carry it where there is no network")
