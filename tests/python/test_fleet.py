"""A fleet stepped by hand, and its homes as full devices."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest

import meterbed as mb

OWN = ["mains lost", "mains restored", "power outage reported", "power outage not reported", "message lost"]
OWN += ["alert sent"]
COMPARED = ["time", "what", "device", "party", "code", "detail", "counter", "value"]


@pytest.fixture(scope="module")
def story(root: Path) -> mb.Scenario:
    return mb.Scenario(root / "tests/python/data/county.yaml")


@pytest.fixture(scope="module")
def records(story: mb.Scenario) -> pa.Table:
    table = story.run(workers=1, kernel="plain").records
    return table.filter(pc.and_(pc.equal(table["variant"], "as-is"), pc.equal(table["repeat"], 0)))


def told(table: pa.Table, home: int, after: object) -> list[tuple[object, ...]]:
    """What a home itself sends and tells later than this moment."""
    mine = table.filter(pc.and_(pc.equal(table["home"], home), pc.is_in(table["what"].cast("string"), pa.array(OWN))))
    rows = zip(*(mine[name].to_pylist() for name in COMPARED), strict=True)
    return sorted(row for row in rows if row[0] > after)


def dark_then_lit(records: pa.Table) -> int:
    """A home of the county whose first loss of mains ends, long after it."""
    lit = records.filter(pc.equal(records["what"], "alert sent"))
    homes = [home for home in lit["home"].to_pylist() if home < 1500]
    return int(homes[0])


def test_a_promoted_home_sends_what_it_would_have_sent_in_the_fleet(story: mb.Scenario, records: pa.Table) -> None:
    home = dark_then_lit(records)
    lost = records.filter(pc.and_(pc.equal(records["what"], "mains lost"), pc.equal(records["home"], home)))
    fleet = mb.Fleet(story)
    fleet.run_until(lost["time"][0].as_py())
    world, promoted = fleet.promote(home)
    assert promoted.number == home
    assert world.now == fleet.now
    assert promoted.esme is not None
    assert promoted.esme.trust_anchors  # full devices, with certificates on them
    world.run_until("2020-02-09 23:00")
    expected = told(records, home, fleet.now)
    assert any(row[1] == "alert sent" for row in expected)
    assert told(world.records, home, fleet.now) == expected
    received = world.records.filter(pc.equal(world.records["what"], "alert received"))
    assert min(received["bytes"].to_pylist()) > 100  # a signed ECS80, not a row of a column


def test_a_promoted_home_answers_its_supplier(story: mb.Scenario) -> None:
    fleet = mb.Fleet(story, "bigger store", 1)
    world, home = fleet.promote(1999)
    ticket = world.user("supplier-a").request("4.10", home.esme)
    world.run_until(ticket.done)
    assert ticket.outcome == "delivered"


def test_a_home_whose_message_is_on_the_way_to_its_cell_is_refused(story: mb.Scenario, records: pa.Table) -> None:
    sent = records.filter(pc.equal(records["what"], "power outage reported"))
    fleet = mb.Fleet(story)
    fleet.run_until(sent["time"][0].as_py())
    with pytest.raises(ValueError, match="is sending at this moment; promote it a little later"):
        fleet.promote(sent["home"][0].as_py())


def test_what_cannot_be_promoted_is_refused(story: mb.Scenario, root: Path) -> None:
    with pytest.raises(ValueError, match="no variant 'other'"):
        mb.Fleet(story, "other")
    with pytest.raises(ValueError, match="scale: fleet"):
        mb.Fleet(mb.Scenario(root / "tests/python/data/county.yaml", set={"run.scale": "bench"}))
    fleet = mb.Fleet(story)
    with pytest.raises(ValueError, match="home 2000"):
        fleet.promote(2000)
    fleet.run_until("2020-02-09 18:00")
    with pytest.raises(ValueError, match="already"):
        fleet.run_until("2020-02-09 17:00")
