"""meterbed: a testbed for GB smart metering.

import meterbed as mb

world = mb.World(seed=1, start="2020-02-09 17:00")          # a few homes, step by step
run = mb.Scenario("scenarios/storm.yaml").run()             # a whole story, repeated, compared
frame = mb.sweep("scenarios/storm.yaml", set={"hub hold-up": ["3 min", "15 min"]}, seeds=range(5))
"""

try:
    from meterbed._core import __version__
except ImportError as error:
    raise ImportError(
        f"meterbed's compiled part is missing or broken; run ./meterbed in the checkout, or pip install it ({error})"
    ) from error

from meterbed import pki
from meterbed.errors import (
    MeterbedError,
    Problem,
    ReportError,
    RunFolderError,
    RunInterrupted,
    ScenarioProblems,
    SimulationError,
    SweepError,
    SweepInterrupted,
    WorldEnded,
)
from meterbed.fleet import Fleet
from meterbed.paired import paired
from meterbed.run import Run
from meterbed.scenario import Scenario
from meterbed.sweep import sweep
from meterbed.verdicts import Expectation
from meterbed.vocabulary import vocabulary
from meterbed.world import Clocks, Device, Home, Ticket, TopUp, TrustAnchor, User, World

__all__ = [
    "Clocks",
    "Device",
    "Expectation",
    "Fleet",
    "Home",
    "MeterbedError",
    "Problem",
    "ReportError",
    "Run",
    "RunFolderError",
    "RunInterrupted",
    "Scenario",
    "ScenarioProblems",
    "SimulationError",
    "SweepError",
    "SweepInterrupted",
    "Ticket",
    "TopUp",
    "TrustAnchor",
    "User",
    "World",
    "WorldEnded",
    "__version__",
    "paired",
    "pki",
    "sweep",
    "vocabulary",
]
