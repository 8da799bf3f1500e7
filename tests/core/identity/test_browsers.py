import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.identity.browsers import describe_browser


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/131.0 Mobile Safari/537.36",
         "Chrome on Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1",
         "Safari on iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64) Chrome/131.0 Safari/537.36 Edg/131.0",
         "Edge on Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
         "Firefox on Linux"),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/131.0 Safari/537.36 Line/14.0", "LINE on Android"),
        ("Firefox", "Firefox"),
        ("curl/8.0", "Unknown browser"),
    ],
)  # fmt: skip
def test_a_browser_is_described_as_its_owner_knows_it(name: str, words: str) -> None:
    assert describe_browser(name).en == words


@given(st.text(max_size=200))
def test_whatever_calls_itself_something_is_described(name: str) -> None:
    assert describe_browser(name).th
