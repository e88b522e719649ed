"""UTRNs from Python, from the command, and typed at a meter of a world."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from conftest import Meterbed
from hypothesis import given
from hypothesis import strategies as st

import meterbed as mb
from meterbed import utrn

SUPPLIER, DEVICE = "90B3D51F30010000", "00DB1234567890A0"
SECRET = bytes(range(32))
PARTIES = ("--supplier", SUPPLIER, "--device", DEVICE)


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key store of our own, made with the OpenSSL command."""
    folder = tmp_path_factory.mktemp("keys")
    for name in (f"{SUPPLIER.lower()}-pp-ka", f"{DEVICE.lower()}-ka"):
        key, certificate = folder / f"{name}.key", folder / f"{name}.pem"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
            + ["-keyout", key, "-out", certificate, "-subj", "/OU=02", "-days", "3650"],
            check=True,
            capture_output=True,
        )
    return folder


@given(counter=st.integers(1, 2**32 - 1), pence=st.integers(1, 8191))
def test_what_is_made_is_found_good(counter: int, pence: int) -> None:
    made = utrn.make(SUPPLIER, DEVICE, counter, pence=pence, secret=SECRET)
    found = utrn.check(made.code, SUPPLIER, DEVICE, counter=counter, secret=SECRET)
    assert found.authentic
    assert found.utrn is not None
    assert (found.utrn.pence, found.utrn.value_class, found.utrn.counter_bits) == (pence, "pence", counter % 1024)
    assert made.gmac.endswith(made.mac)
    assert utrn.check(made.code, SUPPLIER, DEVICE, highest=counter - 1, secret=SECRET).counter == counter


@given(st.text(max_size=40))
def test_no_text_is_too_odd_to_be_checked(text: str) -> None:
    found = utrn.check(text)
    assert (found.utrn is None) == (found.fault is not None)
    assert found.good == (found.fault is None)


def test_either_end_finds_the_secret(keys: Path, tmp_path: Path) -> None:
    whole = utrn.make(SUPPLIER, DEVICE, 5, value="10.00", keys=keys)
    for missing in (f"{SUPPLIER.lower()}-pp-ka.key", f"{DEVICE.lower()}-ka.key"):
        half = tmp_path / missing
        half.mkdir()
        for file in keys.iterdir():
            if file.name != missing:
                (half / file.name).write_bytes(file.read_bytes())
        assert utrn.make(SUPPLIER, DEVICE, 5, value="10.00", keys=half) == whole


def test_both_names_of_a_counter_make_the_same_code() -> None:
    one = utrn.make(SUPPLIER, DEVICE, 3, value="10", secret=SECRET)
    assert utrn.make(SUPPLIER, DEVICE, 3 << 32, value="10", secret=SECRET) == one
    assert one.originator_counter == 0x0000000300000000
    assert one.value_class == "pounds"
    assert utrn.make(SUPPLIER, DEVICE, 3, value="10.50", secret=SECRET).value_class == "pence"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ({"counter": 2**32 + 1}, "UTRN counter"),
        ({"counter": -1}, "UTRN counter"),
        ({"counter": 0}, "no meter takes a code of counter 0"),
        ({"value": "0.00"}, "top-up of nothing"),
        ({"value": None, "pence": 0}, "top-up of nothing"),
        ({"value": "82.93"}, "do not fit"),
        ({"value": "1.005"}, "whole pence"),
        ({"value": "ten"}, "not an amount"),
        ({"value": "NaN"}, "not an amount"),
        ({"value": None}, "either a value"),
        ({"pence": 5}, "either a value"),
        ({"value": None, "pence": -5}, "do not fit"),
        ({"supplier": "supplier-a"}, "EUI-64"),
        ({"secret": b"short"}, "32 octets"),
        ({"secret": None}, "either a folder"),
        ({"secret": None, "keys": "/nowhere"}, "no folder of keys"),
    ],
)
def test_bad_words_are_sentences(words: dict[str, object], says: str) -> None:
    good: dict[str, object] = {"supplier": SUPPLIER, "device": DEVICE, "counter": 1, "value": "10", "secret": SECRET}
    with pytest.raises(ValueError, match=says):
        utrn.make(**{**good, **words})  # type: ignore[arg-type]


def other_digit(code: str) -> str:
    """The same code with a wrong check digit."""
    return code[:-1] + str((int(code[-1]) + 1) % 10)


