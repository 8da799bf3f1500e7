"""The tables of the waste bank, for Piccolo."""

from pathlib import Path

from piccolo.conf.apps import AppConfig, table_finder

APP_CONFIG = AppConfig(
    app_name="recycling",
    migrations_folder_path=str(Path(__file__).parent / "piccolo_migrations"),
    table_classes=table_finder(
        modules=[
            "contrib.recycling.tables.books",
            "contrib.recycling.tables.centre",
            "contrib.recycling.tables.register",
            "contrib.recycling.tables.tickets",
        ],
        exclude_imported=True,
    ),
)
