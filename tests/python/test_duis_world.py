"""Simulated users send DUIS bodies."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import meterbed as mb
from meterbed import duis

LIMITS = {
    "LoadLimitPeriod": 300,
    "LoadLimitPowerThreshold": 6900,
    "LoadLimitRestorationPeriod": 30,
    "LoadLimitSupplyState": "Disable",
}


@pytest.fixture
def world() -> Iterator[mb.World]:
    with mb.World(seed=1, start="2026-01-15 09:00") as made:
        yield made


def add_home(world: mb.World) -> mb.Home:
    return world.add_home(region="Central", supplier="supplier-a", network_operator="east-midlands", gas=True)


def test_a_supplier_configures_a_meter_with_a_duis_body(world: mb.World) -> None:
    home = add_home(world)
    body = {"UpdateDeviceConfigurationLoadLimitingGeneralSettings": LIMITS}
    ticket = world.user("supplier-a").request("6.4.1", to=home.esme, body=body)
    world.run_until(ticket.done, limit="24 h")
    assert ticket.outcome == "delivered"
    assert any("command executed" in line for line in ticket.path)


def test_a_body_may_be_xml(world: mb.World) -> None:
    home = add_home(world)
    xml = "<a:RestrictAccessForChangeOfTenancy xmlns:a='urn:a'><a:RestrictionDateTime>2026-01-01T00:00:00Z</a:RestrictionDateTime></a:RestrictAccessForChangeOfTenancy>"
    ticket = world.user("supplier-a").request("3.2", to=home.esme, body=xml)
    world.run_until(ticket.done, limit="24 h")
    assert ticket.outcome == "delivered"


def test_mistakes_in_a_body_are_told_at_once(world: mb.World) -> None:
    home = add_home(world)
    body = {"UpdateDeviceConfigurationLoadLimitingGeneralSettings": {"LoadLimitPeriod": -1}}
    with pytest.raises(ValueError, match="LoadLimitPeriod") as caught:
        world.user("supplier-a").request("6.4.1", to=home.esme, body=body)
    assert "LoadLimitSupplyState is missing" in str(caught.value)
    with pytest.raises(ValueError, match="needs a body"):
        world.user("supplier-a").request("6.4.1", to=home.esme)


def test_a_mapping_becomes_elements_in_order() -> None:
    body = duis.body_of({"A": {"@index": 1, "#": "x", "B": [1, True, None], "C": {"D": "text"}}})
    assert body == duis.Element(
        "A",
        "x",
        (("index", "1"),),
        (
            duis.Element("B", "1"),
            duis.Element("B", "true"),
            duis.Element("B"),
            duis.Element("C", children=(duis.Element("D", "text"),)),
        ),
    )


def test_a_body_is_one_element() -> None:
    with pytest.raises(duis.DuisError, match="holds 2 elements"):
        duis.body_of({"A": None, "B": None})
    with pytest.raises(duis.DuisError, match="not well-formed"):
        duis.body_of("<A>")
