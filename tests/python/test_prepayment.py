"""A prepayment meter in a world: it is given a load, runs out, is topped up and switched on again."""

import pytest

import meterbed as mb


def test_a_customer_runs_out_tops_up_and_switches_on() -> None:
    with mb.World(seed=1, start="2020-02-09 00:00") as world:
        meter = world.add_home(supplier="supplier-a").esme
        assert meter is not None
        meter.objects.put(
            "113/0-0:19.20.0.255/5",
            "{{int8 3, int8 -5}, {uint16 3, octets 0100010800FF, int8 2}, [{octets 01, int16 20000}]}",
        )
        meter.objects.put("111/0-0:19.0.0.255/2", "{enum 2, enum 2}")
        meter.objects.put("112/0-0:19.10.0.255/2", "int32 300000")
        assert (meter.load, meter.supply, meter.credit.balance) == (None, "Enabled", 300)
        meter.set_load(1000)  # 20 p an hour
        world.run_for("5 h")
        assert (meter.load, meter.supply, meter.credit.balance) == (1000, "Enabled", 200)
        world.run_for("24 h")
        assert (meter.supply, meter.credit.balance) == ("Disabled", 0)
        assert not meter.activate_emergency_credit()  # a limit of 0: none is on offer
        assert meter.enter_utrn(world.user("supplier-a").make_utrn(meter, value="10.00")).accepted
        assert (meter.supply, meter.credit.balance) == ("Armed", 1000)
        meter.enable_supply()
        world.run_for("10 h")
        assert (meter.supply, meter.credit.balance) == ("Enabled", 800)


def test_what_is_no_meter_has_no_load() -> None:
    with mb.World(seed=1, start="2020-02-09 00:00") as world:
        home = world.add_home()
        hub, meter = home.chf, home.esme
        assert hub is not None
        assert meter is not None
        for wrong in (hub.enable_supply, lambda: hub.set_load(5), lambda: meter.set_load(100_001)):
            with pytest.raises(ValueError, match="load"):
                wrong()
        with pytest.raises(ValueError, match="at least 0 W"):
            meter.set_load(-1)
        with pytest.raises(ValueError, match="account"):
            _ = hub.credit


def test_a_meter_tells_in_words_what_it_cannot_follow() -> None:
    with mb.World(seed=1, start="2020-02-09 00:00") as world:
        home = world.add_home(supplier="supplier-a", gas=True)
        meter = home.esme
        assert meter is not None
        assert home.gsme is not None
        assert home.chf is not None
        assert meter.prepayment_problems == []
        assert home.gsme.prepayment_problems == []
        # Day profiles of the tariff switching table: 07:00 twice, and a second day that holds nothing.
        script = "octets 00000A0064FF"
        meter.objects.put(
            "20/0-0:13.0.0.255/5",
            f"[{{uint8 0, [{{octets 07000000, {script}, uint16 1}}, {{octets 07000000, {script}, uint16 2}}]}},"
            " {uint8 1, []}]",
        )
        meter.objects.put(
            "20/0-0:13.0.0.255/4",
            "[{octets 00, uint8 0, uint8 0, uint8 0, uint8 0, uint8 0, uint8 1, uint8 1}]",
        )
        problems = meter.prepayment_problems
        assert any("the tariff, day profile 1 overlaps: the line from 07:00" in each for each in problems), problems
        assert any("the tariff, day profile 2 leaves a gap" in each for each in problems), problems
        # Low credit at -1 GBP, below the disablement threshold of 0.
        meter.objects.put("111/0-0:19.0.0.255/16", "int32 -100000")
        assert any("thresholds in the wrong order" in each for each in meter.prepayment_problems)
        # It goes on with the first register of the tariff.
        meter.objects.put(
            "113/0-0:19.20.0.255/5",
            "{{int8 3, int8 -5}, {uint16 3, octets 0100010800FF, int8 2}, [{octets 01, int16 20000}]}",
        )
        meter.objects.put("112/0-0:19.10.0.255/2", "int32 300000")
        meter.set_load(1000)
        world.run_for("5 h")
        assert meter.credit.balance == 200
        records = world.records.to_pandas()
        told = records[records["what"] == "plan not followed"]["detail"]
        assert set(told) == set(meter.prepayment_problems)
        assert len(told) == len(set(told))  # once, not at each step
        with pytest.raises(ValueError, match="account"):
            _ = home.chf.prepayment_problems
