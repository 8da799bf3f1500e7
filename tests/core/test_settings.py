import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from core.settings import Settings, SettingsError, read_settings

SECRET = "ab" * 32
BEGAN, ENDS = datetime(2020, 1, 1, tzinfo=UTC), datetime(2050, 1, 1, tzinfo=UTC)


def read(tmp_path: Path, **environ: str) -> Settings:
    return read_settings({"THONGTHIN_DATA": str(tmp_path), **environ})


def test_an_empty_environment_serves_on_this_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    settings = read_settings({})

    assert settings.database_url is None
    assert settings.data == tmp_path / ".data"
    assert settings.origin("maehia") == "http://maehia.localhost:8000"
    assert settings.workers == 1
    assert settings.demo is False
    assert settings.smtp_url is None
    assert settings.mail_from == "no-reply@localhost"
    assert settings.timestamp_url is None
    assert settings.trusted_roots == ()
    assert (settings.assets.parent / "core" / "settings.py").exists()


def test_links_follow_the_public_address_and_not_the_port_behind_it(tmp_path: Path) -> None:
    settings = read(
        tmp_path,
        PORT="9000",
        THONGTHIN_DOMAIN="thongthin.example",
        THONGTHIN_PUBLIC_URL="https://{host}",
    )

    assert settings.origin("yala") == "https://yala.thongthin.example"
    assert settings.port == 9000


def test_the_port_given_for_this_run_wins(tmp_path: Path) -> None:
    assert read(tmp_path, PORT="9000", THONGTHIN_PORT="7000").port == 9000
    assert read(tmp_path, THONGTHIN_PORT="7000").port == 7000


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "๘๐๐๐"),
        ("THONGTHIN_PORT", "http"),
        ("THONGTHIN_WORKERS", "-1"),
        ("THONGTHIN_WORKERS", "65"),
        ("THONGTHIN_DOMAIN", "Thongthin.example"),
        ("THONGTHIN_DOMAIN", "thongthin..example"),
        ("THONGTHIN_DATABASE_URL", "mysql://host/thongthin"),
        ("THONGTHIN_DATABASE_URL", "postgresql:///thongthin"),
        ("THONGTHIN_DATABASE_URL", "postgresql://host:port/thongthin"),
        ("THONGTHIN_PUBLIC_URL", "https://thongthin.example"),
        ("THONGTHIN_PUBLIC_URL", "https://{host}/"),
        ("THONGTHIN_PUBLIC_URL", "https://{tenant}"),
        ("THONGTHIN_PUBLIC_URL", "https://{host"),
        ("THONGTHIN_PUBLIC_URL", "ftp://{host}"),
        ("THONGTHIN_DEMO", "yes"),
        ("THONGTHIN_SMTP_URL", "mail.example"),
        ("THONGTHIN_SMTP_URL", "smtp://mail.example:0"),
        ("THONGTHIN_TIMESTAMP_URL", "tsa.example"),
        ("THONGTHIN_TRUSTED_ROOTS", "/nowhere/at/all"),
        ("THONGTHIN_SECRET", "ab" * 31),
        ("THONGTHIN_SECRET", "zz" * 32),
        ("THONGTHIN_SECRET", "ab" * 32 + "a"),
    ],
)
def test_a_wrong_value_is_refused_by_the_name_of_its_variable(
    tmp_path: Path, name: str, value: str
) -> None:
    with pytest.raises(SettingsError, match=rf"\b{name}\b"):
        read(tmp_path, **{name: value})


@given(st.integers(-9, 99999).map(str) | st.text(min_size=1))
def test_a_port_is_a_number_in_range_or_a_refusal(text: str) -> None:
    environ = {"PORT": text, "THONGTHIN_SECRET": SECRET}
    if text.isascii() and text.isdecimal() and len(text) <= 6 and 1 <= int(text) <= 65535:
        assert read_settings(environ).port == int(text)
    else:
        with pytest.raises(SettingsError, match="PORT"):
            read_settings(environ)


@given(st.text(min_size=1))
def test_any_public_address_is_taken_whole_or_refused(text: str) -> None:
    environ = {"THONGTHIN_PUBLIC_URL": text, "THONGTHIN_SECRET": SECRET}
    try:
        settings = read_settings(environ)
    except SettingsError:
        return
    assert "maehia.localhost" in settings.origin("maehia")


def test_passwords_and_secrets_are_not_shown(tmp_path: Path) -> None:
    settings = read(
        tmp_path,
        THONGTHIN_SECRET=SECRET,
        THONGTHIN_DATABASE_URL="postgresql://owner:hidden-a@host/thongthin",
        THONGTHIN_SMTP_URL="smtp://user:hidden-b@mail.example:587",
    )

    assert "hidden" not in repr(settings)
    assert repr(settings.secret_keys) not in repr(settings)
    with pytest.raises(SettingsError) as refused:
        read(tmp_path, THONGTHIN_DATABASE_URL="postgresql://owner:hidden-a@host:x/thongthin")
    assert "hidden" not in str(refused.value)


