"""What the repeats say together."""

from __future__ import annotations

from typing import Any

import pytest

from meterbed.verdicts import fold_expectations, fold_invariants, mean, verdict


def item(held: bool, value: float, bound: float = 0.0, variant: str = "as-is") -> dict[str, Any]:
    return {"name": "none: 0", "variant": variant, "metric": "none", "held": held, "value": value, "bound": bound}


@pytest.mark.parametrize(
    ("held", "expected"),
    [([True, True], "meets"), ([False, False], "fails"), ([True, False], "uncertain")],
)
def test_verdict(held: list[bool], expected: str) -> None:
    assert verdict(held) == expected


def test_expectations_are_folded_by_variant() -> None:
    worlds = [[item(True, 0)], [item(False, 3)], [item(True, 0, variant="to-be")], [item(True, 0, variant="to-be")]]
    first, second = fold_expectations(worlds)
    assert (first.variant, first.verdict, first.held, first.value, first.values) == (
        "as-is",
        "uncertain",
        False,
        1.5,
        [0, 3],
    )
    assert (second.variant, second.verdict, second.held) == ("to-be", "meets", True)


def test_a_bound_that_is_a_metric_is_averaged() -> None:
    (folded,) = fold_expectations([[item(True, 3, bound=3)], [item(True, 5, bound=5)]])
    assert folded.bound == 4
    assert list(folded.as_dict()) == ["name", "variant", "metric", "held", "verdict", "value", "bound", "values"]


def test_a_metric_without_value_does_not_spoil_the_mean() -> None:
    assert mean([1.0, None, 3.0]) == 2.0
    assert mean([None]) is None


def test_an_invariant_breaks_once_and_for_all() -> None:
    worlds = [
        [{"name": "one holder", "held": True, "text": ""}],
        [{"name": "one holder", "held": False, "text": "home 3 has two"}],
        [{"name": "one holder", "held": False, "text": "home 4 has two"}],
    ]
    (folded,) = fold_invariants(worlds)
    assert not folded.held
    assert folded.text == "home 3 has two"
