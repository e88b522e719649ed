"""A street with prepayment customers, from Python."""

from __future__ import annotations

from datetime import timedelta

import pytest

import meterbed as mb


@pytest.mark.parametrize("kind", ["SMETS1", "SMETS2"])
def test_a_customer_pays_and_the_meter_shows_it(kind: str) -> None:
    with mb.World(seed=3, start="2026-01-05", settings={"wan loss": "0 %"}) as world:
        home = world.add_home(kind=kind, prepayment=True)
        assert home.esme is not None
        assert home.customer is not None
        assert home.customer.payments == 0
        assert home.customer.wakes is not None
        before = home.esme.credit.balance
        assert world.pay(home, 20) == 1
        assert home.customer.waiting_for == 1
        world.run_for("5 min")
        assert home.customer.waiting_for == 0
        assert 1900 < home.esme.credit.balance - before <= 2000
        world.run_for(timedelta(days=20))
        assert home.customer.payments > 1


def test_without_wan_the_customer_types_what_the_receipt_says() -> None:
    settings = {"wan loss": "0 %", "no wan share": "100 %", "no wan never part": "100 %", "shop share": "100 %"}
    with mb.World(seed=3, start="2026-01-05", settings=settings) as world:
        home = world.add_home(prepayment=True)
        world.pay(home, 20)
        world.run_for("1 s")
        assert home.customer is not None
        assert home.customer.has_code
        assert len(home.customer.code) == 20
        assert home.customer.fault == "never had WAN"
        world.run_for("24 h")
        added = [row for row in world.records.to_pylist() if row["what"] == "credit added"]
        assert [row["detail"] for row in added] == ["keypad"]


def test_a_smets1_meter_meters_without_a_customer_too() -> None:
    with mb.World(seed=3, start="2026-01-05") as world:
        home = world.add_home(kind="SMETS1")
        assert home.esme is not None
        assert home.customer is None
        assert home.esme.load is None
        assert home.esme.credit.balance == 0
        home.esme.set_load(500)
        world.run_for("1 h")
        assert home.esme.load == 500
        assert home.esme.supply == "Enabled"


def test_what_can_not_be_paid_or_set_is_said() -> None:
    with mb.World(seed=3, start="2026-01-05") as world:
        home = world.add_home(prepayment=True)
        other = world.add_home()
        assert home.esme is not None
        with pytest.raises(ValueError, match="no prepayment customer"):
            world.pay(other, 10)
        for pounds in (-1, 0, 1000):
            with pytest.raises(ValueError, match="1 to 999 pounds"):
                world.pay(home, pounds)
        with pytest.raises(ValueError, match="decides what it uses"):
            home.esme.set_load(100)
