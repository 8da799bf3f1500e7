"""The tables of disasters, for Piccolo."""

from pathlib import Path

from piccolo.conf.apps import AppConfig, table_finder

APP_CONFIG = AppConfig(
    app_name="disaster",
    migrations_folder_path=str(Path(__file__).parent / "piccolo_migrations"),
    table_classes=table_finder(
        modules=[
            "contrib.disaster.tables.claims",
            "contrib.disaster.tables.events",
            "contrib.disaster.tables.households",
            "contrib.disaster.tables.requests",
            "contrib.disaster.tables.shelters",
        ],
        exclude_imported=True,
    ),
)
