"""The refusals that a person can meet, each with its status.

Services raise them, ``core.http.errors`` shows them. A sentence says what is
wrong and what to do next. Everything else that is raised is a bug.
"""

from collections.abc import Mapping, Sequence

from core.text import Text


class AppError(Exception):
    """A refusal in words for the person who met it."""

    status_code = 400

    def __init__(self, sentence: Text) -> None:
        super().__init__(sentence.en)
        self.sentence = sentence

    @property
    def in_short(self) -> Text:
        """The one sentence to show where no form can mark its fields."""
        return self.sentence


class InvalidInput(AppError):
    """What was sent cannot be taken as it is.

    :param problems: a sentence for each field that is wrong, in the order of the form.
    """

    status_code = 422

    def __init__(self, problems: Mapping[str, Text]) -> None:
        count = len(problems)
        super().__init__(
            Text(
                f"มี {count} จุดที่ต้องแก้ก่อนไปต่อ",
                f"{count} thing{'s' * (count != 1)} to correct before you go on",
            )
        )
        self.problems = dict(problems)

    @property
    def in_short(self) -> Text:
        """The first thing to correct."""
        return next(iter(self.problems.values()), self.sentence)


class NotSignedIn(AppError):
    """The page is for people who have signed in."""

    status_code = 401


class NotAllowed(AppError):
    """The person is known and has not the right."""

    status_code = 403


class Expired(AppError):
    """A form was sent that cannot be told from one of another website.

    :param fields: name and text of what was filled in, to be looked at and sent again; empty
        where another website may have filled it in.
    :param files: whether there were files.
    """

    status_code = 403

    def __init__(
        self, sentence: Text, *, fields: Sequence[tuple[str, str]] = (), files: bool = False
    ) -> None:
        super().__init__(sentence)
        self.fields = fields
        self.files = files


class NotFound(AppError):
    """There is no such thing, or it is another municipality's."""

    status_code = 404


class Conflict(AppError):
    """The thing is no longer as the person saw it."""

    status_code = 409


class TooLarge(AppError):
    """More was sent than is taken."""

    status_code = 413


class Resting(AppError):
    """The operator has suspended the municipality: it takes nothing, its officers may read."""

    status_code = 503


class TooMany(AppError):
    """The same was tried too often.

    :param retry_after: seconds until it may be tried again.
    """

    status_code = 429

    def __init__(self, sentence: Text, *, retry_after: int) -> None:
        super().__init__(sentence)
        self.retry_after = retry_after
