"""The prepayment model of bench/ledger.cpp as one would write it with SimPy: a process a meter, one tick a minute.

    python bench/peers/ledger_simpy.py [METERS] [--tick SECONDS] [--loads constant|levels] [--json]

Needs simpy (MIT). Energy by two prices, standing charge, warning, emergency credit on offer, disablement outside
friendly hours, a customer who pays in 20 GBP six hours after the warning. Money is in whole 10^-5 GBP. Loads are constant,
or six levels a day by weekday and weekend with a factor of the day, as in sim/prepayment/consumption.cpp.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Generator
from dataclasses import dataclass, field

import simpy

DAYS = 28
DAY = 86_400
PAYS_AFTER = 6 * 3_600
# From this second of the day on, this weight.
WEEKDAY = ((0, 0.55), (23_400, 1.05), (32_400, 0.90), (57_600, 1.60), (72_000, 1.30), (82_800, 0.80))
WEEKEND = ((0, 0.55), (27_000, 1.05), (36_000, 1.25), (57_600, 1.60), (72_000, 1.30), (84_600, 0.80))
DAY_SIGMA = 0.25


@dataclass
class Meter:
    balance: int
    load: int
    supply: str = "Enabled"
    low: bool = False
    offered: bool = False
    reprieved: bool = False
    disabled: bool = False
    told: list[tuple[float, str]] = field(default_factory=list)


def is_protected(second: float) -> bool:
    """18:00 to 10:00 and Sundays; the run starts on a Monday in winter."""
    of_day = second % DAY
    return of_day < 36_000 or of_day >= 64_800 or second // DAY % 7 == 6


def review(meter: Meter, now: float) -> None:
    low = meter.balance <= 200_000
    if low and not meter.low:
        meter.told.append((now, "810D"))
    meter.low = low
    offered = meter.balance <= 100_000
    if offered and not meter.offered:
        meter.told.append((now, "8119"))
    meter.offered = offered
    if meter.balance > 0:
        if meter.disabled:
            meter.supply = "Armed"
            meter.told.append((now, "8F32"))
        meter.disabled = meter.reprieved = False
    elif not meter.disabled:
        if is_protected(now):
            if not meter.reprieved:
                meter.told.append((now, "8F83"))
            meter.reprieved = True
        else:
            meter.disabled = True
            meter.supply = "Disabled"
            meter.told.append((now, "8F0F"))


def customer(env: simpy.Environment, meter: Meter) -> Generator[simpy.Event, None, None]:
    yield env.timeout(PAYS_AFTER)
    meter.balance += 2_000_000
    review(meter, env.now)
    if meter.supply == "Armed":
        meter.supply = "Enabled"


def customer_load(env: simpy.Environment, meter: Meter, stream: random.Random) -> Generator[simpy.Event, None, None]:
    """Another load at each level of the day."""
    mean = meter.load
    while True:
        levels = WEEKEND if env.now // DAY % 7 >= 5 else WEEKDAY
        of_day = stream.lognormvariate(-(DAY_SIGMA**2) / 2, DAY_SIGMA)
        ends = [*(start for start, _ in levels[1:]), DAY]
        for (start, weight), end in zip(levels, ends, strict=True):
            meter.load = round(mean * of_day * weight)
            yield env.timeout(end - start)


def charging(env: simpy.Environment, meter: Meter, tick: int) -> Generator[simpy.Event, None, None]:
    was_low = False
    while True:
        price = 12_000 if env.now % DAY < 25_200 else 25_000
        if meter.supply == "Enabled":
            meter.balance -= meter.load * tick * price // 3_600_000
        yield env.timeout(tick)
        if env.now % DAY == 0:
            meter.balance -= 30_000
        review(meter, env.now)
        if meter.low and not was_low:
            env.process(customer(env, meter))
        was_low = meter.low


def run(meters: int, tick: int, loads: str) -> dict[str, float]:
    stream = random.Random(1)
    env = simpy.Environment()
    for _ in range(meters):
        meter = Meter(200_000 + stream.randrange(2_000_000), 150 + stream.randrange(600))
        env.process(charging(env, meter, tick))
        if loads == "levels":
            env.process(customer_load(env, meter, stream))
    start = time.perf_counter()
    env.run(until=DAYS * DAY)
    seconds = time.perf_counter() - start
    days = meters * DAYS
    return {"tick_s": tick, "meter_days_per_s": days / seconds, "steps_per_s": days * DAY / tick / seconds}


def main() -> None:
    parser = argparse.ArgumentParser(description="The prepayment ledger with SimPy.")
    parser.add_argument("meters", nargs="?", type=int, default=20)
    parser.add_argument("--tick", type=int, default=60, help="seconds between two looks at a meter")
    parser.add_argument("--loads", choices=("constant", "levels"), default="constant")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    result = run(options.meters, options.tick, options.loads)
    if options.json:
        print(json.dumps(result))
    else:
        print(
            f"tick {options.tick} s: {result['meter_days_per_s']:.1f} meter-days/s, {result['steps_per_s']:.0f} steps/s"
        )


if __name__ == "__main__":
    main()
