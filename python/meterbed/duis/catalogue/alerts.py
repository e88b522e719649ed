"""MMC payloads of device alerts: below DeviceAlertContent/Payload, by message code."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from meterbed.duis.catalogue.convert import HEX, INTEGER, TEXT, date_time, generalized_time
from meterbed.duis.catalogue.credentials import ACTIVATE, execution_outcome, status
from meterbed.duis.catalogue.datum import Datum, UnexpectedValueError
from meterbed.duis.catalogue.gas import BILLING_ENTRY as GAS_BILLING_ENTRY
from meterbed.duis.catalogue.gas import SNAPSHOT
from meterbed.duis.catalogue.gas_rows import leave_out
from meterbed.duis.catalogue.registers import BILLING_ENTRY
from meterbed.duis.catalogue.rows import Fill, Rows, add, entries, row, text, write

OUTCOME = "FutureDatedCommandOutcomeDeviceAlert"


def _parts(*columns: tuple[str, int, bool]) -> Fill:
    """Fields of fixed width in one octet-string: path, octets, whether it is a number."""

    def fill(element: etree._Element, datum: Datum) -> None:
        octets, at = datum.octets, 0
        if len(octets) != sum(width for _, width, _ in columns):
            raise UnexpectedValueError(datum, f"{sum(width for _, width, _ in columns)} octets")
        for path, width, is_number in columns:
            part, at = octets[at : at + width], at + width
            value = Datum(int.from_bytes(part) if is_number else part)
            write(element, [row(path, (), INTEGER if is_number else HEX)], value)

    return fill


INSTRUCTION, GAS_INSTRUCTION = "DLMSCOSEMFDInstructionIdentification", "GBZFDInstructionIdentification"
EXECUTED = [
    row(f"{OUTCOME}/COSEMFutureDatedAlert", 0, _parts(
        ("FutureDatedCommandMessageCode", 2, False),
        ("FutureDatedCommandOriginatorCounter", 8, True),
        (f"{INSTRUCTION}/ClassId", 2, False),
        (f"{INSTRUCTION}/InstanceId", 6, False),
        (f"{INSTRUCTION}/AttributeId", 1, False),
    )),
]  # fmt: skip
EXECUTED_GAS = [
    row(f"{OUTCOME}/GBZFutureDatedAlert", 0, _parts(
        ("FutureDatedCommandMessageCode", 2, False),
        ("FutureDatedCommandOriginatorCounter", 8, True),
        (f"{GAS_INSTRUCTION}/ExtendedHeaderClusterID", 2, False),
        (f"{GAS_INSTRUCTION}/FrameControl", 1, False),
        (f"{GAS_INSTRUCTION}/CommandIdentifier", 1, False),
    )),
]  # fmt: skip
CREDENTIALS_UPDATED = [
    row(f"{OUTCOME}/UpdateSecurityCredentialsDeviceAlert/UpdateSecurityCredentialsExecutionOutcome", "executionOutcome",
        execution_outcome),
]  # fmt: skip
FIRMWARE = f"{OUTCOME}/FirmwareActivationDeviceAlert"
FIRMWARE_ACTIVATED = [
    row(f"{FIRMWARE}/ExecutionDateTime", "executionDateTime", generalized_time),
    row(f"{FIRMWARE}/OriginatorCounterFromCommand", "originatorCounter", INTEGER),
    row(f"{FIRMWARE}/ActivateImageResponseCode", ("executionOutcome", "activateImageResponseCode"), status(ACTIVATE)),
    row(f"{FIRMWARE}/FirmwareVersion", ("executionOutcome", "firmwareVersion"), HEX),
]
FIRMWARE_VERIFIED = [row("FirmwareVerificationDeviceAlert/ManufacturerImageHash", 0, HEX)]
BILLING = [
    row("BillingDataLogDeviceAlert/", (0, 0), entries("ESMEBillingDataLogEntry", [row("", (), BILLING_ENTRY)])),
]
BILLING_GAS = [
    row("BillingDataLogDeviceAlert/", SNAPSHOT, entries("GSMEBillingDataLogEntry", GAS_BILLING_ENTRY)),
    *leave_out(SNAPSHOT),
]
OUTAGE = [
    row("SupplyOutageRestoreAlert/interruptionValue", 0, date_time),
    row("SupplyOutageRestoreAlert/restorationValue", 1, date_time),
]

# GBCS 16: the two octets that 81A0 carries.
WARNINGS = (
    "Other",
    "Error Non Volatile Memory",
    "Error Program Execution",
    "Error Program Storage",
    "Error RAM",
    "Error Unexpected Hardware Reset",
    "Error Watchdog",
    "Error Metrology Firmware Verification Failure",
    "Error Measurement Fault",
    "Unspecified Smart Meter Operational Integrity Error",
)


def _warning(datum: Datum) -> str:
    value = datum.raw
    number = int.from_bytes(value) if isinstance(value, bytes) else int(value)
    if not 0 <= number < len(WARNINGS):
        raise UnexpectedValueError(datum, "a warning of GBCS 16")
    return WARNINGS[number]


INTEGRITY = [row("SmartMeterIntegrityIssueWarningDeviceAlert/Warning", 0, text(_warning))]
NOT_SUPPORTED = [
    row("CommandNotSupportedbyDevice", 0, _parts(
        ("MessageCodeofCommandReceived", 2, False),
        ("OriginatorCounterfromCommandReceived", 8, True),
    )),
]  # fmt: skip


# Direction and number of an auxiliary proportional controller share an octet; 2 above is input.
INPUT = 2


def _controller(element: etree._Element, which: Datum | None, level: Datum | None) -> None:
    if which is not None:
        add(element, "AuxiliaryControllerN", which.number & 0xF)
    if level is not None:
        add(element, "ResultingLevel", level.number)
    if which is not None and which.number >> 4 == INPUT:
        add(element, "InputFromControlledLoad")


def _limit_processed(element: etree._Element, datum: Datum) -> None:
    start, end = datum.at(1), datum.at(2)
    if start is not None and end is not None:
        date_time(add(element, "APCLimitPeriodStart"), start)
        date_time(add(element, "APCLimitPeriodEnd"), end)
    _controller(element, datum.at(0), datum.at(3))


def _limit_ended(element: etree._Element, datum: Datum) -> None:
    _controller(element, datum.at(0), datum.at(1))


def _operational_update(element: etree._Element, datum: Datum) -> None:
    """ASSUMPTION: output level, input level, information, as far as present; the use case document shows no object."""
    levels = ["OutputState", "InputState"]
    for item in datum:
        if isinstance(item.peek, int) and levels:
            INTEGER(add(element, levels.pop(0)), item)
        elif isinstance(item.peek, str):
            TEXT(add(element, "StateAndAssociatedInformation"), item)


# Message code -> payload. Alerts without a row have none in the schema; what they carry beyond code and time is kept
# as GBCSData.
PAYLOADS: Mapping[int, Rows] = {
    0x0061: BILLING,
    0x0067: OUTAGE,
    0x008B: BILLING_GAS,
    0x00CA: FIRMWARE_ACTIVATED,
    0x00CB: CREDENTIALS_UPDATED,
    0x00CC: EXECUTED,
    0x00CD: EXECUTED_GAS,
    0x00CE: FIRMWARE_VERIFIED,
    0x00CF: FIRMWARE_VERIFIED,
    0x00F0: INTEGRITY,
    0x00F2: INTEGRITY,
    0x0120: NOT_SUPPORTED,
    0x0121: [row("LimitAPCLevelCommandProcessedDeviceAlert", (), _limit_processed)],
    0x0122: [row("LimitAPCLevelEndedDeviceAlert", (), _limit_ended)],
    0x0123: [row("OperationalUpdateDeviceAlert", (), _operational_update)],
    0x0124: CREDENTIALS_UPDATED,
}
