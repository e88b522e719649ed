"""Recorded exchanges, replayed on simulated devices."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from conftest import Meterbed

import meterbed as mb
from meterbed.gbcs import replay

SHARED = Path(os.environ.get("METERBED_SHARED", Path(__file__).parents[3] / "shared")) / "rtds"


@pytest.fixture(scope="module")
def rtds() -> Path:
    if not (SHARED / "messages").is_dir():
        pytest.skip(f"the Reference Test Data Set is not at {SHARED}")
    return SHARED


def test_every_dlms_pair_of_the_data_set_is_answered_as_recorded(rtds: Path) -> None:
    result = replay(rtds / "messages", rtds / "keystore")
    assert result.pairs >= 302
    assert result.alerts >= 63
    electricity = [
        item for item in result.failed if "_ECS" in item.pair or "_CCS0" in item.pair or "_DBCH" in item.pair
    ]
    assert [item.pair for item in electricity if "CCS08" not in item.pair] == []
    assert result.equal + result.equal_to_signature >= 201
    assert result.alerts_equal >= 44
    assert not result.unpaired


def test_a_response_that_differs_in_one_bit_is_told_apart(rtds: Path, tmp_path: Path) -> None:
    folder = tmp_path / "7.4_ECS45"
    shutil.copytree(rtds / "messages" / "7.4_ECS45", folder)
    assert replay(folder, rtds / "keystore").failed == []
    file = next(folder.glob("*SUCCESS_RESPONSE*"))
    octets = bytearray.fromhex(file.read_text())
    octets[-14] ^= 1  # before signature length and MAC: the result of the last item
    file.chmod(0o644)
    file.write_text(octets.hex())
    (failed,) = replay(folder, rtds / "keystore").failed
    assert "ECS45" in failed.pair


def test_the_command_answers_in_json_with_its_exit_code(rtds: Path, meterbed: Meterbed) -> None:
    outcome = meterbed("gbcs", "replay", rtds / "messages" / "7.1_ECS42", "--keys", rtds / "keystore", "--json")
    assert outcome.returncode == 0, outcome.stderr
    answer = json.loads(outcome.stdout)
    assert answer["pairs"] == answer["equal_to_signature"] == 2
    assert answer["failed"] == []


def test_bad_input_is_a_sentence_and_exit_code_2(tmp_path: Path, meterbed: Meterbed) -> None:
    (tmp_path / "X.HEX").write_text("DF01")
    keys = tmp_path / "keys"
    keys.mkdir()
    for words in (
        [tmp_path, "--keys", keys],
        [tmp_path / "none", "--keys", keys],
        [tmp_path, "--keys", tmp_path / "none"],
        [keys, "--keys", keys],
        [tmp_path, "--keys", keys, "--device", "00DB1234567890A0"],
    ):
        outcome = meterbed("gbcs", "replay", *words)
        assert outcome.returncode == 2, outcome.stderr
        assert "Traceback" not in outcome.stderr


def test_a_tester_sees_and_puts_the_objects_of_a_meter() -> None:
    world = mb.World(seed=1, start="2020-02-09 17:00", kernel="plain")
    home = world.add_home(region="Central", supplier="supplier-a", network_operator="east-midlands")
    objects = home.esme.objects
    assert len(objects) > 250
    assert "112/0-0:19.10.0.255/2" in {item.attribute for item in objects.named("MeterBalance")}
    objects.put("112/0-0:19.10.0.255/2", "int32 250000")
    assert objects["112/0-0:19.10.0.255/2"].value == "int32 250000"
    with pytest.raises(ValueError, match="is no attribute"):
        objects.put("112", "int32 1")
    with pytest.raises(ValueError, match="expected"):
        objects.put("112/0-0:19.10.0.255/2", "int33 1")
    home.esme.raise_event(0x8F0F)
    with pytest.raises(ValueError, match="lists no event"):
        home.esme.raise_event(0x0001)
