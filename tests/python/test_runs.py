"""Runs: the same files from the same seed, whole folders, Ctrl-C."""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import yaml
from conftest import Meterbed, command

import meterbed as mb
from meterbed import manifest
from meterbed.records import SCHEMA


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_workers_zone_and_hash_seed_change_no_octet(meterbed: Meterbed, small: Path, tmp_path: Path) -> None:
    settings = [
        (["--workers", "1"], {}),
        (["--workers", "2"], {"TZ": "Asia/Kathmandu", "PYTHONHASHSEED": "1"}),
        (["--workers", "5"], {"TZ": "America/St_Johns", "PYTHONHASHSEED": "2", "LC_ALL": "C"}),
    ]
    for number, (words, env) in enumerate(settings):
        done = meterbed("run", small, "--no-report", "--out", f"run{number}", *words, env=env)
        assert done.returncode == 0, done.stderr
    first = contents(tmp_path / "run0")
    for number in range(1, len(settings)):
        assert contents(tmp_path / f"run{number}") == first


def test_kernels_tell_the_same_story(small: Path, tmp_path: Path) -> None:
    scenario = mb.Scenario(small, repeat=1)
    runs = [scenario.run(tmp_path / kernel, kernel=kernel, workers=1) for kernel in ("systemc", "plain")]
    assert runs[0].manifest["records_sha256"] == runs[1].manifest["records_sha256"]
    assert runs[0].records.equals(runs[1].records)


def test_seeds_differ_and_repeats_differ(small: Path) -> None:
    def hashes(seed: int) -> str:
        return str(mb.Scenario(small, seed=seed, repeat=1).run(workers=1).manifest["records_sha256"])

    assert hashes(1) != hashes(2)
    records = mb.Scenario(small, repeat=2).run(workers=1).records.to_pandas()
    times = {repeat: list(group["time"]) for repeat, group in records.groupby("repeat")}
    assert times[0] != times[1]


def test_a_run_folder_keeps_its_contract(small: Path, tmp_path: Path, root: Path) -> None:
    run = mb.Scenario(small).run(tmp_path / "run", workers=1)
    assert run.records.schema.names == SCHEMA.names
    assert run.records.num_rows > 0
    frame = run.records.to_pandas()
    order = frame.sort_values(["variant", "repeat", "time", "station", "sequence"], kind="stable")
    assert list(frame.index) == list(order.index)
    assert sorted(run.metrics.columns) == ["metric", "repeat", "value", "variant"]
    files = sorted((tmp_path / "run/records.parquet").iterdir())
    assert len(files) == 2 * 3  # variants, repeats
    plain = pq.read_schema(files[0])
    assert str(plain.field("what").type) == "string"
    assert str(plain.field("time").type) == "timestamp[us, tz=UTC]"

    page = (root / "docs/run-folder.md").read_text()
    columns = page.split("## Columns of the records")[1].split("| `what` | from")[0]
    documented = [name for line in columns.splitlines() if line.startswith("| `") for name in names_in(line)]
    assert documented == SCHEMA.names
    promised = next(line for line in page.splitlines() if line.startswith("| `manifest.yaml`"))
    keys = re.findall(r"`([a-z_0-9]+)`", re.sub(r"\([^)]*\)", "", promised.split("|")[2]))
    assert "records_sha256" in keys
    assert set(keys) <= set(run.manifest)


def names_in(line: str) -> list[str]:
    """The names in the first cell of a table row."""
    return [name.strip("` ") for name in line.split("|")[1].split(",")]


def test_the_manifest_tells_how_to_run_it_again(small: Path, tmp_path: Path, meterbed: Meterbed) -> None:
    run = mb.Scenario(small, set={"wan loss": "1 %"}, seed=9, repeat=1).run(workers=1)
    words = run.manifest["command"]
    assert words == f"meterbed run {shlex.quote(str(small))} --set 'wan loss=1 %' --set run.seed=9 --set run.repeat=1"
    (tmp_path / "copy.yaml").write_text((run.folder / "scenario.yaml").read_text())
    again = mb.Scenario(tmp_path / "copy.yaml").run(workers=1)
    assert again.manifest["records_sha256"] == run.manifest["records_sha256"]


def test_a_temporary_run_goes_away_with_its_last_user(small: Path) -> None:
    run = mb.Scenario(small, repeat=1).run(workers=1)
    folder = run.folder
    assert folder.is_dir()
    del run
    assert not folder.exists()


