"""The list of benchmarks: one row each."""

from __future__ import annotations

from meterbed.bench.benchmark import Benchmark
from meterbed.bench.crypto import CRYPTO
from meterbed.bench.fleet import FLEET
from meterbed.bench.outage import OUTAGE
from meterbed.bench.prepayment import PREPAYMENT
from meterbed.bench.prepayment_fleet import PREPAYMENT_FLEET
from meterbed.bench.worlds import WORLDS

BENCHMARKS: tuple[Benchmark, ...] = (
    FLEET,
    OUTAGE,
    CRYPTO,
    PREPAYMENT,
    PREPAYMENT_FLEET,
    WORLDS,
)