def test_the_certificates_of_a_folder_are_trusted_and_what_is_none_is_named(tmp_path: Path) -> None:
    key = ed25519.Ed25519PrivateKey.generate()
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Root")])
    root = x509.CertificateBuilder(name, name, key.public_key(), 1, BEGAN, ENDS).sign(key, None)
    roots = tmp_path / "roots"
    roots.mkdir()
    (roots / "a.pem").write_bytes(root.public_bytes(Encoding.PEM) * 2)
    (roots / "notes.txt").write_text("no certificate")

    settings = read(tmp_path, THONGTHIN_TRUSTED_ROOTS=str(roots))
    assert settings.trusted_roots == (root.public_bytes(Encoding.DER),) * 2
    (roots / "b.pem").write_text("no certificate")
    with pytest.raises(SettingsError, match="THONGTHIN_TRUSTED_ROOTS"):
        read(tmp_path, THONGTHIN_TRUSTED_ROOTS=str(roots))


def test_the_secret_is_made_once_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    first = read(tmp_path).secret_keys
    path = tmp_path / "keys" / "secret"

    assert len(first) == 32
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o077 == 0
    assert read(tmp_path).secret_keys == first
    assert [each.name for each in path.parent.iterdir()] == ["secret"]


def test_processes_that_start_at_once_share_one_secret(tmp_path: Path) -> None:
    found: set[bytes] = set()
    gate = threading.Barrier(8)

    def start() -> None:
        gate.wait()
        found.add(read(tmp_path).secret_keys)

    threads = [threading.Thread(target=start) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(found) == 1


def test_a_secret_from_the_environment_leaves_no_file(tmp_path: Path) -> None:
    settings = read(tmp_path, THONGTHIN_SECRET=SECRET)

    assert settings.secret_keys == bytes.fromhex(SECRET)
    assert not (tmp_path / "keys").exists()


def test_a_secret_that_others_can_read_or_that_lost_bytes_stops_the_start(tmp_path: Path) -> None:
    read(tmp_path)
    path = tmp_path / "keys" / "secret"

    path.chmod(0o640)
    with pytest.raises(SettingsError, match="chmod 600"):
        read(tmp_path)
    path.chmod(0o600)
    path.write_bytes(b"short")
    with pytest.raises(SettingsError, match="5 bytes instead of 32"):
        read(tmp_path)


def test_a_data_folder_that_cannot_be_made_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")

    with pytest.raises(SettingsError, match="THONGTHIN_DATA"):
        read(tmp_path / "file")


def test_only_a_clear_yes_makes_it_a_demonstration(tmp_path: Path) -> None:
    assert read(tmp_path, THONGTHIN_DEMO="1").demo is True
    assert read(tmp_path, THONGTHIN_DEMO="0").demo is False
    assert read(tmp_path, THONGTHIN_DEMO="").demo is False


@pytest.mark.parametrize("text", ["nginx", "10.0.0.1/8", "127.0.0.1;::1", "unix, 300.1.1.1"])
def test_a_trusted_proxy_that_is_no_address_is_named(tmp_path: Path, text: str) -> None:
    with pytest.raises(SettingsError, match="THONGTHIN_TRUSTED_PROXIES"):
        read(tmp_path, THONGTHIN_TRUSTED_PROXIES=text)


@pytest.mark.parametrize(
    ("text", "sender"),
    [("", "203.0.113.7"), ("none", "127.0.0.1"), ("10.0.0.0/8 unix", "127.0.0.1")],
)
def test_without_a_word_the_web_servers_of_this_machine_are_trusted(
    tmp_path: Path, text: str, sender: str
) -> None:
    scope = {"client": ("127.0.0.1", 1), "headers": [(b"x-forwarded-for", b"203.0.113.7")]}
    read(tmp_path, THONGTHIN_TRUSTED_PROXIES=text).proxies.see_through(scope)
    assert scope["client"][0] == sender


def test_a_key_of_the_service_comes_with_its_repository_and_its_passphrase(tmp_path: Path) -> None:
    told = {
        "THONGTHIN_REPOSITORY": str(tmp_path / "kept"),
        "THONGTHIN_REPOSITORY_KEY": str(tmp_path / "on"),
        "THONGTHIN_REPOSITORY_PASSPHRASE_FILE": str(tmp_path / "phrase"),
    }

    alone = read(tmp_path, THONGTHIN_REPOSITORY="kept")
    settings = read(tmp_path, **told)

    assert (alone.repository, alone.repository_key) == (Path("kept").absolute(), None)
    assert settings.repository_passphrase == tmp_path / "phrase"
    for missing in ("THONGTHIN_REPOSITORY", "THONGTHIN_REPOSITORY_PASSPHRASE_FILE"):
        with pytest.raises(SettingsError, match=f"without {missing}\\."):
            read(tmp_path, **{name: value for name, value in told.items() if name != missing})
