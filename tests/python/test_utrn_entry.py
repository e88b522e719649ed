"""UTRNs at the meters of a world: each way to be wrong with its code and alert, each way to be entered, and the gaps
that a counter may have."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pandas as pd
import pytest
from conftest import Meterbed

import meterbed as mb
from meterbed import utrn


@pytest.fixture
def world() -> Iterator[mb.World]:
    with mb.World(seed=1, start="2020-02-10 17:00") as made:
        yield made


@pytest.fixture(params=["esme", "gsme"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def home(world: mb.World) -> mb.Home:
    return world.add_home(supplier="supplier-a", gas=True, ppmid=True)


@pytest.fixture
def meter(home: mb.Home, kind: str) -> mb.Device:
    found = home.esme if kind == "esme" else home.gsme
    assert found is not None
    return found


@pytest.fixture
def sold(world: mb.World, meter: mb.Device) -> Callable[..., str]:
    """A UTRN of its supplier for the meter, with a counter and a value in pounds of one's choice."""
    supplier = world.user("supplier-a")
    secret = supplier.top_up_secret(meter)

    def make(counter: int, pounds: int = 1) -> str:
        return utrn.make(supplier.eui, meter.eui, counter, value=str(pounds), secret=secret).code

    return make


def records(world: mb.World, meter: mb.Device, what: str) -> pd.DataFrame:
    every = world.records.to_pandas()
    return every[(every["what"] == what) & (every["device"] == meter.eui)]


def alerts(world: mb.World, meter: mb.Device) -> list[str]:
    world.run_for("1 h")
    return list(records(world, meter, "alert sent")["detail"])


def with_digit_changed(code: str, at: int) -> str:
    return code[:at] + str((int(code[at]) + 1) % 10) + code[at + 1 :]


@pytest.mark.parametrize("wrong", ["7394", "7" * 19, "7" * 21, "", "hello", "7394333345718904331x", "７" * 20])
def test_wrong_length_and_letters_are_told_on_the_display_only(world: mb.World, meter: mb.Device, wrong: str) -> None:
    found = meter.enter_utrn(wrong)
    assert (found.accepted, found.reason, found.event, found.credit) == (False, "wrong digits", 0, 0)
    assert alerts(world, meter) == []


def test_any_wrong_digit_is_noticed(world: mb.World, meter: mb.Device, sold: Callable[..., str]) -> None:
    code = sold(1)
    for at in range(20):
        assert meter.enter_utrn(with_digit_changed(code, at)).reason == "wrong digits"
    assert alerts(world, meter) == []
    assert meter.enter_utrn(code).accepted, "typing errors neither suspend entry nor use up the code"


def test_what_is_no_token_and_what_is_for_another_meter(world: mb.World, home: mb.Home, meter: mb.Device) -> None:
    supplier = world.user("supplier-a")
    # Digits with a right check digit outside the range of tokens (GBCS 14: 8F64).
    stray = next(
        code for code in (f"1000000000000000000{n}" for n in range(10)) if utrn.check(code).fault != "wrong check digit"
    )
    found = meter.enter_utrn(stray)
    assert (found.reason, found.event) == ("not for this device", 0x8F64)
    neighbour = world.add_home(supplier="supplier-a", gas=True)
    other = neighbour.esme if meter.kind == "esme" else neighbour.gsme
    for wrong in (other, home.gsme if meter.kind == "esme" else home.esme):
        found = meter.enter_utrn(supplier.make_utrn(wrong, value="10"))
        assert (found.accepted, found.reason, found.event, found.balance) == (False, "not authentic", 0x8F63, 0)
    assert alerts(world, meter) == []


def test_a_code_of_another_supplier_is_not_authentic(world: mb.World, meter: mb.Device) -> None:
    world.add_home(supplier="supplier-b")
    found = meter.enter_utrn(world.user("supplier-b").make_utrn(meter, value="10"))
    assert (found.accepted, found.reason, found.event) == (False, "not authentic", 0x8F63)


def test_a_replayed_code_gives_credit_once(world: mb.World, meter: mb.Device, sold: Callable[..., str]) -> None:
    code = sold(1, 10)
    assert meter.enter_utrn(code).accepted
    for _ in range(7):  # and does not suspend entry
        found = meter.enter_utrn(code)
        assert (found.reason, found.event, found.balance) == ("duplicate", 0x8F51, 1000)
    assert meter.enter_utrn(sold(2, 1)).balance == 1100
    assert alerts(world, meter) == ["810E", "810E"]


