"""The shipped stories of outages in short, at both scales: they hold what they say, and broken rules make them fail."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import meterbed as mb

TOWNS = {"north": 300, "central": 600, "south": 300}
# Fewer homes, on smaller feeders where the story counts feeders. A bench's own cuts are all long: here half are re-closed.
STORIES: dict[str, dict[str, Any]] = {
    "firmware-false-alerts": {
        "population.street.premises": 300,
        "population.street.MPxN unknown share": "10 %",
        "timeline.faults.reclose": "{share: 50 %, after: 120 to 170 s}",
    },
    "power-outage-alerts": {
        **{f"population.{town}.premises": homes for town, homes in TOWNS.items()},
        **{f"population.{town}.feeder premises": 5 for town in TOWNS},
        **{f"population.{town}.feeders a primary": 20 for town in TOWNS},
    },
}
# Fault, and the expectation and the invariant that notice it.
FAULTS = {
    "hub reports short cuts": ("outage alerts for short cuts", "no outage alert for a short cut"),
    "DCC reports without MPxN": ("outage alerts without MPxN", "no outage alert without MPxN"),
    "meter swaps restoration codes": ("restoration codes wrong", "restoration codes right"),
}


def short(root: Path, story: str, **settings: object) -> mb.Scenario:
    return mb.Scenario(root / f"scenarios/{story}.yaml", set={**STORIES[story], **settings}, repeat=1)


def failed(found: mb.Run) -> set[tuple[str, str]]:
    return {(item.variant, item.metric) for item in found.expectations if not item.held}


@pytest.mark.parametrize("story", STORIES)
def test_a_story_without_a_fault_holds(root: Path, story: str) -> None:
    scenario = short(root, story)
    found = scenario.run(workers=1, kernel="plain")
    assert found.held, (failed(found), found.invariants)
    told = {(item.variant, item.metric) for item in found.expectations}
    assert {(variant, each) for variant in scenario.variants for each, _ in FAULTS.values()} <= told


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("story", STORIES)
def test_a_rule_broken_on_purpose_fails_its_expectation_alone(root: Path, story: str, fault: str) -> None:
    scenario = short(root, story, faults=f"[{fault}]")
    found = scenario.run(workers=1, kernel="plain")
    expectation, invariant = FAULTS[fault]
    assert failed(found) == {(variant, expectation) for variant in scenario.variants}
    assert {item.name for item in found.invariants if not item.held} == {invariant}
