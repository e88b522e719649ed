"""A storm over a country, from the story to a run folder, in so many worker processes; a line of JSON about it.

python bench/outage_country.py PREMISES STRUCK WORKERS

Fourteen GSP groups, each a part of the world. Seconds are of the clock on the wall.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from pathlib import Path

import meterbed as mb

GROUPS = "ABCDEFGHJKLMNP"
NORTHERN = "FGNP"
STORY = """\
title:    A storm over a country
question: How long does it take to simulate?
source:   a benchmark
run: {{seed: 2013, start: 2013-12-23 12:00, length: 48 hours, scale: fleet}}
population:
{populations}
timeline:
{cuts}
"""
POPULATION = (
    "  group {letter}: {{premises: {premises}, region: {region}, GSP group: _{letter}, feeder premises: 100, "
    "cell premises: 1000, supplier: supplier-a, network operator: operator-{letter}}}"
)
CUT = """\
  - at: start + 1 h
    do: power cut
    target: group {letter}
    of: feeder
    count: {feeders}
    over: 12 h
    lasts: {{median: 2 h, sigma: 1.0, at least: 4 min}}
    reclose: {{share: 50 %, after: 20 to 170 s}}
    as: storm {letter}"""


def story(premises: int, struck: int) -> str:
    """Evenly over the groups."""
    each = premises // len(GROUPS)
    feeders = struck // len(GROUPS) // 100
    regions = {letter: "North" if letter in NORTHERN else "Central" for letter in GROUPS}
    return STORY.format(
        populations="\n".join(
            POPULATION.format(letter=letter, premises=each, region=regions[letter]) for letter in GROUPS
        ),
        cuts="\n".join(CUT.format(letter=letter, feeders=feeders) for letter in GROUPS),
    )


def main() -> None:
    premises, struck, workers = (int(word) for word in sys.argv[1:4])
    with tempfile.TemporaryDirectory(prefix="meterbed-") as folder:
        path = Path(folder) / "storm.yaml"
        path.write_text(story(premises, struck), encoding="utf-8")
        begun = time.monotonic()
        run = mb.Scenario(path).run(Path(folder) / "run", workers=workers)
        seconds = time.monotonic() - begun
        records = run.records.num_rows
    # Of the parent, and of its largest child as often as there are any: not less than the peak of them all.
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    if workers > 1:
        peak += workers * resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    row = {"premises": premises, "struck": struck, "workers": workers, "records": records, "seconds": seconds}
    row |= {"records_sha256": run.manifest["records_sha256"], "peak_bytes": peak * 1024}
    print(json.dumps(row))


if __name__ == "__main__":
    main()