def test_a_folder_that_is_no_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(mb.RunFolderError, match=r"no manifest\.yaml"):
        mb.Run(tmp_path)


def test_progress_grows_to_one(small: Path) -> None:
    for workers in (1, 2):
        shares: list[float] = []
        mb.Scenario(small).run(workers=workers, progress=shares.append)
        assert shares == sorted(shares)
        assert shares[-1] == 1.0


def listen_to_ctrl_c() -> None:
    """In the child: a shell's background job, as a test run may be one, ignores SIGINT and hands that down."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.parametrize("workers", [1, 2])
def test_ctrl_c_keeps_finished_repeats(small: Path, tmp_path: Path, workers: int) -> None:
    words = ("run", small, "--out", "run", "--no-report", "--repeat", 2000, "--workers", workers)
    with subprocess.Popen(
        command(*words),
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=listen_to_ctrl_c,
    ) as process:
        wait_for_parts(tmp_path, process)
        begun = time.monotonic()
        os.killpg(process.pid, signal.SIGINT)  # as the terminal does: everybody gets it
        out, err = process.communicate(timeout=30)
    assert process.returncode == 130, err
    assert time.monotonic() - begun < 5  # a second on an idle machine, writing what is finished included
    assert out == ""
    assert "Traceback" not in err
    told = yaml.safe_load((tmp_path / "run/manifest.yaml").read_text())
    assert not told["complete"]
    assert 1 <= told["repeats"] < told["repeats_asked"]
    assert f"{told['repeats']} of 2000 repeats kept in run" in err
    frame = mb.Run(tmp_path / "run").metrics
    assert frame.groupby("variant")["repeat"].nunique().tolist() == [told["repeats"]] * 2
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


def wait_for_parts(folder: Path, process: subprocess.Popen[str]) -> None:
    """Until the first repeats are finished in both variants, so that the parent has heard of one."""
    deadline = time.monotonic() + 60
    while not all(list(folder.glob(f".run.*/part-{variant}-3-0.records.parquet")) for variant in (0, 1)):
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_ctrl_c_before_anything_finished_leaves_nothing(small: Path, tmp_path: Path) -> None:
    words = ("run", small, "--out", "run", "--no-report", "--set", "population.street.premises=200000", "--workers", 2)
    with subprocess.Popen(
        command(*words),
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=listen_to_ctrl_c,
    ) as process:
        deadline = time.monotonic() + 60
        while not list(tmp_path.glob(".run.*")):
            assert time.monotonic() < deadline
            time.sleep(0.02)
        os.killpg(process.pid, signal.SIGINT)
        _, err = process.communicate(timeout=30)
    assert process.returncode == 130, err
    assert "nothing was written" in err
    assert list(tmp_path.iterdir()) == []


def test_records_hash_counts_order() -> None:
    assert manifest.records_hash(["a", "b"]) != manifest.records_hash(["b", "a"])


def compared(small: Path, tmp_path: Path, rule: str) -> mb.Expectation:
    """What comes of an expectation of the variant without loss about the one with it."""
    text = small.read_text(encoding="utf-8")
    text = text.replace("wan loss: 0 %", "wan loss: 0 %, retries: 0").replace("gates: [", "wan loss: 60 %, gates: [")
    text = text[: text.index("expect:")] + f"expect:\n  no loss: {{requests answered: {rule}}}\n"
    story = tmp_path / "compared.yaml"
    story.write_text(text, encoding="utf-8")
    (found,) = mb.Scenario(story).run(tmp_path / "run", workers=1, report=True).expectations
    return found


def test_a_variant_is_compared_with_another_repeat_by_repeat(small: Path, tmp_path: Path) -> None:
    found = compared(small, tmp_path, "between 1.1 and 20 times as-is")
    assert (found.variant, found.verdict, found.values) == ("no loss", "meets", [20.0] * 3)
    frame = mb.Run(tmp_path / "run").metrics
    before = frame[(frame.variant == "as-is") & (frame.metric == "requests answered")]["value"]
    assert found.bound == pytest.approx(before.mean())
    assert "between 1.1 and 20 times as-is (" in (tmp_path / "run/report.html").read_text(encoding="utf-8")


def test_a_comparison_of_variants_can_fail(small: Path, tmp_path: Path) -> None:
    found = compared(small, tmp_path, "at most 1 times as-is")
    assert (found.verdict, found.held) == ("fails", False)
