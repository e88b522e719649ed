"""Requests that the DCC answers alone (command variant 8), from Python."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import meterbed as mb

NO_WAN = {"no wan share": "100 %", "no wan never part": "100 %", "wan loss": "0 %"}


@pytest.fixture
def world() -> Iterator[mb.World]:
    with mb.World(seed=1, start="2026-01-15 09:00", settings={"wan loss": "0 %"}) as made:
        yield made


def ask(
    world: mb.World, service: str, to: mb.Device | int | None, user: str = "supplier-a", **options: object
) -> mb.Ticket:
    ticket = world.user(user).request(service, to=to, **options)
    world.run_until(ticket.done, limit="1 h")
    return ticket


def statuses(world: mb.World, home: mb.Home) -> dict[str, str]:
    """By type of device, as the inventory says."""
    answer = ask(world, "8.2", home.esme).answer
    assert answer is not None
    rows = [{field.name: field.text for field in row.children} for row in answer.children]
    return {row["DeviceType"]: row["DeviceStatus"] for row in rows}


def test_a_supplier_reports_an_installation(world: mb.World) -> None:
    home = world.add_home()
    ticket = ask(world, "8.14.1", home.chf)
    assert (ticket.outcome, ticket.code, ticket.answer) == ("delivered", "I99", None)
    assert not any("command" in line for line in ticket.path)
    assert statuses(world, home) == {"CHF": "Commissioned", "GPF": "Commissioned", "ESME": "Commissioned"}


def test_refusals_carry_the_code_of_the_table(world: mb.World) -> None:
    home = world.add_home()
    unknown = ask(world, "8.14.2", 0x1234)
    assert (unknown.outcome, unknown.code) == ("refused", "E19")
    assert ask(world, "8.14.2", home.chf, user="east-midlands").code == "E2"
    assert ask(world, "8.14.2", home.esme).code == "E11"
    assert ask(world, "8.3", home.chf).code == "I99"
    assert ask(world, "8.14.2", home.chf).code == "E5"
    assert statuses(world, home)["CHF"] == "Decommissioned"


def test_a_body_of_ones_own_is_checked(world: mb.World) -> None:
    home = world.add_home()
    body = {
        "CHFInstallSuccessNoSMWAN": {
            "DeviceID": str(home.chf),
            "CHFInstallType": "CHF Install - no SM WAN",
            "InstallDateTime": "2026-01-10T10:00:00Z",
            "MPxN": "1000999888",
            "AerialInstall": True,
            "CHFLocation": "Basement or Cellar",
            "PremiseType": "Terraced",
            "MetalObstructionCheck": False,
            "ConnectivityObstructionCheck": False,
            "SharedObstructionCheck": False,
        }
    }
    assert ask(world, "8.14.2", home.chf, body=body).code == "I99"
    matrix = ask(world, "12.1", home.chf).answer
    assert matrix is not None
    region = matrix.child("DSPWANMatrixResponse")
    assert region is not None
    date = region.child("AnticipatedCoverageDate")
    assert date is not None
    assert date.text == "2026-04-10"  # 90 days from the installation
    body["CHFInstallSuccessNoSMWAN"]["CHFLocation"] = "Attic"
    with pytest.raises(ValueError, match="CHFLocation 'Attic' is not one of Outside Premises"):
        world.user("supplier-a").request("8.14.2", to=home.chf, body=body)


def test_what_is_not_simulated_is_refused_with_what_is(world: mb.World) -> None:
    home = world.add_home()
    with pytest.raises(ValueError, match=r"answers alone, and not simulated; of those there are 8\.2, 8\.3"):
        world.user("supplier-a").request("5.1", to=home.esme)
    with pytest.raises(ValueError, match="has no command: the DCC answers it alone"):
        world.user("supplier-a").command("8.2", to=home.esme)


def test_a_prepayment_home_without_wan_is_reported_at_once() -> None:
    with mb.World(seed=1, start="2026-01-05", settings=NO_WAN) as world:
        home = world.add_home(prepayment=True)
        world.run_for("1 min")
        assert statuses(world, home) == {
            "CHF": "InstalledNotCommissioned",
            "GPF": "Commissioned",
            "ESME": "Commissioned",
        }
        rows = world.records.to_pandas()
        sent = rows[(rows["what"] == "request sent") & (rows["service"] == "8.14.2")]
        assert len(sent) == 1
        assert (rows["what"] == "installed without WAN").sum() == 1
