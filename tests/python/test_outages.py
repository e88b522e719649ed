"""Outages of a few homes stepped by hand, and the same with a rule broken on purpose."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

import meterbed as mb

# Nothing is left to chance but the random delay of a hub's report.
EXACT = {"wan loss": "0 %", "outage alert delivery central": "100 %", "outage alert latency sigma": "0"}


def outage(minutes: float, *, faults: Sequence[str] = (), **site: bool) -> list[tuple[str, str]]:
    """(what, code or detail) of everything that came of one outage of one home."""
    settings = {**EXACT, "faults": f"[{', '.join(faults)}]"}
    with mb.World(seed=1, start="2020-02-09 17:00", settings=settings) as world:
        home = world.add_home(**site)
        home.power_off()
        world.run_for(f"{minutes * 60:.0f} s")
        home.power_on()
        world.run_for("1 h")
        rows = world.records.to_pylist()
    return [(row["what"], row["code"] or row["detail"]) for row in rows]


def test_a_long_outage_is_told_of_while_it_lasts_and_after() -> None:
    told = outage(15)
    assert told.count(("DCC alert", "AD1")) == 2  # supplier and network operator
    assert ("alert received", "8F36") in told


def test_a_short_one_only_after() -> None:
    told = outage(2)
    assert ("DCC alert", "AD1") not in told
    assert ("alert received", "8F35") in told


def test_without_mpxn_nobody_is_told_while_it_lasts() -> None:
    told = outage(15, mpxn_known=False)
    assert ("alert withheld", "no MPxN") in told
    assert ("DCC alert", "AD1") not in told


def test_polyphase_meters_have_codes_of_their_own() -> None:
    assert ("alert received", "8F38") in outage(15, polyphase=True)


@pytest.mark.parametrize(
    ("fault", "minutes", "mpxn_known", "wrong"),
    [
        ("hub reports short cuts", 2, True, ("DCC alert", "AD1")),
        ("DCC reports without MPxN", 15, False, ("DCC alert", "AD1")),
        ("meter swaps restoration codes", 15, True, ("alert received", "8F35")),
    ],
)
def test_a_broken_rule_shows(fault: str, minutes: float, mpxn_known: bool, wrong: tuple[str, str]) -> None:
    assert wrong not in outage(minutes, mpxn_known=mpxn_known)
    assert wrong in outage(minutes, mpxn_known=mpxn_known, faults=[fault])


def test_homes_of_one_cell_wait_for_each_other() -> None:
    settings = {**EXACT, "hub alert delay": "0 s", "cell capacity cellular": "1"}
    with mb.World(seed=1, start="2020-02-09 17:00", settings=settings) as world:
        homes = [world.add_home(cell=cell) for cell in (0, 0, 0, 1)]
        for home in homes:
            home.power_off()
        world.run_for("10 min")
        waits = [row for row in world.records.to_pylist() if row["what"] == "waited for radio"]
    assert [(row["home"], round(row["value"])) for row in waits] == [(1, 1), (2, 2)]
