"""A synthetic run folder with prepayment: customers, faults and remedies modelled in a few lines, seeded by home."""

from __future__ import annotations

import random
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import reports_fixture
import yaml

from meterbed import _core, parquet, prepayments

START = 1_583_107_200  # 2020-03-02 00:00 UTC, seconds
DAY, HOUR, MINUTE = 86_400.0, 3_600.0, 60.0
LENGTH, WARM_UP = 35 * DAY, 7 * DAY
REPEATS = 3
OUTAGE = (20 * DAY + 16 * HOUR, 20 * DAY + 20 * HOUR)
SCENARIO = "timeline: [{at: start + 20 days + 16 hours, do: outage, what: DCC, lasts: $outage_duration_h}]\n"
FAULTS = ["none", "never had WAN", "lost WAN", "intermittent WAN", "HAN fault"]
SHARES = [0.86, 0.05, 0.04, 0.03, 0.02]
# Variant -> what it changes.
VARIANTS: dict[str, dict[str, Any]] = {
    "as-is": {},
    "text": {"text": 15 * MINUTE},
    "priority": {"backlog": 10 * MINUTE},
    "stand-in": {"stand_in": True},
    "leaflet": {},
    "fewer homes without WAN": {"faults": 0.4},
}
CHANGES = {
    "text": ["utrn text after: 15 min", "remedy cost: 2.5"],
    "priority": ["dsp prepay priority: yes", "remedy cost: assume 20"],
    "stand-in": ["smets1 stand-in: yes"],
    "leaflet": ["remedy cost: 4"],
    "fewer homes without WAN": ["no wan share: 3 %"],
}
REPORT = [
    *("prepayment off supply", "prepayment top-ups credited", "prepayment survival", "prepayment remedies"),
    *("prepayment UTRNs", "prepayment outage", "prepayment late reports"),
]


class World:
    """The rows of one world, home by home; a home has the same luck in every variant."""

    def __init__(self, variant: str, repeat: int, homes: int, generations: int = 2) -> None:
        self.changes = {"text": None, "backlog": 3 * HOUR, "stand_in": False, "faults": 1.0, **VARIANTS[variant]}
        self.rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for home in range(homes):
            self.luck = random.Random(f"{repeat}/{home}")
            draw = self.luck.random()
            at = 1.0 - (1.0 - draw) / self.changes["faults"] if draw > SHARES[0] else 0.0
            fault = next(i for i in range(len(FAULTS)) if max(at, 0) <= sum(SHARES[: i + 1]) + 1e-9)
            generation = home % 2 if generations == 2 else 1
            row = {"home": home, "region": home % 3, "gsp_group": 1 + home % 3, "generation": generation}
            self.rows["homes"].append({**row, "fault": fault})
            self.customer(home, generation, fault)
        # Off supply when the run ends, and nobody has paid.
        self.rows["spells"].append({"home": 0, "off_at": LENGTH - 5 * HOUR, "on_at": 0.0, "waited": 0.0, "harm": 0})

    def customer(self, home: int, generation: int, fault: int) -> None:
        now, payment = self.luck.uniform(0, 7 * DAY), 0
        while now < LENGTH - HOUR:
            payment += 1
            off = now - self.luck.expovariate(1 / (2 * HOUR)) if self.luck.random() < 0.25 else None
            added = self.top_up(home, payment, now, generation, fault)
            if off is not None:
                self.spell(home, off, now, added, fault)
            now = max(now, added if added < LENGTH else now) + self.luck.uniform(4 * DAY, 10 * DAY)

    def top_up(self, home: int, payment: int, paid: float, generation: int, fault: int) -> float:
        """When the credit is at the meter; beyond the end when never."""
        luck, change = self.luck, self.changes
        shop, slow, waits, wrong = luck.random() < 0.4, luck.expovariate(1 / HOUR), luck.random(), luck.random() < 0.02
        in_outage = OUTAGE[0] <= paid < OUTAGE[1] + change["backlog"]
        radio = paid + 20 + 60 * luck.random()
        if in_outage:
            radio = OUTAGE[1] + change["backlog"] * (0.5 + waits / 2)
        reaches = fault in (0, 3) and not (fault == 3 and waits < 0.3)
        told_by, told = (0, paid) if shop else (255, 0.0)
        if not shop and change["text"] is not None and (not reaches or in_outage):
            told_by, told = 1, paid + change["text"]
        if told_by == 255 and (not reaches or in_outage):
            told_by, told = 2, paid + 40 * MINUTE + slow
        no_code = generation == 0 and in_outage and not (change["stand_in"] and told_by != 255)
        if no_code and told_by != 255:
            told = max(told, OUTAGE[1] + 5 * MINUTE)
        typed = told + 30 * MINUTE + slow / 4 + (5 * MINUTE if wrong else 0) if told_by != 255 else 1e9
        added, way = min((radio if reaches else 1e9, 1), (typed, 2))
        never = added > LENGTH
        self.rows["top_ups"].append(
            {
                "paid_at": paid, "told_at": told if told_by != 255 else 0.0, "added_at": 0.0 if never else added,
                "home": home, "payment": payment, "pounds": 20, "channel": 0 if shop else 1, "told_by": told_by,
                "way": 0 if never else way, "duplicates": int(way == 2 and in_outage and reaches),
                "wrong_digits": int(wrong and way == 2), "calls": int(told_by == 2),
                "visits": int(told_by == 2 and wrong and slow > 10 * MINUTE),
                "harm": 1 if fault else 2 if in_outage else 3, "added_twice": 0, "refused": 0,
            }
        )  # fmt: skip
        if way == 2 and not never and generation == 1 and fault in (1, 2, 3):
            self.reports(home, added, fault)
        return added

    def reports(self, home: int, typed: float, fault: int) -> None:
        """What a hub holds of it: the typed top-up, and that supply was armed; the latter may give way."""
        repaired = typed + self.luck.expovariate(1 / (6 * HOUR if fault == 3 else 12 * DAY))
        late = 0.0 if repaired > LENGTH else repaired
        dropped = self.luck.random() < 0.1
        for code, left, fate in (
            (0x810E, late, 1 if late else 0),
            (0x8F32, typed + HOUR if dropped else late, 2 if dropped else 1 if late else 0),
        ):
            self.rows["reports"].append({"home": home, "code": code, "held_at": typed, "left_at": left, "fate": fate})

    def spell(self, home: int, off: float, paid: float, added: float, fault: int) -> None:
        on = added + self.luck.uniform(MINUTE, 20 * MINUTE)
        until = min(added, LENGTH)
        waited = max(until - max(paid, off, WARM_UP), 0.0)
        harm = 1 if fault else 2 if OUTAGE[0] <= added and paid < OUTAGE[1] + self.changes["backlog"] else 3
        row = {"home": home, "off_at": off, "on_at": on if on < LENGTH else 0.0, "waited": waited}
        self.rows["spells"].append({**row, "harm": harm if waited else 0})

    def core(self, twice: int = 0) -> _core.Prepayments:
        """As the simulator hands it over; so many payments `twice` at the meter."""
        kept = {
            "top_ups": [row for row in self.rows["top_ups"] if not 0 < row["added_at"] < WARM_UP],
            "spells": [row for row in self.rows["spells"] if not 0 < row["on_at"] < WARM_UP],
            "homes": self.rows["homes"],
            "notices": sorted(self.rows["notices"], key=lambda row: (row["kind"], row["home"])),
            "reports": [row for row in self.rows["reports"] if not 0 < row["left_at"] < WARM_UP],
        }
        for row in kept["top_ups"][-twice:] if twice else []:
            row["added_twice"] = 1
        kept["top_ups"].sort(key=lambda row: (row["paid_at"], row["home"]))
        kept["spells"].sort(key=lambda row: (row["off_at"], row["home"]))
        kept["reports"].sort(key=lambda row: (row["held_at"], row["home"]))
        begin, end = (round((START + at) * 1e6) for at in (WARM_UP, LENGTH))
        return _core.Prepayments(*(array(name, rows) for name, rows in kept.items()), begin, end)


