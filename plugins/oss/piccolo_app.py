"""The tables of the one-stop service, for Piccolo."""

from pathlib import Path

from piccolo.conf.apps import AppConfig, table_finder

APP_CONFIG = AppConfig(
    app_name="oss",
    migrations_folder_path=str(Path(__file__).parent / "piccolo_migrations"),
    table_classes=table_finder(
        modules=["plugins.oss.tables.builder", "plugins.oss.tables.counter"],
        exclude_imported=True,
    ),
)
