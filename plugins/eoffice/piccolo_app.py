"""The tables of e-Office, for Piccolo."""

from pathlib import Path

from piccolo.conf.apps import AppConfig, table_finder

APP_CONFIG = AppConfig(
    app_name="eoffice",
    migrations_folder_path=str(Path(__file__).parent / "piccolo_migrations"),
    table_classes=table_finder(
        modules=[
            "plugins.eoffice.tables.exchange",
            "plugins.eoffice.tables.keeping",
            "plugins.eoffice.tables.letters",
            "plugins.eoffice.tables.registers",
            "plugins.eoffice.tables.routing",
        ],
        exclude_imported=True,
    ),
)