def array(table: str, rows: list[dict[str, Any]]) -> np.ndarray:
    """Seconds since the start become microseconds since the epoch."""
    out = np.zeros(len(rows), getattr(_core.Prepayments(), table).dtype)
    for i, row in enumerate(rows):
        for name, value in row.items():
            if name.endswith("_at"):
                value = round((START + value) * 1e6) if value else 0
            out[name][i] = round(value * 1e6) if name == "waited" else value
    return out


def write(folder: Path, homes: int = 1_200, repeats: int = REPEATS, generations: int = 2, **changes: Any) -> Path:
    """The run folder; `changes` replace keys of the manifest."""
    folder.mkdir(parents=True, exist_ok=True)
    names = [variant["name"] for variant in changes.get("variants", _manifest(repeats)["variants"])]
    parts: dict[str, list[Path]] = defaultdict(list)
    twice = changes.pop("twice", 0)
    for variant in names:
        for repeat in range(repeats):
            found = World(variant, repeat, homes, generations).core(twice)
            for name, table in prepayments.tables(found, variant, repeat):
                parts[name].append(folder / f"part-{variant}-{repeat}.{name}.parquet")
                prepayments.write(table, parts[name][-1])
    for name, files in parts.items():
        parquet.gather(files, prepayments.file(folder, name))
    pq.write_table(reports_fixture.SCHEMA.empty_table(), folder / "records.parquet")
    table = [
        {"variant": variant, "repeat": repeat, "metric": "top-ups", "value": 1.0 * homes}
        for variant in names
        for repeat in range(repeats)
    ]
    pq.write_table(pa.Table.from_pylist(table), folder / "metrics.parquet")
    text = SCENARIO if changes.pop("outage", True) else ""
    (folder / "scenario.yaml").write_text(f"settings: {{no wan share: 9 %}}\n{text}", encoding="utf-8")
    text = yaml.safe_dump({**_manifest(repeats), **changes}, sort_keys=False, allow_unicode=True)
    (folder / "manifest.yaml").write_text(text, encoding="utf-8")
    return folder


def _manifest(repeats: int) -> dict[str, Any]:
    return {
        "scenario": "prepayment-without-wan.yaml", "title": "Prepayment without a WAN",
        "question": "Who goes off supply, and what helps?", "source": "DP094",
        "seed": 94, "repeats": repeats, "repeats_asked": repeats, "complete": True, "version": "0.1.0",
        "kernel": "systemc", "records_sha256": "cd" * 32, "start": "2020-03-02T00:00:00.000000Z", "length_s": LENGTH,
        "variants": [{"name": name, "changes": CHANGES.get(name, [])} for name in VARIANTS],
        "figures": [{"name": "outage_duration_h", "value": "4", "unit": "h", "source": "ASSUMPTION", "confidence": "low"}],
        "measures": ["top-ups"], "report": REPORT, "command": "meterbed run scenarios/prepayment-without-wan.yaml",
        "defaults": ["patience = 30 min ($prepay_patience_min, low: ASSUMPTION: median wait)"],
    }  # fmt: skip
