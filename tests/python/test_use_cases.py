"""docs/use-cases.md says what the tables say."""

from __future__ import annotations

import json
from pathlib import Path

from conftest import Meterbed

from meterbed import use_cases
from meterbed.vocabulary import vocabulary


def test_the_page_is_not_stale(root: Path) -> None:
    written = (root / "docs/use-cases.md").read_text(encoding="utf-8")
    wanted = use_cases.page(use_cases.read_evidence(root / "docs/use-cases.csv"))
    assert written == wanted, "python -m meterbed.use_cases docs writes it anew"


def test_no_cell_is_empty(root: Path) -> None:
    lines = use_cases.page({}).splitlines()
    rows = [line.strip("| ").split(" | ") for line in lines if line.startswith("| ") and "0x" in line]
    assert len(rows) == len(vocabulary("use-cases")) == 240
    assert all(len(row) == 5 and all(cell.strip() for cell in row) for row in rows)


def test_the_command_lists_them(meterbed: Meterbed) -> None:
    listed = json.loads(meterbed("list", "use-cases", "--json").stdout)
    top_up = next(row for row in listed if row["name"] == "CS01a")
    assert (top_up["code"], top_up["codec"], top_up["devices"]) == (7, "DLMS", ["ESME"])
