"""The tables of the Curator's desk, for Piccolo."""

from pathlib import Path

from piccolo.conf.apps import AppConfig, table_finder

APP_CONFIG = AppConfig(
    app_name="catalog",
    migrations_folder_path=str(Path(__file__).parent / "piccolo_migrations"),
    table_classes=table_finder(
        modules=["contrib.catalog.tables.submissions", "contrib.catalog.tables.failures"],
        exclude_imported=True,
    ),
)
