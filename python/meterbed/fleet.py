"""A fleet you step yourself, and its homes as full devices for a closer look."""

from __future__ import annotations

import os
from datetime import datetime, timedelta

from meterbed import _core, memory
from meterbed.execute import Kernel
from meterbed.scenario import Scenario
from meterbed.units import from_microseconds, to_duration, to_microseconds, to_time
from meterbed.world import Home, World


class Fleet:
    """Outages of all homes of a scenario in columns, in one variant and repeat.

    scenario: one of fleet scale (`run: {scale: fleet}`).
    variant: None: the first one.

    Raises ValueError for a scenario of another scale and for an unknown variant, MeterbedError when its populations
    together need more memory than the machine has.
    """

    def __init__(
        self, scenario: Scenario | str | os.PathLike[str], variant: str | None = None, repeat: int = 0
    ) -> None:
        story = scenario if isinstance(scenario, Scenario) else Scenario(scenario)
        self.scenario = story
        name = story.variants[0] if variant is None else variant
        memory.check_whole(story.core)
        self.core = _core.Fleet(story.core, name, repeat)

    @property
    def now(self) -> datetime:
        """Simulated time, UTC."""
        return from_microseconds(self.core.now)

    def run_until(self, until: datetime | str) -> None:
        """Lets everything happen that is due up to and including this time. Raises ValueError when it is past."""
        self.core.run_until(to_microseconds(to_time(until)))

    def run_for(self, duration: str | timedelta) -> None:
        """Runs for a while: "3 days" or a timedelta."""
        self.run_until(self.now + to_duration(duration))

    def promote(self, home: int, *, kernel: Kernel = "plain") -> tuple[World, Home]:
        """A world that holds this home alone, with full devices and keys, under its own number, and that home.

        It carries on from the present state of the home, with the cuts to come: it sends what it would have sent in
        the fleet, at the same times while its cell is not busy with others. What it sent before arrives in the fleet.
        The fleet itself does not change. Raises ValueError for a home there is not, and for one that is sending at
        this moment.
        """
        world = World._of(self.core.promote(home, kernel), self.scenario.seed)
        return world, Home(world, world.core.home(home))

    def __repr__(self) -> str:
        return f"<fleet of {self.scenario.title!r} at {self.now}>"
