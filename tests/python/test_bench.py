"""`meterbed bench`: rows with their columns, programs that agree, clear errors. Nothing here is timed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest
from conftest import Meterbed, command

from meterbed.bench import BENCHMARKS, Effort, fleet, outage, prepayment, prepayment_fleet, programs
from meterbed.bench.benchmark import Row
from meterbed.bench.programs import BenchError


def quiet(what: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


def test_list_names_every_benchmark(meterbed: Meterbed) -> None:
    done = meterbed("bench", "list")
    assert done.returncode == 0, done.stderr
    assert [line.split()[0] for line in done.stdout.splitlines() if line[0] != " "] == [
        each.name for each in BENCHMARKS
    ]
    assert {"fleet", "crypto", "worlds"} <= {
        each["name"] for each in json.loads(meterbed("bench", "list", "--json").stdout)
    }


def test_all_fleet_programs_come_to_the_same_events_and_checksum(meterbed: Meterbed) -> None:
    done = meterbed("bench", "fleet", "--quick", "--json")
    assert done.returncode == 0, done.stderr
    rows = json.loads(done.stdout)["rows"]
    assert len(rows) == len(fleet.PROGRAMS) * len(fleet.QUICK_SIZES)
    for entities in fleet.QUICK_SIZES:
        same = [row for row in rows if row["entities"] == entities]
        assert {row["program"] for row in same} == {each.label for each in fleet.PROGRAMS}
        assert len({(row["events"], row["checksum"]) for row in same}) == 1
    for row in rows:
        assert tuple(row) == fleet.COLUMNS
        assert row["events"] > 0
        assert row["events_per_s"] > 0
    assert "station" in done.stderr  # progress, a line a measurement


def test_programs_that_disagree_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def lines(words: list[str]) -> list[Row]:
        wrong = words[1] == "priority_queue"
        return [{"events": 9, "checksum": "00" if wrong else "ff", "seconds": 1.0, "bytes": 1}]

    monkeypatch.setattr(fleet, "program", lambda name: [name])
    monkeypatch.setattr(fleet, "lines_of", lines)
    with pytest.raises(BenchError, match=r"std::priority_queue with 1,000 entities came to checksum 00, .* ff"):
        fleet.measure(Effort(quick=True), quiet)


def test_ratio_is_the_median_over_the_rounds_of_times_of_one_round(monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = iter([1.0, 10.0, 2.0, 60.0, 4.0, 80.0])

    def lines(words: list[str]) -> list[Row]:
        return [{"events": 8, "checksum": "ff", "seconds": next(seconds), "bytes": 64_000}]

    monkeypatch.setattr(fleet, "program", lambda name: [name])
    monkeypatch.setattr(fleet, "lines_of", lines)
    monkeypatch.setattr(fleet, "SIZES", {1_000: 8})
    monkeypatch.setattr(
        fleet, "PROGRAMS", (fleet.Program("station", "ours"), fleet.Program("priority_queue", "theirs"))
    )
    rows = fleet.measure(Effort(repeats=3), quiet).rows
    assert [row["ratio"] for row in rows] == [1.0, 20.0]  # of 10, 30 and 20
    assert [row["bytes_per_entity"] for row in rows] == [64.0, 64.0]


def test_sizes_that_do_not_fit_are_left_out_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fleet, "program", lambda name: [name])
    monkeypatch.setattr(fleet, "lines_of", lambda words: [{"events": 8, "checksum": "ff", "seconds": 1.0, "bytes": 1}])
    answer = fleet.measure(Effort(repeats=1), quiet)
    largest = [row["program"] for row in answer.rows if row["entities"] == 10_000_000]
    assert largest == ["fleet station on SystemC", "fleet engine alone", "std::priority_queue"]
    assert [note.split(":")[0] for note in answer.notes] == [
        "SystemC process a meter not with 10,000,000 entities",
        "SimPy process a meter not with 10,000,000 entities",
    ]


def test_worlds_has_a_row_a_kernel(meterbed: Meterbed) -> None:
    done = meterbed("bench", "worlds", "--quick", "--json")
    assert done.returncode == 0, done.stderr
    rows = json.loads(done.stdout)["rows"]
    (worlds,) = (each for each in BENCHMARKS if each.name == "worlds")
    assert [row["kernel"] for row in rows] == ["systemc", "plain"]
    assert all(tuple(row) == worlds.columns for row in rows)


def test_prepayment_compares_within_a_round(monkeypatch: pytest.MonkeyPatch) -> None:
    speeds = iter([(100, 10, 1), (900, 30, 3), (400, 20, 2)])  # closed form, minutes, SimPy

    def output(words: list[str]) -> str:
        if words[0] != "bench_ledger":
            return json.dumps({"tick_s": 60, "meter_days_per_s": now[2] * (2 if words[-1] == "levels" else 1)})
        now[:] = next(speeds)
        line = {"bytes_per_meter": 200, "meter_days_per_s": now[0], "steps_per_day": 8.5}
        both = {**line, "minute_meter_days_per_s": now[1], "minute_steps_per_day": 1440}
        return json.dumps([{"loads": "constant", **both}, {"loads": "levels", **both}])

    now = [0, 0, 0]
    monkeypatch.setattr(prepayment, "program", lambda name: [name])
    monkeypatch.setattr(prepayment, "output_of", output)
    rows = prepayment.measure(Effort(repeats=3), quiet).rows
    assert all(tuple(row) == prepayment.COLUMNS for row in rows)
    assert [(row["program"], row["loads"], row["ratio"], row["steps_per_day"]) for row in rows] == [
        ("closed form", "constant", 1.0, 8.5),
        ("minute by minute", "constant", 20.0, 1440),
        ("closed form", "levels", 1.0, 8.5),
        ("minute by minute", "levels", 20.0, 1440),
        ("SimPy, minute by minute", "constant", 200.0, 1440),
        ("SimPy, minute by minute", "levels", 100.0, 1440),
    ]
    assert [(row["meter_days_per_s"], row["steps_per_s"]) for row in rows[:2]] == [(400, 3400), (20, 28_800)]
    assert all(row["steps_per_s"] == round(row["meter_days_per_s"] * row["steps_per_day"]) for row in rows)


def test_prepayment_fleet_grows_against_the_fewest_meters_of_a_round(monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = iter([0.1, 2.0, 0.2, 3.0, 0.1, 4.0])  # few and many in turn, on a machine that is not calm

    def lines(words: list[str]) -> list[Row]:
        meters, days = int(words[1]), int(words[2])
        line = {"meters": meters, "days": days, "events": 20 * meters, "records": meters, "bytes": 300 * meters}
        return [{**line, "build_s": 0.0, "run_s": next(seconds), "records_s": 0.0, "peak_bytes": 2**20}]

    monkeypatch.setattr(prepayment_fleet, "program", lambda name: [name])
    monkeypatch.setattr(prepayment_fleet, "lines_of", lines)
    monkeypatch.setattr(prepayment_fleet, "SIZES", (1_000, 10_000))
    few, many = prepayment_fleet.measure(Effort(repeats=3), quiet).rows
    assert tuple(few) == tuple(many) == prepayment_fleet.COLUMNS
    assert (few["seconds"], few["meter_days_per_s"], few["ratio"], few["bytes_per_meter"]) == (0.1, 420_000, 1.0, 300)
    assert (many["seconds"], many["meter_days_per_s"], many["ratio"]) == (3.0, 140_000, 2.0)


def test_outage_counts_what_one_and_two_workers_do(meterbed: Meterbed) -> None:
    done = meterbed("bench", "outage", "--quick", "--json")
    assert done.returncode == 0, done.stderr
    rows = json.loads(done.stdout)["rows"]
    assert all(tuple(row) == outage.COLUMNS for row in rows)
    assert [(row["program"], row["premises"], row["workers"]) for row in rows] == [
        (outage.MODEL, 14_000, 1),
        (outage.MODEL, 28_000, 1),
        (outage.COUNTRY, 28_000, 1),
        (outage.COUNTRY, 28_000, 2),
    ]
    assert rows[2]["records"] == rows[3]["records"] > 0


def test_workers_that_disagree_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    model = {"premises": 9, "struck": 1, "events": 1, "records": 1, "bytes": 1, "peak_bytes": 1}
    model |= {"build_s": 1.0, "run_s": 1.0, "records_s": 1.0}

    def lines(words: list[str]) -> list[Row]:
        if words[0] == "bench_outage":
            return [model]
        return [{"workers": words[-1], "records_sha256": words[-1], "seconds": 1.0, "records": 1, "peak_bytes": 1}]

    monkeypatch.setattr(outage, "program", lambda name: [name])
    monkeypatch.setattr(outage, "lines_of", lines)
    with pytest.raises(BenchError, match="2 workers came to records 2, 1 to 1"):
        outage.measure(Effort(quick=True), quiet)


def test_an_unknown_name_is_refused(meterbed: Meterbed) -> None:
    done = meterbed("bench", "flete")
    assert done.returncode == 2
    assert (
        "no benchmark 'flete'; choose one of fleet, outage, crypto, prepayment, prepayment-fleet, worlds"
        in " ".join(done.stderr.split())
    )


def test_without_cmake_or_simpy_a_sentence_says_what_to_install(
    meterbed: Meterbed, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = meterbed("bench", "fleet", "--quick", env={"PATH": "/nowhere"})
    assert done.returncode == 2
    assert "cmake is not installed" in done.stderr
    with pytest.raises(BenchError, match=r"no_such_module is not installed: .* -m pip install no_such_module"):
        programs.script("peers/lean_simpy.py", "no_such_module")


def test_an_installed_package_says_that_it_needs_a_checkout(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(programs, "CHECKOUT", tmp_path)
    with pytest.raises(BenchError, match="needs a checkout"):
        programs.program("bench_fleet")


def test_a_program_that_fails_is_an_error_with_its_last_words(root: Path) -> None:
    with pytest.raises(BenchError, match=r"ended with 1: ValueError: .*'many'"):
        programs.lines_of([*programs.script("peers/lean_simpy.py"), "many", "10"])


def test_ctrl_c_stops_the_programs_too(tmp_path: Path) -> None:
    running = subprocess.Popen(
        command("bench", "worlds"),
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    assert running.stderr is not None
    assert "worlds" in running.stderr.readline()
    os.killpg(running.pid, signal.SIGINT)  # as a terminal does
    out, err = running.communicate(timeout=60)
    assert running.returncode == 130
    assert out == ""
    assert err.splitlines()[-1] == "stopped"
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            os.killpg(running.pid, 0)
        except ProcessLookupError:
            return
    pytest.fail("a program goes on")
