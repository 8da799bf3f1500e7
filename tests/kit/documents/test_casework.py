import msgspec
import pytest

from kit.documents.casework import Decision


@pytest.mark.parametrize("missing", ["reasons", "appeal"])
def test_a_refusal_needs_its_reasons_and_the_way_to_appeal(refusal: Decision, missing: str) -> None:
    without = {"reasons": ()} if missing == "reasons" else {"appeal": None}

    with pytest.raises(ValueError, match="appeal"):
        Decision(**msgspec.structs.asdict(refusal) | without)


def test_an_approval_needs_neither(refusal: Decision) -> None:
    told = msgspec.structs.asdict(refusal) | {"reasons": (), "appeal": None, "outcome": "approved"}

    assert Decision(**told).outcome == "approved"
