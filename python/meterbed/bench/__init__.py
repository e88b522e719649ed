"""Benchmarks, run by `meterbed bench NAME`. A new one is a module here and a row in `table.py`."""

from __future__ import annotations

from meterbed.bench.benchmark import Answer, Benchmark, Effort
from meterbed.bench.table import BENCHMARKS

__all__ = ["BENCHMARKS", "Answer", "Benchmark", "Effort"]
