"""What is raised when a code, a reference, a file or a message cannot be taken."""

from core.api import AppError, Text


class Malformed(AppError):
    """A code, a reference, a file or a message is not as it must be; nothing was done with it.

    :param field: which part is wrong, by the name that its format or the value gives it, such as
        ``"30.02"`` or ``"amount"``. It is for programs; the sentence names the part to people.
    """

    status_code = 422

    def __init__(self, field: str, sentence: Text) -> None:
        super().__init__(sentence)
        self.field = field
