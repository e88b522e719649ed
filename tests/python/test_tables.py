"""Tables beside a scenario: CSV or Parquet, with every bad row told, and they go where the scenario goes."""

from __future__ import annotations

import datetime as dt
import pickle
import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import meterbed as mb
from meterbed import memory, tables
from meterbed.errors import problems_of

STORY = """
title: Four homes
question: Do they answer?
source: a test
run: {seed: 1, start: 2020-03-02 06:00, length: 1 day}
population: {street: {table: homes.csv, supplier: supplier-a, network operator: east-midlands}}
timeline: [{at: start, do: request, service: "4.10", by: registered network operator, target: street, as: read}]
"""
HOMES = """premises,feeder,region,cell
h1,F1,North,c1
h2,F2,Central,c2
h3,F1,North,c1
h4,F2,Central,c2
"""


@pytest.fixture
def street(tmp_path: Path) -> Path:
    (tmp_path / "homes.csv").write_text(HOMES)
    path = tmp_path / "street.yaml"
    path.write_text(STORY)
    return path


def cells(columns: list[tables.Column] | str) -> dict[str, list[str]]:
    """The cells of each column again."""
    assert not isinstance(columns, str), columns
    out = {}
    for name, text, packed in columns:
        ends = [int.from_bytes(packed[i : i + 8], "little") for i in range(0, len(packed), 8)]
        out[name] = [text[a:b].decode() for a, b in zip([0, *ends], ends, strict=False)]
    return out


def test_ids_stay_text_and_nothing_is_empty(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('premises,feeder\n007,  F1 \n"a, b",\nNULL,é\n', encoding="utf-8")
    assert cells(tables.read(path)) == {"premises": ["007", "a, b", "NULL"], "feeder": ["F1", "", "é"]}


def test_parquet_gives_times_and_numbers_as_text(tmp_path: Path) -> None:
    noon = dt.datetime(2013, 12, 5, 12, 0, 1, 5, tzinfo=dt.UTC)
    zone = pa.timestamp("us", "Asia/Kathmandu")
    table = pa.table({"start": pa.array([noon, None], zone), "feeder": [17, 18], "end": pa.array([noon] * 2, zone)})
    pq.write_table(table, tmp_path / "a.parquet")
    assert cells(tables.read(tmp_path / "a.parquet")) == {
        "start": ["2013-12-05T12:00:01Z", ""],
        "feeder": ["17", "18"],
        "end": ["2013-12-05T12:00:01Z"] * 2,
    }


@pytest.mark.parametrize("name", ["b.csv", "below/b.parquet"])
def test_what_is_written_is_read_again(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.csv").write_text('premises,feeder\n007,"say ""F1"""\nx,\n')
    columns = tables.read(tmp_path / "a.csv")
    assert not isinstance(columns, str)
    tables.write(columns, tmp_path / name)
    assert tables.read(tmp_path / name) == columns


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.xlsx", b"", "it is no table; its name ends in .csv or .parquet"),
        ("missing/a.csv", None, "there is no such file"),
        ("a.csv", b"x,x\n1,2\n", "the column 'x' appears twice"),
        ("a.csv", b"x,y\n1\n", "it cannot be read: CSV parse error"),
        ("a.csv", b"\xff\xfe\x00", "it cannot be read: 'utf-8' codec"),
        ("a.parquet", b"x,y\n1,2\n", "it cannot be read: "),
    ],
)
def test_a_bad_file_is_a_sentence(tmp_path: Path, name: str, content: bytes | None, sentence: str) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    answer = tables.read(tmp_path / name)
    assert isinstance(answer, str)
    assert answer.startswith(sentence)
    assert "\n" not in answer


def test_every_bad_row_is_told_at_once(street: Path) -> None:
    (street.parent / "homes.csv").write_text(HOMES + "h1,F1,North,c1\nh6,F1,,c1\n,F1,Nroth,c9\n")
    with pytest.raises(mb.ScenarioProblems) as caught:
        mb.Scenario(street)
    text = "\n".join(problem.message for problem in problems_of(caught.value))
    assert "'homes.csv' rows 1 and 5: both are the premises 'h1'" in text
    assert "'homes.csv' row 6: no region" in text
    assert "'homes.csv' row 7: no premises" in text
    assert "'homes.csv' row 7: unknown region 'Nroth'" in text


def test_a_run_folder_can_be_run_again_without_the_original_table(street: Path, tmp_path: Path) -> None:
    first = mb.Scenario(street).run(tmp_path / "run", workers=1)
    (street.parent / "homes.csv").unlink()
    again = mb.Scenario(tmp_path / "run/scenario.yaml").run(tmp_path / "again", workers=1)
    assert again.manifest["records_sha256"] == first.manifest["records_sha256"]
    assert tables.read(tmp_path / "again/homes.csv") == tables.read(tmp_path / "run/homes.csv")


def test_another_table_is_another_run(street: Path) -> None:
    first = mb.Scenario(street).run(workers=1).manifest["records_sha256"]
    (street.parent / "homes.csv").write_text(HOMES.replace("h4,F2,Central,c2", "h4,F2,South,c3"))
    assert mb.Scenario(street).run(workers=1).manifest["records_sha256"] != first


def test_a_scenario_takes_its_tables_to_other_processes(street: Path, tmp_path: Path) -> None:
    scenario = mb.Scenario(street, repeat=2)
    packed = pickle.dumps(scenario.core)
    shutil.rmtree(tmp_path)
    other = pickle.loads(packed)  # noqa: S301 - our own, of a line ago
    assert other.tables == scenario.core.tables
    assert cells(other.tables[0][1])["feeder"] == ["F1", "F2", "F1", "F2"]


def test_a_run_beyond_memory_is_refused_with_the_estimate(
    street: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory, "of_machine", lambda: 4096)
    with pytest.raises(mb.MeterbedError, match=r"needs about .* GiB of memory and the machine has .*4 premises"):
        mb.Scenario(street).run(tmp_path / "run", workers=1)
    assert not (tmp_path / "run").exists()


def test_the_estimate_of_a_country_grows_with_workers(street: Path) -> None:
    core = mb.Scenario(street).core
    assert core.memory_estimate["premises"] == 4
    assert memory.needed(core, 3) - memory.needed(core, 1) == 2 * core.memory_estimate["part"]
    assert 2**28 < memory.of_machine() < 2**50
