"""Gas, credential, join and firmware services: requests against the messages of the public reference test data."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from duis_pairs import KEYS, Pair, comparable, needs_pairs, pairs, read_frame

from meterbed import duis
from meterbed.errors import MeterbedError

ACB, COS = 0x90B3D51F30000002, 0x90B3D51F30000004

# The message of these pairs says other than the request.
UNLIKE = {
    "GCS09_3.2_SUCCESS": "the message carries another date",
    "GCS61_4.17_SUCCESS": "the message asks for another period",
}
# The message has certificates of other keys than the request or the key folder.
OTHER_KEYS = {"CS02bACBByACB_8.5_SUCCESS", "CS03CNonCritical_8.7.2_SUCCESS"}
# The backup that the DCC holds of the old Gas Proxy Function's device log.
DEVICE_LOGS = {"GCS59_8.12.2_SUCCESS": [(0x0011223344556677, "PPMID"), (0x8899AABBCCDDEEFF, "IHD")]}


def use_case_of(name: str) -> str:
    """GCS28Commission and CS02bNOByNO are variants of GCS28 and CS02b."""
    found = re.match(r"GCS\d+[a-z]?|CS02[a-g]|CS03A[12]|CS03[BC]|CS04AC|CS04B|CS\d+[a-c]?", name)
    assert found
    return found[0]


def gas_pairs() -> list[Pair]:
    return [pair for pair in pairs() if pair.name.startswith(("GCS", "CS"))]


def made_of(pair: Pair) -> bytes:
    """What we make of the request, told the counters and records that only the DCC has."""
    frame = read_frame(pair.octets)
    options = duis.Options(
        use_case=use_case_of(pair.name),
        acb_counter=frame.counter if frame.originator == ACB else None,
        cos_counter=frame.counter if frame.originator == COS else None,
        device_log=DEVICE_LOGS.get(pair.name, ()),
    )
    return duis.transform(duis.parse(pair.request), KEYS, options).octets


@needs_pairs
@pytest.mark.parametrize("pair", gas_pairs(), ids=lambda pair: pair.name)
def test_a_request_becomes_the_reference_message(pair: Pair) -> None:
    made, wanted = made_of(pair), pair.octets
    with_keys = pair.name not in OTHER_KEYS
    equal = comparable(made, with_keys) == comparable(wanted, with_keys)
    assert equal == (pair.name not in UNLIKE), UNLIKE.get(pair.name)
    if b"\x30\x82" not in wanted and pair.name not in UNLIKE and read_frame(wanted).protection[:1] != b"\x40":
        assert made == wanted  # the MAC too


@needs_pairs
def test_there_are_pairs_of_gas_and_of_credentials() -> None:
    names = [pair.name for pair in gas_pairs()]
    assert sum(name.startswith("GCS") for name in names) >= 20
    assert sum(name.startswith("CS") for name in names) >= 15


def test_the_issuer_event_id_is_the_time_the_dcc_makes_the_command(tmp_path: Path) -> None:
    request = tmp_path / "request.xml"
    request.write_text(
        REQUEST.replace(
            "BODY",
            "<sr:UpdateMeterBalance><sr:CreditMode><sr:ResetMeterBalance/></sr:CreditMode></sr:UpdateMeterBalance>",
        )
    )
    at = datetime(2020, 2, 29, tzinfo=UTC)
    made = duis.transform(duis.parse(request), options=duis.Options(issued_at=at))
    seconds = int((at - datetime(2000, 1, 1, tzinfo=UTC)).total_seconds())
    assert read_frame(
        made.octets
    ).payload.hex() == f"01090101070500100100 05{seconds.to_bytes(4, 'little').hex()}000000000200000000".replace(
        " ", ""
    )


@pytest.mark.parametrize(
    "wrong",
    [{"cin": "123"}, {"cin": "12a4"}, {"issued_at": datetime(1999, 12, 31)}, {"issued_at": datetime(2136, 1, 1)}],
)
def test_what_the_dcc_adds_is_checked(wrong: dict[str, Any]) -> None:
    with pytest.raises(MeterbedError, match=r"customer identification number|gas devices know"):
        duis.Options(**wrong)


REQUEST = """<sr:Request xmlns:sr="http://www.dccinterface.co.uk/ServiceUserGateway" schemaVersion="5.4"><sr:Header>
<sr:RequestID>90-B3-D5-1F-30-01-00-00:00-DB-12-34-56-78-90-A1:1000</sr:RequestID><sr:CommandVariant>4</sr:CommandVariant>
<sr:ServiceReference>1.5</sr:ServiceReference><sr:ServiceReferenceVariant>1.5</sr:ServiceReferenceVariant></sr:Header>
<sr:Body>BODY</sr:Body></sr:Request>"""
