"""The tables of the treasury, for Piccolo."""

from pathlib import Path

from piccolo.conf.apps import AppConfig, table_finder

APP_CONFIG = AppConfig(
    app_name="treasury",
    migrations_folder_path=str(Path(__file__).parent / "piccolo_migrations"),
    table_classes=table_finder(
        modules=[
            "kit.treasury.tables.banks",
            "kit.treasury.tables.bills",
            "kit.treasury.tables.books",
            "kit.treasury.tables.tills",
        ],
        exclude_imported=True,
    ),
)
