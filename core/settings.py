"""The environment, read once, into a frozen dataclass.

A wrong value stops the start with a sentence that names the variable.
"""

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_pem_x509_certificates

from core.db import TENANT_ID
from core.proxies import UNIX, Proxies

SECRET_BYTES = 32
DEMO_OPERATOR = "dga"
DEMO_CATALOG = "demo-catalog"  # in the data folder: what the demonstration's operator keeps
DOMAIN = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")


class SettingsError(RuntimeError):
    """The environment holds something with which the server cannot start."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What an installation may decide; nothing else reads the environment.

    :param database_url: owner of an outside PostgreSQL database; None: the embedded one.
    :param data: absolute; keys, uploaded files and the embedded database live here.
    :param workers: processes that serve.
    :param base_domain: a municipality's pages are at ``<code>.<base_domain>``.
    :param public_url: ``{host}`` stands for the municipality's host, ``{port}`` for ``port``.
    :param proxies: the web servers in front, whose word on the sender of a request counts.
    :param secret_keys: at least 32 random bytes, from which keys are derived.
    :param demo: the demonstration's passwords work.
    :param smtp_url: ``smtp://user:password@host:port``; None: e-mail stays in the outbox.
    :param mail_from: the sender of e-mail.
    :param timestamp_url: of the authority that vouches when a file was signed; None: nobody does.
    :param trusted_roots: certificates, DER, of the authorities whose signatures in files count.
    :param assets: what ``tools/assets.py`` made ready.
    :param operator: the tenant of whoever runs the platform for all others; None for nobody's.
    :param reports: a folder with what ``thongthin plugin check`` said, ``<plugin>.json``; None
        for what lies beside each plugin.
    :param repository: the folder of the catalog that is kept here; None: none is.
    :param repository_key: of the service, which signs the catalog's state; None: it is signed
        elsewhere, by command.
    :param repository_passphrase: the file with that key's passphrase.
    """

    database_url: str | None = field(repr=False)
    data: Path
    port: int
    workers: int
    base_domain: str
    public_url: str
    proxies: Proxies = field(compare=False)
    secret_keys: bytes = field(repr=False)
    demo: bool
    smtp_url: str | None = field(repr=False)
    mail_from: str
    timestamp_url: str | None = field(repr=False)
    trusted_roots: tuple[bytes, ...] = field(repr=False)
    assets: Path
    reports: Path | None = None
    operator: str | None = None
    repository: Path | None = None
    repository_key: Path | None = None
    repository_passphrase: Path | None = None

    @property
    def secure(self) -> bool:
        """Whether the pages are served over https."""
        return self.public_url.startswith("https:")

    def origin(self, code: str) -> str:
        """Return where a municipality's pages are, without a slash at the end."""
        return self.public_url.format(host=f"{code}.{self.base_domain}", port=self.port)


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Return the settings that ``environ`` asks for; at the first start make the secret.

    :raises SettingsError: naming the variable that is wrong and what it should be.
    """
    data = Path(environ.get("THONGTHIN_DATA") or ".data").absolute()
    domain = environ.get("THONGTHIN_DOMAIN") or "localhost"
    if not DOMAIN.fullmatch(domain):
        raise SettingsError(f"THONGTHIN_DOMAIN is {domain!r}; give a host name in small letters.")
    assets, reports = environ.get("THONGTHIN_ASSETS"), environ.get("THONGTHIN_REPORTS")
    return Settings(
        database_url=_url(environ, "THONGTHIN_DATABASE_URL", "postgresql", "postgres"),
        data=data,
        port=_number(environ, "PORT" if environ.get("PORT") else "THONGTHIN_PORT", 8000, 65535),
        workers=_number(environ, "THONGTHIN_WORKERS", 1, 64),
        base_domain=domain,
        public_url=_public_url(environ),
        proxies=_proxies(environ),
        secret_keys=_secret(environ, data),
        demo=_is_demo(environ),
        smtp_url=_url(environ, "THONGTHIN_SMTP_URL", "smtp", "smtps"),
        mail_from=environ.get("THONGTHIN_MAIL_FROM") or f"no-reply@{domain}",
        timestamp_url=_url(environ, "THONGTHIN_TIMESTAMP_URL", "https", "http"),
        trusted_roots=_roots(environ),
        assets=Path(assets).absolute() if assets else Path(__file__).parents[1] / "assets",
        reports=Path(reports).absolute() if reports else None,
        operator=_operator(environ),
        **_repository(environ, data),
    )


def _repository(environ: Mapping[str, str], data: Path) -> dict[str, Path | None]:
    """Return where the catalog is kept, and what signs its state; a demonstration has its own."""
    names = {
        "repository": "THONGTHIN_REPOSITORY",
        "repository_key": "THONGTHIN_REPOSITORY_KEY",
        "repository_passphrase": "THONGTHIN_REPOSITORY_PASSPHRASE_FILE",
    }
    told = {one: environ.get(name) for one, name in names.items()}
    if _is_demo(environ) and not any(told.values()):
        home = data / DEMO_CATALOG
        files = ("repository", "keys/service", "passphrase")
        return {one: home / file for one, file in zip(names, files, strict=True)}
    wanting = [names[one] for one, value in told.items() if not value]
    if told["repository_key"] and wanting:
        raise SettingsError(f"THONGTHIN_REPOSITORY_KEY is of no use without {wanting[0]}.")
    return {one: Path(value).absolute() if value else None for one, value in told.items()}


def _operator(environ: Mapping[str, str]) -> str | None:
    """Return the operator's tenant; the demonstration founds one."""
    id = environ.get("THONGTHIN_OPERATOR") or (DEMO_OPERATOR if _is_demo(environ) else "")
    if id and not TENANT_ID.fullmatch(id):
        raise SettingsError(f"THONGTHIN_OPERATOR is {id!r}; give the id of a tenant, such as dga.")
    return id or None


