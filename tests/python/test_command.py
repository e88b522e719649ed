"""The command: exit codes, and what goes to which stream."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import Meterbed

BROKEN = """\
titel: A mistake in the first key
run: {seed: 1, start: 2020-03-02, length: 1 day}
population:
  street: {premises: -3}
"""


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    path = tmp_path / "broken.yaml"
    path.write_text(BROKEN)
    return path


def test_run_answers_on_standard_output(meterbed: Meterbed, small: Path, tmp_path: Path) -> None:
    done = meterbed("run", small, "--out", "here", "--no-report", "--repeat", 1)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Does every meter obey its network operator?")
    assert "held" in done.stdout
    assert done.stderr == ""
    assert sorted(path.name for path in (tmp_path / "here").iterdir()) == [
        "manifest.yaml",
        "metrics.parquet",
        "records.parquet",
        "scenario.yaml",
    ]


def test_json_is_one_document(meterbed: Meterbed, small: Path) -> None:
    done = meterbed("run", small, "--json", "--no-report", "--repeat", 1, "--seed", 8)
    answer = json.loads(done.stdout)
    assert answer["held"]
    assert answer["seed"] == 8
    assert answer["folder"] == "runs/small-8"
    assert {item["variant"] for item in answer["expectations"]} == {"as-is", "no loss"}


def test_an_expectation_that_does_not_hold_leaves_with_1(meterbed: Meterbed, small: Path, tmp_path: Path) -> None:
    story = tmp_path / "hopeless.yaml"
    story.write_text(small.read_text().replace("can command: 0}", "can command: at least 21}"))
    done = meterbed("run", story, "--no-report", "--repeat", 1)
    assert done.returncode == 1, done.stderr
    assert "not held" in done.stdout


@pytest.mark.parametrize("verb", ["run", "validate"])
def test_every_mistake_is_listed_at_once_and_nothing_runs(
    meterbed: Meterbed, broken: Path, tmp_path: Path, verb: str
) -> None:
    done = meterbed(verb, broken)
    assert done.returncode == 2
    assert done.stdout == ""
    lines = done.stderr.splitlines()
    assert len(lines) > 1
    assert all(line.startswith(f"{broken}:") for line in lines)
    assert "'titel'" in lines[0]
    assert "'title'" in lines[0]
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == [broken]


def test_mistakes_as_json(meterbed: Meterbed, broken: Path, small: Path) -> None:
    done = meterbed("validate", broken, small, "--json")
    answer = json.loads(done.stdout)
    assert done.returncode == 2
    assert answer["valid"] == [str(small)]
    assert answer["problems"][0]["file"] == str(broken)
    assert answer["problems"][0]["line"] == 1


@pytest.mark.parametrize(
    "words",
    [
        ["run", "missing.yaml"],
        ["run"],
        ["run", "SMALL", "--set", "no equals sign"],
        ["run", "SMALL", "--set", "no such setting=3"],
        ["run", "SMALL", "--repeat", "0"],
        ["run", "SMALL", "--kernel", "popcorn"],
        ["list", "nouns"],
        ["report", "."],
        ["report", "missing"],
        ["dance"],
        ["test"],
    ],
)
def test_bad_input_leaves_with_2_and_a_sentence(meterbed: Meterbed, small: Path, words: list[str]) -> None:
    done = meterbed(*[small if word == "SMALL" else word for word in words])
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr != ""
    assert "Traceback" not in done.stderr


def test_an_existing_folder_is_left_alone(meterbed: Meterbed, small: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/diary.txt").write_text("dear diary")
    for words in ([], ["--force"]):
        done = meterbed("run", small, "--out", "mine", "--no-report", *words)
        assert done.returncode == 2
        assert "mine" in done.stderr
    assert (tmp_path / "mine/diary.txt").read_text() == "dear diary"


def test_force_replaces_a_run_folder(meterbed: Meterbed, small: Path, tmp_path: Path) -> None:
    words = ("run", small, "--out", "again", "--no-report", "--repeat", 1)
    assert meterbed(*words).returncode == 0
    assert meterbed(*words).returncode == 2
    assert meterbed(*words, "--force").returncode == 0
    assert [path.name for path in tmp_path.iterdir()] == ["again"]


@pytest.mark.parametrize("kind", ["devices", "services", "steps", "metrics", "gates", "invariants", "sections"])
def test_list_prints_every_table(meterbed: Meterbed, kind: str) -> None:
    items = json.loads(meterbed("list", kind, "--json").stdout)
    assert items
    assert all(item["name"] and "description" in item for item in items)
    printed = meterbed("list", kind).stdout
    assert all(item["name"] in printed for item in items)


def test_schema_is_json(meterbed: Meterbed) -> None:
    assert "properties" in json.loads(meterbed("schema").stdout)
