"""The tables of waste fees, for Piccolo."""

from pathlib import Path

from piccolo.conf.apps import AppConfig, table_finder

APP_CONFIG = AppConfig(
    app_name="waste_fees",
    migrations_folder_path=str(Path(__file__).parent / "piccolo_migrations"),
    table_classes=table_finder(
        modules=[
            "plugins.waste_fees.tables.billing",
            "plugins.waste_fees.tables.dues",
            "plugins.waste_fees.tables.register",
            "plugins.waste_fees.tables.tariffs",
        ],
        exclude_imported=True,
    ),
)
