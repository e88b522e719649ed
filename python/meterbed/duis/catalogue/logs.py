"""Event and security logs (6.13), the hub's device logs (8.9) and its Sub GHz settings (6.30 to 6.32)."""

from __future__ import annotations

from lxml import etree

from meterbed.duis.catalogue.convert import EUI, HEX4, INTEGER, SECONDS, constant, date_time, hundredths, word
from meterbed.duis.catalogue.datum import Datum, UnexpectedValueError
from meterbed.duis.catalogue.rows import Row, add, entries, row, text
from meterbed.duis.catalogue.words import meaning


def event_meaning(element: etree._Element, datum: Datum) -> None:
    """Its name."""
    element.text = meaning(datum.number)


def other_information(element: etree._Element, datum: Datum) -> None:
    """Up to eight octets, or the number of a power event; empty leaves no element."""
    value = datum.raw
    octets = value.to_bytes(4) if isinstance(value, int) else bytes(value)
    if octets:
        add(element, "OtherInformation", octets.hex().upper())


EVENT_ENTRY = [
    row("Timestamp", 0, SECONDS),
    row("LogCode", 1, HEX4),
    row("LogMeaning", 1, event_meaning),
    row("", 2, other_information),
]
EVENT_LOG = [row("Log", 0, entries("LogEntry", EVENT_ENTRY))]

# switchNumberAndAction: number in the upper octet; the lower is that of the command (7.5, 7.6, 7.8).
SWITCH_ACTIONS = {
    0x11: "On",
    0x12: "Off",
    0x20: "Revert to calendar control",
    0x00: "Entry relates to a Message from an HC ALCS",
}
OUTCOMES = word({0: "Outcome not known", 1: "Success", 2: "Failure"})


def _switch(element: etree._Element, datum: Datum) -> None:
    """An ALCS or HCALCS by SWITCH_ACTIONS; else the commanded state of a controller: direction, number, level."""
    value = datum.number
    action = SWITCH_ACTIONS.get(value & 0xFF)
    if action is not None and 1 <= value >> 8 <= 5:
        add(element, "SwitchNumber", value >> 8)
        add(element, "SwitchAction", action)
    else:
        add(element, "SwitchNumber", (value >> 8) & 0xF)


def _level(element: etree._Element, datum: Datum) -> None:
    value = datum.number
    if value >> 12:
        add(element, "AuxiliaryControllerLevel", value & 0xFF)
        if value >> 12 == 2:
            add(element, "InputFromControlledLoad")


AUXILIARY_LOG = [
    row("ALCSEvent", 0, entries("ALCSEventLogEntry", [
        row("Timestamp", 0, SECONDS),
        row("", 1, _switch),
        row("Outcome", 2, OUTCOMES),
        row("HANCommandID", 3, INTEGER),
        row("", 1, _level),
    ]))
]  # fmt: skip


def _communications(element: etree._Element, datum: Datum) -> None:
    for entry in datum:
        place = add(element, "CHFDeviceLogEntry")
        for name, position, fill in (
            ("DeviceID", 0, EUI),
            ("LastCommunicationsDateTime", 8, date_time),
            ("SubGHzLinkQuality", 3, INTEGER),
        ):
            found = entry.at(position)
            if found is not None:
                fill(add(place, name), found)
        entry.ignore()  # "data returned in, but not required by the Use Case"


HUB_COMMUNICATIONS = [row("CHFDeviceLog", 0, _communications)]

CONNECTED = [
    row("DeviceID", 0, EUI),
    row("DeviceSecurityDetails", 1, text(lambda datum: datum.octets.hex().upper())),
]
HUB_DEVICES = [
    row("CHFConnectedDeviceLog/", (0, 2), entries("CHFCurrentConnectedDeviceLogEntry", CONNECTED)),
    row("CHFConnectedDeviceLog/", (1, 2), entries("CHFHistoricConnectedDeviceLogEntry", CONNECTED)),
    # When it was read, and the identifier of the HAN: no element has them.
    *(row("", (log, place), constant) for log in (0, 1) for place in (0, 1)),
]

