from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.http.reentry import safe_path

SITE = "https://maehia.example.go.th"
# What browsers leave out of an address, and what they read as a slash.
GAPS = str.maketrans({"\t": None, "\n": None, "\r": None, "\\": "/"})


@pytest.mark.parametrize("path", ["/", "/desk/cases?q=%E0%B8%81&page=2", "/sign-in/kept/1#top"])
def test_a_path_of_this_site_is_followed(path: str) -> None:
    assert safe_path(path) == path


@given(st.text("/\\\t\n\r:@.?#ab%", max_size=12) | st.text(max_size=30))
def test_whatever_is_asked_for_stays_on_this_site(text: str) -> None:
    path = safe_path(text)

    there = urlsplit(urljoin(SITE, path.translate(GAPS).strip()))
    assert f"{there.scheme}://{there.netloc}" == SITE


def test_no_endless_path_is_carried_along() -> None:
    assert safe_path("/" + "a" * 2000, otherwise="/desk") == "/desk"
