from core.text import Text

BREAD, MILK = Text("ขนมปัง", "bread"), Text("นม", "milk")


def test_texts_are_joined_each_language_by_itself() -> None:
    assert Text.joined([BREAD, MILK]) == Text("ขนมปัง, นม", "bread, milk")
    assert Text.joined((one.quoted for one in (BREAD, MILK)), " · ") == Text(
        "“ขนมปัง” · “นม”", "“bread” · “milk”"
    )
    assert Text.joined([]) == Text("", "")
