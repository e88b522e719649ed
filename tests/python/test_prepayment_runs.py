"""Prepayment from a story to a run folder, its frames and its report."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow.compute as pc
import pytest
from reports_fixture import table

import meterbed as mb

TABLES = ["top-ups", "spells", "homes", "reports"]
SECTIONS = ["off-supply", "top-ups-credited", "survival", "remedies", "utrns", "outage", "late-reports"]


@pytest.fixture(scope="module")
def story(root: Path) -> Path:
    return root / "tests/python/data/prepaid.yaml"


@pytest.fixture(scope="module")
def run(story: Path) -> mb.Run:
    return mb.Scenario(story).run(workers=1)


@pytest.fixture(scope="module")
def page(run: mb.Run) -> str:
    return run.report().read_text(encoding="utf-8")


def of_world(frame: pd.DataFrame, variant: str = "as-is", repeat: int = 0) -> pd.DataFrame:
    return frame[(frame["variant"] == variant) & (frame["repeat"] == repeat)]


def records(run: mb.Run, what: str) -> pd.DataFrame:
    kept = run.records.filter(pc.equal(run.records["what"].cast("string"), what))
    return of_world(kept.to_pandas())


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*.parquet")) if path.is_file()
    }


def test_two_workers_give_the_files_of_one(story: Path, run: mb.Run) -> None:
    again = mb.Scenario(story).run(workers=2, kernel="plain")
    assert files(again.folder) == files(run.folder)


def test_a_file_a_part(run: mb.Run) -> None:
    for name in TABLES:
        assert len(list((run.folder / f"prepayment-{name}.parquet").iterdir())) == 3 * 2 * 2


def test_it_held(run: mb.Run) -> None:
    assert run.held, (run.expectations, run.invariants)


def test_every_payment_that_counts_has_a_row(run: mb.Run) -> None:
    paid = records(run, "customer pays")
    begin = pd.Timestamp("2020-03-08", tz="UTC")
    rows = of_world(run.prepayments.top_ups)
    late = rows[rows["paid_at"] >= begin]
    told = paid[paid["time"] >= begin]
    assert len(told) > 100
    assert sorted(zip(late["home"], late["payment"], strict=True)) == sorted(
        zip(told["home"], told["counter"], strict=True)
    )
    assert (rows["added_at"].isna() | (rows["added_at"] >= begin)).all()


def test_homes_and_their_faults(run: mb.Run) -> None:
    homes = of_world(run.prepayments.homes)
    assert list(homes["home"]) == list(range(300))
    assert homes.groupby("generation", observed=True).size().to_dict() == {"SMETS1": 150, "SMETS2": 150}
    assert homes.groupby("gsp_group", observed=True).size().to_dict() == {"_B": 150, "_P": 150}
    assert (homes["fault"] == "none").mean() == pytest.approx(0.73, abs=0.1)
    same = [of_world(run.prepayments.homes, variant)["fault"].tolist() for variant in ("text", "stand-in")]
    assert same == [homes["fault"].tolist()] * 2


def test_hours_are_those_of_the_metric(run: mb.Run, page: str) -> None:
    spells, homes = run.prepayments.spells, run.prepayments.homes
    begin, end = homes["counted_from"].iloc[0], homes["counted_to"].iloc[0]
    off = spells["on_at"].fillna(end) - spells["off_at"].clip(lower=begin)
    hours = off.dt.total_seconds().groupby([spells["variant"], spells["repeat"]], observed=True).sum() / 3_600 / 0.3
    metric = run.metrics[run.metrics["metric"] == "off-supply hours"].set_index(["variant", "repeat"])["value"]
    for world, value in metric.items():
        assert hours[world] == pytest.approx(value)
    told = {line["Variant"]: line for line in table(run.folder, "prepayment-off-supply")}
    for harm, name in (("all hours", "off-supply hours"), ("home fault", "off-supply hours: home fault")):
        mine = run.metrics[run.metrics["metric"] == name].groupby("variant")["value"].mean()
        for variant, value in mine.items():
            assert float(told[variant][harm]) == pytest.approx(value)


def test_shares_are_those_of_the_metric(run: mb.Run, page: str) -> None:
    mine = run.metrics[run.metrics["metric"] == "top-ups credited in 30 min"].groupby("variant")["value"].mean()
    for line in table(run.folder, "prepayment-top-ups-credited"):
        if (line["Group"], line["Within"]) == ("all meters", "30 min"):
            assert {variant: float(line[f"{variant} (fraction)"]) for variant in mine.index} == pytest.approx(
                dict(mine)
            )


def test_the_report_tells_all_seven(page: str, run: mb.Run) -> None:
    for name in SECTIONS:
        assert f'id="prepayment-{name}"' in page
        assert (run.folder / "plots" / f"prepayment-{name}.svg").is_file()
    assert "✓ No payment was credited twice" in page
    assert "from 13 March 2020 15:00 UTC for 4 h" in page