def test_a_code_sent_over_the_wan_does_not_work_at_the_keypad_too(
    world: mb.World, meter: mb.Device, sold: Callable[..., str]
) -> None:
    code = sold(1, 10)
    outcomes = []
    for _ in range(2):
        ticket = world.user("supplier-a").request("2.2", to=meter, body={"TopUpDevice": {"UTRN": code}})
        world.run_until(ticket.done, limit="24 h")
        outcomes.append(ticket.outcome)
    assert outcomes == ["delivered", "failed"]
    assert list(records(world, meter, "top-up entered")["code"]) == ["", "duplicate"]
    found = meter.enter_utrn(code)
    assert (found.reason, found.event, found.balance) == ("duplicate", 0x8F51, 1000)
    assert alerts(world, meter) == [], "810E tells of credit added locally"


def test_thresholds_of_one_payment_and_of_the_balance(
    world: mb.World, meter: mb.Device, sold: Callable[..., str]
) -> None:
    found = meter.enter_utrn(sold(1, 251))
    assert (found.reason, found.event) == ("above the maximum credit threshold", 0x8F5B)
    assert meter.enter_utrn(sold(2, 250)).balance == 25_000
    assert meter.enter_utrn(sold(3, 249)).balance == 49_900
    found = meter.enter_utrn(sold(4, 2))
    assert (found.reason, found.event, found.balance) == ("above the maximum meter balance", 0x8F47, 49_900)
    assert meter.enter_utrn(sold(4, 1)).balance == 50_000, "a refused code is not used up"


def test_guessing_suspends_the_keypad_and_locks_out_right_codes(
    world: mb.World, meter: mb.Device, sold: Callable[..., str]
) -> None:
    supplier, secret = world.user("supplier-a"), bytes(32)
    for counter in range(1, 6):
        guess = utrn.make(supplier.eui, meter.eui, counter, value="10", secret=secret).code
        assert meter.enter_utrn(guess).event == 0x8F63
    assert alerts(world, meter)[-1:] == ["81C4"]
    for counter in range(6, 11):  # an hour later the pause is over
        guess = utrn.make(supplier.eui, meter.eui, counter, value="10", secret=secret).code
        meter.enter_utrn(guess)
    found = meter.enter_utrn(sold(11, 10))
    assert (found.accepted, found.reason, found.event, found.balance) == (False, "entry suspended", 0x81C5, 0)
    assert alerts(world, meter) == ["81C4", "81C4", "81C5"]
    assert meter.enter_utrn(sold(11, 10)).accepted


def test_the_wan_is_not_the_keypad(world: mb.World, meter: mb.Device, sold: Callable[..., str]) -> None:
    supplier = world.user("supplier-a")
    for counter in range(1, 6):
        meter.enter_utrn(utrn.make(supplier.eui, meter.eui, counter, value="10", secret=bytes(32)).code)
    assert meter.enter_utrn(sold(6)).reason == "entry suspended"
    ticket = supplier.request("2.2", to=meter, body={"TopUpDevice": {"UTRN": sold(6, 10)}})
    world.run_until(ticket.done, limit="24 h")
    assert list(records(world, meter, "top-up entered")["code"])[-1] == ""


def test_what_the_command_makes_the_meter_takes_once(meterbed: Meterbed, world: mb.World, meter: mb.Device) -> None:
    supplier = world.user("supplier-a")
    parties = ["--supplier", f"{supplier.eui:016X}", "--device", f"{meter.eui:016X}"]
    secret = ["--secret", supplier.top_up_secret(meter).hex()]
    made = meterbed("utrn", "make", *parties, *secret, "--counter", "1", "--value", "10.00")
    assert made.returncode == 0, made.stderr
    code = made.stdout.strip()
    first = meter.enter_utrn(code)
    assert (first.accepted, first.credit, first.counter) == (True, 1000, 1)
    assert meter.enter_utrn(code).reason == "duplicate"
    assert meter.enter_utrn(code).balance == 1000


