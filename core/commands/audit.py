"""``thongthin audit``: verify the trails, hand out their signed ends, check one that was kept."""

import argparse
import base64
import binascii
import time
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from core.audit import trail
from core.audit.chain import Head, public_key
from core.commands.surroundings import database, say
from core.keys import Keys
from core.settings import Settings

_FOREIGN = "the signature is not that of this municipality, or the head was edited"


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("audit", help="verify the audit trail, hand out its signed end")
    actions = parser.add_subparsers(required=True, metavar="action")
    verify = actions.add_parser("verify", help="read every entry; ends with pass or fail")
    verify.add_argument("--tenant", help="only of this municipality")
    verify.set_defaults(run=run_verify)
    head = actions.add_parser("head", help="print the signed end of a trail, to keep elsewhere")
    head.add_argument("--tenant", required=True)
    head.set_defaults(run=run_head)
    key = actions.add_parser("key", help="print the public key that checks signed ends")
    key.add_argument("--tenant", required=True)
    key.set_defaults(run=run_key)
    check = actions.add_parser("check-head", help="check a signed end that was kept")
    check.add_argument("file", type=Path, help="what 'audit head' printed")
    check.add_argument(
        "--key", type=_key, help="only the signature, with this public key; needs no database"
    )
    check.set_defaults(run=run_check_head)


def _key(text: str) -> bytes:
    try:
        key = base64.b64decode(text, validate=True)
    except binascii.Error:
        key = b""
    if len(key) != 32:
        raise argparse.ArgumentTypeError("it is what 'thongthin audit key' prints")
    return key


def run_verify(arguments: argparse.Namespace, settings: Settings) -> int:
    """Read every entry and name the first bad one of each municipality; 1 when there is any."""
    with database(settings) as url, trail.connect(url) as connection:
        began = time.monotonic()
        known = trail.tenants(connection, settings.data)
        if arguments.tenant not in (None, *known):
            say(f"fail: there is no municipality {arguments.tenant!r}")
            return 1
        failed = entries = 0
        for tenant in [arguments.tenant] if arguments.tenant else known:
            checked = trail.check(
                connection,
                Keys(settings.secret_keys),
                settings.data,
                tenant,
                now=datetime.now(UTC),
            )
            entries += checked.entries
            failed += checked.finding is not None
            say(f"{tenant}: {checked.finding or f'{checked.entries:,} entries are as written'}")
        rate = entries / (time.monotonic() - began)
    say(f"{entries:,} entries read, {rate:,.0f} a second")
    say("pass" if not failed else "fail")
    return 1 if failed else 0


def run_head(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print the signed end of a trail as one line of JSON; 1 when there is none."""
    with database(settings) as url, trail.connect(url) as connection:
        head = trail.head_of(connection, arguments.tenant)
    if head is None:
        say(f"fail: nothing is sealed yet for {arguments.tenant!r}")
        return 1
    say(msgspec.json.encode(head).decode())
    return 0


def run_key(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print the public key of a municipality."""
    with database(settings) as url, trail.connect(url) as connection:
        keys = trail.keys_of(connection, Keys(settings.secret_keys), arguments.tenant)
    say(base64.b64encode(public_key(keys)).decode())
    return 0


def run_check_head(arguments: argparse.Namespace, settings: Settings) -> int:
    """Say whether a signed end is genuine and, with the database, whether all leads to it."""
    try:
        head = msgspec.json.decode(arguments.file.read_bytes(), type=Head)
    except (OSError, msgspec.DecodeError) as problem:
        say(f"fail: {arguments.file} cannot be read: {problem}")
        return 1
    reason = _reason(head, arguments.key, settings)
    say(f"fail: {reason}" if reason else "pass")
    return 1 if reason else 0


def _reason(head: Head, key: bytes | None, settings: Settings) -> str | None:
    """Return what is wrong with a head; None when nothing is."""
    if key is not None:
        return None if head.is_signed_by(key) else _FOREIGN
    keys = Keys(settings.secret_keys)
    with database(settings) as url, trail.connect(url) as connection:
        if not head.is_signed_by(public_key(trail.keys_of(connection, keys, head.tenant))):
            return _FOREIGN
        checked = trail.check(
            connection, keys, settings.data, head.tenant, kept=head, now=datetime.now(UTC)
        )
    return str(checked.finding) if checked.finding else None
