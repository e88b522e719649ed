"""Sweeps: every combination, finished points kept and never run again, the same table on a cluster."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml
from conftest import Meterbed, command

import meterbed as mb
from meterbed import parallel
from meterbed.cli.numbers import parse_numbers
from meterbed.cli.sweeping import parse_choices
from meterbed.cluster import Errand, run_errand
from meterbed.points import grid

TABLE = ["seed", "variant", "repeat", "metric", "value", "records_sha256"]


def kept(folder: Path) -> dict[str, int]:
    """Points of a folder, and when each was written."""
    return {path.name: path.stat().st_mtime_ns for path in (folder / "points").glob("*.json")}


def wait_for(what: Callable[[], Any], process: subprocess.Popen[str] | None = None, seconds: float = 120) -> Any:
    deadline = time.monotonic() + seconds
    while not (found := what()):
        assert process is None or process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return found


def test_a_sweep_covers_every_combination(small: Path) -> None:
    frame = mb.sweep(small, set={"wan loss": ["0 %", "50 %"]}, seeds=[1, 2], repeat=2, workers=1)
    assert list(frame.columns) == ["wan loss", *TABLE]
    worlds = frame.drop_duplicates(["wan loss", "seed", "variant", "repeat"])
    assert len(worlds) == 2 * 2 * 2 * 2
    assert list(worlds["wan loss"]) == sorted(worlds["wan loss"])
    assert worlds[worlds["variant"] == "as-is"]["records_sha256"].is_unique


def test_a_point_is_the_world_that_a_run_makes(small: Path) -> None:
    """Sweep, run, one or more processes, either kernel: the same records."""
    frame = mb.sweep(small, seeds=[9], set={"wan loss": ["5 %"]}, kernel="plain", workers=1)
    again = mb.sweep(small, seeds=[9], set={"wan loss": ["5 %"]}, workers=2)
    pd.testing.assert_frame_equal(frame, again)
    run = mb.Scenario(small, seed=9, set={"wan loss": "5 %"}, repeat=1).run(workers=1)
    hashes = list(frame.drop_duplicates("variant")["records_sha256"])
    assert mb.manifest.records_hash(hashes) == run.manifest["records_sha256"]


def test_one_value_alone_is_one_value_and_a_double_counts_once(small: Path) -> None:
    points = grid(small, {"wan loss": "5 %", "population.street.premises": [3, 3, 4]}, range(2), 1).points
    assert [point.setting for point in points[::4]] == [
        {"wan loss": "5 %", "population.street.premises": 3},
        {"wan loss": "5 %", "population.street.premises": 4},
    ]


def test_only_missing_points_run(small: Path, tmp_path: Path) -> None:
    first = mb.sweep(small, seeds=[1, 2], out=tmp_path / "sweep", workers=1)
    before = kept(tmp_path / "sweep")
    assert len(before) == 4
    more = mb.sweep(small, seeds=[3, 1, 2], repeat=2, out=tmp_path / "sweep", workers=1)
    after = kept(tmp_path / "sweep")
    assert len(after) == 12
    assert before.items() <= after.items()
    same = more[(more["repeat"] == 0) & more["seed"].isin([1, 2])].reset_index(drop=True)
    pd.testing.assert_frame_equal(same, first)
    read = pd.read_parquet(tmp_path / "sweep/sweep.parquet")
    pd.testing.assert_frame_equal(read, more, check_dtype=False)


def test_a_whole_sweep_runs_nothing_and_a_smaller_one_shows_its_own_points(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = mb.sweep(small, seeds=[1, 2], out=tmp_path / "sweep", workers=1)

    def never(*_: object) -> None:
        raise AssertionError("a finished point was run again")

    monkeypatch.setattr(parallel, "run_job", never)
    pd.testing.assert_frame_equal(mb.sweep(small, seeds=[1, 2], out=tmp_path / "sweep", workers=1), whole)
    part = mb.sweep(small, seeds=[2], out=tmp_path / "sweep", workers=1)
    assert set(part["seed"]) == {2}


def test_a_point_file_that_is_not_whole_is_run_again(small: Path, tmp_path: Path) -> None:
    first = mb.sweep(small, out=tmp_path / "sweep", workers=1)
    broken = sorted((tmp_path / "sweep/points").iterdir())[0]
    broken.write_text(broken.read_text()[:-40])
    again = mb.sweep(small, out=tmp_path / "sweep", workers=1)
    pd.testing.assert_frame_equal(again, first)
    assert json.loads(broken.read_text())


def test_comments_change_no_point_and_every_other_word_does(small: Path, tmp_path: Path) -> None:
    def keys(text: str, version: str = mb.__version__) -> set[str]:
        story = tmp_path / "story.yaml"
        story.write_text(text)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("meterbed._core.__version__", version)
            return {point.key for point in grid(story, {}, [1], 1).points}

    text = small.read_text()
    assert keys(text) == keys("# A remark.\n" + text) == keys(text.replace("repeat: 3", "repeat: 4"))
    assert not keys(text) & keys(text.replace("2 days", "3 days"))
    assert not keys(text) & keys(text, "9.9.9")


def test_what_a_table_holds_is_part_of_the_key(small: Path, tmp_path: Path) -> None:
    story, table = tmp_path / "story.yaml", tmp_path / "tables/feeders.csv"
    story.write_text(small.read_text().replace("a test", "tables/feeders.csv"))
    table.parent.mkdir()

    def keys(content: str) -> set[str]:
        table.write_text(content)
        return {point.key for point in grid(story, {}, [1], 1).points}

    assert keys("a,b") == keys("a,b")
    assert not keys("a,b") & keys("a,c")


def test_every_combination_is_checked_before_the_first_runs(small: Path, tmp_path: Path) -> None:
    with pytest.raises(mb.ScenarioProblems):
        mb.sweep(small, set={"wan loss": ["5 %", "many"]}, out=tmp_path / "sweep", workers=1)
    assert not (tmp_path / "sweep").exists()


def fail_for_seed_2(job: parallel.Job, *_: object) -> parallel.Result:
    if job.seed == 2:
        raise mb.SimulationError("a message got lost")
    return parallel.Result(job.variant, job.repeat, {"requests refused": 0.0}, [], [], "00")


def test_a_point_that_fails_is_told_and_the_others_go_on(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parallel, "run_job", fail_for_seed_2)
    with pytest.raises(mb.SweepError, match="seed 2, variant as-is, repeat 0: SimulationError: a message got") as info:
        mb.sweep(small, seeds=[1, 2, 3], out=tmp_path / "sweep", workers=1)
    assert sorted(set(info.value.frame["seed"])) == [1, 3]
    assert len(info.value.failures) == 2
    told = yaml.safe_load((tmp_path / "sweep/sweep.yaml").read_text())
    assert not told["complete"]
    assert told["finished"] == 4
    assert told["failed"] == info.value.failures


def test_folders_of_something_else_are_left_alone(small: Path, tmp_path: Path) -> None:
    mb.Scenario(small, repeat=1).run(tmp_path / "run", workers=1)
    with pytest.raises(mb.RunFolderError, match=r"no sweep\.yaml"):
        mb.sweep(small, out=tmp_path / "run", workers=1)
    (tmp_path / "file").write_text("")
    with pytest.raises(mb.RunFolderError, match="not a folder"):
        mb.sweep(small, out=tmp_path / "file", workers=1)
    mb.sweep(small, out=tmp_path / "sweep", workers=1)
    with pytest.raises(mb.RunFolderError, match=r"no manifest\.yaml"):
        mb.Run(tmp_path / "sweep")


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("wan loss=1 %,2 %", ["1 %", "2 %"]),
        ("wan loss=[1 %, 2 %]", ["1 %", "2 %"]),
        ("gates=[[a, b], [c]]", ["[a, b]", "[c]"]),
        ("gates=[a, b], [c]", ["[a, b]", "[c]"]),
        ('x="4.10", {a: 1, b: 2}', ['"4.10"', "{a: 1, b: 2}"]),
        ("start=2020-03-02 06:00", ["2020-03-02 06:00"]),
    ],
)
def test_values_are_a_yaml_list(text: str, values: list[str]) -> None:
    assert list(parse_choices([text]).values()) == [values]


def test_seeds_are_ranges_and_numbers() -> None:
    assert parse_numbers("--seeds", "0..3", "") == [0, 1, 2, 3]
    assert parse_numbers("--seeds", "7, 1..2,9", "") == [7, 1, 2, 9]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--set", "wan loss"], "is not KEY=V1,V2"),
        (["--set", "wan loss="], "has no values"),
        (["--set", "wan loss=1 %", "--set", "wan loss=2 %"], "given twice"),
        (["--set", "run.seed=1,2"], "use seeds instead"),
        (["--set", "wan loss=[1 %"], "no YAML list"),
        (["--set", "wan los=1 %"], "did you mean"),
        (["--seeds", "1-5"], "0..29"),
        (["--seeds", "5..1"], "less than 5"),
        (["--scheduler", "tcp://127.0.0.1:9"], "no Dask scheduler answers"),
        (["--scheduler", "nonsense://x"], "nonsense://x is no address of a Dask scheduler"),
        (["--scheduler", "here"], "here is no address of a Dask scheduler"),
        (["--scheduler", "tcp://127.0.0.1:9", "--workers", "2"], "processes here"),
    ],
)
def test_bad_input_leaves_with_2_and_a_sentence(
    meterbed: Meterbed, small: Path, words: list[str], sentence: str
) -> None:
    done = meterbed("sweep", small, *words)
    assert done.returncode == 2, done.stdout
    assert done.stdout == ""
    assert sentence in " ".join(done.stderr.replace("│", " ").split())
    assert "Traceback" not in done.stderr


def test_the_command_answers_and_goes_on_from_its_folder(meterbed: Meterbed, small: Path, tmp_path: Path) -> None:
    words = ("sweep", small, "--set", "wan loss=0 %,5 %", "--workers", 2)
    done = meterbed(*words, "--seeds", "0..1")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Does every meter obey its network operator?")
    assert "8 of 8 points, 0 of them from before" in done.stdout
    assert "table: sweeps/small/sweep.parquet" in done.stdout
    answer = json.loads(meterbed(*words, "--seeds", "0..2", "--json").stdout)
    assert (answer["points"], answer["reused"], answer["complete"]) == (12, 8, True)
    assert {item["wan loss"] for item in answer["means"]} == {"0 %", "5 %"}
    assert "no loss − as-is" in done.stdout
    assert {(item["variant"], item["less"], item["pairs"]) for item in answer["differences"]} == {
        ("no loss", "as-is", 3)
    }
    assert {item["metric"] for item in answer["differences"]} == {"devices nobody can command"}
    frame = pd.read_parquet(tmp_path / "sweeps/small/sweep.parquet")
    assert list(frame.columns) == ["wan loss", *TABLE]


def listen_to_ctrl_c() -> None:
    """In the child: a shell's background job, as a test run may be one, ignores SIGINT and hands that down."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def start_sweep(tmp_path: Path, *words: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command("sweep", *words),
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=listen_to_ctrl_c,
    )


