"""A node of eCMS to test against: a real server of its own making.

It reads and writes its XML itself, so that a mistake of the driver is not mirrored here. A letter
is held to the order of its elements. What is taken goes to the peer's node and waits there until
it is polled and deleted.
"""

import http.client
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit
from xml.sax.saxutils import escape, quoteattr

from defusedxml import minidom

RSM = "urn:th:gov:egif:data:standard:GovernmentDocument:1.0"
RAM = "urn:th:gov:egif:data:standard:ReusableAggregateBusinessInformationEntity:1"
SERVICE, PEER = "/ecms-ws01/service2", "/ecms-ws01/peer"
PARTY = "GivenName FamilyName JobTitle MinistryOrganization DepartmentOrganization"
ORDER = re.compile(
    "ID CorrespondenceDate Subject SecretCode SpeedCode SenderParty ReceiverParty "
    "(ReferenceCorrespondence )*Attachment SendDate Description MainLetterBinaryObject"
    "( AttachmentBinaryObject)*"
)
NOTIFIERS = {
    "ReceiveLetterNotifier": "LetterID CorrespondenceDate Subject",
    "AcceptLetterNotifier": "LetterID AcceptID CorrespondenceDate Subject",
    "RejectLetterNotifier": "LetterID CorrespondenceDate Subject",
    "InvalidLetterNotifier": "LetterID CorrespondenceDate Subject",
    "InvalidAcceptIDNotifier": "LetterID AcceptID CorrespondenceDate Subject",
}
PARTIES = ("SenderParty", "ReceiverParty")
GARBAGE = b"<html><body>proxy error<br></html>"


class NotTaken(Exception):
    """What the node answers with ErrorDetail."""


def kids(element: Any) -> list[Any]:
    return [one for one in element.childNodes if one.nodeType == one.ELEMENT_NODE]


def names(element: Any, namespace: str | None) -> str:
    below = kids(element)
    if any(one.namespaceURI != namespace for one in below):
        raise NotTaken("a name in a wrong namespace")
    return " ".join(one.localName for one in below)


def down(element: Any, *path: str) -> Any:
    for name in path:
        element = next(one for one in kids(element) if one.localName == name)
    return element


def text(element: Any, *path: str) -> str:
    return "".join(one.data for one in down(element, *path).childNodes)


def held(condition: bool, why: str) -> None:
    if not condition:
        raise NotTaken(why)


