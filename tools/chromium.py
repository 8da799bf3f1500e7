"""The browser of tests and pictures, as Debian packages it.

It can draw no window, and takes two fifths of the processor time of the one that can.
"""

import shutil

CHROMIUM = shutil.which("chromium-headless-shell")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
