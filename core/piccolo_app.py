"""The core's tables, for Piccolo."""

from pathlib import Path

from piccolo.conf.apps import AppConfig, table_finder

APP_CONFIG = AppConfig(
    app_name="core",
    migrations_folder_path=str(Path(__file__).parent / "piccolo_migrations"),
    table_classes=table_finder(
        modules=[
            "core.tenants.tables",
            "core.numbers",
            "core.audit.tables",
            "core.identity.tables",
            "core.notifications.tables",
            "core.undelivered.tables",
            "core.operator.tables",
        ],
        exclude_imported=True,
    ),
)