def test_a_refusal_tells_the_event_that_a_meter_logs() -> None:
    code = utrn.make(SUPPLIER, DEVICE, 7, value="10", secret=SECRET).code
    strays = [f"{10**18}{n}" for n in range(10)]
    stray = next(each for each in strays if utrn.check(each).fault == "not a top-up token")
    keys: dict[str, object] = {"supplier": SUPPLIER, "device": DEVICE, "secret": SECRET}
    for asked, words, fault, refusal, event in (
        (code, {**keys, "counter": 7}, None, None, None),
        (code, {**keys, "highest": 6}, None, None, None),
        (code, {**keys, "highest": 8}, None, None, None),  # below the highest: a meter may not have used it
        (code, {**keys, "highest": 7}, None, "duplicate", 0x8F51),
        (code, {"highest": 7}, None, "duplicate", 0x8F51),
        (code, {**keys, "highest": 600}, None, "not authentic", 0x8F63),  # 1031 is nearer
        (code, {**keys, "counter": 8}, None, "not authentic", 0x8F63),
        (code, {**keys, "secret": bytes(32)}, None, "not authentic", 0x8F63),
        (stray, {}, "not a top-up token", "not for this device", 0x8F64),
        (other_digit(code), {}, "wrong check digit", "wrong digits", None),
        (code[:-1], {}, "not 20 digits", "wrong digits", None),
        ("x" * 19, {}, "not 20 digits", "wrong digits", None),
        (code[:-1] + "x", {}, "not digits", "wrong digits", None),
        ("７" * 20, {}, "not digits", "wrong digits", None),
    ):
        found = utrn.check(asked, **words)  # type: ignore[arg-type]
        assert (found.fault, found.refusal, found.event) == (fault, refusal, event), (asked, words)
        assert found.good == (refusal is None)


def test_no_counter_that_fits_is_a_duplicate_to_a_meter() -> None:
    code = utrn.make(SUPPLIER, DEVICE, 600, value="10", secret=SECRET).code
    found = utrn.check(code, SUPPLIER, DEVICE, secret=SECRET)  # to a meter that has seen none yet
    assert (found.counter, found.authentic, found.refusal, found.event) == (None, False, "duplicate", 0x8F51)
    assert utrn.check(code).good, "without keys only digits and range are judged"


def test_check_and_meter_say_the_same() -> None:
    with mb.World(seed=1, start="2020-02-09 17:00") as world:
        meter = world.add_home(supplier="supplier-a").esme
        assert meter is not None
        supplier = world.user("supplier-a")
        secret = supplier.top_up_secret(meter)
        words: dict[str, object] = {"supplier": supplier.eui, "device": meter.eui, "secret": secret, "highest": 1}
        first, second = (utrn.make(supplier.eui, meter.eui, n, value="1", secret=secret).code for n in (1, 2))
        foreign = utrn.make(supplier.eui, meter.eui, 2, value="1", secret=bytes(32)).code
        strays = [f"{10**18}{n}" for n in range(10)]
        assert meter.enter_utrn(first).accepted
        for code in (first, foreign, *strays[:4], second[:-1], second[:-1] + "x", other_digit(second)):
            said, found = meter.enter_utrn(code), utrn.check(code, **words)  # type: ignore[arg-type]
            assert (said.reason, said.event) == (found.refusal, found.event or 0), code
        assert utrn.check(second, **words).good  # type: ignore[arg-type]


def test_the_command_makes_and_checks(meterbed: Meterbed, keys: Path) -> None:
    made = meterbed("utrn", "make", "--keys", keys, *PARTIES, "--counter", "0x300000000", "--value", "10.00", "--json")
    assert made.returncode == 0, made.stderr
    answer = json.loads(made.stdout)
    assert (answer["counter"], answer["pence"], answer["value_class"]) == (3, 1000, "pounds")
    spaced = " ".join(answer["code"][i : i + 4] for i in range(0, 20, 4))
    good = meterbed("utrn", "check", spaced, "--keys", keys, *PARTIES, "--counter", "3", "--json")
    assert good.returncode == 0, good.stderr
    assert json.loads(good.stdout)["authentic"] is True
    wrong = meterbed("utrn", "check", answer["code"], "--keys", keys, *PARTIES, "--counter", "4")
    assert wrong.returncode == 1
    assert wrong.stdout.endswith(": not authentic; a meter logs 8F63, UTRN not Authentic\n")
    used = meterbed("utrn", "check", answer["code"], "--keys", keys, *PARTIES, "--highest", "3", "--json")
    assert used.returncode == 1
    told = json.loads(used.stdout)
    assert (told["authentic"], told["good"], told["refusal"], told["event"]) == (True, False, "duplicate", "8F51")
    plain = meterbed("utrn", "check", answer["code"])
    assert plain.returncode == 0
    assert "£10.00" in plain.stdout