# Channel pages: first channel of the page, and the element of the configuration.
PAGES = {
    28: (0, "LowerBandSubGHzChannels0To26"),
    29: (27, "LowerBandSubGHzChannels27To34"),
    30: (35, "LowerBandSubGHzChannels35To61"),
    31: (0, "UpperBandSubGHzChannels0To26"),
}
SCAN_TRIGGERS = {
    0: "RemotePartyCommand",
    1: "GSMERequest",
    2: "GSMEMissedItsCurfew",
    3: "GSMEMissingForTheLastDay",
    4: "CHDetectedMessageFailureProblems",
    5: "CHDetectedMessageRetryProblems",
    6: "SubGHzNon-GSMEDeviceRequest",
    7: "SMHANFormation",
}


def _channels(mask: int) -> tuple[int, list[int]]:
    """Five bits of page, 27 bits of channels from the page's first."""
    page = mask >> 27
    if page not in PAGES:
        raise ValueError(f"channel page {page} is none of {', '.join(map(str, PAGES))}")
    return page, [PAGES[page][0] + bit for bit in range(27) if mask >> bit & 1]


def _mask(datum: Datum) -> int:
    value = datum.raw
    if not isinstance(value, str) or len(value) != 32:
        raise UnexpectedValueError(datum, "a bit-string of 32")
    return int(value, 2)


def channel_mask(element: etree._Element, datum: Datum) -> None:
    """The channels of one page."""
    for channel in _channels(_mask(datum))[1]:
        add(element, f"Channel{channel}")


def operating_channel(element: etree._Element, mask: int) -> None:
    """The one channel in use."""
    page, channels = _channels(mask)
    if len(channels) != 1:
        raise ValueError(f"{len(channels)} channels in use instead of one")
    band = "Upper" if page == 31 else "Lower"
    add(add(element, f"Operating{band}BandSubGHzChannel"), f"Channel{channels[0]}")


PERCENT = text(hundredths)
SUB_GHZ_CONFIGURATION: list[Row] = [
    *(row(name, (0, place), channel_mask) for place, (_, name) in enumerate(PAGES.values())),
    row("NormalLimitedDutyCycleThreshold", (0, 4), PERCENT),
    row("LimitedCriticalDutyCycleThreshold", (0, 5), PERCENT),
    row("MaximumSubGHzChannelChangesPerWeek", (0, 6), INTEGER),
    row("GSMECurfew", (0, 7), INTEGER),
    row("ChannelQuieterThreshold", (0, 8), INTEGER),
    row("ChannelNoisierThreshold", (0, 9), INTEGER),
    row("NonGSMEPoorCommsPercentageThreshold", (0, 10), PERCENT),
    row("NonGSMEPoorCommsMeasurementPeriods", (0, 11), INTEGER),
    row("LocalCHNoiseMeasurementPeriod", (0, 12), INTEGER),
    row("LocalCHFailurePercentage", (0, 13), PERCENT),
    row("LocalCHRetryPercentage", (0, 14), PERCENT),
]
SUB_GHZ_CHANNEL = [row("OperatingSubGHzChannel", 0, lambda element, datum: operating_channel(element, _mask(datum)))]


def _channel_event(element: etree._Element, datum: Datum) -> None:
    """Octets of the entry: the channel's mask (4), then an octet-string of one octet with the scan's trigger."""
    octets = datum.octets
    if len(octets) >= 4:
        operating_channel(add(element, "OperatingSubGHzChannel"), int.from_bytes(octets[:4]))
    if len(octets) >= 7 and octets[6] in SCAN_TRIGGERS:
        add(element, "ScanTrigger", SCAN_TRIGGERS[octets[6]])


SUB_GHZ_LOG = [
    row("", 0, entries("LogEntry", [
        row("Timestamp", 0, SECONDS),
        row("EventCode", 1, HEX4),
        row("EventDescription", 1, event_meaning),
        row("", 2, _channel_event),
    ]))
]  # fmt: skip
