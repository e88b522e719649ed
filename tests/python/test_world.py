"""A world stepped by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

import meterbed as mb


@pytest.fixture
def world() -> mb.World:
    return mb.World(seed=1, start="2020-02-09 17:00", settings={"wan loss": "0 %"})


def test_a_read_comes_back(world: mb.World) -> None:
    home = world.add_home(region="Central", supplier="supplier-a", network_operator="east-midlands", gas=True)
    ticket = world.user("east-midlands").request("4.10", to=home.esme)
    assert ticket.clocks.inclusive is None
    assert ticket.response is None
    assert world.run_until(ticket.done, limit="24 h")
    assert ticket.outcome == "delivered"
    assert ticket.clocks.inclusive is not None
    assert timedelta(0) < ticket.clocks.inclusive < timedelta(hours=24)
    assert ticket.response
    assert ticket.path
    assert ticket.code == "I0"


def test_time_goes_forward_only(world: mb.World) -> None:
    world.add_home()
    world.run_until("2020-02-10 06:00")
    assert world.now == datetime(2020, 2, 10, 6, tzinfo=UTC)
    world.run_for("90 min")
    assert world.now == datetime(2020, 2, 10, 7, 30, tzinfo=UTC)
    with pytest.raises(ValueError, match="2020"):
        world.run_until("2020-02-09 18:00")


def test_a_limit_that_comes_first(world: mb.World) -> None:
    home = world.add_home(network_operator="east-midlands")
    ticket = world.user("east-midlands").request("4.10", to=home.esme)
    assert not world.run_until(ticket.done, limit="1 ms")
    assert ticket.outcome is None


def test_bad_words_are_value_errors(world: mb.World) -> None:
    home = world.add_home(network_operator="east-midlands")
    with pytest.raises(ValueError, match="no such device"):
        world.user("east-midlands").request("4.10", to=home.gsme)
    with pytest.raises(ValueError, match="nobody"):
        world.user("nobody").request("4.10", to=home.esme)
    with pytest.raises(ValueError, match=r"99\.9"):
        world.user("east-midlands").request("99.9", to=home.esme)
    with pytest.raises(ValueError, match="device"):
        world.user("east-midlands").request("4.10", to=1)


def test_cells_are_shown(world: mb.World) -> None:
    home = world.add_home(network_operator="east-midlands")
    assert home.esme is not None
    anchors = home.esme.trust_anchors
    assert any("network" in anchor.cell for anchor in anchors)
    assert all(anchor.key_identifier for anchor in anchors)
    assert len(str(home.esme).split("-")) == 8


def test_power(world: mb.World) -> None:
    home = world.add_home()
    home.power_off()
    world.run_for("1 h")
    home.power_on()
    world.run_for("1 h")
    whats = set(world.records["what"].to_pylist())
    assert {"supply lost", "supply restored"} <= whats


def test_same_seed_same_records() -> None:
    def story(seed: int) -> object:
        world = mb.World(seed=seed, start="2020-02-09 17:00")
        home = world.add_home(network_operator="east-midlands")
        ticket = world.user("east-midlands").request("4.10", to=home.esme)
        world.run_until(ticket.done)
        return world.records.to_pylist()

    assert story(3) == story(3)
    assert story(3) != story(4)


def test_a_world_used_after_its_end_says_so(world: mb.World) -> None:
    home = world.add_home(network_operator="east-midlands")
    assert home.esme is not None
    meter, operator = home.esme, world.user("east-midlands")
    ticket = operator.request("4.10", to=meter)
    world.run_until(ticket.done)
    records = world.finish()
    assert records.num_rows > 0
    late = [
        lambda: world.run_for("1 h"),
        lambda: operator.request("4.10", to=meter),
        lambda: operator.command("4.10", to=meter),
        lambda: meter.deliver(b"x"),
        lambda: world.add_home(),
        lambda: world.publish(world.authority.root),
        home.power_off,
        world.finish,
    ]
    for call in late:
        with pytest.raises(mb.WorldEnded, match="ended"):
            call()
    assert world.records.num_rows == records.num_rows, "its records stay"
    assert ticket.outcome == "delivered"
    assert meter.trust_anchors
    world.close()


@pytest.mark.parametrize("seed", [-1, 1 << 64, "x", True, None])
def test_a_seed_that_is_none_is_a_value_error(seed: object) -> None:
    with pytest.raises(ValueError, match="whole number"):
        mb.World(seed=seed, start="2020-01-01")  # type: ignore[arg-type]