def _number(environ: Mapping[str, str], name: str, default: int, largest: int) -> int:
    text = environ.get(name) or str(default)
    if not re.fullmatch("[0-9]{1,6}", text) or not 1 <= int(text) <= largest:
        raise SettingsError(f"{name} is {text!r}; give a whole number from 1 to {largest}.")
    return int(text)


def _is_demo(environ: Mapping[str, str]) -> bool:
    text = environ.get("THONGTHIN_DEMO") or "0"
    if text not in ("0", "1"):
        raise SettingsError(f"THONGTHIN_DEMO is {text!r}; give 1 for yes or 0 for no.")
    return text == "1"


def _url(environ: Mapping[str, str], name: str, *schemes: str) -> str | None:
    """Return the address, whose password is never repeated in the refusal."""
    text = environ.get(name)
    if not text:
        return None
    if not text.startswith(tuple(f"{scheme}://" for scheme in schemes)):
        raise SettingsError(f"{name} must begin with {schemes[0]}://.")
    try:
        parts = urlsplit(text)
        complete = bool(parts.hostname or "host=" in parts.query) and parts.port != 0
    except ValueError:
        complete = False
    if not complete:
        raise SettingsError(f"{name} is not a complete address: name a host, and a port number.")
    return text


def _roots(environ: Mapping[str, str]) -> tuple[bytes, ...]:
    """Return the certificates in the files ``*.pem`` of a folder; none where none is named."""
    folder = environ.get("THONGTHIN_TRUSTED_ROOTS")
    if not folder:
        return ()
    try:
        roots = [
            root.public_bytes(Encoding.DER)
            for file in sorted(Path(folder).glob("*.pem"))
            for root in load_pem_x509_certificates(file.read_bytes())
        ]
    except (OSError, ValueError) as problem:
        raise SettingsError(
            f"THONGTHIN_TRUSTED_ROOTS: a file *.pem in {folder} is no certificate ({problem})."
        ) from problem
    if not roots:
        raise SettingsError(
            f"THONGTHIN_TRUSTED_ROOTS is {folder!r}; give a folder with certificates, *.pem."
        )
    return tuple(roots)


def _public_url(environ: Mapping[str, str]) -> str:
    text = environ.get("THONGTHIN_PUBLIC_URL") or "http://{host}:{port}"
    try:
        shown = urlsplit(text.format(host="a.example", port=1))
        right = shown.scheme in ("http", "https") and shown.hostname == "a.example"
        right = right and shown.port != 0 and not (shown.path or shown.query or shown.fragment)
    except (ValueError, LookupError, AttributeError):
        right = False
    if not right:
        raise SettingsError(
            f"THONGTHIN_PUBLIC_URL is {text!r}; write it like https://{{host}}, "
            "where {host} stands for the municipality's host name, without a path."
        )
    return text


def _proxies(environ: Mapping[str, str]) -> Proxies:
    """Return whom to trust: by default what runs on this machine, ``none`` for nobody."""
    text = environ.get("THONGTHIN_TRUSTED_PROXIES") or f"127.0.0.1, ::1, {UNIX}"
    words = [] if text.strip() == "none" else text.replace(",", " ").split()
    try:
        return Proxies(words)
    except ValueError as problem:
        raise SettingsError(
            f"THONGTHIN_TRUSTED_PROXIES: {problem}. Give addresses or networks between commas, "
            "such as 127.0.0.1, 10.0.0.0/24, the word unix, or none."
        ) from problem


def _secret(environ: Mapping[str, str], data: Path) -> bytes:
    """Return the secret of THONGTHIN_SECRET, else that of the key file, made when missing."""
    text = environ.get("THONGTHIN_SECRET")
    if text:
        if not re.fullmatch("([0-9a-fA-F]{2})+", text) or len(text) < 2 * SECRET_BYTES:
            raise SettingsError(
                f"THONGTHIN_SECRET must be at least {SECRET_BYTES} bytes, written as "
                f"{2 * SECRET_BYTES} hexadecimal digits or more."
            )
        return bytes.fromhex(text)
    path = data / "keys" / "secret"
    if not path.exists():
        _make_secret(path)
    if path.stat().st_mode & 0o077:
        raise SettingsError(f"{path} can be read by others; run: chmod 600 {path}")
    secret = path.read_bytes()
    if len(secret) != SECRET_BYTES:
        raise SettingsError(
            f"{path} holds {len(secret)} bytes instead of {SECRET_BYTES}. Restore it from the "
            "backup, or what was encrypted with it stays unreadable."
        )
    return secret


def _make_secret(path: Path) -> None:
    """Write a new secret whole or not at all; of two processes at once the first wins."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = path.with_name(f"secret.{secrets.token_hex(8)}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secrets.token_bytes(SECRET_BYTES))
            file.flush()
            os.fsync(file.fileno())
    except OSError as problem:
        raise SettingsError(
            f"THONGTHIN_DATA: the secret cannot be kept in {path.parent} ({problem.strerror})."
        ) from problem
    try:
        os.link(draft, path)
    except FileExistsError:
        # Another process was first; its secret is the one to use.
        pass
    finally:
        draft.unlink()
