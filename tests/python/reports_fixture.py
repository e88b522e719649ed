"""A small synthetic run folder by the contract of docs/run-folder.md: sixty SMETS1 and twenty SMETS2 homes."""

from __future__ import annotations

import csv
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import yaml

VARIANTS = ["as-is", "to-be"]
REPEATS = 5
EAST, WEST, SOUTH, SUPPLIER, ACB = (0x90B3D51F30000000 + i for i in range(1, 6))
START = 1_583_128_800_000_000  # 2020-03-02 06:00 UTC, microseconds
DAY = 86_400.0
SCENARIO = """
title: Somebody else's certificate
source: CSC
population:
  street: {premises: 60, kind: SMETS1, supplier: supplier-a, network operator: east-midlands}
  lane: {premises: 20, kind: SMETS2, supplier: supplier-a, network operator: east-midlands}
timeline:
  - at: start
    do: request
    service: "6.15.1"
    by: east-midlands
    cell: network operator
    certificate: {right: east-midlands, wrong: eastern, wrong share: assume 10 %, transfer to: southern}
    as: renewal
  - {at: start + 4 days, do: request, service: "4.10", by: registered network operator, target: street, as: first read}
  - {at: start + 5 days, do: request, service: "6.15.1", by: registered network operator, as: correction}
  - {at: start + 6 days, do: repair, target: {failed: correction}, as: repair}
"""
DEFAULTS: dict[str, Any] = {
    "home": -1, "device": 0, "party": 0, "request": 0, "step": "", "service": "", "code": "", "detail": "", "message": 0,
    "counter": 0, "bytes": 0, "value": 0.0,
}  # fmt: skip
TEXT = pa.dictionary(pa.int32(), pa.string())
SCHEMA = pa.schema(
    [("variant", TEXT), ("repeat", pa.int32()), ("time", pa.timestamp("us", tz="UTC")), ("station", TEXT)]
    + [("sequence", pa.int64()), ("what", TEXT), ("home", pa.int32()), ("device", pa.uint64()), ("party", pa.uint64())]
    + [("request", pa.int64()), ("step", TEXT), ("service", TEXT), ("code", TEXT), ("detail", TEXT)]
    + [("message", pa.int32()), ("counter", pa.uint64()), ("bytes", pa.int64()), ("value", pa.float64())]
)


