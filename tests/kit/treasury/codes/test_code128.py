from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.treasury.codes.code128 import LONGEST, QUIET_MODULES, bars, encode
from kit.treasury.refusals import Malformed

ASCII = st.text(st.characters(max_codepoint=127), min_size=1, max_size=30)
START = {103: "A", 104: "B", 105: "C"}
CODE = {99: "C", 100: "B", 101: "A"}


def sign(own: str, value: int) -> str:
    if own == "A":
        return chr(value + 32 if value < 64 else value - 64)
    return f"{value:02}" if own == "C" else chr(value + 32)


def read(symbols: tuple[int, ...]) -> str:
    """Read symbols as a scanner does, apart from how they are chosen."""
    start, *values, check, stop = symbols
    assert stop == 106
    assert (start + sum(at * one for at, one in enumerate(values, 1))) % 103 == check
    own, text, shifted = START[start], "", False
    for value in values:
        if shifted:
            text, shifted = text + sign("B" if own == "A" else "A", value), False
        elif value == 98 and own != "C":
            shifted = True
        elif value in CODE and CODE[value] != own:
            own = CODE[value]
        else:
            text += sign(own, value)
    return text


@given(ASCII)
def test_a_text_is_read_back_from_its_symbols(text: str) -> None:
    assert read(encode(text)) == text


@given(st.text("|\rAa12", min_size=1, max_size=7))
def test_no_other_way_is_shorter(text: str) -> None:
    assert len(encode(text)) - 3 == shortest(text)


def shortest(text: str) -> int:
    """Return the fewest symbols by trying every way, set by set."""
    reached = dict.fromkeys([(0, "A"), (0, "B"), (0, "C")], 0)
    for at in range(len(text)):
        for own in "ABC" * 2:
            cost = reached.get((at, own))
            if cost is None:
                continue
            steps = [(at, other, 1) for other in "ABC" if other != own]
            code = ord(text[at])
            if own == "C" and text[at : at + 2].isdigit() and at + 2 <= len(text):
                if len(text[at : at + 2]) == 2:
                    steps.append((at + 2, own, 1))
            elif own != "C":
                fits = code < 96 if own == "A" else code >= 32
                steps.append((at + 1, own, 1 if fits else 2))
            for to, other, more in steps:
                known = reached.get((to, other))
                if known is None or cost + more < known:
                    reached[to, other] = cost + more
    return min(cost for (at, _), cost in reached.items() if at == len(text))


def test_a_run_of_digits_takes_a_symbol_for_two() -> None:
    assert encode("12345678") == (105, 12, 34, 56, 78, 47, 106)


def test_one_control_sign_among_small_letters_is_shifted_to() -> None:
    assert encode("a\rb")[:-2] == (104, 65, 98, 77, 66)


def test_bars_stand_between_two_quiet_zones() -> None:
    width, dark = bars("AB")

    # Start, two signs and the check of eleven modules, the stop of thirteen.
    assert width == 2 * QUIET_MODULES + 4 * 11 + 13
    assert dark[0][0] == QUIET_MODULES
    assert sum(dark[-1]) == width - QUIET_MODULES
    assert all(sum(one) < other[0] for one, other in pairwise(dark))


@pytest.mark.parametrize("text", ["", "A" * (LONGEST + 1), "กข", "é", "\x80"])
def test_what_no_barcode_can_say_is_refused(text: str) -> None:
    with pytest.raises(Malformed) as refused:
        encode(text)

    assert refused.value.field == "payload"
