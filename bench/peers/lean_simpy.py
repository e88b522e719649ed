"""The lean workload (bench/lean_model.h) on SimPy 4: a process a meter. Prints the line of JSON that bench_fleet prints.

python bench/peers/lean_simpy.py ENTITIES EVENTS
"""

from __future__ import annotations

import json
import math
import resource
import sys
import time
from collections.abc import Generator

import simpy

MASK = (1 << 64) - 1


def mix(x: int) -> int:
    x = (x + 0x9E3779B97F4A7C15) & MASK
    x = ((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    x = ((x ^ (x >> 27)) * 0x94D049BB133111EB) & MASK
    return x ^ (x >> 31)


def draw(meter: int, report: int, use: int) -> int:
    return mix(((meter << 32 | report) * 4 + use) & MASK)


def first_report_us(meter: int) -> int:
    return 1 + ((mix(meter ^ 0xABCDEF12345) * 1_800_000_000) >> 64)


def gap_us(meter: int, report: int) -> int:
    uniform = ((draw(meter, report, 0) >> 11) + 0.5) * (1.0 / 9007199254740992.0)
    return 10_000_000 + int(-math.log(uniform) * 1790e6)


def to_hub_us(meter: int, report: int) -> int:
    return 5_000 + (((draw(meter, report, 1) >> 32) * 45_000) >> 32)


def to_head_end_us(meter: int, report: int) -> int:
    return 50_000 + (((draw(meter, report, 2) >> 32) * 950_000) >> 32)


class Fleet:
    """The columns, and a process a meter over them."""

    def __init__(self, meters: int) -> None:
        self.env = simpy.Environment()
        self.reports = [0] * meters
        self.register_wh = [0] * meters
        self.forwarded = [0] * ((meters + 1) // 2)
        self.last_report = [0] * meters
        self.events = self.latency_us = self.checksum = 0
        for meter in range(meters):
            self.env.process(self.meter(meter))

    def meter(self, meter: int) -> Generator[simpy.Event, None, None]:
        env = self.env
        yield env.timeout(first_report_us(meter))
        while True:
            report = self.reports[meter]
            self.reports[meter] = report + 1
            self.register_wh[meter] += draw(meter, report, 3) & 1023
            self.events += 1
            to_hub = to_hub_us(meter, report)
            yield env.timeout(to_hub)
            self.forwarded[meter >> 1] += 1
            self.events += 1
            latency = to_hub + to_head_end_us(meter, report)
            yield env.timeout(latency - to_hub)
            self.last_report[meter] = report
            self.latency_us += latency
            self.checksum = (self.checksum + mix((int(env.now) ^ (meter << 32)) & MASK)) & MASK
            self.events += 1
            yield env.timeout(gap_us(meter, report) - latency)


def resident_bytes() -> int:
    with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123
        return int(file.read().split()[1]) * resource.getpagesize()


def main() -> None:
    meters, events = int(sys.argv[1]), float(sys.argv[2])
    end_us = int(events / 3 / meters * 1800e6)
    before = resident_bytes()
    fleet = Fleet(meters)
    start = time.process_time()
    fleet.env.run(until=end_us + 1)  # stops before what is due at its very end
    seconds = time.process_time() - start
    print(
        json.dumps(
            {
                "program": "simpy",
                "entities": meters,
                "events": fleet.events,
                "checksum": f"{fleet.checksum:016x}",
                "seconds": seconds,
                "bytes": resident_bytes() - before,
            }
        )
    )


if __name__ == "__main__":
    main()
