from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.catalog.keys import open_key
from core.catalog.repository import Repository
from core.catalog.signing import read_waiting
from core.commands.demo_catalog import found_catalog, where_keys_lie
from core.settings import Settings, read_settings

NOW = datetime(2026, 11, 29, 9, tzinfo=UTC)


def settings_of(folder: Path, **more: str) -> Settings:
    told = {"THONGTHIN_DATA": str(folder / "data"), "THONGTHIN_SECRET": "ab" * 32}
    return read_settings(told | {"THONGTHIN_DEMO": "1"} | more)


def test_the_catalog_of_the_demonstration_is_published_and_its_service_can_sign(
    tmp_path: Path,
) -> None:
    settings = settings_of(tmp_path)

    found_catalog(settings, NOW)

    assert settings.repository
    assert settings.repository_key
    assert settings.repository_passphrase
    repository = Repository(settings.repository)
    phrase = settings.repository_passphrase.read_text(encoding="utf-8").strip()
    repository.sign_state(open_key(settings.repository_key, phrase), NOW + timedelta(days=1))
    assert not read_waiting(repository)
    assert not repository.entries()


def test_a_demonstration_that_begins_anew_forgets_what_was_published(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    found_catalog(settings, NOW)
    before = (settings.data / "demo-catalog" / "keys" / "head.pub").read_bytes()

    found_catalog(settings, NOW)

    assert (settings.data / "demo-catalog" / "keys" / "head.pub").read_bytes() != before


def test_a_catalog_that_lies_elsewhere_is_not_touched(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    settings = settings_of(tmp_path, THONGTHIN_REPOSITORY=str(elsewhere))

    found_catalog(settings, NOW)

    assert not elsewhere.exists()
    assert not (settings.data / "demo-catalog").exists()
    assert where_keys_lie(settings) == []


def test_where_the_keys_lie_is_said_as_it_is_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = settings_of(tmp_path)
    assert where_keys_lie(settings) == []
    found_catalog(settings, NOW)

    monkeypatch.chdir(tmp_path)

    [line] = where_keys_lie(settings)
    assert "data/demo-catalog/keys as head and director" in line
    assert str(tmp_path) not in line
