"""A rule for every file as one test: to count thousands takes longer than to look."""

from collections.abc import Callable, Iterable
from pathlib import Path

Rule = Callable[[Path], None]
Test = Callable[[], None]


def each(paths: Iterable[Path], named: Callable[[Path], str]) -> Callable[[Rule], Test]:
    """Make a test of a rule, which names every file that breaks it.

    :param named: what a file is called there.
    """
    files = tuple(paths)

    def over(rule: Rule) -> Test:
        def test() -> None:
            broken = []
            for path in files:
                try:
                    rule(path)
                except AssertionError as problem:
                    broken.append(f"{named(path)}: {problem}")
            assert files
            assert broken == [], "\n".join(broken)

        test.__name__ = rule.__name__
        return test

    return over
