"""Old prices and modes: the shipped story in one repeat, its metrics, its frame and its section of the report."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from reports_fixture import table

import meterbed as mb

KINDS = {"stale-tariff days": "price", "stale-mode days": "mode"}
GROUPS = {"no fault": ("fault", "none"), "lost WAN": ("fault", "lost WAN"), "South": ("region", "South")}
GROUPS |= {"SMETS1": ("generation", "SMETS1"), "intermittent WAN": ("fault", "intermittent WAN")}


def simulate(root: Path, **settings: object) -> mb.Run:
    return mb.Scenario(root / "scenarios/stale-tariff.yaml", set={"run.repeat": 1, **settings}).run(workers=1)


@pytest.fixture(scope="module")
def run(root: Path) -> mb.Run:
    return simulate(root)


def failed(found: mb.Run) -> set[tuple[str, str]]:
    return {(item.variant, item.metric) for item in found.expectations if not item.held}


def stale(run: mb.Run, kind: str) -> pd.DataFrame:
    """Notices of a kind with the days that count."""
    rows = run.prepayments.notices
    rows = rows[rows["kind"] == kind]
    homes = run.prepayments.homes
    begin, end = homes["counted_from"].iloc[0], homes["counted_to"].iloc[0]
    days = rows["taken_at"].fillna(end) - rows["decided_at"].clip(lower=begin)
    return rows.assign(days=days.dt.total_seconds().clip(lower=0) / 86_400)


def test_the_story_holds(run: mb.Run) -> None:
    assert run.held, (failed(run), run.invariants)


def test_a_price_is_for_all_meters_and_a_mode_for_a_share_of_them(run: mb.Run) -> None:
    rows = run.prepayments.notices
    counts = rows.groupby(["variant", "kind"], observed=True).size()
    assert set(counts.xs("price", level="kind")) == {10_000}
    assert set(counts.xs("mode", level="kind")) == {counts["as-is", "mode"]}, "the same customers in every variant"
    assert counts["as-is", "mode"] == pytest.approx(500, rel=0.15)
    assert (rows["taken_at"].isna() | (rows["taken_at"] > rows["decided_at"])).all()


@pytest.mark.parametrize("metric", KINDS)
def test_metrics_are_those_of_the_frame(run: mb.Run, metric: str) -> None:
    rows = stale(run, KINDS[metric])
    told = run.metrics.set_index(["variant", "metric"])["value"]
    for variant in ("as-is", "nine percent"):
        mine = rows[rows["variant"] == variant]
        assert told[variant, metric] == pytest.approx(mine["days"].mean() * 1_000)
        for name, (column, word) in GROUPS.items():
            expected = mine[mine[column] == word]["days"].mean() * 1_000
            assert told[variant, f"{metric}: {name}"] == pytest.approx(expected)
        left = "meters left with the old price" if metric == "stale-tariff days" else "meters left in prepayment mode"
        assert told[variant, left] == pytest.approx(mine["taken_at"].isna().mean())


def test_homes_of_a_han_fault_never_hear_of_it(run: mb.Run) -> None:
    rows = run.prepayments.notices
    assert rows[rows["fault"] == "HAN fault"]["taken_at"].isna().all()
    fine = stale(run, "price").query("fault == 'none'")
    assert fine["days"].max() < 2, "asked again after a day at the latest"


@pytest.mark.parametrize(("metric", "name"), [("stale-tariff days", ""), ("stale-mode days", "-mode")])
def test_the_report_tells_the_same(run: mb.Run, metric: str, name: str) -> None:
    page = run.report().read_text(encoding="utf-8")
    assert 'id="prepayment-stale-tariff"' in page
    assert (run.folder / "plots" / f"prepayment-stale-tariff{name}.svg").is_file()
    told = run.metrics.set_index(["variant", "metric"])["value"]
    lines = table(run.folder, f"prepayment-stale-tariff{name}")
    assert {line["By"] for line in lines} == {"fault class", "region", "generation", "all"}
    for line in lines:
        of = metric if line["By"] == "all" else f"{metric}: {line['Group']}"
        assert float(line["Days per 1,000 of them"]) == pytest.approx(told[line["Variant"], of]), of


def test_a_story_without_a_change_has_nothing_to_tell(root: Path) -> None:
    settings = {"price change after": "0 s", "mode change after": "0 s", "mode change share": "0 %"}
    small = {f"population.{town} {kind}.premises": 20 for town in ("north", "central", "south") for kind in (1, 2)}
    found = simulate(root, **settings, **small)
    assert found.prepayments.notices.empty
    assert not list(found.folder.glob("prepayment-notices*"))
    assert "No price and no mode was to change in this run." in found.report().read_text(encoding="utf-8")
    assert not any(name.startswith("stale") for name in found.metrics["metric"])


def test_a_supplier_that_tells_once_is_found(root: Path) -> None:
    assert ("as-is", "stale-tariff days: intermittent WAN") in failed(simulate(root, faults="[supplier tells once]"))


def test_homes_without_wan_that_are_reached_all_the_same_triple_nothing(root: Path) -> None:
    found = failed(simulate(root, faults="[home without WAN is reached]"))
    assert ("nine percent", "stale-tariff days") in found or ("as-is", "stale-tariff days") in found