class World:
    """One world's records, told home by home."""

    def __init__(self, variant: str, repeat: int) -> None:
        self.variant, self.repeat = variant, repeat
        self.rows: list[dict[str, Any]] = []
        self.requests = 0
        for home in range(80):
            self.luck = random.Random(f"{repeat}/{home}")  # the same for both variants
            self.smets1(home) if home < 60 else self.smets2(home)

    def note(self, seconds: float, station: str, what: str, **fields: Any) -> None:
        row = {**DEFAULTS, **fields, "variant": self.variant, "repeat": self.repeat, "station": station, "what": what}
        self.rows.append({**row, "time": START + int(seconds * 1e6), "sequence": len(self.rows)})

    def request(self, at: float, home: int, step: str, service: str, party: int) -> dict[str, Any]:
        self.requests += 1
        fields = {"home": home, "device": 1000 + home, "request": self.requests, "step": step, "service": service}
        self.note(at, "users", "request sent", party=party, bytes=900, **fields)
        return {**fields, "party": party}

    def end(self, at: float, fields: dict[str, Any], station: str, code: str, gate: str = "") -> bool:
        """Refused (a gate), given up (E21) or answered (I0)."""
        if gate:
            self.note(at, station, "request refused", **{**fields, "code": code, "detail": gate})
        elif code == "E21":
            self.note(at, station, "request timed out", **{**fields, "code": code})
        else:
            self.note(at + 0.5, "users", "response received", bytes=120, **fields)
        self.note(at + 0.5, "users", "request completed", **{**fields, "code": code, "detail": gate, "value": 2.5})
        return code == "I0"

    def choice(self) -> tuple[str, int]:
        draw = self.luck.random()
        return ("wrong", WEST) if draw < 0.1 else ("transfer", SOUTH) if draw < 0.12 else ("right", EAST)

    def smets1(self, home: int) -> None:
        at = home * 60.0
        detail, owner = self.choice()
        holder = EAST
        new = {"home": home, "request": self.requests + 1, "step": "renewal", "service": "6.15.1"}
        self.note(at, "users", "certificate chosen", party=owner, detail=detail, **new)
        renewal = self.request(at, home, "renewal", "6.15.1", EAST)
        if self.variant == "to-be" and detail != "right":
            self.end(at + 1, renewal, "DCC", "E061507", "new owner is registered")
        else:
            self.note(at + 1, "DCC", "countersigned", **renewal)
            self.note(at + 2, "S1SP", "dual control given", **renewal)
            self.note(at + 2, "S1SP", "holder recorded", **{**renewal, "party": owner})
            self.end(at + 3, renewal, "S1SP", "I0")
            holder = owner
        if detail == "transfer":
            self.note(at + 2 * DAY, "DCC", "registration changed", home=home, party=SOUTH)
        registered = SOUTH if detail == "transfer" else EAST
        self.read(at + 4 * DAY, home, registered)
        if not self.correction(at + 5 * DAY, home, "correction", registered, holder):
            self.repair(6 * DAY, home, registered, holder)

    def read(self, at: float, home: int, party: int) -> None:
        read = self.request(at, home, "first read", "4.10", party)
        self.note(at + 1, "DCC", "countersigned", **read)
        self.note(at + 2, "S1SP", "instruction sent", **{**read, "value": 1.0})
        lost = self.luck.random() < 0.05
        if lost:
            self.note(at + 20, "WAN Central", "message lost", **{**read, "detail": "instruction", "code": "radio"})
            self.end(at + 900, read, "S1SP", "E21")
            return
        self.note(at + 30, "homes Central", "command executed", **read)
        self.note(at + 55, "S1SP", "instruction answered", **read)
        self.end(at + 56, read, "S1SP", "I0")

    def correction(self, at: float, home: int, step: str, party: int, holder: int) -> bool:
        fields = self.request(at, home, step, "6.15.1", party)
        self.note(at + 1, "DCC", "countersigned", **fields)
        if party != holder:
            return self.end(at + 2, fields, "S1SP", "not the notified critical party", "caller holds cell")
        self.note(at + 2, "S1SP", "dual control given", **fields)
        self.note(at + 2, "S1SP", "holder recorded", **{**fields, "party": party})
        return self.end(at + 3, fields, "S1SP", "I0")

    def repair(self, at: float, home: int, right: int, holder: int) -> None:
        place = {"home": home, "device": 1000 + home, "step": "repair"}
        self.note(at, "users", "repair begun", party=right, **place)
        self.note(at, "users", "repair tried", detail="rightful operator", **place)
        self.correction(at + 1, home, "repair", right, holder)
        self.note(at + 10, "users", "repair tried", detail="holder", **place)
        by_holder = self.request(at + 10, home, "repair", "6.15.1", holder)
        self.end(at + 11, by_holder, "DCC", "E4", "caller is registered")
        self.note(at + 20, "users", "repair tried", detail="DCC recovery", **place)
        days = 5 + self.luck.random()
        if self.luck.random() < 0.9:
            self.note(at + days * DAY, "users", "repaired", detail="DCC recovery", value=days * DAY, **place)
        else:
            self.note(at + 6 * DAY, "users", "repair failed", detail="every route", value=6 * DAY, **place)

    def smets2(self, home: int) -> None:
        at = home * 60.0 + 4 * DAY
        wrong = self.luck.random() < 0.2
        read = self.request(at, home, "first read", "4.10", EAST)
        self.note(at + 0.1, "DCC", "request accepted", **{**read, "code": "I99"})
        for attempt in (1, 2) if wrong else (1,):
            late = at + 600 * (attempt - 1)
            self.note(late + 1, "DCC", "command sent", **{**read, "value": float(attempt)})
            self.note(late + 6, "homes Central", "command delivered", **read)
            if wrong:
                self.note(late + 6, "homes Central", "command dropped", **{**read, "code": "unknown originator"})
        if wrong:
            self.end(at + 1200, read, "DCC", "E21")
            self.note(at + 1201, "users", "DCC alert", home=home, party=EAST, code="N13", request=read["request"])
        else:
            self.note(at + 7, "homes Central", "command executed", **read)
            self.note(at + 7, "homes Central", "response sent", **read)
            self.end(at + 12, read, "DCC", "I0")
        recipient = WEST if wrong else EAST
        self.note(at + DAY, "homes Central", "alert sent", home=home, detail="8F36", party=recipient)
        self.note(at + DAY + 5, "users", "alert received", home=home, detail="8F36", party=recipient)


def metrics(world: World) -> dict[str, float]:
    """Counted by hand from the rows, by the definitions of the simulator."""
    counts = Counter((row["what"], row["detail"]) for row in world.rows)
    repairs = [row["value"] for row in world.rows if row["what"] == "repaired"]
    refused = [row for row in world.rows if row["what"] == "request refused"]
    meant = {row["request"] for row in world.rows if row["what"] == "certificate chosen" and row["detail"] != "wrong"}
    found = {
        "wrong choices": float(counts["certificate chosen", "wrong"]),
        "devices nobody can command": float(sum(row["code"] == "E4" for row in refused)),
        "renewals refused in error": sum(row["request"] in meant for row in refused) / len(meant),
        "repairs": float(len(repairs)),
        "requests refused": float(len(refused)),
    }
    return found | ({"time to repair": sum(repairs) / len(repairs)} if repairs else {})


