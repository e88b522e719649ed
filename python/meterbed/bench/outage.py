"""Outages of a country: how their cost grows with its size, and what a second worker brings."""

from __future__ import annotations

from meterbed.bench.benchmark import Answer, Benchmark, Effort, Row, Tell, median_of
from meterbed.bench.programs import BenchError, lines_of, program, script

COLUMNS = (
    "program", "premises", "struck", "workers", "events", "records", "seconds", "events_per_s", "ratio",
    "bytes_per_premises", "peak_mib",
)  # fmt: skip
MODEL = "outage model"
COUNTRY = "story to run folder"
#: Premises, up to those of Great Britain; one in fourteen loses supply.
SIZES = (10_000, 100_000, 1_000_000, 10_000_000, 28_000_000)
QUICK_SIZES = (14_000, 28_000)
STRUCK = 14
WORKERS = (1, 2)


def measure(effort: Effort, tell: Tell) -> Answer:
    """The model alone at all sizes, then the largest country with one and two workers in turn."""
    sizes = QUICK_SIZES if effort.quick else SIZES
    rounds = 1 if effort.quick else effort.repeats
    model, country = program("bench_outage"), script("outage_country.py")
    total = rounds * (len(sizes) + len(WORKERS))
    grown: dict[int, list[Row]] = {premises: [] for premises in sizes}
    worked: dict[int, list[Row]] = {workers: [] for workers in WORKERS}
    done = 0
    for turn in range(rounds):
        for premises in sizes:
            tell(f"{MODEL}, {premises:,} premises, {turn + 1} of {rounds}", done, total)
            grown[premises] += lines_of([*model, str(premises), str(premises // STRUCK)])
            done += 1
        for workers in WORKERS:
            tell(f"{COUNTRY}, {workers} workers, {turn + 1} of {rounds}", done, total)
            worked[workers] += lines_of([*country, str(sizes[-1]), str(sizes[-1] // STRUCK), str(workers)])
            done += 1
    _check_same([*worked[1], *worked[2]])
    rows = [_model_row(lines) for lines in grown.values()]
    return Answer([*rows, *(_country_row(lines, worked[1]) for lines in worked.values())], NOTES)


NOTES = [
    f"{MODEL}: seconds of the processor from the network to the hash of the records",
    f"{COUNTRY}: seconds on the wall; its ratio is how many times faster than one worker",
    "bytes_per_premises: columns and sites, records and events apart",
]


def _check_same(lines: list[Row]) -> None:
    for line in lines:
        if line["records_sha256"] != lines[0]["records_sha256"]:
            raise BenchError(
                f"{line['workers']} workers came to records {line['records_sha256']}, 1 to {lines[0]['records_sha256']}"
            )


def _model_row(lines: list[Row]) -> Row:
    times = [{**line, "seconds": line["build_s"] + line["run_s"] + line["records_s"]} for line in lines]
    seconds = median_of(times, "seconds")
    first = lines[0]
    return {
        "program": MODEL,
        "premises": first["premises"],
        "struck": first["struck"],
        "workers": 1,
        "events": first["events"],
        "records": first["records"],
        "seconds": round(seconds, 3),
        "events_per_s": round(first["events"] / seconds),
        "ratio": None,
        "bytes_per_premises": round(first["bytes"] / first["premises"], 1),
        "peak_mib": round(median_of(lines, "peak_bytes") / 2**20),
    }


def _country_row(lines: list[Row], alone: list[Row]) -> Row:
    ratios = [{"ratio": one["seconds"] / line["seconds"]} for line, one in zip(lines, alone, strict=True)]
    first = lines[0]
    return {
        "program": COUNTRY,
        "premises": first["premises"],
        "struck": first["struck"],
        "workers": first["workers"],
        "events": None,
        "records": first["records"],
        "seconds": round(median_of(lines, "seconds"), 1),
        "events_per_s": None,
        "ratio": round(median_of(ratios, "ratio"), 2),
        "bytes_per_premises": None,
        "peak_mib": round(median_of(lines, "peak_bytes") / 2**20),
    }


OUTAGE = Benchmark(
    "outage",
    "a storm over 2 million of 28 million premises, complete with records; ratio: against one worker",
    COLUMNS,
    measure,
)