class Node:
    """The node of one department.

    :ivar seen: what its office asked, in order.
    :ivar faults: what goes wrong at which question, counted from 0: ``lose`` it unread, ``drop``
        the answer, answer ``garbage``, ``500`` without doing it, be ``slow``.
    :ivar old: answer as nodes of 2012 did.
    :ivar away: take nothing from peers.
    :ivar traffic: what was done for the office, in order: the name of what it sent, ``poll`` that
        gave something, ``delete``, ``withdraw``; shared by all nodes.
    """

    def __init__(self, department: str, name: str, directory: dict[str, "Node"]) -> None:
        self.department, self.name, self.directory = department, name, directory
        self.seen: list[str] = []
        self.traffic: list[tuple[str, str]] = []
        self.faults: dict[int, str] = {}
        self.old = self.away = False
        self.delay = 0.5
        self.now = "2026-11-20T10:42:00+07:00"
        self.queue: list[tuple[str, str]] = []
        self.outbound: list[tuple[str, tuple[str, str, str]]] = []
        self.used: set[tuple[str, str, str]] = set()
        self.given: dict[tuple[str, ...], str] = {}
        self._pending: list[tuple[str, str]] = []
        self._count = 0
        self._lock = threading.Lock()
        self.server = Server(self)
        self.url = f"http://127.0.0.1:{self.server.server_port}{SERVICE}"
        directory[department] = self

    def answer(self, data: bytes) -> bytes:
        with self._lock:
            try:
                root = minidom.parseString(data).documentElement
                held(bool(text(root, "Header", "MessageID")), "no MessageID")
                [asked] = kids(down(root, "Body"))
                held(asked.namespaceURI is None, "the request has a namespace")
                body = self._does(asked.localName)(asked, text(root, "Header", "To"))
            except NotTaken as problem:
                body = (
                    f"<ErrorDetail><ErrorCode>E1</ErrorCode><ErrorDescription>{escape(str(problem))}"
                    "</ErrorDescription></ErrorDetail>"
                )
        self._pass_on()
        return self._enveloped(body).encode()

    def _does(self, name: str) -> Callable[[Any, str], str]:
        lists = {
            "GetOrganizationList": self._organizations,
            "GetMinistryOrganizationList": "<Ministry><Th-Name>กระทรวงมหาดไทย</Th-Name>"
            "<MinistryID>15</MinistryID></Ministry>",
            "GetSecretCodes": "<Code><Value>001</Value><Description>ปกติ</Description></Code>",
            "GetSpeedCodes": "<Code><Value>002</Value><Description>ด่วน</Description></Code>",
            "GetMimeCodes": "<Mime><File-Extension>pdf</File-Extension>"
            "<Content-type>application/pdf</Content-type></Mime>",
            "TimeCheckRequest": f"<ECMSTime>{self.now}</ECMSTime>",
            "OutboundStatusRequest": "".join(
                f"<Outbound><ProcessID>{process}</ProcessID><LetterID>{escape(key[0])}</LetterID>"
                "<ProcessStatus>ส่งแล้ว</ProcessStatus></Outbound>"
                for process, key in self.outbound
            ),
        }
        if name in lists:
            said = lists[name]
            content = said() if callable(said) else said
            stem = name.removesuffix("Request")
            return lambda asked, to: f"<{stem}Response>{content}</{stem}Response>"
        return {
            "CorrespondenceLetterOutboundRequest": self._take,
            "CorrespondenceLetterInboundRequest": self._poll,
            "CorrespondenceLetterDeleteRequest": self._delete,
            "CorrespondenceLetterInboundSpecialRequest": self._give_again,
            "CorrespondenceDeleteGovernmentDocumentRequest": self._withdraw,
        }[name]

    def _organizations(self) -> str:
        thai, english = ("name", "name") if self.old else ("Th-Name", "En-Name")
        return "".join(
            f"<Organization><{english}>Office {code}</{english}>"
            f"<{thai}>{escape(node.name)}</{thai}><ECMS-URL>{escape(node.url)}</ECMS-URL>"
            f"<OrganizationID>{code}</OrganizationID></Organization>"
            for code, node in self.directory.items()
        )

    def _take(self, asked: Any, to: str) -> str:
        [item] = kids(asked)
        peer = next((one for one in self.directory.values() if one.url == to), None)
        held(peer is not None, "no such node")
        assert peer is not None
        if item.localName == "GovernmentDocument":
            key = self._letter(item)
            held(key[2] == peer.department, "the node is another's")
            held(key not in self.used, "the number is in use")
            self.used.add(key)
            written = self.render(item)
        else:
            held(item.namespaceURI is None, "a notifier with a namespace")
            held(names(item, None) == NOTIFIERS[item.localName], "order")
            key = (text(item, "LetterID"), text(item, "CorrespondenceDate"), peer.department)
            accepts = self if item.localName != "InvalidAcceptIDNotifier" else peer
            written = self.render(
                item,
                f"<AcceptDate>{self.now[:10]}</AcceptDate><AcceptDepartment><Code>"
                f"{accepts.department}</Code></AcceptDepartment>",
            )
        self._note(item.localName)
        process = self._process()
        self.outbound.append((process, key))
        self._pending.append((peer.url, written))
        return self._done("CorrespondenceLetterOutbound", process)

    def _letter(self, document: Any) -> tuple[str, str, str]:
        held(document.namespaceURI == RSM, "namespace")
        letter = down(document, "CorrespondenceLetter")
        held(letter.getAttribute("ID") == "Letter", "ID")
        held(ORDER.fullmatch(names(letter, RAM)) is not None, "order")
        for side in PARTIES:
            held(names(down(letter, side), RAM) == PARTY, "order of a party")
        codes = [text(letter, side, "DepartmentOrganization", "ID") for side in PARTIES]
        held(all(code in self.directory for code in codes), "no such agency")
        return text(letter, "ID"), text(letter, "CorrespondenceDate"), codes[1]

    def render(self, element: Any, more: str = "", outer: bool = True) -> str:
        """Write an element anew, the prefixes swapped where the node is old."""
        prefixes = {RSM: "ram", RAM: "rsm"} if self.old else {RSM: "rsm", RAM: "ram"}
        prefix = prefixes.get(element.namespaceURI)
        name = f"{prefix}:{element.localName}" if prefix else element.localName
        spaces = "".join(f' xmlns:{p}="{space}"' for space, p in prefixes.items())
        attributes = "".join(
            f" {one.localName}={quoteattr(one.value)}"
            for one in element.attributes.values()
            if one.prefix != "xmlns"
        )
        inside = "".join(
            self.render(one, outer=False) if one.nodeType == one.ELEMENT_NODE else written(one.data)
            for one in element.childNodes
        )
        return f"<{name}{spaces if outer else ''}{attributes}>{inside}{more}</{name}>"

    def _poll(self, asked: Any, to: str) -> str:
        if not self.queue:
            return "<CorrespondenceLetterInboundResponse/>"
        self._note("poll")
        process, item = self.queue[0]
        return self._done("CorrespondenceLetterInbound", process, item)

    def _delete(self, asked: Any, to: str) -> str:
        process = text(asked, "ProcessID")
        held(any(one == process for one, _ in self.queue), "not in the queue")
        self._note("delete")
        self.queue = [one for one in self.queue if one[0] != process]
        return self._done("CorrespondenceLetterDelete", process)

    def _withdraw(self, asked: Any, to: str) -> str:
        held(text(asked, "SenderDepartment", "Code") == self.department, "not yours")
        key = (
            text(asked, "LetterID"),
            text(asked, "CorrespondenceDate"),
            text(asked, "AcceptDepartment", "Code"),
        )
        held(key in self.used, "no such letter")
        self._note("withdraw")
        self.used.remove(key)
        self.outbound = [one for one in self.outbound if one[1] != key]
        return self._done("CorrespondenceDeleteGovernmentDocument", self._process())

    def _give_again(self, asked: Any, to: str) -> str:
        [what] = kids(asked)
        key = (what.localName, text(what, "LetterID"), text(what, "CorrespondenceDate"))
        held(key in self.given, "no such item")
        self.queue.append((self._process(), self.given[key]))
        return self._done("CorrespondenceLetterInboundSpecial", self.queue[-1][0])

    def arrive(self, item: str) -> None:
        """Put something into the queue that came from a peer."""
        with self._lock:
            self.queue.append((self._process(), item))
            root = minidom.parseString(item.encode()).documentElement
            letter = next(iter(root.getElementsByTagNameNS(RAM, "CorrespondenceLetter")), root)
            number = text(letter, "ID" if letter is not root else "LetterID")
            self.given[root.localName, number, text(letter, "CorrespondenceDate")] = item

    def _pass_on(self) -> None:
        """Store and forward: what a peer does not take now waits for the next question."""
        left, self._pending = self._pending, []
        for at, (url, item) in enumerate(left):
            parts = urlsplit(url)
            connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=5)
            try:
                connection.request("POST", PEER, item.encode())
                connection.getresponse().read()
            except OSError:
                self._pending = left[at:]
                return
            finally:
                connection.close()

    def _note(self, what: str) -> None:
        self.traffic.append((self.department, what))

    def _process(self) -> str:
        self._count += 1
        return f"{self.department}{self._count:08}"

    def _done(self, stem: str, process: str, item: str = "") -> str:
        return (
            f"<{stem}Response><ProcessID>{process}</ProcessID>"
            f"<ProcessTime>{self.now}</ProcessTime>{item}</{stem}Response>"
        )

    def _enveloped(self, body: str) -> str:
        addressing = (
            "http://w3.org/2005/08/addressing"
            if self.old
            else ("http://www.w3.org/2005/08/addressing")
        )
        to = "to" if self.old else "To"
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n<soap:Envelope '
            f'xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:wsa="{addressing}">'
            f"<soap:Header><wsa:{to}>{self.url}</wsa:{to}></soap:Header>"
            f'<soap:Body ID="Body">{body}</soap:Body></soap:Envelope>'
        )


