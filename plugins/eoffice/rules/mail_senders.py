"""Who sent a mail: whether it is the agency, and what our own server found out."""

import re
from collections.abc import Iterator

from plugins.eoffice.rules.mail_opening import Mail, headers
from plugins.eoffice.rules.mail_parts import LONGEST_HEAD

_METHODS = ("dmarc", "spf", "dkim")
_FAILED = {"fail", "hardfail"}
_RESULT = re.compile(r"([a-z0-9-]+)(?:\s*/\s*\d+)?\s*=\s*([a-z]+)")
_SPLIT = re.compile(r'"(?:[^"\\]|\\.)*"|[();]|\\.|[^"();\\]+|.', re.DOTALL)
# The regulation calls the central mailbox so; then the whole domain is the agency's. Where the
# name has more to it, as in saraban_05500113@dla.go.th, many agencies share the domain.
_WHOLE_DOMAIN = "saraban"


def is_of(address: str, mailbox: str) -> bool:
    """Return whether an address writes for the agency of that central mailbox.

    Law: ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ (ฉบับที่ 4) พ.ศ. 2564, ภาคผนวก 7.
    """
    address, mailbox = address.lower(), mailbox.lower()
    name, _, domain = mailbox.rpartition("@")
    return bool(address) and (
        address == mailbox or (name == _WHOLE_DOMAIN and address.endswith(f"@{domain}"))
    )


def is_forged(mail: Mail, server: str) -> bool:
    """Return whether our own server says that the sender's address is not the sender's.

    A failure that stands in any field of our server counts: others can add one to a mail, but
    that hurts only themselves. Only the topmost can make good for a mail that was forwarded,
    since every server writes above what it got.

    :param server: name by which it marks its results (RFC 8601, authserv-id); empty where it
        gives none, and nothing is known then.
    """
    found = [dict(_results(one)) for one in _own(mail, server)] if server else []
    if not found or found[0].get("dmarc") == "pass":
        return False
    return any(one.get(method) == "fail" for one in found for method in _METHODS)


def _own(mail: Mail, server: str) -> Iterator[list[str]]:
    # Whole: who adds many signatures could push the results that matter out of sight.
    for value in headers(mail.head, "authentication-results", longest=LONGEST_HEAD):
        name, *results = _statements(value)
        if name.split()[:1] == [server.lower()]:
            yield results


def _results(statements: list[str]) -> Iterator[tuple[str, str]]:
    """Yield method and result; a method that fails once, as of two signatures, fails."""
    failed = set()
    for found in filter(None, map(_RESULT.match, statements)):
        if found[2] in _FAILED:
            failed.add(found[1])
        yield found[1], "fail" if found[1] in failed else found[2]


def _statements(value: str) -> list[str]:
    """Return what stands between semicolons, without comments, in small letters."""
    said, depth = [""], 0
    for sign in _SPLIT.findall(value):
        if sign == "(":
            depth += 1
        elif sign == ")":
            depth = max(depth - 1, 0)
        elif depth == 0 and sign == ";":
            said.append("")
        elif depth == 0:
            said[-1] += sign
    return [one.strip().lower() for one in said]
