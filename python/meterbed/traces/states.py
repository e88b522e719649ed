"""Supply of homes, hubs, meters and network parts over time, as a value change dump (IEEE 1364, VCD).

A new record that changes a state: a row in CHANGES.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from vcd import VCDWriter

from meterbed.reports.settings import setting
from meterbed.traces.choice import Choice, Row, by_home

MAINS, STORE, DARK = "mains", "store", "dark"


@dataclass(frozen=True)
class Signal:
    """One line of the viewer. kind: VCD's own word, `wire` (one bit) or `string`."""

    scope: str
    name: str
    kind: str
    first: int | str


@dataclass(frozen=True)
class Change:
    """Which signal of the home a record changes, and to what; `code` stands for the code of the record.

    unless: says nothing about this signal in a home with records of this kind.
    detail: of the records that do; empty for all.
    """

    signal: str
    to: int | str
    unless: str = ""
    detail: str = ""


CODE = "code"
CHANGES: Mapping[str, tuple[Change, ...]] = {
    "supply lost": (Change("mains", 0), Change("hub", STORE, unless="mains lost")),
    "supply restored": (Change("mains", 1), Change("hub", MAINS, unless="mains lost")),
    # Of the hub, which firmware too may leave without power. A fleet has no records of the meter's supply.
    "mains lost": (Change("hub", STORE), Change("mains", 0, unless="supply lost", detail="network")),
    "mains restored": (Change("hub", MAINS), Change("mains", 1, unless="supply lost", detail="network")),
    "supply state": (Change("meter supply", CODE),),
}
SIGNALS: Mapping[str, tuple[str, int | str]] = {
    "mains": ("wire", 1),
    "hub": ("string", MAINS),
    "meter supply": ("string", "unknown"),
}
PARTS: Mapping[str, int] = {"outage begun": 0, "outage ended": 1}

Event = tuple[int, Signal, int | str]


def write_vcd(choice: Choice, path: Path) -> None:
    """One scope a home, one for the network; time in microseconds since the start of the run."""
    signals, events = network(choice)
    for home, rows in by_home(choice):
        own, changes = of_home(choice, home, rows)
        signals += own
        events += changes
    with path.open("w", encoding="ascii", errors="replace") as file:
        writer = VCDWriter(file, timescale="1 us", date=f"time 0 is {choice.begins}", comment=choice.title)
        known = {
            signal: writer.register_var(
                signal.scope, signal.name, signal.kind, size=1 if signal.kind == "wire" else None, init=signal.first
            )
            for signal in signals
        }
        for time, signal, value in sorted(events, key=lambda event: event[0]):
            writer.change(known[signal], time, value)
        writer.close(choice.length)


def network(choice: Choice) -> tuple[list[Signal], list[Event]]:
    """The DCC and the WAN of each region: 1 as long as it works."""
    stations = sorted({row["station"] for row in choice.rows if row["station"].startswith(("DCC", "WAN"))})
    signals = {station: Signal("network", _word(station), "wire", 1) for station in stations}
    events: list[Event] = [
        (row["time"] - choice.start, signals[row["station"]], PARTS[row["what"]])
        for row in choice.rows
        if row["what"] in PARTS
    ]
    return list(signals.values()), events


def of_home(choice: Choice, home: int, rows: list[Row]) -> tuple[list[Signal], list[Event]]:
    """What its records say, and when the store of its hub ends."""
    present = {row["what"] for row in rows}
    found = {name: Signal(f"home_{home}", _word(name), *SIGNALS[name]) for name in ("mains", "hub")}
    events: list[Event] = []
    for row in rows:
        for change in CHANGES.get(row["what"], ()):
            if change.unless in present or change.detail not in ("", row["detail"]):
                continue
            name = change.signal if change.signal in found else f"{change.signal} {row['device']:016X}"
            signal = found.setdefault(name, Signal(f"home_{home}", _word(name), *SIGNALS[change.signal]))
            value = (row["code"] or row["detail"]) if change.to == CODE else change.to
            events.append((row["time"] - choice.start, signal, value))
    hub = [(time, str(value)) for time, signal, value in events if signal.name == "hub"]
    # First, so that mains at the very same moment has the last word.
    dark: list[Event] = [(time, found["hub"], DARK) for time in store_ends(hub, *_store(choice), choice.length)]
    return list(found.values()), dark + events


def store_ends(hub: Iterable[tuple[int, str]], hold_up: int, recharge: int, end: int) -> Iterator[int]:
    """When a hub goes dark, from the times when its mains went and came; as `charged` in devices/hub_supply.cpp."""
    store, since, on_mains = hold_up, -recharge, True
    for time, state in [*hub, (end, "")]:
        if on_mains and state == STORE:
            charged = hold_up * (time - since) // recharge if recharge else hold_up
            store, since, on_mains = min(hold_up, store + charged), time, False
        elif not on_mains and state != STORE:
            if time - since >= store:
                yield since + store
            store, since, on_mains = max(0, store - (time - since)), time, True


def _store(choice: Choice) -> tuple[int, int]:
    """Hold-up and recharge of hubs in this variant, microseconds."""
    hold_up = setting(choice.run, choice.variant, "hub hold-up", 420.0)
    return round(hold_up * 1e6), round(setting(choice.run, choice.variant, "hub recharge", 0.0) * 1e6)


def _word(name: str) -> str:
    return name.replace(" ", "_")
