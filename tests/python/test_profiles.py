"""Half-hours of consumption from a table beside a scenario: CSV or Parquet, right on days when clocks change."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import meterbed as mb
from meterbed.errors import problems_of

STORY = """
title: Three homes
question: Do they stay on supply?
source: a test
run: {{seed: 1, start: {start}, length: 3 days}}
population:
  street: {{premises: 3, supplier: supplier-a, network operator: east-midlands, payment: prepayment, consumption: {{table: {table}}}}}
timeline: []
"""
LONDON = ZoneInfo("Europe/London")
Rows = list[tuple[dt.datetime, float]]


def half_hours(first: dt.date, days: int) -> Rows:
    """As a clock in London shows them, with the hour that comes twice and without the one that is left out."""
    at = dt.datetime(first.year, first.month, first.day, tzinfo=LONDON).astimezone(dt.UTC)
    last = first + dt.timedelta(days=days)
    end = dt.datetime(last.year, last.month, last.day, tzinfo=LONDON).astimezone(dt.UTC)
    rows = []
    while at < end:
        rows.append((at.astimezone(LONDON).replace(tzinfo=None), 150.0))
        at += dt.timedelta(minutes=30)
    return rows


def story(folder: Path, rows: Rows, start: str, suffix: str = ".csv") -> Path:
    names = {"profile": ["flat"] * len(rows), "wh": [wh for _, wh in rows]}
    if suffix == ".parquet":
        times = pa.array([at for at, _ in rows], pa.timestamp("us"))
        pq.write_table(pa.table({**names, "start": times}), folder / "use.parquet")
    else:
        lines = [f"flat,{at:%Y-%m-%d %H:%M},{wh}" for at, wh in rows]
        (folder / "use.csv").write_text("\n".join(["profile,start,wh", *lines]) + "\n")
    path = folder / "story.yaml"
    path.write_text(STORY.format(start=start, table=f"use{suffix}"))
    return path


def problems(path: Path) -> list[str]:
    with pytest.raises(mb.ScenarioProblems) as caught:
        mb.Scenario(path)
    return [problem.message for problem in problems_of(caught.value)]


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
@pytest.mark.parametrize(("month", "day", "rows"), [(3, 28, 142), (10, 24, 146), (7, 6, 144)])
def test_days_have_46_or_50_half_hours_when_clocks_change(
    tmp_path: Path, suffix: str, month: int, day: int, rows: int
) -> None:
    first = dt.date(2020, month, day)
    table = half_hours(first, 3)
    assert len(table) == rows
    table += half_hours(first + dt.timedelta(days=3), 1)
    scenario = mb.Scenario(story(tmp_path, table, f"{first} 06:00", suffix))
    assert [name for name, _ in scenario.core.tables] == [f"use{suffix}"]


@pytest.mark.parametrize(
    ("first", "sentence"),
    [
        ("2020-03-28", "'use.csv' row 51: there is no 2020-03-29 01:00: clocks go forward from 01:00 to 02:00"),
        ("2020-10-24", "'use.csv' row 53: a gap: 2 half-hours from 2020-10-25 01:00 on are missing"),
    ],
)
def test_48_half_hours_every_day_are_told(tmp_path: Path, first: str, sentence: str) -> None:
    at = dt.datetime.fromisoformat(first)
    table = [(at + n * dt.timedelta(minutes=30), 150.0) for n in range(4 * 48)]
    assert problems(story(tmp_path, table, f"{first} 06:00"))[0] == sentence


def test_every_bad_row_is_told_at_once(tmp_path: Path) -> None:
    table = half_hours(dt.date(2020, 2, 3), 3)
    table[4] = (table[4][0], -1.0)
    table[5] = (table[5][0], 50_001.0)
    table[7] = table[6]
    del table[20:22]
    told = problems(story(tmp_path, table, "2020-02-03 00:00"))
    assert told == [
        "'use.csv' row 5: negative energy: -1.0 Wh",
        "'use.csv' row 6: 50001.0 Wh in half an hour are above 100,000 W",
        "'use.csv' rows 7 and 8: both are the half-hour 2020-02-03 03:00",
        "'use.csv' row 9: a gap: 1 half-hour from 2020-02-03 03:30 on is missing",
        "'use.csv' row 21: a gap: 2 half-hours from 2020-02-03 10:00 on are missing",
    ]


def test_a_table_that_ends_too_early_is_told(tmp_path: Path) -> None:
    (told,) = problems(story(tmp_path, half_hours(dt.date(2020, 2, 3), 3), "2020-02-03 06:00"))
    assert told == (
        "'use.csv' row 144: the profile 'flat' ends before the run, which goes on until 2020-02-06T06:00:00.000000Z"
    )