def expectations(found: dict[tuple[str, int], dict[str, float]]) -> Iterator[dict[str, Any]]:
    """As the simulator would judge them."""
    for variant, metric, name, limit in (
        ("as-is", "devices nobody can command", "at least 1", 1.0),
        ("as-is", "repairs", "equals wrong choices", None),
        ("to-be", "devices nobody can command", "0", 0.0),
        ("to-be", "renewals refused in error", "at most 0.1 %", 0.001),
    ):
        values = [found[variant, repeat][metric] for repeat in range(REPEATS)]
        bounds = [found[variant, r]["wrong choices"] if limit is None else limit for r in range(REPEATS)]
        compare = {"at least": float.__ge__, "at most 0": float.__le__}.get(name[:8], float.__eq__)
        held = [compare(value, bound) for value, bound in zip(values, bounds, strict=True)]
        verdict = "meets" if all(held) else "uncertain" if any(held) else "fails"
        yield {
            "name": f"{metric}: {name}", "variant": variant, "metric": metric, "held": all(held), "verdict": verdict,
            "value": sum(values) / REPEATS, "bound": sum(bounds) / REPEATS, "values": values,
        }  # fmt: skip


def manifest(found: dict[tuple[str, int], dict[str, float]]) -> dict[str, Any]:
    """With every key of the contract."""
    figure = {"name": "wan_loss", "value": "0.5", "unit": "%", "source": "ASSUMPTION", "confidence": "low"}
    sourced = {"name": "recovery_days", "value": "5", "unit": "days", "source": "a procedure", "confidence": "high"}
    guess = {
        "name": "timeline[0].certificate.wrong share", "value": "10", "unit": "%", "source": "guess of this scenario",
        "confidence": "assumption",
    }  # fmt: skip
    places = ["wan loss", "recovery decision", "timeline[0].certificate.wrong share"]
    return {
        "scenario": "certificate.yaml",
        "title": "A network operator puts somebody else's certificate on a SMETS1 meter",
        "question": "How many meters can nobody command any more, and does checking the owner prevent it?",
        "source": "SEC Change Sub-Committee, 25 Feb 2020, DP107",
        "seed": 107, "repeats": REPEATS, "repeats_asked": REPEATS, "complete": True, "version": "0.1.0",
        "kernel": "systemc", "records_sha256": "ab" * 32, "start": "2020-03-02T06:00:00.000000Z", "length_s": 30 * DAY,
        "variants": [
            {"name": "as-is", "changes": ["gates: caller is registered, caller holds cell"]},
            {"name": "to-be", "changes": ["gates: caller is registered, caller holds cell, new owner is registered"]},
        ],
        "expectations": list(expectations(found)),
        "measures": ["time to repair", "requests refused", "wrong choices"],
        "figures": [{**item, "used_at": at} for item, at in zip((sourced, figure, guess), places, strict=True)],
        "defaults": ["hub hold-up = 7 min", "wan loss = 0.5 % ($wan_message_loss_prob, low: ASSUMPTION: a guess (of ours))"],
        "always": [{"name": "one holder per cell", "held": True, "text": ""}],
        "report": ["refused commands by code", "repairs by route", "time to repair", "outcomes by step"]
        + ["alerts by recipient"],
        "limits": ["Radio planning, tariffs and customer behaviour are left out."],
        "command": "meterbed run scenarios/certificate.yaml --out runs/certificate-107",
    }  # fmt: skip


def write(folder: Path, **changes: Any) -> Path:
    """The run folder; `changes` replace keys of the manifest."""
    folder.mkdir(parents=True, exist_ok=True)
    worlds = [World(variant, repeat) for variant in VARIANTS for repeat in range(REPEATS)]
    with pq.ParquetWriter(folder / "records.parquet", SCHEMA, compression="zstd", store_schema=False) as file:
        for world in worlds:
            rows = sorted(world.rows, key=lambda row: (row["time"], row["station"], row["sequence"]))
            file.write_table(pa.Table.from_pylist(rows, schema=SCHEMA))
    found = {(world.variant, world.repeat): metrics(world) for world in worlds}
    table = [
        {"variant": variant, "repeat": repeat, "metric": metric, "value": value}
        for (variant, repeat), values in found.items()
        for metric, value in sorted(values.items())
    ]
    pq.write_table(pa.Table.from_pylist(table), folder / "metrics.parquet")
    (folder / "scenario.yaml").write_text(SCENARIO, encoding="utf-8")
    text = yaml.safe_dump({**manifest(found), **changes}, sort_keys=False, allow_unicode=True)
    (folder / "manifest.yaml").write_text(text, encoding="utf-8")
    return folder


def table(run: Path, name: str) -> list[dict[str, str]]:
    """The rows of a table beside the report."""
    with (run / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