class Server(ThreadingHTTPServer):
    def __init__(self, node: Node) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.node = node


class Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_POST(self) -> None:
        data = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == PEER:
            self.arrive(data.decode())
        else:
            self.ask(data)

    def ask(self, data: bytes) -> None:
        node = self.server.node
        fault = node.faults.get(len(node.seen), "")
        asked = re.search(rb"Body[^>]*><([\w:]+)", data)
        node.seen.append(asked[1].decode() if asked else "")
        if fault == "slow":
            time.sleep(node.delay)
        answer = b"" if fault in {"lose", "500"} else node.answer(data)
        if fault in {"lose", "drop"}:
            self.hang_up()
        elif fault == "500":
            self.give(500, b"Internal Server Error")
        else:
            self.give(200, GARBAGE if fault == "garbage" else answer)

    def arrive(self, item: str) -> None:
        if self.server.node.away:
            self.hang_up()
        else:
            self.server.node.arrive(item)
            self.give(200, b"")

    def hang_up(self) -> None:
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def give(self, status: int, answer: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "text/xml; charset=utf-8")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *arguments: Any) -> None:
        pass


def written(data: str) -> str:
    return escape(data, {"\r": "&#13;"})


@contextmanager
def nodes(*offices: tuple[str, str]) -> Iterator[list[Node]]:
    """Serve a node for each department, of which all know each other."""
    directory: dict[str, Node] = {}
    made = [Node(department, name, directory) for department, name in offices]
    for one in made:
        one.traffic = made[0].traffic
    threads = [
        threading.Thread(target=one.server.serve_forever, args=(0.01,), daemon=True) for one in made
    ]
    for thread in threads:
        thread.start()
    try:
        yield made
    finally:
        for one in made:
            one.server.shutdown()
            one.server.server_close()
        for thread in threads:
            thread.join()
