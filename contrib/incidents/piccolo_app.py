"""The tables of incidents, for Piccolo."""

from pathlib import Path

from piccolo.conf.apps import AppConfig, table_finder

APP_CONFIG = AppConfig(
    app_name="incidents",
    migrations_folder_path=str(Path(__file__).parent / "piccolo_migrations"),
    table_classes=table_finder(
        modules=[
            "contrib.incidents.tables.assets",
            "contrib.incidents.tables.keys",
            "contrib.incidents.tables.reports",
        ],
        exclude_imported=True,
    ),
)
