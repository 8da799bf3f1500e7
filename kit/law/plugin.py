"""Figures of law as a part of the platform: always on, for every municipality."""

from piccolo.conf.apps import AppConfig

from core.api import Manifest, Text, hookimpl
from kit.law.piccolo_app import APP_CONFIG

MANIFEST = Manifest(
    name="law",
    title=Text("เกณฑ์ตามกฎหมาย", "Figures of law"),
    summary=Text(
        "ระยะ วัน ค่าธรรมเนียม และแบบฟอร์มที่กฎหมายกำหนด ซึ่งหน่วยงานตั้งเองได้",
        "Distances, days, fees and forms of law, which an office can set for itself.",
    ),
    fixed=True,
    actions={
        "law.figure.set": Text("กำหนดเกณฑ์ตามกฎหมาย", "Set a figure of law"),
        "law.figure.withdrawn": Text("ถอนเกณฑ์ที่ยังไม่เริ่มใช้", "Withdrew a figure before it began"),
    },
)


@hookimpl
def register_tables() -> AppConfig:
    """Keep what offices have set in the schema ``law``."""
    return APP_CONFIG
