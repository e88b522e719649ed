"""Runs at fleet scale: a world in parts, the same as one of full devices, and the same for any number of workers."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
import yaml

import meterbed as mb
from meterbed import worlds

SHARED = ["power cut", "mains lost", "mains restored", "power outage reported", "power outage not reported"]
SHARED += ["message lost", "waited for radio", "alert withheld", "power outage received", "DCC alert"]
SHARED += ["alert sent", "alert received", "alert undeliverable"]
COMPARED = ["variant", "repeat", "time", "station", "what", "home", "device", "party"]
COMPARED += ["step", "code", "detail", "counter", "value"]


@pytest.fixture(scope="module")
def county(root: Path) -> Path:
    return root / "tests/python/data/county.yaml"


@pytest.fixture(scope="module")
def run(county: Path) -> mb.Run:
    return mb.Scenario(county).run(workers=1)


def test_two_workers_give_the_files_of_one(county: Path, run: mb.Run) -> None:
    again = mb.Scenario(county).run(workers=2, kernel="plain")
    assert again.manifest["records_sha256"] == run.manifest["records_sha256"]
    assert files_of(again) == files_of(run)


def files_of(run: mb.Run) -> dict[str, bytes]:
    """All tables."""
    return {
        str(path.relative_to(run.folder)): path.read_bytes()
        for path in run.folder.glob("**/*.parquet")
        if path.is_file()
    }


def test_a_file_a_part_in_the_order_of_variants_repeats_and_populations(run: mb.Run) -> None:
    for name in ("records.parquet", "outages.parquet"):
        found = [pq.read_table(file).to_pandas() for file in sorted((run.folder / name).iterdir())]
        told = [(part.variant.iloc[0], part["repeat"].iloc[0]) for part in found]
        assert told == [(variant, repeat) for variant in ("as-is", "bigger store") for repeat in (0, 0, 1, 1)]
        assert all(part.variant.nunique() == part["repeat"].nunique() == 1 for part in found)
        assert [part.home.max() < 1500 for part in found] == [True, False] * 4  # the county, then the town
        assert getattr(run, name.removesuffix(".parquet")).to_pandas().home.tolist() == pd.concat(found).home.tolist()


def test_workers_take_the_largest_part_first(county: Path, root: Path) -> None:
    storm = mb.Scenario(root / "scenarios/storm-2013.yaml").core
    names = list(yaml.safe_load(storm.text)["population"])
    order = [names[part] for part in worlds.largest_first(storm, "as-is")]
    assert order[0] == "south-scotland"  # 15 % of a large population is cut
    assert sorted(order) == sorted(names)
    together = mb.Scenario(county, set={"dcc alert capacity": 100}).core
    assert worlds.largest_first(together, "as-is") == [0]  # the limit ties the populations together


def test_the_whole_world_is_judged_together(run: mb.Run) -> None:
    assert run.held, (run.expectations, run.invariants)
    frame = run.metrics.pivot_table(index=["variant", "repeat"], columns="metric", values="value")
    expected = frame["outage alerts expected"].loc["as-is"]
    outages = run.outages.to_pandas()
    due = outages[(outages.variant == "as-is") & (outages.cause == "network") & outages.mpxn_known]
    end = pd.Timestamp("2020-02-09 23:00", tz="UTC")
    long = due[(due.restored_at.fillna(end) - due.lost_at).dt.total_seconds() >= 180]
    assert set(long.region) == {"Central", "North"}
    assert list(expected) == list(long.groupby("repeat").size())


def test_outages_have_words_and_labels(run: mb.Run) -> None:
    frame = run.outages.to_pandas()
    assert set(frame.label) == {"faults", "storm"}
    assert set(frame[frame.label == "storm"].gsp_group) == {"_P"}
    assert set(frame.restoration) <= {"8F35", "8F36", "8F37", "8F38", ""}
    lost = run.records.filter(pc.equal(run.records["what"], "mains lost"))
    assert lost.num_rows == len(frame)
    assert frame.lost_at.notna().all()
    assert frame[frame.reason == "power back"].informed_at.isna().all()


def test_a_sweep_comes_to_the_same(county: Path, run: mb.Run) -> None:
    job = mb.parallel.Job(mb.Scenario(county).core, "as-is", 0, "plain")
    whole = mb.parallel.run_job(job)
    kept = run.metrics[(run.metrics.variant == "as-is") & (run.metrics.repeat == 0)]
    assert whole.metrics == dict(zip(kept.metric, kept.value, strict=True))


def test_full_devices_tell_the_same_story(county: Path, run: mb.Run) -> None:
    bench = mb.Scenario(county, set={"run.scale": "bench"}).run(workers=2)

    def shared(records: mb.Run) -> list[tuple[object, ...]]:
        table = records.records
        kept = table.filter(pc.is_in(table["what"].cast("string"), pa.array(SHARED)))
        return sorted(zip(*(kept[name].to_pylist() for name in COMPARED), strict=True))

    assert shared(run) == shared(bench)

    def rows(losses: mb.Run) -> list[dict[str, object]]:
        keys = ("variant", "repeat", "lost_at", "home")
        return sorted(losses.outages.to_pylist(), key=lambda row: tuple(row[key] for key in keys))

    assert rows(run) == rows(bench)
    assert run.metrics.equals(
        bench.metrics[bench.metrics.metric.str.contains("outage|restoration|feeder")].reset_index(drop=True)
    )