# GBCS 14: V is the highest counter used, p = V mod 1024, r the ten bits of the code; r counts as the next round when it
# is below p - 512. So 511 ahead always works, 512 while p + 512 is still in the round, and more never.
@pytest.mark.parametrize("highest", [0, 1, 511, 512, 700, 1023, 1024, 5000])
def test_a_gap_of_511_is_bridged_and_one_of_513_is_not(
    meter: mb.Device, sold: Callable[..., str], highest: int
) -> None:
    here = 0
    while here < highest:  # come there by gaps that are bridged
        here = min(here + 500, highest)
        assert meter.enter_utrn(sold(here)).accepted
    balance = meter.credit.balance
    far = meter.enter_utrn(sold(highest + 513))
    assert (far.accepted, far.reason in ("not authentic", "duplicate"), far.balance) == (False, True, balance)
    edge = meter.enter_utrn(sold(highest + 512))
    assert edge.accepted == (highest % 1024 < 512)
    if edge.accepted:
        assert edge.counter == highest + 512
    else:
        near = meter.enter_utrn(sold(highest + 511))
        assert (near.accepted, near.counter) == (True, highest + 511)


def test_a_code_left_lying_works_up_to_512_behind(meter: mb.Device, sold: Callable[..., str]) -> None:
    for counter in (400, 800, 1200):
        assert meter.enter_utrn(sold(counter)).accepted
    old = meter.enter_utrn(sold(1200 - 512))
    assert not old.accepted, "its bits stand for 1200 + 512, because 1200 mod 1024 is below 512"
    near = meter.enter_utrn(sold(1200 - 511))
    assert (near.accepted, near.counter) == (True, 689)


def test_a_ppmid_hands_a_code_on(world: mb.World, home: mb.Home, meter: mb.Device, sold: Callable[..., str]) -> None:
    assert home.ppmid is not None
    code = sold(1, 10)
    home.ppmid.enter_utrn(code, meter)
    assert meter.credit.balance == 0
    world.run_for("1 h")  # a gas meter wakes in between
    assert meter.credit.balance == 1000
    home.ppmid.enter_utrn(code, meter)
    home.ppmid.enter_utrn("12", meter)
    assert alerts(world, meter) == ["810E"]
    assert list(records(world, meter, "top-up entered")["code"]) == ["", "duplicate", "wrong digits"]


def test_guessing_at_a_ppmid_suspends_the_keypad_too(
    world: mb.World, home: mb.Home, meter: mb.Device, sold: Callable[..., str]
) -> None:
    assert home.ppmid is not None
    for counter in range(1, 6):
        guess = utrn.make(world.user("supplier-a").eui, meter.eui, counter, value="10", secret=bytes(32)).code
        home.ppmid.enter_utrn(guess, meter)
    world.run_for("31 min")
    # The pause counts from the last guess, which a gas meter took when it woke.
    assert alerts(world, meter) == ["81C4"]


def test_a_ppmid_tops_up_meters_of_its_home_only(world: mb.World, home: mb.Home) -> None:
    other = world.add_home(supplier="supplier-a")
    assert home.ppmid is not None
    assert home.esme is not None
    assert home.chf is not None
    assert other.esme is not None
    with pytest.raises(ValueError, match="name one"):
        home.ppmid.enter_utrn("1")
    with pytest.raises(ValueError, match="of its own home"):
        home.ppmid.enter_utrn("1", other.esme)
    with pytest.raises(ValueError, match="electricity or gas meter"):
        home.ppmid.enter_utrn("1", home.chf)
    with pytest.raises(ValueError, match="only a PPMID"):
        home.esme.enter_utrn("1", home.esme)


def test_without_mains_a_ppmid_says_what_became_of_the_code(world: mb.World, home: mb.Home) -> None:
    assert home.ppmid is not None
    assert home.esme is not None
    code = world.user("supplier-a").make_utrn(home.esme, value="10")
    home.power_off()
    world.run_for("1 min")
    home.ppmid.enter_utrn(code, home.esme)
    world.run_for("1 h")
    lost = records(world, home.esme, "message lost")
    assert list(lost["detail"]) == ["UTRN"]
    home.power_on()
    world.run_for("1 h")
    assert home.esme.enter_utrn(code).accepted, "it was not used up"
