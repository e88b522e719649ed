"""Keys, signatures and MACs: what OpenSSL takes, and what a world of real messages takes for the same operations."""

from __future__ import annotations

from meterbed.bench.benchmark import Answer, Benchmark, Effort, Row, Tell, median_of
from meterbed.bench.programs import lines_of, program

COLUMNS = ("work", "operations", "seconds", "openssl_seconds", "ratio")


def measure(effort: Effort, tell: Tell) -> Answer:
    """Medians of whole runs of `bench_five_thousand`, each of which measures both sides in turn."""
    rounds = 1 if effort.quick else effort.repeats
    premises = 20 if effort.quick else 5_000
    words = [*program("bench_five_thousand"), str(premises), "systemc", "json"]
    runs = []
    for turn in range(rounds):
        tell(f"{premises:,} premises, {turn + 1} of {rounds}", turn, rounds)
        runs.append(lines_of(words))
    return Answer(
        [_row(list(lines)) for lines in zip(*runs, strict=True)],
        ["one operation of OpenSSL has no ratio; signing includes the digest of 300 octets"],
    )


def _row(lines: list[Row]) -> Row:
    ours = [line["seconds"] for line in lines]
    bare = median_of(lines, "openssl_seconds")
    if None in ours:
        seconds = ratio = None
    else:
        seconds = median_of(lines, "seconds")
        ratio = round(median_of([{"ratio": line["openssl_seconds"] / line["seconds"]} for line in lines], "ratio"), 2)
    return {
        "work": lines[0]["work"],
        "operations": lines[0]["operations"],
        "seconds": seconds,
        "openssl_seconds": bare,
        "ratio": ratio,
    }


CRYPTO = Benchmark(
    "crypto",
    "OpenSSL's operations, and a world of 5,000 premises with real keys; "
    "ratio: share of its time that bare OpenSSL would take for the same operations",
    COLUMNS,
    measure,
)
