"""A synthetic run folder with outages.parquet: hubs, cells and radio modelled in a few lines of numpy, seeded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import reports_fixture
import yaml

START = 1_583_128_800  # 2020-03-02 06:00 UTC, seconds
LENGTH = 2 * 86_400.0
REPEATS = 3
HOMES_A_FEEDER = 100
FEEDERS_A_CELL = 10
GROUPS = ["_A", "_C", "_G", "_H", "_M", "_E"]
REGION_OF = {"_A": "Central", "_C": "South", "_G": "North", "_H": "South", "_M": "North", "_E": "Central"}
TECHNOLOGY_OF = {"North": "long-range radio", "Central": "cellular", "South": "cellular"}
DELIVERY = {"North": 0.9, "Central": 0.75, "South": 0.75}
LATENCY = {"North": 25.0, "Central": 35.0, "South": 35.0}
# Variant -> what it changes: random delay, hold-up, target, whether a firmware job holds AD1 back.
VARIANTS: dict[str, dict[str, Any]] = {
    "as-is": {},
    "short delay": {"delay": 10.0},
    "longer target": {"target": 300.0},
    "bigger store": {"hold_up": 600.0},
    "suppress": {"suppress": True},
}
CHANGES = {
    "short delay": ["hub alert delay: 10 s"],
    "longer target": ["outage alert target: 300 s"],
    "bigger store": ["hub hold-up: assume 10 min"],
    "suppress": ["firmware suppresses alerts: true"],
}
REPORT = [
    *("outage alerts by clock", "outage alerts in time by region and size", "outage alerts never sent and why"),
    *("outage cells", "outage map by GSP group", "outage detection by feeder", "restoration alerts"),
    "false outage alerts",
]
STAMP = pa.timestamp("us", tz="UTC")
SCHEMA = pa.schema(
    [("variant", reports_fixture.TEXT), ("repeat", pa.int32()), ("home", pa.int32()), ("cut", pa.uint32())]
    + [("size", pa.uint32()), ("cause", reports_fixture.TEXT), ("label", reports_fixture.TEXT), ("feeder", pa.uint32())]
    + [("cell", pa.uint32())]
    + [(name, reports_fixture.TEXT) for name in ("region", "gsp_group", "technology")]
    + [(f"{name}_at", STAMP) for name in ("lost", "restored", "sent", "received", "informed")]
    + [("attempts", pa.uint8()), ("reason", reports_fixture.TEXT), ("restoration", reports_fixture.TEXT)]
    + [("restoration_sent", STAMP), ("restoration_informed", STAMP), ("restoration_right", pa.bool_())]
    + [("mpxn_known", pa.bool_())]
)


class Trace:
    """The cuts of a repeat, the same for all variants: home, cut, size, cause, begin and length."""

    def __init__(self, homes: int, repeat: int, storm: int) -> None:
        luck = np.random.default_rng(repeat)
        rows: list[tuple[np.ndarray, str, float, float]] = []
        for _ in range(homes // 100):  # single premises
            rows.append(
                (luck.integers(0, homes, 1), "network", luck.uniform(0, LENGTH - 9_000), luck.uniform(240, 7_200))
            )
        feeders = homes // HOMES_A_FEEDER
        for _ in range(feeders // 4):  # feeders, a third of them back after a short interruption
            first = int(luck.integers(0, feeders)) * HOMES_A_FEEDER
            lasts = luck.uniform(20, 170) if luck.random() < 0.33 else luck.uniform(600, 5_400)
            size = int(luck.integers(30, HOMES_A_FEEDER + 1))
            rows.append((np.arange(first, first + size), "network", luck.uniform(0, LENGTH - 9_000), lasts))
        first = int(luck.integers(0, homes // 2))  # a primary
        rows.append((np.arange(first, first + homes // 12), "network", LENGTH / 3, 4_000.0))
        first = int(luck.integers(0, max(homes - storm, 1)))
        rows.append((np.arange(first, min(first + storm, homes)), "network", LENGTH / 2, 5_400.0))
        for home in luck.choice(homes, homes // 100, replace=False):  # firmware, within two hours
            rows.append((np.array([home]), "firmware", LENGTH / 4 + luck.uniform(0, 7_200), 200.0))
        rows.append((np.arange(5), "network", LENGTH - 60.0, 1e9))  # the run ends before the hold does
        rows.append((np.arange(5, 35), "network", LENGTH - 250.0, 1e9))  # and here before the alert comes
        self.home = np.concatenate([row[0] for row in rows])
        sizes = [len(row[0]) for row in rows]
        self.cut = np.repeat(np.arange(1, len(rows) + 1), sizes)
        self.size = np.repeat(sizes, sizes)
        self.cause, self.begin, self.lasts = (np.repeat([row[i] for row in rows], sizes) for i in (1, 2, 3))


def world(variant: str, repeat: int, trace: Trace, groups: bool = True) -> tuple[dict[str, Any], np.ndarray]:
    """Columns of outages.parquet, and rows (time, cell, seconds) of what waited for radio."""
    what = {"delay": 30.0, "hold_up": 420.0, "suppress": False, **VARIANTS[variant]}
    n = len(trace.home)
    luck = np.random.default_rng(1_000 + repeat)  # the same draws in every variant
    delay, radio, spread, back = luck.random(n), luck.random(n), luck.normal(size=n), luck.lognormal(3.2, 0.6, n)
    feeder = trace.home // HOMES_A_FEEDER
    group = np.array(GROUPS)[feeder // FEEDERS_A_CELL % len(GROUPS)]
    region = np.array([REGION_OF[name] for name in GROUPS])[feeder // FEEDERS_A_CELL % len(GROUPS)]
    cell = feeder // FEEDERS_A_CELL
    lost, restored = trace.begin, trace.begin + trace.lasts
    report = lost + 180 + delay * what["delay"]
    tried = (report < restored) & (report < lost + what["hold_up"]) & (report < LENGTH)
    turn = np.where(tried, report, np.inf)
    for number in np.unique(cell[tried]):  # a queue of 2 a second
        mine = np.flatnonzero(tried & (cell == number))
        mine = mine[np.argsort(turn[mine], kind="stable")]
        steps = np.arange(len(mine)) * 0.5
        turn[mine] = np.maximum.accumulate(turn[mine] - steps) + steps
    heard = tried & (turn < lost + what["hold_up"]) & (radio < np.vectorize(DELIVERY.get)(region))
    received = np.where(heard, turn + np.vectorize(LATENCY.get)(region) * np.exp(0.8 * spread), np.inf)
    known = trace.home % 200 != 0
    job = (trace.begin > LENGTH / 4) & (trace.begin < LENGTH / 4 + 10_800) & what["suppress"]
    informed = np.where(known & ~job, received + 0.4, np.inf)
    reason = np.select(
        [np.isfinite(informed) & (informed < LENGTH), np.isfinite(received) & ~known, np.isfinite(received) & job]
        + [trace.lasts < 180, received > 1e17, restored <= report, turn >= lost + what["hold_up"]],
        ["", "no MPxN", "firmware job", "", "", "power back", "hub without power"],
        "",
    )
    reason = np.where(
        (reason == "") & tried & ~heard, np.where(turn >= lost + what["hold_up"], "hub without power", "radio"), reason
    )
    network = trace.cause == "network"
    long = trace.lasts >= 180
    code = np.where(network & (restored < LENGTH), np.where(long, "8F36", "8F35"), "")
    told = np.where((code != "") & (radio < 0.97), restored + 5 + back, np.inf)
    columns = {
        "home": trace.home, "cut": trace.cut, "size": trace.size, "cause": trace.cause,
        "label": np.where(network, "faults", "firmware"), "feeder": feeder, "cell": cell, "region": region,
        "gsp_group": group if groups else np.full(n, ""), "technology": np.vectorize(TECHNOLOGY_OF.get)(region),
        "lost_at": stamps(lost), "restored_at": stamps(restored), "sent_at": stamps(np.where(tried, report, np.inf)),
        "received_at": stamps(received), "informed_at": stamps(informed), "attempts": tried.astype(np.uint8),
        "reason": reason, "restoration": code, "restoration_sent": stamps(np.where(code != "", restored + 5, np.inf)),
        "restoration_informed": stamps(told), "restoration_right": trace.home % 50 != 0, "mpxn_known": known,
    }  # fmt: skip
    waited = tried & (turn > report)
    return columns, np.stack([turn[waited], cell[waited], (turn - report)[waited], region[waited] == "North"], axis=1)


def stamps(seconds: np.ndarray) -> pa.Array:
    """Null for what did not happen before the end of the run."""
    never = ~(seconds < LENGTH)
    return pa.array(np.rint((START + np.where(never, 0, seconds)) * 1e6).astype(np.int64), STAMP, mask=never)


def write(folder: Path, homes: int = 12_000, storm: int = 5_500, groups: bool = True, **changes: Any) -> Path:
    """The run folder; `changes` replace keys of the manifest."""
    folder.mkdir(parents=True, exist_ok=True)
    with (
        pq.ParquetWriter(folder / "outages.parquet", SCHEMA, compression="zstd", store_schema=False) as losses,
        pq.ParquetWriter(folder / "records.parquet", reports_fixture.SCHEMA, store_schema=False) as records,
    ):
        for variant in VARIANTS:
            for repeat in range(REPEATS):
                columns, waits = world(variant, repeat, Trace(homes, repeat, storm), groups)
                losses.write_table(_table(SCHEMA, variant, repeat, columns))
                rows = _waits(waits)
                records.write_table(_table(reports_fixture.SCHEMA, variant, repeat, rows))
    table = [
        {"variant": variant, "repeat": repeat, "metric": "cuts", "value": 1.0 * homes}
        for variant in VARIANTS
        for repeat in range(REPEATS)
    ]
    pq.write_table(pa.Table.from_pylist(table), folder / "metrics.parquet")
    (folder / "scenario.yaml").write_text("settings: {outage hold: $poa_hold_time_s}\n", encoding="utf-8")
    text = yaml.safe_dump({**_manifest(), **changes}, sort_keys=False, allow_unicode=True)
    (folder / "manifest.yaml").write_text(text, encoding="utf-8")
    return folder


def _table(schema: pa.Schema, variant: str, repeat: int, columns: dict[str, Any]) -> pa.Table:
    n = len(next(iter(columns.values())))
    columns = {"variant": np.full(n, variant), "repeat": np.full(n, repeat), **columns}
    return pa.Table.from_arrays(
        [pa.array(columns[name]).cast(schema.field(name).type) for name in schema.names], schema=schema
    )


def _waits(waits: np.ndarray) -> dict[str, Any]:
    n = len(waits)
    rows: dict[str, Any] = {name: np.full(n, value) for name, value in reports_fixture.DEFAULTS.items()}
    rows |= {"time": stamps(waits[:, 0]), "station": np.where(waits[:, 3] == 1, "WAN North", "WAN Central")}
    rows |= {"sequence": np.arange(n), "what": np.full(n, "waited for radio"), "counter": waits[:, 1].astype(np.uint64)}
    return rows | {"value": waits[:, 2]}


def _manifest() -> dict[str, Any]:
    hold = {"name": "poa_hold_time_s", "value": "180", "unit": "s", "source": "CSC minutes", "confidence": "high"}
    return {
        "scenario": "power-outage-alerts.yaml", "title": "Outage alerts",
        "question": "What share of the alerts reaches the network operator in time?", "source": "DP096",
        "seed": 96, "repeats": REPEATS, "repeats_asked": REPEATS, "complete": True, "version": "0.1.0",
        "kernel": "systemc", "records_sha256": "cd" * 32, "start": "2020-03-02T06:00:00.000000Z", "length_s": LENGTH,
        "variants": [{"name": name, "changes": CHANGES.get(name, [])} for name in VARIANTS],
        "measures": ["cuts"], "figures": [{**hold, "used_at": "settings.outage hold"}],
        "defaults": [
            "outage alert target = 60 s ($poa_delivery_target_s, high: CSC minutes)",
            "cell capacity cellular = 2 ($poa_cell_capacity_per_s, low: ASSUMPTION)",
            "cell capacity long-range = 2 ($poa_cell_capacity_per_s, low: ASSUMPTION)",
        ],
        "report": REPORT, "command": "meterbed run scenarios/power-outage-alerts.yaml",
    }  # fmt: skip
