"""What a browser calls itself, in words by which its owner knows it."""

from core.text import Text

# The first that is found counts: most browsers name several others, too.
_BROWSERS = (
    ("Line/", "LINE"),
    ("Edg", "Edge"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)

_BOTH = Text("{browser} บน {system}", "{browser} on {system}")
_UNKNOWN = Text("เบราว์เซอร์ที่ไม่รู้จัก", "Unknown browser")


def describe_browser(name: str) -> Text:
    """Return e.g. ``Chrome บน Android``.

    :param name: what the browser sent as ``User-Agent``.
    """
    browser = next((words for sign, words in _BROWSERS if sign in name), None)
    system = next((words for sign, words in _SYSTEMS if sign in name), None)
    if browser and system:
        return _BOTH.format(browser=browser, system=system)
    known = browser or system
    return Text(known, known) if known else _UNKNOWN
