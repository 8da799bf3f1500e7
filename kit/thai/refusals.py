"""What is raised when a typed date, amount, number or phone cannot be read."""

from core.api import AppError


class Unreadable(AppError):
    """What was typed cannot be read as what was asked for.

    It knows no field: a form puts ``sentence`` beside the field that it read.
    """

    status_code = 422