@pytest.mark.parametrize("workers", [1, 2])
def test_ctrl_c_keeps_finished_points(small: Path, tmp_path: Path, workers: int) -> None:
    with start_sweep(tmp_path, small, "--seeds", "0..999", "--out", "sweep", "--workers", workers) as process:
        wait_for(lambda: len(kept(tmp_path / "sweep")) >= 3, process)
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert process.returncode == 130, err
    assert out == ""
    assert "Traceback" not in err
    told = yaml.safe_load((tmp_path / "sweep/sweep.yaml").read_text())
    assert (told["points"], told["complete"]) == (2000, False)
    assert told["finished"] == len(kept(tmp_path / "sweep"))
    assert f"{told['finished']} of 2000 points kept in sweep" in err
    frame = pd.read_parquet(tmp_path / "sweep/sweep.parquet")
    assert len(frame.drop_duplicates(["seed", "variant"])) == told["finished"]
    assert not list((tmp_path / "sweep").rglob(".*"))


def test_a_killed_sweep_goes_on_from_its_points(small: Path, tmp_path: Path) -> None:
    with start_sweep(tmp_path, small, "--seeds", "0..999", "--out", "sweep", "--workers", 1) as process:
        wait_for(lambda: len(kept(tmp_path / "sweep")) >= 3, process)
        process.kill()
        process.communicate()
    before = kept(tmp_path / "sweep")
    frame = mb.sweep(small, seeds=range(2), out=tmp_path / "sweep", workers=1)
    assert len(frame.drop_duplicates(["seed", "variant"])) == 4
    assert before.items() <= kept(tmp_path / "sweep").items()


