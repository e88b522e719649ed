"""What does not fit into memory is refused before it starts, with the estimate: runs, sweeps, errands, fleets."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

import meterbed as mb
from meterbed import _core, memory, worlds
from meterbed.cli.validating import validate
from meterbed.cluster import Errand, Failure, run_errand

REFUSED = r"needs about .* GiB of memory and the machine has .* GiB: .* premises"


@pytest.fixture(scope="module")
def county(root: Path) -> Path:
    return root / "tests/python/data/county.yaml"


def machine_with(octets: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "of_machine", lambda: octets)


def test_homes_that_share_the_capacity_of_the_dcc_are_in_memory_together(root: Path) -> None:
    storm = root / "scenarios/storm-2013.yaml"
    free, tied = (mb.Scenario(storm, set=words).core for words in ({}, {"dcc alert capacity": 100}))
    assert [worlds.parts(core, "as-is") for core in (free, tied)] == [len(free.memory_of_populations), 1]
    assert memory.of_part(free) == max(free.memory_of_populations)
    assert memory.of_part(tied) == sum(tied.memory_of_populations) > 5 * memory.of_part(free)
    assert memory.needed(tied, 2) == 2 * memory.of_part(tied) + tied.memory_estimate["records"]


def test_one_variant_that_runs_whole_counts_for_all(county: Path) -> None:
    core = mb.Scenario(county, set={"compare.bigger store.dcc alert capacity": 10}).core
    assert [worlds.parts(core, variant) for variant in ("as-is", "bigger store")] == [2, 1]
    assert memory.of_part(core) == sum(core.memory_of_populations)


def test_a_sweep_beyond_memory_is_refused_before_its_first_point(
    county: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes = {"population.county.premises": [1500, 30_000]}
    smaller, larger = (mb.Scenario(county, set={"population.county.premises": size}).core for size in (1500, 30_000))
    machine_with(memory.needed(larger, 1) - 1, monkeypatch)
    assert memory.needed(smaller, 1) < memory.of_machine()
    with pytest.raises(mb.MeterbedError, match=rf"^the point population.county.premises 30000.*{REFUSED}.*; 0 of 4"):
        mb.sweep(county, set=sizes, workers=1, out=tmp_path / "sweep")
    assert list((tmp_path / "sweep/points").iterdir()) == []


def test_points_that_are_kept_need_no_memory(county: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = mb.sweep(county, workers=1, out=tmp_path / "sweep")
    machine_with(4096, monkeypatch)
    assert mb.sweep(county, workers=1, out=tmp_path / "sweep").equals(first)


def test_a_sweep_counts_its_workers(county: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    core = mb.Scenario(county).core
    machine_with(memory.needed(core, 1), monkeypatch)
    mb.sweep(county, workers=1)
    with pytest.raises(mb.MeterbedError, match="in each of 2 processes"):
        mb.sweep(county, workers=2)


def test_an_errand_beyond_the_memory_of_its_worker_fails_with_the_estimate(
    county: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    core = mb.Scenario(county).core
    errand = Errand(core.file, core.text, core.seed, "as-is", 0, "plain", _core.__version__)
    assert not isinstance(run_errand(errand, {}), Failure)
    machine_with(4096, monkeypatch)
    failure = run_errand(errand, {})
    assert isinstance(failure, Failure)
    assert failure.text.startswith("this point needs about")
    assert "2,000 premises" in failure.text


def test_a_fleet_holds_all_populations_at_once(county: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = mb.Scenario(county).core.memory_of_populations
    machine_with(sum(sizes), monkeypatch)
    mb.Fleet(county)
    machine_with(sum(sizes) - 1, monkeypatch)
    assert max(sizes) < memory.of_machine()
    with pytest.raises(mb.MeterbedError, match=f"^this fleet {REFUSED}.*all populations at once"):
        mb.Fleet(county)


def test_validate_tells_what_a_fleet_needs(county: Path, small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = typer.Typer()
    app.command()(validate)
    told = CliRunner().invoke(app, [str(county), str(small)])
    assert told.exit_code == 0
    good, need, other = told.stdout.splitlines()
    assert (good, other) == (f"{county}: good", f"{small}: good")
    assert need.startswith(f"{county}: a run in ")
    assert "GiB of memory, the machine has " in need
    assert "refused" not in need
    machine_with(4096, monkeypatch)
    told = CliRunner().invoke(app, [str(county)])
    assert told.exit_code == 0, "the scenario is good, only this machine is too small"
    assert told.stdout.splitlines()[1].endswith("GiB, so that it would be refused")
    answer = json.loads(CliRunner().invoke(app, [str(county), str(small), "--json"]).stdout)
    assert answer["valid"] == [str(county), str(small)]
    assert list(answer["memory"]) == [str(county)]
    assert answer["memory"][str(county)]["refused"] is True
