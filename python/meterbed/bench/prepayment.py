"""The prepayment ledger in closed form against stepping it minute by minute, in C++ and on SimPy."""

from __future__ import annotations

import json

from meterbed.bench.benchmark import Answer, Benchmark, Effort, Row, Tell, median_of
from meterbed.bench.programs import output_of, program, script

SIMPY_LOADS = ("constant", "levels")
COLUMNS = ("program", "loads", "meter_days_per_s", "steps_per_day", "steps_per_s", "ratio", "bytes_per_meter")


def measure(effort: Effort, tell: Tell) -> Answer:
    """All in turn; `ratio` is how many times faster the closed form was in the same round."""
    rounds = 1 if effort.quick else effort.repeats
    simpy = [*script("peers/ledger_simpy.py", "simpy"), "2" if effort.quick else "20", "--json", "--loads"]
    ours = [*program("bench_ledger"), "100" if effort.quick else "20000", "--json"]
    ledgers: list[list[Row]] = []
    processes: dict[str, list[Row]] = {loads: [] for loads in SIMPY_LOADS}
    for turn in range(rounds):
        tell(f"closed form and minutes, {turn + 1} of {rounds}", 2 * turn, 2 * rounds)
        ledgers.append(json.loads(output_of(ours)))
        tell(f"SimPy, {turn + 1} of {rounds}", 2 * turn + 1, 2 * rounds)
        for loads, answers in processes.items():
            answers.append(json.loads(output_of([*simpy, loads])))
    rows = []
    for lines in zip(*ledgers, strict=True):
        fast = [line["meter_days_per_s"] for line in lines]
        minutes = [line["minute_meter_days_per_s"] for line in lines]
        loads, size = lines[0]["loads"], lines[0]["bytes_per_meter"]
        rows.append(_row("closed form", loads, fast, fast, lines[0]["steps_per_day"], size))
        rows.append(_row("minute by minute", loads, minutes, fast, lines[0]["minute_steps_per_day"], size))
    for loads, answers in processes.items():
        closed = [line["meter_days_per_s"] for lines in ledgers for line in lines if line["loads"] == loads]
        stepped = [answer["meter_days_per_s"] for answer in answers]
        rows.append(_row("SimPy, minute by minute", loads, stepped, closed, 86_400 / answers[0]["tick_s"], None))
    return Answer(rows)


def _row(name: str, loads: str, theirs: list[float], ours: list[float], steps: float, size: int | None) -> Row:
    days = median_of([{"x": each} for each in theirs], "x")
    ratios = [{"ratio": our / their} for our, their in zip(ours, theirs, strict=True)]
    return {
        "program": name,
        "loads": loads,
        "meter_days_per_s": round(days),
        "steps_per_day": steps,
        "steps_per_s": round(days * steps),
        "ratio": round(median_of(ratios, "ratio"), 2),
        "bytes_per_meter": size,
    }


PREPAYMENT = Benchmark(
    "prepayment",
    "the prepayment ledger in closed form against steps of a minute; ratio: how many times faster the closed form is",
    COLUMNS,
    measure,
)