def test_variants_are_compared_in_pairs(small: Path) -> None:
    frame = mb.sweep(small, set={"population.street.premises": [20, 40]}, seeds=range(3), workers=1)
    frame.loc[(frame["metric"] == "repairs") & (frame["variant"] == "no loss"), "value"] = [5.0, 6.0, 7.0] * 2
    frame.loc[(frame["metric"] == "repairs") & (frame["variant"] == "as-is"), "value"] = [4.0, 4.0, 4.0] * 2
    found = mb.paired(frame)
    assert list(found.columns) == [
        *("metric", "population.street.premises", "variant", "less", "mean", "low", "high", "pairs", "finding")
    ]
    row = found[found["metric"] == "repairs"].iloc[1]
    assert (row["population.street.premises"], row["variant"], row["less"], row["pairs"]) == (40, "no loss", "as-is", 3)
    assert row["mean"] == 2.0
    assert row["high"] == pytest.approx(2.0 + 4.302653 / 3**0.5)
    assert row["finding"] == "no clear difference"


class Cluster:
    """A Dask scheduler and its workers, as processes of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.processes: list[subprocess.Popen[str]] = []
        self.file = folder / "scheduler.json"
        self.start("scheduler", "--port", "0", "--host", "127.0.0.1")
        wait_for(self.file.exists, self.processes[0])
        self.address = json.loads(self.file.read_text())["address"]

    def start(self, *words: str) -> subprocess.Popen[str]:
        words = (*words, "--scheduler-file", str(self.file), "--no-dashboard")
        with (self.folder / f"{words[0]}-{len(self.processes)}.log").open("w") as log:
            process = subprocess.Popen(
                [sys.executable, "-P", "-m", "dask", *words], cwd=self.folder, stdout=log, stderr=log, text=True
            )
        self.processes.append(process)
        return process

    def worker(self, threads: int = 1) -> subprocess.Popen[str]:
        return self.start("worker", "--nthreads", str(threads), "--no-nanny")

    def end(self) -> None:
        for process in self.processes:
            process.kill()
            process.wait()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    (tmp_path / "cluster").mkdir()
    found = Cluster(tmp_path / "cluster")
    yield found
    found.end()


def test_a_worker_killed_midway_loses_nothing(small: Path, tmp_path: Path, cluster: Cluster) -> None:
    workers = [cluster.worker(), cluster.worker()]
    words = (small, "--set", "population.street.premises=100,150", "--seeds", "0..9")
    with start_sweep(tmp_path, *words, "--scheduler", cluster.address, "--out", "there") as process:
        wait_for(lambda: len(kept(tmp_path / "there")) >= 4, process)
        workers[0].kill()
        assert len(kept(tmp_path / "there")) < 30
        _, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    assert workers[1].poll() is None
    here = start_sweep(tmp_path, *words, "--out", "here")
    assert here.wait(120) == 0
    here.communicate()
    there, here_frame = (pd.read_parquet(tmp_path / name / "sweep.parquet") for name in ("there", "here"))
    assert len(there.drop_duplicates(["population.street.premises", "seed", "variant"])) == 40
    pd.testing.assert_frame_equal(there, here_frame)
    assert (tmp_path / "there/sweep.yaml").read_text() == (tmp_path / "here/sweep.yaml").read_text()


def test_a_worker_with_threads_and_a_story_with_a_table_give_the_same(
    small: Path, tmp_path: Path, cluster: Cluster
) -> None:
    cluster.worker(threads=3)
    story = tmp_path / "story.yaml"
    story.write_text(small.read_text().replace("a test", "feeders.csv"))
    (tmp_path / "feeders.csv").write_text("feeder\n1\n")
    frame = mb.sweep(story, seeds=range(4), scheduler=cluster.address)
    pd.testing.assert_frame_equal(frame, mb.sweep(small, seeds=range(4), workers=1))


def test_a_scheduler_that_goes_away_is_told_and_finished_points_stay(
    small: Path, tmp_path: Path, cluster: Cluster
) -> None:
    cluster.worker()
    words = (small, "--seeds", "0..999", "--scheduler", cluster.address, "--out", "sweep")
    with start_sweep(tmp_path, *words) as process:
        wait_for(lambda: len(kept(tmp_path / "sweep")) >= 3, process)
        cluster.processes[0].kill()
        _, err = process.communicate(timeout=60)
    assert process.returncode == 2, err
    assert "the Dask scheduler went away" in err
    assert "Traceback" not in err
    assert yaml.safe_load((tmp_path / "sweep/sweep.yaml").read_text())["finished"] == len(kept(tmp_path / "sweep"))


def test_a_sweep_does_not_wait_for_workers_for_ever(
    small: Path, tmp_path: Path, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("meterbed.cluster.ASK_SECONDS", 0.1)
    monkeypatch.setattr("meterbed.cluster.WORKERLESS_SECONDS", 1)
    with pytest.raises(mb.MeterbedError, match=r"no Dask worker has been there for [0-9]+ s; 0 of 2 points are done"):
        mb.sweep(small, scheduler=cluster.address, out=tmp_path / "sweep")


def test_ctrl_c_leaves_the_cluster_and_keeps_finished_points(small: Path, tmp_path: Path, cluster: Cluster) -> None:
    cluster.worker()
    words = (small, "--seeds", "0..999", "--scheduler", cluster.address, "--out", "sweep")
    with start_sweep(tmp_path, *words) as process:
        wait_for(lambda: len(kept(tmp_path / "sweep")) >= 3, process)
        os.killpg(process.pid, signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert "points kept in sweep" in err
    assert "Traceback" not in err
    frame = mb.sweep(small, seeds=[1000], scheduler=cluster.address)  # the cluster is free again
    assert len(frame.drop_duplicates(["seed", "variant"])) == 2


def test_tables_travel_with_the_story(small: Path) -> None:
    point = grid(small, {}, [3], 1).points[0]
    core = point.scenario
    errand = Errand("/nowhere/story.yaml", core.text, 3, "as-is", 0, "plain", mb.__version__)
    answer = run_errand(errand, {"tables/feeders.csv": b"a,b\n"})
    assert isinstance(answer, parallel.Result)
    local = parallel.run_job(parallel.Job(core, "as-is", 0, "plain", seed=3))
    assert answer == local


def test_a_worker_of_another_version_refuses(small: Path) -> None:
    core = grid(small, {}, [3], 1).points[0].scenario
    answer = run_errand(Errand("story.yaml", core.text, 3, "as-is", 0, "plain", "9.9.9"), {})
    assert f"its worker has meterbed {mb.__version__}, not 9.9.9" in str(answer)
