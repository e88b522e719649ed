"""MMC bodies of use cases, from answers made of values: what the tables say, not what samples happen to show."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from duis_messages import (
    NOW,
    NOW_TEXT,
    SECONDS,
    access_response,
    asn1,
    attributes,
    gas_response,
    notification,
    value,
)
from lxml import etree

from meterbed import duis
from meterbed.duis.answering import NAMESPACE as DUIS_NAMESPACE
from meterbed.duis.catalogue import alert_settings, alerts, credentials, gas, logs
from meterbed.duis.catalogue import words as tables_of_words
from meterbed.duis.catalogue.bodies import ANSWERS, CONTENTS
from meterbed.duis.catalogue.rows import NAMESPACE
from meterbed.duis.services import SERVICES

TIME = "2015-01-01T00:00:00Z"
NOW_OCTETS = bytes.fromhex(NOW)
WATT, WATT_HOUR, COUNT = (
    [value({"type": "int8", "value": 0}), {"type": "enum", "value": unit}] for unit in (27, 30, 255)
)
ANY_DAY, ANY_DATE = bytes.fromhex("FFFF0C19FF"), bytes.fromhex("FFFFFFFFFF")
SEVEN = bytes.fromhex("07000000")


def schedule(selector: int) -> list[Any]:
    """A class 10 entry: every Monday and Sunday at seven, on special day 2."""
    return [1, True, bytes(6), selector, SEVEN, 0xFFFF, "#1000001", "#01", ANY_DATE, ANY_DATE]


def charge(price: int) -> list[Any]:
    return [[{"type": "int8", "value": 0}, {"type": "int8", "value": -5}], [0, bytes(6), 0], [[b"", price]]]


PERIOD = 86400
REGISTERS_TWIN = [SECONDS, 5, 6, list(range(48)), [7] * 4, *([[8] * 8] * 4)]
BALANCES = [SECONDS, 1, 2, 3, 4, 5, -6]
PHASE = [3, COUNT, 4, COUNT, [[SECONDS, 241]], 1800]

# Use case, message, and what its document must have: path below the body -> text.
CASES: list[tuple[str, Callable[[], bytes], dict[str, str]]] = [
    ("ECS17c", lambda: access_response(0x28, [[10, WATT, 7]]), {
        "ActivePowerImport/Value": "10", "ActivePowerImport/Unit": "W", "PrimaryActivePowerImportValue": "7",
    }),
    ("ECS17d", lambda: access_response(0x29, [[[list(range(48)), [1, 2, 3, 4]]]]), {
        "Electricity/TariffTOURegisterCollection/TOUPrimaryRegisterValue[@index='48']": "47",
        "Electricity/TariffTOURegisterCollection/TOUSecondRegisterValue[@index='4']": "4",
    }),
    ("ECS20c", lambda: access_response(0x30, [[[REGISTERS_TWIN], [BALANCES]]]), {
        "Electricity/ESMEBillingDataLogEntry/Timestamp": TIME,
        "Electricity/ESMEBillingDataLogEntry/SecondaryActiveImportRegisterValueConsumption": "6",
        "Electricity/ESMEBillingDataLogEntry/TariffTOUBlock4RegisterMatrixValue[@index='8']": "8",
        "Electricity/ESMEBillingPrepaymentDataLogEntry/AccumulatedDebtRegister": "-6",
    }),
    ("ECS20d", lambda: access_response(0xC9, [[[SECONDS, 1000]]]), {
        "PrepaymentCredits/LogEntry/Amount": "1000", "PrepaymentCredits/LogEntry/Timestamp": TIME,
    }),
    ("ECS22a", lambda: access_response(0x36, [[[SECONDS, 1, 2]]]), {
        "LogEntry/ActiveEnergyExportedValue": "1", "LogEntry/ReactiveEnergyExportedValue": "2",
    }),
    ("ECS22b", lambda: access_response(0x37, [[[[SECONDS, 1, 2]]]]), {
        "LogEntry/Electricity/PrimaryValue": "1", "LogEntry/Electricity/SecondaryValue": "2",
    }),
    ("ECS22c", lambda: access_response(0x38, [[[SECONDS, 9]]]), {"LogEntry/ReactiveEnergyImportedValue": "9"}),
    ("ECS23", lambda: access_response(0x39, PHASE), {
        "Electricity/SinglePhaseESME/AvgRMSUnderVoltageCounter/Value": "3",
        "Electricity/SinglePhaseESME/AvgRMSOverVoltageCounter/Unit": "count",
        "Electricity/SinglePhaseESME/AvgRMSVoltageProfileDataLog/LogEntry/Value": "241",
        "Electricity/SinglePhaseESME/AvgRMSVoltageProfileDataLog/MeasurementPeriod": "1800",
    }),
    ("ECS23b", lambda: access_response(0xBC, PHASE * 3), {
        "Electricity/PolyPhaseESME/PhaseVoltageOperationalData[3]/Phase": "3",
        "Electricity/PolyPhaseESME/PhaseVoltageOperationalData[3]/VoltageOperationalData/AvgRMSOverVoltageCounter/Value": "4",
    }),
    ("ECS26a", lambda: access_response(0x3B, [
        charge(100), [[1, ANY_DAY, 1]], 3600, charge(100), charge(200), 86400, charge(200), 250, 1000, [-5], 2000, 300, 400,
        604800, 500, 600, [schedule(32), schedule(33)], [[bytes.fromhex("0000130A00FF"), bytes.fromhex("0000131401FF"), "#100"],
                                            [bytes.fromhex("0000130A01FF"), bytes.fromhex("0000131401FF"), "#000"]],
    ]), {
        "DebtRecoveryPerPayment": "250", "DisablementThreshold": "-5", "MaxCreditMaxMeterBalance": "2000",
        "SuspendDebtDisabled": "false", "SuspendDebtEmergency": "true",
        "Electricity/NonDisablementCalendar/ElectricityNonDisablementSchedule[2]/NonDisablementScript": "STOP",
        "Electricity/DebtRecovery1/DebtRecoveryRate": "100", "Electricity/DebtRecovery1/DebtRecoveryRatePriceScale": "-5",
        "Electricity/DebtRecovery2/DebtRecoveryRatePeriod": "DAILY",
    }),
    ("ECS26c", lambda: access_response(0x3D, [10, 20, 30]), {
        "RandomisedOffset": "10", "RandomisedOffsetNumber": "20", "RandomisedOffsetLimit": "30",
    }),
    ("ECS26e", lambda: access_response(0x3F, [bytes.fromhex("00DB1234567890A0"), b"A", b"TypeOne ", b"CSW ", False]), {
        "DeviceIdentifier": "00-DB-12-34-56-78-90-A0", "ModelType": "TypeOne", "Electricity/SupplyTamperState": "Unchanged",
    }),
    ("ECS26f", lambda: access_response(0x40, [[10, 20]]), {"LowMediumPowerThreshold": "10", "MediumHighPowerThreshold": "20"}),
    ("ECS26l", lambda: access_response(0xD9, [[[SEVEN, bytes.fromhex(f"FFFF{month:02X}01FF")] for month in (3, 6, 9, 12)]]), {
        "BillingCalendar/ElectricityBillingCalendar/BillingTime": "07:00:00Z",
        "BillingCalendar/ElectricityBillingCalendar/Quarterly/DayOfMonth": "1",
        "BillingCalendar/ElectricityBillingCalendar/Quarterly/BillingPeriodStartMonth": "3",
    }),
    ("ECS26m", lambda: access_response(0xF9, [b"A", b"TypeOne ", b"CSW ", True]), {
        "ModelType": "TypeOne", "ManufacturerIdentifier": "CSW", "Electricity/MeterVariant": "A",
        "Electricity/SupplyTamperState": "Locked",
    }),
    ("ECS35d", lambda: access_response(0x94, [[[SECONDS, 0x8F3D]]]), {
        "Log/LogEntry/LogCode": "8F3D", "Log/LogEntry/LogMeaning": "Trusted Source Authentication Failure",
    }),
    ("ECS35e", lambda: access_response(0xB9, [[[SECONDS, 0x8002, 250]]]), {"Log/LogEntry/OtherInformation": "000000FA"}),
    ("ECS35g", lambda: access_response(0xFD, [[[SECONDS, 0x2332, {"type": "enum", "value": 2}, 77]]]), {
        "ALCSEvent/ALCSEventLogEntry/SwitchNumber": "3", "ALCSEvent/ALCSEventLogEntry/Outcome": "Failure",
        "ALCSEvent/ALCSEventLogEntry/AuxiliaryControllerLevel": "50", "ALCSEvent/ALCSEventLogEntry/InputFromControlledLoad": "",
    }),
    ("ECS61d", lambda: access_response(0x11C, ["Boiler", "Battery", [[1, ANY_DAY, 1]], [schedule(0x1264)]]), {
        "AuxiliaryControllerDescription[@auxiliaryControllerN='2']/AuxiliaryControlDescription": "Battery",
        "AuxiliaryControllerSpecialDayDefinitions/AuxiliaryControllerSpecialDayDefinition[@identifier='1']/Month/SpecifiedMonth": "12",
        "AuxiliaryControllerSchedule/AuxiliaryControllerAction[@auxiliaryControllerN='2']/CommandedStateLevel": "100",
        "AuxiliaryControllerSchedule/SpecialDaysApplicability[@identifier='2']": "",
        "AuxiliaryControllerSchedule/DaysOfWeekApplicability/DayOfWeekApplicability[2]/DayOfWeekID": "Sunday",
    }),
    ("ECS61e", lambda: access_response(0x11D, [bytes(8), bytes.fromhex("00DB1234567890A5"), "on", "off"]), {
        "AuxiliaryControllerOperationalData[@auxiliaryControllerN='1']/TypeAndIdentifier/AuxiliaryControllerType": "ALCS",
        "AuxiliaryControllerOperationalData[@auxiliaryControllerN='2']/TypeAndIdentifier/HCALCSID": "00-DB-12-34-56-78-90-A5",
        "AuxiliaryControllerOperationalData[@auxiliaryControllerN='2']/AuxiliaryControllerStateAndAssociatedInformation/StateAndAssociatedInformation": "off",
    }),
    ("ECS66", lambda: access_response(0x60, [[[[SECONDS, 4000]]]]), {"Electricity/LogEntry/Value": "4000"}),
    ("DBCH01", lambda: access_response(0x10A, ["#" + f"{30 << 27 | 1 << 2:032b}"]), {
        "OperatingSubGHzChannel/OperatingLowerBandSubGHzChannel/Channel37": "",
    }),
    ("DBCH03", lambda: access_response(0x10C, [[
        *("#" + f"{page << 27 | 0b101:032b}" for page in (28, 29, 30, 31)), 130, 220, 5, 7, 7, 12, 6000, 130, 100, 4000, 3000,
    ]]), {
        "LowerBandSubGHzChannels27To34/Channel29": "", "UpperBandSubGHzChannels0To26/Channel2": "",
        "NormalLimitedDutyCycleThreshold": "1.30", "GSMECurfew": "7", "LocalCHRetryPercentage": "30.00",
    }),
    ("GCS13c", lambda: gas_response(0xB6, (0x0702, 8, 1, attributes(
        (0x0302, 0x22, 3, 1000), (0x0301, 0x22, 3, 1), (0x0300, 0x30, 1, 1), (0x0100, 0x25, 6, 12345), (0x0106, 0x25, 6, 7),
    ))), {
        "Gas/TariffTOURegisterMatrix/TOURegisterMatrixValue[@index='1']": "12.345",
        "Gas/TariffTOURegisterMatrix/TOURegisterMatrixValue[@index='4']": "0.007",
    }),
    ("GCS14", lambda: gas_response(0x75, (0x0705, 8, 1, attributes(
        (0x0001, 0x2B, 4, -100), (0x0002, 0x2B, 4, 200), (0x0005, 0x2B, 4, 300), (0x0211, 0x23, 4, 1), (0x0221, 0x23, 4, 2),
        (0x0231, 0x23, 4, 3),
    ))), {"MeterBalance": "-100", "TimeDebtRegister2": "2", "PaymentDebtRegister": "3"}),
    ("GCS15e", lambda: gas_response(0xC5, (0x0705, 0x19, 5, "0001" + "02" + "3132" + "E8030000" + "804A371C")), {
        "PrepaymentCredits/LogEntry/Amount": "1000", "PrepaymentCredits/LogEntry/Timestamp": TIME,
    }),
    ("GCS16b", lambda: gas_response(0x96, (0x0705, 0x19, 1,
        "00000000" "804A371C" "01" "00" "01" "00080000" "00" "01000000" "02000000" "03000000" "04000000" "05000000" "06000000")), {
        "Gas/LogEntry/AccumulatedDebtRegister": "1", "Gas/LogEntry/PaymentDebtRegister": "4", "Gas/LogEntry/MeterBalance": "6",
    }),
    ("GCS18", lambda: gas_response(0x79, (0x0702, 0x19, 7, "0200" "804A371C" "00" "6801" "0200" "E80300" "D00700")), {
        "Gas/NetworkDataLog/LogEntry[2]/Value": "2.000", "Gas/NetworkDataLog/LogEntry[2]/Timestamp": "2015-01-01T00:06:00Z",
    }),
    ("GCS21a", lambda: gas_response(0x7B,
        (0x0700, 8, 1, attributes((0x0306, 0x18, 1, 0x10), (0x0305, 0x30, 1, 1), (0x0304, 0x23, 4, 400),
                                  (0x0303, 0x18, 1, 0x50), (0x0302, 0x23, 4, 102264))),
        (0x0702, 8, 1, attributes((0x0B13, 0x21, 2, 10000), (0x0B12, 0x21, 2, 1), (0x0B11, 0x30, 1, 1),
                                  (0x0B10, 0x21, 2, 61680), (0x0B14, 0x20, 1, 60), (0x0B15, 0x21, 2, 300)))), {
        "CalorificValue": "40.0", "ConversionFactor": "1.02264", "UncontrolledGasFlowRate": "6.168",
        "FlowStabilisationPeriod": "60", "FlowMeasurementPeriod": "300",
    }),
    ("GCS31", lambda: gas_response(0x80, (0x0702, 9, 0x0D, "0200")), {"SampleID": "2"}),
    ("GCS33", lambda: gas_response(0x82, (0x0702, 8, 1, attributes((0x0205, 0x21, 2, 900), (0x0014, 0x30, 1, 1)))), {
        "SupplyState": "Armed", "Gas/RemainingBatteryCapacity": "900",
    }),
    ("GCS38", lambda: gas_response(0x84, (0x0702, 8, 1, "0602" "00" "41" "04" "0123ABCD")), {"FirmwareVersion": "0123ABCD"}),
    ("GCS46", lambda: gas_response(0x89, (0x0702, 8, 1, "0703" "00" "41" "0A" + b"1234567890".hex())), {"Gas/MPRN": "1234567890"}),
    ("CS07", lambda: asn1(0x13, "response", "JoinDetails", {
        "readLogResponseCode": 0,
        "deviceLogEntries": [{"entityIdentifier": "00-DB-12-34-56-78-90-A3", "deviceType": 3}],
    }), {"DeviceLogEntries/LogEntry/DeviceID": "00-DB-12-34-56-78-90-A3", "DeviceLogEntries/LogEntry/DeviceType": "GPF"}),
    ("CS08", lambda: asn1(0x129, "response", "FirmwareVersionReading", {"firmwareVersion": "0123ABCD", "readResponseCode": 0}), {
        "FirmwareVersion": "0123ABCD",
    }),
    ("CS03A1", lambda: asn1(0x0D, "response", "JoinDeviceResponse", {"joinResponseCode": 4}), {
        "joinResponseCode/ASN1Status": "deviceLogFull",
    }),
]  # fmt: skip

ALERTS: list[tuple[str, Callable[[], bytes], dict[str, str]]] = [
    ("ECS101", lambda: notification(0x121, 0x8F86, 0x23, NOW_OCTETS, NOW_OCTETS, 40), {
        "LimitAPCLevelCommandProcessedDeviceAlert/APCLimitPeriodStart": NOW_TEXT,
        "LimitAPCLevelCommandProcessedDeviceAlert/AuxiliaryControllerN": "3",
        "LimitAPCLevelCommandProcessedDeviceAlert/ResultingLevel": "40",
        "LimitAPCLevelCommandProcessedDeviceAlert/InputFromControlledLoad": "",
    }),
    ("ECS200", lambda: notification(0x123, 0x81C8, 100, "charging"), {
        "OperationalUpdateDeviceAlert/OutputState": "100",
        "OperationalUpdateDeviceAlert/StateAndAssociatedInformation": "charging",
    }),
    *(("MIIWA-DLMS", lambda number=number: notification(0xF0, 0x81A0, bytes([0, number])), {
        "SmartMeterIntegrityIssueWarningDeviceAlert/Warning": words,
    }) for number, words in ((0, "Other"), (5, "Error Unexpected Hardware Reset"), (6, "Error Watchdog"))),
]  # fmt: skip


def found(root: etree._Element, path: str) -> list[str]:
    """Texts at a path below the one element of SMETSData, or below Payload."""
    steps = "/".join(f"m:{step}" for step in path.split("/"))
    below = root.xpath(f"//m:SMETSData/*/{steps} | //m:Payload/{steps}", namespaces={"m": NAMESPACE})
    assert isinstance(below, list)
    return [element.text or "" for element in below if isinstance(element, etree._Element)]


@pytest.mark.parametrize(("use_case", "make", "wanted"), CASES + ALERTS, ids=[case[0] for case in CASES + ALERTS])
def test_the_values_of_an_answer_stand_in_its_body(
    use_case: str, make: Callable[[], bytes], wanted: dict[str, str], complaints: Callable[..., list[str]]
) -> None:
    answer = duis.response(make(), when=NOW_TEXT)
    assert (answer.use_case, answer.failure, answer.decoded) == (use_case, "", True)
    assert answer.unmapped == []
    for path, text in wanted.items():
        assert found(answer.mmc, path)[:1] == [text], path
    assert complaints(answer) == []


@pytest.mark.parametrize("use_case", [case for case in CONTENTS if case.startswith("ECS")])
def test_a_read_that_fails_altogether_has_a_body_that_says_so(
    use_case: str, complaints: Callable[..., list[str]]
) -> None:
    code = next(code for code, name in codes().items() if name == use_case)
    answer = duis.response(access_response(code, [None] * 3, failing=[0, 1, 2]), when=NOW_TEXT)
    assert answer.mmc.xpath("string(//@MessageSuccess)") == "false"
    results = answer.mmc.xpath("//m:DataAccessResult", namespaces={"m": NAMESPACE})
    assert isinstance(results, list)
    assert [element.text for element in results if isinstance(element, etree._Element)] == ["hardware-fault"] * 3
    assert complaints(answer) == []


def test_a_number_without_a_word_leaves_its_element_out_and_shows() -> None:
    answer = duis.response(
        gas_response(0x82, (0x0702, 8, 1, attributes((0x0205, 0x21, 2, 9), (0x0014, 0x30, 1, 7)))), when=NOW_TEXT
    )
    assert (answer.failure, answer.unmapped) == ("", [("attributes.(1794, 20)", 7)])
    assert found(answer.mmc, "Gas/RemainingBatteryCapacity") == ["9"]
    assert found(answer.mmc, "SupplyState") == []


def test_mutated_answers_end_in_a_document_or_a_sentence(complaints: Callable[..., list[str]]) -> None:
    chance = random.Random(1)
    for _, make, _ in CASES + ALERTS:
        whole = make()
        for _ in range(20):
            octets = bytearray(whole)
            for _ in range(chance.randint(1, 3)):
                octets[chance.randrange(len(octets))] = chance.choice([0x00, 0xFF, chance.randrange(256)])
            with contextlib.suppress(duis.ResponseError):
                answer = duis.response(bytes(octets), when=NOW_TEXT)
                assert not [sentence for sentence in complaints(answer) if DUIS_NAMESPACE in sentence]


def test_prepayment_configuration_is_read_with_each_charge_once_as_well() -> None:
    once = [charge(100), [], 3600, charge(200), 86400, 250, 1000, [-5], 2000, 300, 400, 604800, 500, 600, [], []]
    answer = duis.response(access_response(0x3B, once), when=NOW_TEXT)
    assert (answer.failure, answer.unmapped) == ("", [])
    assert found(answer.mmc, "Electricity/DebtRecovery2/DebtRecoveryRate") == ["200"]
    assert found(answer.mmc, "EmergencyCreditThreshold") == ["600"]


def test_a_description_that_fails_leaves_its_number_free() -> None:
    values = ["Boiler", None, "Battery", "Car", "Pump", [[1, ANY_DAY, 1]], [schedule(0x1264)]]
    answer = duis.response(access_response(0x11C, values, failing=[1]), when=NOW_TEXT)
    assert (
        found(answer.mmc, "AuxiliaryControllerDescription[@auxiliaryControllerN='2']/AuxiliaryControlDescription") == []
    )
    assert found(
        answer.mmc, "AuxiliaryControllerDescription[@auxiliaryControllerN='3']/AuxiliaryControlDescription"
    ) == ["Battery"]


def codes() -> dict[int, str]:
    """Message code -> use case, of the codec."""
    from duis_messages import message

    from meterbed import gbcs

    unknown = {"family": "unknown", "octets": "00"}
    return {code: gbcs.parse(message(code, "response", unknown)).use_case or "" for code in SERVICES}


def test_every_use_case_with_a_service_has_an_element_of_the_schema() -> None:
    assert {srv for services in SERVICES.values() for srv in services} <= set(ANSWERS)
    assert set(CONTENTS) - {"PCS01"} <= set(codes().values())


def test_words_and_elements_are_those_of_the_schema(root: Path) -> None:
    path = root.parent / "shared/duis/schema/mmc-5.4.xsd"
    if not path.is_file():
        pytest.skip("the MMC schema is not beside the checkout (../shared/duis/schema)")
    schema = etree.parse(str(path))
    space = {"xs": "http://www.w3.org/2001/XMLSchema"}
    words = set(map(str, schema.xpath("//xs:enumeration/@value", namespaces=space)))
    elements = set(map(str, schema.xpath("//xs:element/@name", namespaces=space)))
    tables: list[Iterable[str]] = [
        tables_of_words.COSEM_RESULTS.values(), tables_of_words.COSEM_DATA.values(), tables_of_words.COSEM_ACTION.values(),
        tables_of_words.ZCL_STATUSES.values(), alerts.WARNINGS, logs.SWITCH_ACTIONS.values(), logs.SCAN_TRIGGERS.values(),
        gas.PERIODS.values(), credentials.MODES.values(), credentials.ROLES.values(), credentials.USAGES.values(),
        credentials.CREDENTIALS.values(), credentials.UPDATE_CERTIFICATE.values(), credentials.ISSUE.values(),
        credentials.PROVIDE.values(), credentials.JOIN.values(), credentials.UNJOIN.values(), credentials.ACTIVATE.values(),
        credentials.CLOCK.values(),
    ]  # fmt: skip
    assert {text for table in tables for text in table} - words == set()
    named = {f"{answer}Rsp" for answer in ANSWERS.values()}
    for rows in [*(content.rows for content in CONTENTS.values()), *alerts.PAYLOADS.values()]:
        named |= {step for item in rows for step in item.path.split("/") if step}
    codes_named = [alert_settings.SUPPLIER_COMMON, alert_settings.NETWORK_POLYPHASE, alert_settings.GAS]
    named |= {f"x{code}" for listed in codes_named for code in listed}
    assert named - elements == set()
