import pytest

from core.keys import Keys

HERE, THERE = Keys(bytes(range(32))), Keys(bytes(32))


def test_keys_of_one_municipality_open_nothing_of_another() -> None:
    locked = HERE.of_tenant("maehia", None).encrypt("note", "ลับ", bound_to="1")

    assert HERE.of_tenant("maehia", None).decrypt("note", locked, bound_to="1") == "ลับ"
    for other in (HERE, HERE.of_tenant("yala", None), THERE.of_tenant("maehia", None)):
        with pytest.raises(ValueError, match="another secret"):
            other.decrypt("note", locked, bound_to="1")


def test_a_secret_that_was_brought_along_opens_what_it_locked_elsewhere() -> None:
    locked = HERE.of_tenant("maehia", None).encrypt("note", "ลับ", bound_to="1")

    brought = THERE.lock_secret("maehia", HERE.secret_of_tenant("maehia", None))

    assert THERE.of_tenant("maehia", brought).decrypt("note", locked, bound_to="1") == "ลับ"


def test_a_secret_fits_no_other_municipality_and_no_other_installation() -> None:
    locked = HERE.lock_secret("maehia", bytes(32))

    for keys, tenant in ((HERE, "yala"), (THERE, "maehia")):
        with pytest.raises(ValueError, match="another secret"):
            keys.of_tenant(tenant, locked)
