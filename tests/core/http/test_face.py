import gzip
import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from jinja2 import DictLoader, Environment, FileSystemLoader, PrefixLoader, StrictUndefined, nodes
from jinja2_fragments import render_block
from markupsafe import Markup

from core.text import LANGUAGES, Language, Text
from core.ui import Card

HTTP = Path("core/http")
TEMPLATES = sorted((HTTP / "templates").rglob("*.html"))
CSS = (HTTP / "static/face.css").read_text()
SCRIPT = (HTTP / "static/face.js").read_text()
SPRITE = (HTTP / "static/sprite.svg").read_text()

THAI = re.compile("[\u0e00-\u0e7f]")
VOID = {"meta", "link", "input", "br", "img", "hr"}
CONTROLS = {"input", "select", "textarea"}
# Hooks for scripts and names of things, without a look of their own.
UNSTYLED = {"back", "words", "name", "acts", "pages"}

DESK = """{% extends "core/desk.html" %}
{% block title %}12{% endblock %}
{% block top %}<h1>12</h1>{% endblock %}
{% block main %}<p>main</p>{% endblock %}
{% block aside %}<h2>beside</h2>{% endblock %}
{% block bars %}<aside class="bars" aria-label="next">bars</aside>{% endblock %}"""


@cache
def environment() -> Environment:
    core = FileSystemLoader(HTTP / "templates")
    made = Environment(
        loader=PrefixLoader({"core": core, "demo": DictLoader({"desk.html": DESK})}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["asset"] = lambda name: f"/static/{name}?v=1"
    return made


def shared(lang: Language, **values: Any) -> dict[str, Any]:
    site = {
        "name": Text("เทศบาลเมืองแม่เหียะ", "Mae Hia Town Municipality").to(lang),
        "place": Text("อำเภอเมืองเชียงใหม่", "Mueang Chiang Mai").to(lang),
        "address": Text("ตำบลแม่เหียะ 50100", "Mae Hia 50100").to(lang),
        "hours": "08.30–16.30",
        "phone": "053-276-491",
        "logo": None,
        "theme_css": "/theme/1.css",
    }
    return {
        "t": lambda th, en: Text(th, en).to(lang),
        "lang": lang,
        "site": site,
        "nav": [{"title": "A", "href": "/a", "current": True, "count": 12}],
        "person": None,
        "support": None,
        "bulletins": [],
        "theme": "auto",
        "save_data": False,
        "csrf_input": Markup('<input type="hidden" name="_csrf_token" value="token">'),
        "csrf_token": "token",
        "toast": None,
        "path": "/a",
    } | values


OFFICER = {"name": "S. Jaidee", "initials": "SJ", "post": "Technician", "officer": True}
CARD = Card(Text("คำร้อง", "Request"), Text("ยื่นได้", "File it"), "/r", Text("ยื่น", "File"))
PAGES: dict[str, tuple[str, dict[str, Any]]] = {
    "gallery": ("core/gallery.html", {}),
    "home": ("core/home.html", {"cards": [CARD], "missing": ["oss"]}),
    "bare home": ("core/home.html", {"cards": [], "missing": [], "nav": [], "toast": "Done"}),
    "desk": ("demo/desk.html", {"person": OFFICER, "toast": "Done", "theme": "dark"}),
    "not found": ("core/error.html", {"status": 404, "sentence": "No page", "problems": {}}),
    "stranger": ("core/error.html", {"status": 401, "sentence": "Sign in", "problems": {}}),
    "forbidden": (
        "core/error.html",
        {"status": 403, "sentence": "No", "problems": {}, "person": OFFICER, "path": "/desk/x"},
    ),
    "conflict": ("core/error.html", {"status": 409, "sentence": "Changed", "problems": {}}),
    "fault": ("core/error.html", {"status": 500, "sentence": "Sorry 7F2K", "problems": {}}),
    "invalid": ("core/error.html", {"status": 422, "sentence": "2", "problems": {"a": "Write a"}}),
}


class Page(HTMLParser):
    """The elements of a page in their order, and what was left open."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.text: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, (tag, self.getpos())

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def all(self, attribute: str) -> Iterator[str]:
        return (attrs[attribute] for _, attrs in self.elements if attribute in attrs)


@cache
def render(name: str, lang: Language = "th") -> str:
    template, values = PAGES[name]
    return environment().get_template(template).render(**shared(lang, **values))


@pytest.fixture(params=[(name, lang) for name in PAGES for lang in LANGUAGES], ids=str)
def page(request: pytest.FixtureRequest) -> Page:
    return Page(render(*request.param))


def test_every_element_is_closed_and_ids_are_unique(page: Page) -> None:
    assert page.open == []
    ids = list(page.all("id"))
    assert sorted(set(ids)) == sorted(ids)


def test_nothing_is_inline_that_the_content_security_policy_forbids(page: Page) -> None:
    for tag, attrs in page.elements:
        assert tag != "style"
        assert "style" not in attrs
        assert not [name for name in attrs if name.startswith("on")]
        assert tag != "script" or attrs["src"].startswith("/")
        assert not attrs.get("href", "").startswith("javascript:")
        assert not re.match("https?:|//", attrs.get("src", "") or attrs.get("href", ""))


def test_headings_begin_with_the_one_h1_and_skip_no_level(page: Page) -> None:
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_control_has_a_label_and_every_reference_leads_somewhere(page: Page) -> None:
    ids = set(page.all("id"))
    labelled = set(page.all("for"))
    wrapped = 0
    for tag, attrs in page.elements:
        if tag == "label" and "for" not in attrs:
            wrapped += 1
        if tag in CONTROLS and attrs.get("type") not in ("hidden", "submit"):
            in_label = attrs.get("type") in ("radio", "checkbox") and "aria-label" not in attrs
            assert in_label or attrs.get("id") in labelled or "aria-label" in attrs, attrs
            wrapped -= in_label
        for name in ("aria-describedby", "aria-labelledby"):
            assert set(attrs.get(name, "").split()) <= ids, attrs
    assert wrapped == 0
    assert labelled <= ids


def test_every_icon_is_in_the_sprite(page: Page) -> None:
    drawn = set(re.findall('id="(i-[a-z]+)"', SPRITE))
    used = {href.split("#")[1] for href in page.all("href") if "sprite.svg" in href}

    assert used <= drawn
    assert all("role" in a or "aria-hidden" in a for tag, a in page.elements if tag == "svg")


def test_every_class_has_a_look(page: Page) -> None:
    named = set(re.findall(r"\.([a-z][\w-]*)", CSS)) | UNSTYLED
    used = {name for value in page.all("class") for name in value.split()}

    assert used <= named


def test_landmarks_and_the_skip_link_are_there(page: Page) -> None:
    tags = [tag for tag, _ in page.elements]

    assert tags.count("main") == tags.count("header") == tags.count("footer") == 1
    links = [attrs for tag, attrs in page.elements if tag == "a"]
    assert links[0] == {"class": "skip", "href": "#main"}
    assert "main" in page.all("id")


def test_english_pages_have_no_thai_but_the_way_to_thai(page: Page) -> None:
    [html] = [attrs for tag, attrs in page.elements if tag == "html"]
    thai = [text for text in page.text if THAI.search(text)]

    if html["lang"] == "en":
        assert thai == ["ไทย"]
    else:
        assert len(thai) > 5


@cache
def walk(template: Path) -> nodes.Template:
    return environment().parse(template.read_text())


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_all_thai_stands_beside_its_english(template: Path) -> None:
    tree = walk(template)
    beside = set()
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "t":
            th, en = (arg for arg in call.args if isinstance(arg, nodes.Const) and arg.value)
            beside |= {id(th), id(en)}
    for const in tree.find_all(nodes.Const):
        assert id(const) in beside or not THAI.search(str(const.value)), const.lineno
    for data in tree.find_all(nodes.TemplateData):
        assert not THAI.search(data.data), data.lineno
    assert len(template.read_text().splitlines()) <= 150


def test_the_gallery_shows_every_macro_and_every_icon() -> None:
    shown: set[str] = set()
    for template in TEMPLATES:
        tree = walk(template)
        for call in tree.find_all(nodes.Call):
            called = call.node
            shown.add(
                called.name if isinstance(called, nodes.Name) else getattr(called, "attr", "")
            )
    made = {
        macro.name
        for template in TEMPLATES
        if template.parent.name == "parts"
        for macro in walk(template).find_all(nodes.Macro)
    }
    assert made <= shown
    assert set(re.findall('id="(i-[a-z]+)"', SPRITE)) == set(
        re.findall("#(i-[a-z]+)", render("gallery"))
    )


def test_what_is_typed_is_shown_again_as_text() -> None:
    source = (
        '{% from "core/parts/forms.html" import input, textarea with context %}'
        '{% from "core/parts/problems.html" import problem with context %}'
        "{{ input('a', typed, typed, error=typed) }}{{ textarea('b', 'B', typed) }}"
        "{{ problem({'a': typed}) }}"
    )
    html = environment().from_string(source).render(shared("th"), typed='"><script>&')

    assert "<script" not in html
    assert html.count("&gt;&lt;script&gt;&amp;") == 5
    assert Page(html).open == []


def test_an_error_is_bound_to_its_control() -> None:
    source = (
        '{% from "core/parts/forms.html" import input with context %}'
        "{{ input('deed', 'Deed', 'x', help='Top right', error='In digits') }}"
        "{{ input('soi', 'Soi', optional=true) }}"
    )
    page = Page(environment().from_string(source).render(shared("en")))

    deed, soi = [attrs for tag, attrs in page.elements if tag == "input"]
    assert deed["aria-invalid"] == "true"
    assert deed["aria-describedby"] == "deed-help deed-error"
    assert "aria-invalid" not in soi
    assert "aria-describedby" not in soi
    assert page.text.count("(optional)") == 1


def test_the_sparkline_ends_where_its_last_number_is() -> None:
    source = (
        '{% from "core/parts/values.html" import spark with context %}'
        "{{ spark([0, 5, 10], 'a') }}{{ spark([0, 0], 'b') }}{{ spark([3], 'c') }}"
    )
    page = Page(environment().from_string(source).render(shared("en")))

    lines = [attrs["d"] for tag, attrs in page.elements if tag == "path" and "class" not in attrs]
    dots = [(a["cx"], a["cy"]) for tag, a in page.elements if tag == "circle"]
    assert lines == ["M4.0 25.0L42.0 15.0L80.0 5.0", "M4.0 25.0L80.0 25.0", "M4.0 5.0"]
    assert dots == [("80.0", "5.0"), ("80.0", "25.0"), ("4.0", "5.0")]


def test_htmx_gets_the_summary_with_links_and_the_whole_page_without() -> None:
    values = shared("en", status=422, sentence="1 thing", problems={"deed": "In digits"})

    fragment = render_block(environment(), "core/error.html", "problem", **values)
    whole = environment().get_template("core/error.html").render(**values)
    assert fragment.strip().startswith('<div id="problem"')
    assert '<a href="#deed">In digits</a>' in fragment
    assert "<li>In digits</li>" in whole


def test_a_form_without_problems_keeps_the_place_where_they_would_come() -> None:
    source = '{% from "core/parts/problems.html" import problem with context %}{{ problem() }}'

    assert environment().from_string(source).render(shared("th")) == (
        '<div id="problem" tabindex="-1"></div>'
    )


def test_who_saves_data_gets_no_web_font() -> None:
    template = environment().get_template("core/home.html")
    saving = template.render(shared("th", cards=[], missing=[], save_data=True))
    plain = template.render(shared("th", cards=[], missing=[]))

    assert '<html lang="th" data-save>' in saving
    assert "woff2" not in saving
    assert "sarabun-400.woff2" in plain
    assert ":root[data-save]{--font:var(--system)}" in CSS


@pytest.mark.parametrize(("theme", "said"), [("auto", ""), ("dark", ' data-theme="dark"')])
def test_the_chosen_colours_are_told_before_anything_is_painted(theme: str, said: str) -> None:
    template = environment().get_template("core/home.html")
    html = template.render(shared("th", cards=[], missing=[], theme=theme))

    assert f'<html lang="th"{said}>' in html
    assert f'value="{theme}" aria-pressed="true"' in html
    assert html.count('aria-pressed="true"') == 1


def test_the_way_back_survives_the_switches() -> None:
    template = environment().get_template("core/home.html")
    html = template.render(shared("th", cards=[], missing=[], path='/a?q="ก&b'))

    assert "/language/en?next=/a%3Fq%3D%22%E0%B8%81%26b" in html
    assert 'name="next" value="/a?q=&#34;ก&amp;b"' in html


def test_each_theme_gives_every_colour_of_the_other() -> None:
    night = re.findall(r"screen[^{]*\{:root:where\([^{]*\)\{(.*?)\}", CSS, re.DOTALL)
    day = CSS[CSS.index(":root{") : CSS.index("@media")]

    assert len(night) == 2
    assert night[0].strip() == night[1].strip()
    assert set(re.findall(r"(--[\w-]+):", night[0])) < set(re.findall(r"(--[\w-]+):", day))


def test_every_token_that_is_used_is_given() -> None:
    given = set(re.findall(r"(--[\w-]+):", CSS))
    used = set(re.findall(r"var\((--[\w-]+)", CSS))

    assert used <= given | {"--c", "--cs", "--i"}
    assert "letter-spacing" not in CSS
    assert "italic" not in CSS


def test_a_page_stays_light() -> None:
    def sent(text: str) -> int:
        return len(gzip.compress(text.encode(), 9))

    assert len(CSS.encode()) <= 27 * 1024
    assert sent(CSS) <= 7 * 1024
    assert sent(SCRIPT) + sent((HTTP / "static/upload.js").read_text()) <= 3 * 1024
    assert sent(SPRITE) <= 2 * 1024
    assert sent(render("home")) <= 3 * 1024
