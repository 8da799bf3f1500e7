"""The browser of tests and pictures, as Debian packages it."""

import shutil

# It draws no window, shows no PDF and sends nothing later; it takes two fifths of the processor
# time of the whole one.
CHROMIUM = shutil.which("chromium-headless-shell")
WHOLE = shutil.which("chromium")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A page is left within seconds: to make its scripts quicker takes longer than it saves.
    "--js-flags=--no-opt --no-maglev",
)
