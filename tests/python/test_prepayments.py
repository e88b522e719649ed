"""Rows of prepayment from the core to a run folder and into frames."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import prepayment_fixture as fixture
import pyarrow.parquet as pq
import pytest

import meterbed as mb
from meterbed import _core, prepayments
from meterbed.prepayments import PrepaymentTables

START = pd.Timestamp(fixture.START, unit="s", tz="UTC")
HOURS = 3_600.0


def two_homes() -> _core.Prepayments:
    """Two homes: the first paid and typed, the second is off supply and never got its credit."""
    top_ups = [
        {"home": 4, "payment": 2, "paid_at": HOURS, "told_at": HOURS, "added_at": 2 * HOURS, "pounds": 15, "way": 2,
         "harm": 1, "wrong_digits": 1},
        {"home": 9, "payment": 1, "paid_at": 3 * HOURS, "pounds": 20, "channel": 1, "told_by": 255, "harm": 3, "refused": 1},
    ]  # fmt: skip
    spells = [{"home": 9, "off_at": 2 * HOURS, "waited": 1_800.5, "harm": 3}]
    homes = [
        {"home": 4, "region": 0, "gsp_group": 7, "generation": 0, "fault": 2},
        {"home": 9, "region": 2, "gsp_group": 0, "generation": 1, "fault": 0},
    ]
    reports = [
        {"home": 4, "code": 0x810E, "held_at": 2 * HOURS, "left_at": 5 * HOURS, "fate": 1},
        {"home": 4, "code": 0, "held_at": 3 * HOURS},
    ]
    begin, end = (round((fixture.START + at) * 1e6) for at in (0, 24 * HOURS))
    notices = [
        {"home": 4, "kind": 0, "decided_at": HOURS},
        {"home": 9, "kind": 1, "decided_at": HOURS, "taken_at": 5 * HOURS},
    ]
    rows = {"top_ups": top_ups, "spells": spells, "homes": homes, "notices": notices, "reports": reports}
    return _core.Prepayments(*(fixture.array(name, found) for name, found in rows.items()), begin, end, 1, 9)


@pytest.fixture
def tables(tmp_path: Path) -> PrepaymentTables:
    for name, table in prepayments.tables(two_homes(), "as-is", 3):
        prepayments.write(table, prepayments.file(tmp_path, name))
    return PrepaymentTables(tmp_path)


def test_top_ups_have_words_times_and_their_meter(tables: PrepaymentTables) -> None:
    first, second = tables.top_ups.to_dict("records")
    assert first["variant"] == "as-is"
    assert (first["repeat"], first["home"], first["payment"], first["pounds"]) == (3, 4, 2, 15)
    assert (first["region"], first["gsp_group"], first["generation"], first["fault"]) == (
        "North",
        "_G",
        "SMETS1",
        "lost WAN",
    )
    assert (first["channel"], first["told_by"], first["way"], first["harm"]) == (
        "shop",
        "receipt",
        "keypad",
        "home fault",
    )
    assert first["added_at"] - first["paid_at"] == pd.Timedelta("1 h")
    assert (second["region"], second["fault"], second["channel"]) == ("South", "none", "app")
    assert (second["told_by"], second["way"], second["refused"]) == ("", "", "wrong digits")
    assert pd.isna(second["told_at"])
    assert pd.isna(second["added_at"])


def test_spells_and_homes(tables: PrepaymentTables) -> None:
    (spell,) = tables.spells.to_dict("records")
    assert spell["off_at"] == START + pd.Timedelta("2 h")
    assert pd.isna(spell["on_at"])
    assert spell["waited"] == pd.Timedelta("1800.5 s")
    assert (spell["harm"], spell["generation"]) == ("carriage", "SMETS2")
    assert list(tables.homes["counted_from"]) == [START, START]
    assert set(tables.homes["counted_to"]) == {START + pd.Timedelta("24 h")}


def test_notices(tables: PrepaymentTables) -> None:
    price, mode = tables.notices.to_dict("records")
    assert (price["kind"], price["generation"], price["fault"]) == ("price", "SMETS1", "lost WAN")
    assert price["decided_at"] == START + pd.Timedelta("1 h")
    assert pd.isna(price["taken_at"])
    assert (mode["kind"], mode["home"]) == ("mode", 9)
    assert mode["taken_at"] - mode["decided_at"] == pd.Timedelta("4 h")


def test_reports_that_hubs_held(tables: PrepaymentTables) -> None:
    late, held = tables.reports.to_dict("records")
    assert (late["home"], late["code"], late["fate"], late["fault"]) == (4, "810E", "late", "lost WAN")
    assert late["left_at"] - late["held_at"] == pd.Timedelta("3 h")
    assert (held["code"], held["fate"]) == ("response", "still held")
    assert pd.isna(held["left_at"])


def test_every_word_of_the_core_has_a_column() -> None:
    columns = {name for schema in prepayments.SCHEMAS.values() for name in schema.names}
    assert set(_core.prepayment_words()) <= columns


def test_rows_cross_without_a_copy_and_outlive_their_owner() -> None:
    core = two_homes()
    rows = core.top_ups
    assert np.shares_memory(rows, core.top_ups)
    assert not rows.flags.writeable
    del core
    assert list(rows["home"]) == [4, 9]


def test_rows_between_processes(tmp_path: Path) -> None:
    prepayments.save(two_homes(), tmp_path / "rows.npz")
    found = prepayments.load(tmp_path / "rows.npz")
    for name in prepayments.ROWS:
        assert (getattr(found, name) == getattr(two_homes(), name)).all()
    assert (found.counted_from, found.end) == (two_homes().counted_from, two_homes().end)
    assert (found.unbalanced, found.first_unbalanced) == (1, 9)


def test_other_rows_are_refused() -> None:
    core = two_homes()
    with pytest.raises(ValueError, match="no rows of top-ups"):
        _core.Prepayments(core.spells, core.spells, core.homes, core.notices, core.reports, 0, 1)
    with pytest.raises(ValueError, match="no rows of homes"):
        _core.Prepayments(core.top_ups, core.spells, np.zeros(3), core.notices, core.reports, 0, 1)
    with pytest.raises(ValueError, match="no rows of reports"):
        _core.Prepayments(core.top_ups, core.spells, core.homes, core.notices, core.spells, 0, 1)


def test_nobody_prepays(small: Path) -> None:
    assert list(prepayments.tables(_core.Prepayments(), "as-is", 0)) == []
    run = mb.Scenario(small, repeat=1).run(workers=1)
    assert run.prepayments.top_ups.empty
    assert list(run.prepayments.spells.columns) == prepayments.SCHEMAS["spells"].names
    assert not list(run.folder.glob("prepayment-*"))


def test_columns_are_those_of_the_page(root: Path) -> None:
    page = (root / "docs/run-folder.md").read_text(encoding="utf-8")
    told = page[page.index("## Columns of prepayment") :]
    for schema in prepayments.SCHEMAS.values():
        assert [name for name in schema.names if f"`{name}`" not in told] == []


def test_parquet_readers_see_plain_text(tables: PrepaymentTables) -> None:
    found = pq.read_table(prepayments.file(tables.folder, "homes"))
    assert found["fault"].to_pylist() == ["lost WAN", "none"]
