"""The room as a plugin: its templates and its script are there in every municipality."""

from core.api import Manifest, Text

MANIFEST = Manifest(
    name="geo",
    title=Text("แผนที่และที่อยู่", "Maps and addresses"),
    summary=Text(
        "เขตเทศบาล หมุดบนแผนที่ และที่อยู่ทั้งประเทศ",
        "Areas of municipalities, pins on maps, and addresses of the country.",
    ),
    fixed=True,
    settings={"area": "", "tiles": "", "attribution": ""},
)
