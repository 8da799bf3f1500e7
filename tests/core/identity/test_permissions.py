from hypothesis import given
from hypothesis import strategies as st

from core.context import EVERYWHERE
from core.identity.permissions import Held, merge, units_above, units_below
from core.tenants.tenant import Unit
from core.text import Text

NAMES = [f"u{number}" for number in range(8)]


def tree(parents: dict[str, str | None]) -> dict[str, Unit]:
    return {id: Unit(id=id, name=Text(id, id), parent=parent) for id, parent in parents.items()}


# Each unit may stand below one of those before it, so that no unit stands below itself.
trees = st.tuples(*(st.sampled_from([None, *NAMES[:at]]) for at in range(len(NAMES)))).map(
    lambda parents: tree(dict(zip(NAMES, parents, strict=True)))
)
holdings = st.lists(
    st.builds(
        Held,
        st.frozensets(st.sampled_from(["a.read", "a.sign", "b.read"]), max_size=3),
        st.sampled_from([None, *NAMES]),
    ),
    max_size=5,
)

OFFICE = tree({"works": None, "control": "works", "permits": "control", "clerk": None})


def test_a_unit_includes_all_units_below_it() -> None:
    assert units_below(OFFICE) == {
        "works": {"works", "control", "permits"},
        "control": {"control", "permits"},
        "permits": {"permits"},
        "clerk": {"clerk"},
    }
    assert units_above(OFFICE, "permits") == ["control", "works"]


def test_everywhere_outweighs_single_units() -> None:
    held = [Held(frozenset({"a.read"}), "clerk"), Held(frozenset({"a.read"}), None)]

    assert merge(held, OFFICE) == {"a.read": EVERYWHERE}
    assert merge(held[::-1], OFFICE) == {"a.read": EVERYWHERE}


def test_a_unit_that_is_gone_gives_nothing() -> None:
    assert merge([Held(frozenset({"a.read"}), "gone")], OFFICE) == {"a.read": frozenset()}


def test_units_that_stand_below_each_other_do_not_hang_anything() -> None:
    ring = tree({"a": "b", "b": "a"})

    assert units_below(ring)["a"] == {"a", "b"}


@given(trees, holdings)
def test_a_permission_holds_in_a_unit_where_it_was_given_there_or_above(
    units: dict[str, Unit], held: list[Held]
) -> None:
    merged = merge(held, units)

    for permission in ("a.read", "a.sign", "b.read"):
        for unit in units:
            places = {None, unit, *units_above(units, unit)}
            given_here = any(permission in one.permissions and one.unit in places for one in held)
            where = merged.get(permission, frozenset())
            assert (where is EVERYWHERE or unit in where) == given_here
