"""The tables of building permits, for Piccolo."""

from pathlib import Path

from piccolo.conf.apps import AppConfig, table_finder

APP_CONFIG = AppConfig(
    app_name="permits",
    migrations_folder_path=str(Path(__file__).parent / "piccolo_migrations"),
    table_classes=table_finder(
        modules=[
            "plugins.permits.tables.after",
            "plugins.permits.tables.counter",
            "plugins.permits.tables.inspections",
            "plugins.permits.tables.orders",
            "plugins.permits.tables.plans",
            "plugins.permits.tables.register",
        ],
        exclude_imported=True,
    ),
)
