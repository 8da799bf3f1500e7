import importlib
import json
import re
import subprocess
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
OURS = ("core", "kit", "plugins", "contrib")
LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-node.txt")
FOREIGN = re.compile(
    r"\.min\.(js|css)$|\.(ttf|otf|woff2?|eot|whl|so|jar|dll|exe|pyc|tgz|tar\.gz|zip)$|"
    r"(^|/)(node_modules|vendor)/"
)
# Split, so that this file does not hold what it looks for.
ELSEWHERE = re.compile(
    "|".join(
        [
            "/wo" + "rk/",
            "/ro" + "ot/",
            r"/ho" + r"me/[a-z]",
            "index-url" + r"\s*=?\s*http",
            "registry" + r"\.npmjs",
            "files" + r"\.pythonhosted",
            "pypi" + r"\.org/simple",
            r"https?://[^\s\"]+" + r"\.(whl|tar\.gz|tgz)",
        ]
    )
)


def tracked() -> list[str]:
    listed = subprocess.check_output(["/usr/bin/env", "git", "ls-files", "-z"], cwd=ROOT, text=True)
    return [name for name in listed.split("\0") if name and (ROOT / name).exists()]


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def named(requirement: str) -> str:
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found
    return re.sub(r"[-_.]+", "-", found[0]).lower()


def locked(name: str) -> dict[str, list[str]]:
    whole = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in whole.splitlines() if line.strip() and line[0] not in "# "]
    return {named(line): re.findall(r"--hash=sha256:[0-9a-f]{64}\b", line) for line in lines}


@pytest.mark.parametrize("name", OURS)
def test_nobody_else_claims_our_names(name: str) -> None:
    found = importlib.import_module(name)

    assert set(packages_distributions().get(name, ["thongthin"])) == {"thongthin"}
    assert found.__file__ is not None
    assert Path(found.__file__).is_relative_to(ROOT)


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_has_its_hash_and_no_address(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")

    assert locked(name)
    assert [package for package, hashes in locked(name).items() if not hashes] == []
    assert "://" not in text
    assert "--index" not in text.replace("--no-emit-index-url", "")


def test_what_the_project_asks_for_is_locked() -> None:
    asked = project()
    needed = {named(each) for each in asked["project"]["dependencies"]}
    groups = {
        group: {named(each) for each in members}
        for group, members in asked["dependency-groups"].items()
    }

    assert needed - locked("requirements.txt").keys() == set()
    assert (needed | groups["dev"]) - locked("requirements-dev.txt").keys() == set()
    assert groups["node"] - locked("requirements-node.txt").keys() == set()


def test_developers_have_the_same_versions_as_production() -> None:
    def versions(name: str) -> set[str]:
        text = (ROOT / name).read_text(encoding="utf-8")
        return set(re.findall(r"^[A-Za-z0-9._-]+(?:\[[a-z,]+\])?==[^\s;]+", text, re.MULTILINE))

    assert versions("requirements.txt") - versions("requirements-dev.txt") == set()


def test_every_npm_package_has_its_hash_and_no_address() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    asked = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}

    wanted = asked["dependencies"] | asked["devDependencies"]
    assert {name: packages[f"node_modules/{name}"]["version"] for name in wanted} == wanted
    assert [name for name, entry in packages.items() if "resolved" in entry] == []
    assert [
        name
        for name, entry in packages.items()
        if not entry.get("integrity", "").startswith("sha512-")
    ] == []


def test_nobody_elses_code_or_fonts_are_in_the_tree() -> None:
    assert [name for name in tracked() if FOREIGN.search(name)] == []


def test_no_file_knows_the_machine_on_which_it_was_written() -> None:
    found = [
        name
        for name in tracked()
        if ELSEWHERE.search((ROOT / name).read_bytes().decode("utf-8", errors="replace"))
    ]

    assert found == []


def test_the_licence_is_there_whole() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")

    assert project()["project"]["license"] == "Apache-2.0"
    assert "Version 2.0, January 2004" in text
    assert "END OF TERMS AND CONDITIONS" in text
