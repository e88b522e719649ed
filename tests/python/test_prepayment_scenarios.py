"""The shipped stories of prepayment in short: they hold what they say, and broken rules make them fail."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

import meterbed as mb

# A week of warm-up and nine days that hold the outage, of fewer meters.
SMETS1 = {
    "run.repeat": 1,
    "run.length": "23 days",
    "population.smets1.premises": 1500,
    "population.smets2.premises": 1500,
}


@pytest.fixture(scope="module")
def smets1(root: Path) -> Path:
    return root / "scenarios/smets1-vend-outage.yaml"


def run(story: Path, settings: Mapping[str, object], **words: object) -> mb.Run:
    return mb.Scenario(story, set=dict(settings)).run(workers=1, kernel="plain", **words)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def as_told(smets1: Path) -> mb.Run:
    return run(smets1, SMETS1)


def tables(folder: Path) -> dict[str, bytes]:
    """Every table of a run folder, also where one is a folder of parts."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.parquet") if path.is_file()}


def broken(found: mb.Run) -> set[str]:
    return {item.name for item in found.invariants if not item.held}


def failed(found: mb.Run) -> set[tuple[str, str]]:
    return {(item.variant, item.metric) for item in found.expectations if not item.held}


def test_the_story_of_an_outage_of_vending_holds(as_told: mb.Run) -> None:
    assert as_told.held, (failed(as_told), as_told.invariants)


def test_two_workers_and_the_other_kernel_tell_the_same(smets1: Path, as_told: mb.Run) -> None:
    again = mb.Scenario(smets1, set=SMETS1).run(workers=2, kernel="systemc")
    assert again.manifest["records_sha256"] == as_told.manifest["records_sha256"]
    assert tables(again.folder) == tables(as_told.folder)


def test_a_meter_that_takes_a_utrn_twice_is_found(smets1: Path) -> None:
    found = run(smets1, {**SMETS1, "faults": "[meter takes a UTRN twice]"})
    assert broken(found) == {"no duplicate credit"}
    assert ("as-is", "duplicate credits") in failed(found)


def test_a_meter_that_loses_money_is_found(smets1: Path) -> None:
    found = run(smets1, {**SMETS1, "faults": "[meter loses money]"})
    assert broken(found) == {"money is conserved"}
    assert failed(found) == set(), "a hundred-thousandth of a pound cuts nobody off"


def test_a_smets1_supplier_that_makes_utrns_is_no_worse(smets1: Path) -> None:
    whole = mb.Scenario(smets1, set={"faults": "[SMETS1 supplier makes UTRNs]"})
    found = mb.parallel.run_job(mb.parallel.Job(whole.core, "as-is", 0, "plain"))
    wrong = {item["metric"] for item in found.expectations if not item["held"]}
    assert wrong == {"off-supply hours in the DCC outage: SMETS1"}


def test_harm_of_home_faults_that_is_blamed_on_the_dcc_is_found(smets1: Path) -> None:
    found = run(smets1, {**SMETS1, "faults": "[harm of home faults is blamed on the DCC]"})
    nine = "nine percent without WAN"
    assert {(nine, "off-supply hours: home fault"), (nine, "off-supply hours: DCC outage")} <= failed(found)


WITHOUT_WAN = {"run.repeat": 1, "run.length": "35 days", "warm up": "7 days"}


def tripled(root: Path, **settings: object) -> mb.Expectation:
    found = run(root / "scenarios/prepayment-without-wan.yaml", {**WITHOUT_WAN, **settings})
    (item,) = (
        item
        for item in found.expectations
        if (item.variant, item.metric) == ("nine percent", "off-supply hours: home fault")
    )
    return item


def test_three_times_the_homes_without_wan_are_three_times_the_harm(root: Path) -> None:
    assert tripled(root).held


def test_homes_without_wan_that_are_reached_all_the_same_triple_nothing(root: Path) -> None:
    assert not tripled(root, faults="[home without WAN is reached]").held
