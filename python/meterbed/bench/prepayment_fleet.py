"""Prepayment meters of a country with their customers: how the cost grows with their number."""

from __future__ import annotations

from meterbed.bench.benchmark import Answer, Benchmark, Effort, Row, Tell, median_of
from meterbed.bench.programs import lines_of, program

COLUMNS = (
    "meters", "days", "events", "records", "seconds", "meter_days_per_s", "ratio", "bytes_per_meter", "peak_mib",
)  # fmt: skip
SIZES = (1_000, 10_000, 100_000, 1_000_000)
QUICK_SIZES = (100, 1_000)
#: Two weeks of warm-up and four that count.
DAYS = 42


def measure(effort: Effort, tell: Tell) -> Answer:
    """All sizes in turn; `ratio` is how many times slower a meter is than among the fewest in the same round."""
    sizes = QUICK_SIZES if effort.quick else SIZES
    rounds = 1 if effort.quick else effort.repeats
    model = program("bench_prepayment_fleet")
    grown: dict[int, list[Row]] = {meters: [] for meters in sizes}
    for turn in range(rounds):
        for done, meters in enumerate(sizes):
            tell(f"{meters:,} meters, {turn + 1} of {rounds}", turn * len(sizes) + done, rounds * len(sizes))
            for line in lines_of([*model, str(meters), str(DAYS)]):
                seconds = line["build_s"] + line["run_s"] + line["records_s"]
                grown[meters].append({**line, "seconds": seconds, "speed": meters * DAYS / seconds})
    fewest = grown[sizes[0]]
    return Answer([_row(lines, fewest) for lines in grown.values()], NOTES)


NOTES = [
    "seconds: of the processor, one core, from the first meter to the records in columns; two weeks of them are warm-up",
    "bytes_per_meter: rows and what is on its way, records apart",
]


def _row(lines: list[Row], fewest: list[Row]) -> Row:
    first = lines[0]
    ratios = [{"ratio": few["speed"] / line["speed"]} for few, line in zip(fewest, lines, strict=True)]
    return {
        "meters": first["meters"],
        "days": first["days"],
        "events": first["events"],
        "records": first["records"],
        "seconds": round(median_of(lines, "seconds"), 3),
        "meter_days_per_s": round(median_of(lines, "speed")),
        "ratio": round(median_of(ratios, "ratio"), 2),
        "bytes_per_meter": round(first["bytes"] / first["meters"]),
        "peak_mib": round(median_of(lines, "peak_bytes") / 2**20),
    }


PREPAYMENT_FLEET = Benchmark(
    "prepayment-fleet",
    "prepayment meters with customers over six weeks, with an outage and every record; ratio: to the fewest",
    COLUMNS,
    measure,
)
