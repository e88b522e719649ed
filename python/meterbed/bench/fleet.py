"""The fleet engine against what one would use otherwise, all on the lean workload (bench/lean_model.h)."""

from __future__ import annotations

from dataclasses import dataclass

from meterbed.bench.benchmark import Answer, Benchmark, Effort, Row, Tell, median_of
from meterbed.bench.programs import BenchError, lines_of, program, script

COLUMNS = ("program", "entities", "events", "checksum", "events_per_s", "ratio", "bytes_per_entity")


@dataclass(frozen=True)
class Program:
    name: str
    label: str
    largest: int = 10_000_000
    beyond: str = ""  #: why it is not run with more entities


PROGRAMS = (
    Program("station", "fleet station on SystemC"),
    Program("engine", "fleet engine alone"),
    Program("priority_queue", "std::priority_queue"),
    Program("systemc_processes", "SystemC process a meter", 1_000_000, "its processes take about 10 GB and minutes"),
    Program("simpy", "SimPy process a meter", 1_000_000, "its processes take more than 10 GB and minutes"),
)
#: Entities -> events to expect.
SIZES = {1_000: 500_000, 100_000: 500_000, 1_000_000: 1_000_000, 10_000_000: 6_000_000}
#: One below and one above the size from which the calendar has buckets.
QUICK_SIZES = {1_000: 10_000, 20_000: 40_000}


def measure(effort: Effort, tell: Tell) -> Answer:
    """All programs in turn, again and again, so that a busy machine disturbs all of them."""
    sizes = QUICK_SIZES if effort.quick else SIZES
    rounds = 1 if effort.quick else effort.repeats
    simpy, ours = script("peers/lean_simpy.py", "simpy"), program("bench_fleet")
    plan = [(entities, turn) for entities in sizes for turn in range(rounds)]
    total = sum(len(_fitting(entities)) for entities, _ in plan)
    found: dict[tuple[int, str], list[Row]] = {}
    done = 0
    for entities, turn in plan:
        for each in _fitting(entities):
            tell(f"{each.label}, {entities:,} entities, {turn + 1} of {rounds}", done, total)
            words = simpy if each.name == "simpy" else [*ours, each.name]
            (line,) = lines_of([*words, str(entities), str(sizes[entities])])
            found.setdefault((entities, each.name), []).append(line)
            done += 1
    notes = [
        f"{each.label} not with {entities:,} entities: {each.beyond}"
        for entities in sizes
        for each in PROGRAMS
        if entities > each.largest
    ]
    return Answer([row for entities in sizes for row in _rows(entities, found)], notes)


def _fitting(entities: int) -> list[Program]:
    return [each for each in PROGRAMS if entities <= each.largest]


def _rows(entities: int, found: dict[tuple[int, str], list[Row]]) -> list[Row]:
    """A row a program; `ratio` is how many times faster the station was, the median over the rounds."""
    ours = found[entities, "station"]
    rows = []
    for each in _fitting(entities):
        theirs = found[entities, each.name]
        _check_same(each.label, entities, theirs, ours[0])
        ratios = [{"ratio": their["seconds"] / our["seconds"]} for their, our in zip(theirs, ours, strict=True)]
        seconds = median_of(theirs, "seconds")
        rows.append(
            {
                "program": each.label,
                "entities": entities,
                "events": theirs[0]["events"],
                "checksum": theirs[0]["checksum"],
                "events_per_s": round(theirs[0]["events"] / seconds),
                "ratio": round(median_of(ratios, "ratio"), 2),
                "bytes_per_entity": round(median_of(theirs, "bytes") / entities, 1),
            }
        )
    return rows


def _check_same(label: str, entities: int, lines: list[Row], expected: Row) -> None:
    for line in lines:
        for key in ("events", "checksum"):
            if line[key] != expected[key]:
                raise BenchError(
                    f"{label} with {entities:,} entities came to {key} {line[key]}, the fleet station to {expected[key]}"
                )


FLEET = Benchmark(
    "fleet",
    "the fleet engine against std::priority_queue, SystemC processes and SimPy; "
    "ratio: how many times faster the fleet station is",
    COLUMNS,
    measure,
)
