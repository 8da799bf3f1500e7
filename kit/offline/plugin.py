"""The room as a plugin: its worker and its macros are there in every municipality."""

from collections.abc import Callable, Mapping, Sequence

from litestar import Router
from piccolo.conf.apps import AppConfig

from core.api import Job, Manifest, Text, hookimpl
from kit.offline import receipts, receiving, routes
from kit.offline.piccolo_app import APP_CONFIG

MANIFEST = Manifest(
    name="offline",
    title=Text("กรอกได้แม้ไม่มีสัญญาณ", "Filling in without a signal"),
    summary=Text(
        "เก็บสิ่งที่กรอกไว้ในเครื่อง และส่งให้เองเมื่อมีสัญญาณ",
        "Keeps what was filled in on the device and sends it when the signal is back.",
    ),
    fixed=True,
)


@hookimpl
def register_routes() -> Sequence[Router]:
    """Serve the worker and what it asks for."""
    return [routes.router]


@hookimpl
def register_tables() -> AppConfig:
    """Keep receipts in the schema ``offline``."""
    return APP_CONFIG


@hookimpl
def register_filters() -> Mapping[str, Callable[..., str]]:
    """Give the macros the mark of the account and a fresh key."""
    return {"offline_account": receiving.account_mark, "offline_key": receiving.new_key}


@hookimpl
def register_jobs() -> Sequence[Job]:
    """Forget old receipts every night."""
    return [Job(name="offline.drop_old", run=receipts.drop_old, every="40 3 * * *")]
