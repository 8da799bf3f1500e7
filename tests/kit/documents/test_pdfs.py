import logging
import random
import time
import zlib
from collections.abc import Callable
from io import BytesIO

import pytest
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    PdfObject,
    TextStringObject,
)

from kit.documents import pdfs
from kit.documents.contents import Paper
from kit.documents.pdfs import MOST_PAGES, count_pages
from kit.documents.refusals import (
    ACTIVE_PDF,
    BROKEN_PDF,
    LOCKED_PDF,
    TOO_COMPLEX_PDF,
    FileRefused,
)
from kit.documents.rendering import Press

Change = Callable[[PdfWriter], object]


def written(*changes: Change, pages: int = 1) -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    for change in changes:
        change(writer)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def made(**entries: PdfObject) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{key}"): value for key, value in entries.items()})


def opens_with(action: DictionaryObject) -> Change:
    return lambda writer: writer.root_object.update({NameObject("/OpenAction"): action})


def annotated(**entries: PdfObject) -> Change:
    box = ArrayObject([FloatObject(number) for number in (0, 0, 50, 50)])
    annotation = made(Type=NameObject("/Annot"), Rect=box, **entries)
    return lambda writer: writer.add_annotation(0, annotation)


def javascript(hidden: PdfObject) -> DictionaryObject:
    return made(S=hidden, JS=TextStringObject("app.alert(1)"))


def hide_the_name(writer: PdfWriter) -> None:
    name = writer._add_object(NameObject("/Launch"))
    opens_with(made(S=name))(writer)


def add_form_of_another_kind(writer: PdfWriter) -> None:
    form = made(XFA=TextStringObject("<xdp/>"), Fields=ArrayObject())
    writer.root_object[NameObject("/AcroForm")] = form


ACTIVE: dict[str, Change] = {
    "javascript": opens_with(javascript(NameObject("/JavaScript"))),
    "program": opens_with(made(S=NameObject("/Launch"), F=TextStringObject("cmd.exe"))),
    "name behind a reference": hide_the_name,
    "chain of actions": opens_with(
        made(
            S=NameObject("/GoTo"),
            Next=ArrayObject([javascript(NameObject("/JavaScript"))]),
        )
    ),
    "sending": annotated(
        Subtype=NameObject("/Link"),
        A=made(S=NameObject("/SubmitForm"), F=TextStringObject("https://example.com")),
    ),
    "attachment": lambda writer: writer.add_attachment("a.exe", b"MZ"),
    "attachment on the page": annotated(Subtype=NameObject("/FileAttachment")),
    "film": annotated(Subtype=NameObject("/RichMedia")),
    "form of another kind": add_form_of_another_kind,
}


@pytest.mark.parametrize("change", ACTIVE.values(), ids=ACTIVE)
def test_what_could_act_by_itself_is_refused(change: Change) -> None:
    with pytest.raises(FileRefused) as refused:
        count_pages(written(change))
    assert refused.value.sentence == ACTIVE_PDF


def test_a_name_that_is_written_in_another_way_is_the_same_name() -> None:
    raw = written(opens_with(made(S=NameObject("/J..vaScript"))))
    assert count_pages(raw) == 1

    with pytest.raises(FileRefused) as refused:
        count_pages(raw.replace(b"/J..vaScript", b"/J#61vaScript").replace(b"/S /J", b"/S/J"))
    assert refused.value.sentence == ACTIVE_PDF


def test_pages_are_counted() -> None:
    assert count_pages(written(pages=3)) == 3
    assert count_pages(written(pages=MOST_PAGES)) == MOST_PAGES


def test_a_link_and_a_jump_are_harmless() -> None:
    link = annotated(
        Subtype=NameObject("/Link"),
        A=made(S=NameObject("/URI"), URI=TextStringObject("https://example.go.th")),
    )
    jump = opens_with(made(S=NameObject("/GoTo"), D=ArrayObject([NumberObject(0)])))

    assert count_pages(written(link, jump)) == 1


def test_our_own_papers_are_taken(press: Press, papers: dict[str, Paper]) -> None:
    assert count_pages(press.render("documents/guide.typ", papers["guide"])) >= 1


@pytest.mark.parametrize("password", ["secret", ""])
def test_a_locked_file_is_refused(password: str) -> None:
    with pytest.raises(FileRefused) as refused:
        count_pages(written(lambda writer: writer.encrypt(password, "owner")))
    assert refused.value.sentence == LOCKED_PDF


def test_too_many_pages_are_refused_with_their_number() -> None:
    with pytest.raises(FileRefused) as refused:
        count_pages(written(pages=MOST_PAGES + 1))
    assert "201 หน้า" in refused.value.sentence.th


def test_a_file_of_too_many_objects_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdfs, "MOST_OBJECTS", 20)

    with pytest.raises(FileRefused) as refused:
        count_pages(written(pages=40))
    assert refused.value.sentence == TOO_COMPLEX_PDF


@pytest.mark.parametrize(
    "raw",
    [b"%PDF-1.7\n", b"%PDF-1.7\nhello", written(pages=0), written()[:200]],
    ids=["head", "text", "no pages", "cut"],
)
def test_what_only_begins_like_a_pdf_file_is_refused(raw: bytes) -> None:
    with pytest.raises(FileRefused) as refused:
        count_pages(raw)
    assert refused.value.sentence == BROKEN_PDF


def test_deep_nesting_is_refused_or_read_and_never_more() -> None:
    deep = b"[" * 20_000 + b"]" * 20_000
    raw = written().replace(b"/Type /Catalog", b"/Type /Catalog /Deep " + deep)

    with pytest.raises(FileRefused):
        count_pages(raw)


def test_a_damaged_file_is_read_or_refused_and_never_more(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.CRITICAL)
    whole = written(ACTIVE["sending"], pages=3)
    chance = random.Random(7)  # noqa: S311 - damage, not secrets
    refusals = 0
    for _ in range(300):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 20)):
            damaged[chance.randrange(8, len(damaged))] = chance.randrange(256)
        try:
            assert count_pages(bytes(damaged)) > 0
        except FileRefused:
            refusals += 1

    assert refusals > 100


def test_a_bomb_in_a_stream_of_objects_is_refused_before_it_is_unpacked() -> None:
    packed = zlib.compress(b" " * 400_000_000, 9)
    stream = b"<</Type/ObjStm/N 1/First 8/Filter/FlateDecode/Length %d>>stream\n" % len(packed)
    body = b"%PDF-1.7\n1 0 obj\n" + stream + packed + b"\nendstream endobj\n"
    index = bytes([1, 0, 9, 0, 2, 0, 1, 0])
    table = b"<</Type/XRef/Size 3/W[1 2 1]/Index[1 2]/Root 2 0 R/Length %d>>stream\n" % len(index)
    raw = body + b"3 0 obj\n" + table + index + b"\nendstream endobj\nstartxref\n"
    raw += b"%d\n%%%%EOF" % len(body)
    began = time.monotonic()

    with pytest.raises(FileRefused):
        count_pages(raw)
    assert time.monotonic() - began < 10
    assert len(raw) < 1_000_000
