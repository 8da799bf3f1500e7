"""The tables of food premises, for Piccolo."""

from pathlib import Path

from piccolo.conf.apps import AppConfig, table_finder

APP_CONFIG = AppConfig(
    app_name="food_cert",
    migrations_folder_path=str(Path(__file__).parent / "piccolo_migrations"),
    table_classes=table_finder(
        modules=[
            "plugins.food_cert.tables.complaints",
            "plugins.food_cert.tables.fees",
            "plugins.food_cert.tables.handlers",
            "plugins.food_cert.tables.hygiene",
            "plugins.food_cert.tables.imports",
            "plugins.food_cert.tables.letters",
            "plugins.food_cert.tables.orders",
            "plugins.food_cert.tables.register",
        ],
        exclude_imported=True,
    ),
)
