"""GBCS messages in Python: read, built, checked. Reference messages are read from beside the checkout, if there."""

from __future__ import annotations

import copy
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meterbed import gbcs

# ECS45, read status of load switch, of our own making: no key signed or MACed it.
ECS45 = (
    "DD00000000000047" "1100000000" "DF09010000000000000001" "08AAAAAAAAAAAAAAAA" "08BBBBBBBBBBBBBBBB" "00" "020052"
    "13" "D92000000100010100460000" "60030AFF030100" "00" "000000000000000000000000"
)  # fmt: skip


def shared(root: Path) -> Path:
    folder = root.parent / "shared" / "rtds"
    if not folder.is_dir():
        pytest.skip("the Reference Test Data Set is not beside the checkout (../shared/rtds)")
    return folder


def test_a_message_has_named_parts() -> None:
    message = gbcs.parse(ECS45)
    assert (message.kind, message.code, message.use_case) == ("command", 0x0052, "ECS45")
    assert message.originator == "AA-AA-AA-AA-AA-AA-AA-AA"
    assert message.body["items"][0]["obis"] == "0-0:96.3.10.255"
    assert message.hex == ECS45
    assert repr(message).startswith("<ECS45 command AA-AA")


def test_a_message_is_built_from_values() -> None:
    values = json.loads(json.dumps(gbcs.parse(ECS45).to_dict()))
    assert gbcs.Message.from_dict(values) == gbcs.parse(ECS45)
    values["counter"] = 2
    values["body"]["invoke_id"] = 0x20000002
    assert gbcs.Message.from_dict(values).counter == 2


def test_a_description_names_parts_and_shows_in_a_notebook() -> None:
    words = gbcs.parse(ECS45).describe()
    counter = words.find("Originator counter")
    assert counter is not None
    assert (counter.text, counter.number) == ("1", 1)
    assert words.find("no such part") is None
    assert str(words).startswith("Message: ECS45 Read Status of Load Switch in the ESME, command\n  Header\n")
    shown = gbcs.parse(ECS45)._repr_html_()
    assert "<details open" in shown
    assert shown.count("<details") == shown.count("</details>")


def test_what_a_message_says_is_escaped_in_a_notebook() -> None:
    values = gbcs.parse(ECS45).to_dict()
    values["kind"], values["code"] = "alert", "0x1001"
    text = {"type": "visible-string", "value": b"<script>".hex().upper()}
    values["body"] = {"family": "DLMS", "type": "data-notification", "invoke_id": 1, "value": text}
    assert "<script>" not in gbcs.Message.from_dict(values)._repr_html_()


def test_text_that_is_none_is_shown_without_harm() -> None:
    values = gbcs.parse(ECS45).to_dict()
    values["kind"], values["code"] = "alert", "0x1001"
    text = {"type": "utf8-string", "value": "1B5B324A410AB8"}
    values["body"] = {"family": "DLMS", "type": "data-notification", "invoke_id": 1, "value": text}
    shown = gbcs.Message.from_dict(values).describe().find("body")
    assert shown is not None
    assert shown.text == '".[2JA.\ufffd"'


def test_what_is_handed_out_does_not_change_the_message() -> None:
    message = gbcs.parse(ECS45)
    message.to_dict()["body"]["items"].clear()
    assert message.to_dict()["body"]["items"]


def test_wrong_values_are_named() -> None:
    values = gbcs.parse(ECS45).to_dict()
    values["recipient"] = "the meter"
    with pytest.raises(gbcs.MessageError, match="recipient is not an EUI-64"):
        gbcs.Message.from_dict(values)


@pytest.mark.parametrize("octets", ["", "DD", "not hexadecimal", ECS45[:-2], ECS45 + "00", "00" * 70000])
def test_what_is_no_message_is_a_sentence(octets: str) -> None:
    with pytest.raises(gbcs.MessageError, match=r"offset \d+: |not hexadecimal"):
        gbcs.parse(octets)
    assert gbcs.check(octets, gbcs.KeyRing()).failure


def test_without_keys_nothing_is_verified() -> None:
    result = gbcs.check(ECS45, gbcs.KeyRing())
    assert (result.mac, result.signature, result.ok) == ("no_key", "none", True)


def test_a_folder_of_keys_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(gbcs.MessageError, match="there is no folder of keys"):
        gbcs.KeyRing(tmp_path / "absent")


@given(st.binary(max_size=300))
def test_any_octets_are_a_message_or_a_sentence(octets: bytes) -> None:
    try:
        message = gbcs.parse(octets)
    except gbcs.MessageError:
        return
    assert gbcs.Message.from_dict(message.to_dict()).octets == octets


@given(st.integers(0, len(ECS45) // 2 - 1), st.integers(0, 255))
def test_a_changed_octet_is_refused_or_still_comes_back(place: int, octet: int) -> None:
    changed = bytearray(bytes.fromhex(ECS45))
    changed[place] = octet
    try:
        message = gbcs.parse(bytes(changed))
    except gbcs.MessageError:
        return
    assert gbcs.Message.from_dict(message.to_dict()).octets == bytes(changed)


numbers = {
    "boolean": st.integers(0, 255),
    "int8": st.integers(-(2**7), 2**7 - 1),
    "int16": st.integers(-(2**15), 2**15 - 1),
    "int32": st.integers(-(2**31), 2**31 - 1),
    "int64": st.integers(-(2**63), 2**63 - 1),
    "uint8": st.integers(0, 2**8 - 1),
    "uint16": st.integers(0, 2**16 - 1),
    "uint32": st.integers(0, 2**32 - 1),
    "uint64": st.integers(0, 2**64 - 1),
    "enum": st.integers(0, 255),
}
scalars = st.one_of(
    *(st.fixed_dictionaries({"type": st.just(name), "value": values}) for name, values in numbers.items()),
    st.just({"type": "null"}),
    st.binary(max_size=40).map(lambda octets: {"type": "octet-string", "value": octets.hex().upper()}),
)
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4).map(lambda items: {"type": "structure", "value": items})
)


@given(values)
def test_any_dlms_value_comes_back(value: dict[str, object]) -> None:
    tree = gbcs.parse(ECS45).to_dict()
    tree["kind"], tree["code"] = "alert", "0x1001"
    tree["body"] = {"family": "DLMS", "type": "data-notification", "invoke_id": 1, "value": value}
    assert gbcs.Message.from_dict(tree).body["value"] == value


def test_every_reference_message_holds(root: Path) -> None:
    folder = shared(root)
    keys = gbcs.KeyRing(folder / "keystore")
    results = []
    for path in sorted((folder / "messages").rglob("*.HEX")):
        message = gbcs.parse(path.read_text().strip(), keys)
        assert gbcs.Message.from_dict(copy.deepcopy(message.to_dict())) == message, path.name
        results.append(message.check(keys))
    assert [result.failure for result in results if not result.ok] == []
    assert all(result.decoded and result.identical for result in results)
    assert sum(result.mac == "no_key" for result in results) == 4  # PCS01, PCS02: between devices
    assert sum(result.ciphered for result in results) == sum(result.decrypted for result in results) > 0