def test_the_command_tells_bad_digits_from_bad_words(meterbed: Meterbed, tmp_path: Path) -> None:
    assert meterbed("utrn", "check", "73943333457189043314").returncode == 1
    assert meterbed("utrn", "check", "12").stdout == "12: not 20 digits; a meter logs nothing, its display tells\n"
    letters = meterbed("utrn", "check", "7394-3333-4571-8904-331x", "--json")
    assert letters.returncode == 1
    told = json.loads(letters.stdout)
    assert (told["fault"], told["refusal"], told["event"]) == ("not digits", "wrong digits", None)
    for words in (
        ["make", *PARTIES, "--counter", "x", "--value", "1", "--secret", "00" * 32],
        ["make", *PARTIES, "--counter", "0", "--value", "1", "--secret", "00" * 32],
        ["make", *PARTIES, "--counter", "1", "--value", "0", "--secret", "00" * 32],
        ["make", *PARTIES, "--counter", "1", "--value", "1", "--secret", "zz"],
        ["make", *PARTIES, "--counter", "1", "--value", "1", "--keys", tmp_path],
        ["check", "73943333457189043313", "--secret", "00" * 32],
    ):
        done = meterbed("utrn", *words)
        assert done.returncode == 2, words
        assert done.stderr.startswith("meterbed: ")
        assert done.stdout == ""


def test_a_meter_takes_what_its_supplier_sold() -> None:
    with mb.World(seed=1, start="2020-02-09 17:00") as world:
        home = world.add_home(supplier="supplier-a", gas=True)
        assert home.esme is not None
        supplier = world.user("supplier-a")
        for meter in (home.esme, home.gsme):
            assert meter is not None
            code = supplier.make_utrn(meter, value="10.00")
            first = meter.enter_utrn(code)
            assert (first.accepted, first.credit, first.balance, first.event) == (True, 1000, 1000, 0x810E)
            again = meter.enter_utrn(code)
            assert (again.accepted, again.reason, again.event, again.balance) == (False, "duplicate", 0x8F51, 1000)
        assert home.esme.enter_utrn(supplier.make_utrn(home.gsme, pence=50)).reason == "not authentic"
        assert home.esme.enter_utrn("hello").reason == "wrong digits"
        world.run_for("1 h")
        records = world.records.to_pandas()
        alerts = records[(records["what"] == "alert sent") & (records["detail"] == "810E")]
        assert len(alerts) == 2
        home.power_off()
        world.run_for("1 min")
        assert home.esme.enter_utrn(code).reason == "no power"


def test_only_meters_take_them_and_only_suppliers_sell_them() -> None:
    with mb.World(seed=1, start="2020-02-09 17:00") as world:
        home = world.add_home(network_operator="east-midlands")
        old = world.add_home(kind="SMETS1")
        assert home.chf is not None
        assert old.esme is not None
        with pytest.raises(ValueError, match="electricity or gas meter"):
            home.chf.enter_utrn("1")
        assert old.esme.enter_utrn("1").reason == "wrong digits"  # SMETS1 meters take codes of their maker
        with pytest.raises(ValueError, match="no Supplier"):
            world.user("east-midlands").make_utrn(home.esme, value="1")
        with pytest.raises(ValueError, match="no such meter"):
            world.user("supplier-a").make_utrn(home.gsme, value="1")


def test_the_vectors_of_the_reference_key_store(root: Path) -> None:
    store = root.parent / "shared/rtds/keystore"
    if not store.is_dir():
        pytest.skip(f"the Reference Test Data Set is not at {store}")
    for counter, amount, code in (
        (0x0000000100000000, {"value": "100"}, "73943333457189043313"),
        (0x0000000300000000, {"value": "10.00"}, "73946144332040217315"),
        (0x0000000400000000, {"pence": 1234}, "73947252416745201637"),
        (0x0000000500000000, {"value": "10"}, "73948959061972833313"),
    ):
        assert utrn.make(SUPPLIER, DEVICE, counter, keys=store, **amount).code == code  # type: ignore[arg-type]
        assert utrn.check(code, SUPPLIER, DEVICE, counter=counter, keys=store).authentic
