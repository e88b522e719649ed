"""outages.parquet: one row a hub and mains loss, read a world at a time and only as far as a section needs it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

import numpy as np

from . import columns as tables
from .columns import Array, Columns
from .folder import RunFolder
from .parts import Section
from .settings import setting

FILE = "outages.parquet"
TIMES = {
    *("lost_at", "restored_at", "sent_at", "received_at", "informed_at"),
    *("restoration_sent", "restoration_informed"),
}
TEXTS = {"cause", "label", "region", "gsp_group", "technology", "reason", "restoration"}
COLUMNS = {
    *("variant", "repeat", "home", "cut", "size", "feeder", "cell", "attempts", "restoration_right", "mpxn_known"),
    *TIMES,
    *TEXTS,
}
# Upper ends of the classes of outage size, in premises of the whole cut.
SIZE_ENDS = [1, 100, 5_000]
SIZES = ["1", "2 to 100", "101 to 5,000", "more than 5,000"]
REGIONS = ["North", "Central", "South"]
# Clock -> from and to which time, and in words (DP096).
CLOCKS = {
    "A": ("lost_at", "sent_at", "mains loss to the hub's first attempt"),
    "B": ("sent_at", "received_at", "the hub's first attempt to the DSP"),
    "C": ("received_at", "informed_at", "DSP to the network operator"),
    "D": ("lost_at", "informed_at", "mains loss to the network operator, less the hold"),
}


@dataclass(frozen=True)
class Rules:
    """What an outage alert is measured by in one variant, seconds."""

    hold: float
    target: float
    restoration: float  # target of restoration alerts
    ends_at: int  # end of the run, microseconds since the epoch


@dataclass(frozen=True)
class Losses(Columns):
    """The mains losses of one world."""

    variant: str
    repeat: int
    rules: Rules

    def between(self, begin: str, end: str) -> Array:
        """Seconds from one time to the other, nan where one of them is missing."""
        first, last = self.columns[begin], self.columns[end]
        return np.where((first != 0) & (last != 0), (last - first) / 1e6, np.nan)

    def clock(self, name: str) -> Array:
        """Seconds of clock A to D, nan where it was not finished."""
        begin, end, _ = CLOCKS[name]
        return self.between(begin, end) - (self.rules.hold if name == "D" else 0.0)

    @cached_property
    def lasted(self) -> Array:
        """Whether it was dark as long as the hold, by the end of the run at the latest."""
        back = self.columns["restored_at"]
        until = np.where(back == 0, self.rules.ends_at, back)
        found: Array = until - self.columns["lost_at"] >= round(self.rules.hold * 1e6)
        return found

    @cached_property
    def wanted(self) -> Array:
        """Rows of which an operator would want to be told: the network left the hub dark for the hold or longer.

        Not those so near the end of the run that the target lies behind it.
        """
        needed = round((self.rules.hold + self.rules.target) * 1e6)
        in_reach = self.rules.ends_at - self.columns["lost_at"] >= needed
        found: Array = self.lasted & self.word_is("cause", "network") & in_reach
        return found

    @cached_property
    def expected(self) -> Array:
        """Rows whose alert is due: wanted, and the DCC knows the MPxN that AD1 must name."""
        found: Array = self.wanted & self.columns["mpxn_known"].astype(bool)
        return found

    @cached_property
    def size_class(self) -> Array:
        """Position in `SIZES`."""
        return np.searchsorted(SIZE_ENDS, self.columns["size"])


# What `expected` and the clock D read.
EXPECTED = ("lost_at", "restored_at", "informed_at", "cause", "mpxn_known")


def worlds(run: RunFolder, *columns: str) -> Iterator[Losses]:
    """The worlds in the order of variants and repeats, with these columns; nothing when the run has no outages."""
    dataset = run.table(FILE)
    if dataset is None:
        return
    dataset.require(COLUMNS)
    for variant in run.variants:
        rules = rules_of(run, variant)
        for repeat in run.repeats:
            found = tables.read(dataset, variant, repeat, columns)
            yield Losses(found.columns, found.words, variant, repeat, rules)


def rules_of(run: RunFolder, variant: str) -> Rules:
    """As the variant changes them."""
    hold = setting(run, variant, "outage hold", 180.0)
    restoration = setting(run, variant, "restoration alert target", 60.0)
    return Rules(hold, setting(run, variant, "outage alert target", 60.0), restoration, _end(run))


def nothing(run: RunFolder, name: str, title: str, sentence: str = "No mains was lost in any variant.") -> Section:
    """The section of a run without what it would tell of."""
    if run.table(FILE) is None:
        sentence = f"No mains was lost in any variant: this run has no {FILE}."
    return Section(name, title, [sentence])


def _end(run: RunFolder) -> int:
    """Of the simulated time; far away when the manifest does not tell."""
    if run.manifest.length_s is None or not run.manifest.start:
        return int(np.iinfo(np.int64).max)
    start = datetime.fromisoformat(run.manifest.start).replace(tzinfo=UTC)
    return round((start.timestamp() + run.manifest.length_s) * 1e6)
