"""Alert and event behaviours (6.2.10): bit masks of the ESME, configuration octets of the GSME, code by code.

The lists have the codes that the schema has elements for, in its order (it is not always the numerical one).
"""

from __future__ import annotations

from lxml import etree

from meterbed.duis.catalogue.convert import bits
from meterbed.duis.catalogue.datum import Datum
from meterbed.duis.catalogue.rows import Fill, add, row

SUPPLIER_COMMON = [
    "810D",
    "810E",
    "8119",
    "8145",
    "8154",
    "8155",
    "8161",
    "8162",
    "8168",
    "8183",
    "81A0",
    "81A1",
    "81A2",
    "81A3",
    "81A4",
    "81A5",
    "81A6",
    "81A7",
    "81A8",
    "81A9",
    "81AA",
    "81AB",
    "81AC",
    "81AD",
    "81AE",
    "81AF",
    "81B0",
    "81B1",
    "81B2",
    "81B3",
    "81B8",
    "81B9",
    "81BA",
    "81BB",
    "81BC",
    "81BD",
    "81BE",
    "81C0",
    "81C1",
    "81C4",
    "81C5",
    "81C6",
]
SUPPLIER_POLYPHASE = ["81B7"]
NETWORK_COMMON = ["8014", "8015"]
NETWORK_SINGLE_PHASE = [
    "8002",
    "8006",
    "8020",
    "8024",
    "8028",
    "802C",
    "8085",
    "8089",
    "808D",
    "8091",
    "8095",
    "8099",
    "8010",
]
NETWORK_POLYPHASE = [
    "8003",
    "8004",
    "8005",
    "8007",
    "8008",
    "8009",
    "8021",
    "8022",
    "8023",
    "8025",
    "8026",
    "8027",
    "8029",
    "802A",
    "802B",
    "802D",
    "802E",
    "802F",
    "8086",
    "8087",
    "8088",
    "808A",
    "808B",
    "808C",
    "808E",
    "808F",
    "8090",
    "8092",
    "8093",
    "8094",
    "8096",
    "8097",
    "8098",
    "809A",
    "809B",
    "809C",
    "8011",
    "8016",
    "8013",
]
GAS = [
    "810D",
    "810E",
    "8119",
    "8145",
    "8154",
    "8155",
    "8161",
    "8162",
    "8168",
    "8183",
    "8184",
    "81A0",
    "81A1",
    "81A4",
    "81A5",
    "81A6",
    "81A7",
    "81A8",
    "81A9",
    "81AA",
    "81AB",
    "81AC",
    "81AD",
    "81AE",
    "81AF",
    "81B0",
    "81B1",
    "81B2",
    "81B3",
    "81B4",
    "81B5",
    "81B6",
    "81B9",
    "81BA",
    "81BC",
    "81BD",
    "81BE",
    "81BF",
    "81C0",
    "81C2",
    "81C3",
    "81C4",
    "81C5",
    "81C6",
]

# Bit n of a mask stands for code 0x81nn (Supplier) or 0x80nn (Network Operator).
WORDS = {True: "Enable", False: "Disable"}


def _element(place: etree._Element, code: str, mask: str) -> None:
    bit = int(code[2:], 16)
    add(place, f"x{code}", WORDS[mask[bit : bit + 1] == "1"])


def _any(codes: list[str], mask: str) -> bool:
    return any(mask[int(code[2:], 16) :][:1] == "1" for code in codes)


def _supplier(element: etree._Element, datum: Datum) -> None:
    """A polyphase meter is known by a polyphase code that is enabled: the response does not say. ASSUMPTION."""
    mask = bits(datum)
    place = add(element, "SupplierESMECommon")
    for code in SUPPLIER_COMMON:
        _element(place, code, mask)
    if _any(SUPPLIER_POLYPHASE, mask):
        place = add(element, "SupplierESMEPolyPhase")
        for code in SUPPLIER_POLYPHASE:
            _element(place, code, mask)


def _network_operator(element: etree._Element, datum: Datum) -> None:
    mask = bits(datum)
    polyphase = _any(NETWORK_POLYPHASE, mask)
    groups = [
        ("NetworkOperatorESMECommon", NETWORK_COMMON),
        ("NetworkOperatorESMEPolyPhase", NETWORK_POLYPHASE)
        if polyphase
        else ("NetworkOperatorESMESinglePhase", NETWORK_SINGLE_PHASE),
    ]
    for name, codes in groups:
        place = add(element, name)
        for code in codes:
            _element(place, code, mask)


SUPPLIER = [
    row("ElectricitySupplierWANAlertSettings", 0, _supplier),
    row("ElectricitySupplierHANAlertSettings", 1, _supplier),
    row("ElectricitySupplierAlarmSettings", 2, _supplier),
    row("ElectricitySupplierLoggingSettings", 3, _supplier),
]
NETWORK_OPERATOR = [
    row("ElectricityNetworkOperatorWANAlertSettings", 0, _network_operator),
    row("ElectricityNetworkOperatorLoggingSettings", 1, _network_operator),
]

# Event Configuration of ZSE: bits 0 to 2 the log, 3 WAN, 4 HAN, 5 and 6 alarms.
LOG, TO_WAN, TO_HAN, ALARM = 0x07, 0x08, 0x10, 0x60
COLUMNS = (("WANAlert", TO_WAN), ("HANAlert", TO_HAN), ("EventLog", LOG), ("Alarm", ALARM))


def _gas(element: etree._Element, datum: Datum) -> None:
    settings = {}
    for event in datum:
        code, configuration = event.at("Event ID"), event.at("Event Configuration")
        if code is not None and configuration is not None and f"{code.peek:04X}" in GAS:
            settings[f"{code.number:04X}"] = configuration.number
    for name in GAS:
        if name in settings:
            place = add(element, f"x{name}")
            for column, mask in COLUMNS:
                add(place, column, WORDS[bool(settings[name] & mask)])


GAS_EVENTS: Fill = _gas
