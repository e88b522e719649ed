"""GBCS responses and alerts as DUIS Responses: identifiers, services, bodies, bad input; the reference data as oracle."""

from __future__ import annotations

import base64
import json
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from conftest import Meterbed
from duis_messages import NOW_TEXT, access_response, attributes, gas_response, message, notification
from lxml import etree

from meterbed import _core, duis
from meterbed.duis import ResponseError
from meterbed.duis.catalogue.rows import NAMESPACE as MMC
from meterbed.duis.catalogue.words import meaning
from meterbed.duis.instructions import INSTRUCTIONS, instruction_of
from meterbed.duis.services import SERVICES
from meterbed.gbcs import KeyRing

SUPPLY_STATE = access_response(0x52, [{"type": "enum", "value": 1}])
SUPPLIER, ESME, BROKER = "90-B3-D5-1F-30-01-00-00", "00-DB-12-34-56-78-90-A0", "90-B3-D5-1F-30-00-00-02"


def texts(root: etree._Element, path: str) -> list[str]:
    """Texts of the elements at a path anywhere, by local names."""
    steps = "/".join(
        "@" + step[1:] if step.startswith("@") else f"*[local-name()='{step}']" for step in path.split("/")
    )
    found = root.xpath(f"//{steps}")
    assert isinstance(found, list)
    return [str(item) if isinstance(item, str) else str(getattr(item, "text", "") or "") for item in found]


# --- What needs no reference data ---------------------------------------------------------------------------------


def test_a_response_carries_identifiers_service_and_payload() -> None:
    answer = duis.response(SUPPLY_STATE, when=NOW_TEXT)
    assert answer.request_id == f"{SUPPLIER}:{ESME}:1000"
    assert answer.response_id == f"{ESME}:{SUPPLIER}:1000"
    assert texts(answer.root, "Header/ResponseID") == [answer.response_id]
    assert texts(answer.root, "ResponseCode") == ["I0"]
    assert texts(answer.root, "ResponseDateTime") == [NOW_TEXT]
    assert (texts(answer.root, "ServiceReference"), texts(answer.root, "ServiceReferenceVariant")) == (["7.4"], ["7.4"])
    assert base64.b64decode(texts(answer.root, "GBCSPayload")[0]) == SUPPLY_STATE
    assert texts(answer.mmc, "SupplyState") == ["Enabled"]


def test_the_time_of_the_response_is_the_callers() -> None:
    summer = datetime(2026, 6, 1, 13, 0, tzinfo=timezone(timedelta(hours=1)))
    assert texts(duis.response(SUPPLY_STATE, when=summer).root, "ResponseDateTime") == ["2026-06-01T12:00:00Z"]
    with pytest.raises(ResponseError, match="time zone"):
        duis.response(SUPPLY_STATE, when=datetime(2026, 6, 1, tzinfo=UTC).replace(tzinfo=None))


def test_a_failing_item_makes_debug_info_of_all_items() -> None:
    answer = duis.response(access_response(0x26, [10, None, None, None], failing=[2]), when=NOW_TEXT)
    assert texts(answer.mmc, "ReadInstantaneousExportRegistersRsp/@MessageSuccess") == ["false"]
    assert texts(answer.mmc, "DataAccessResult") == ["success", "success", "hardware-fault", "success"]
    assert texts(answer.mmc, "COSEMResponse/@Position") == ["1", "2", "3", "4"]
    assert texts(answer.mmc, "ActiveExportRegister/Value") == ["10"]


def test_a_gas_attribute_that_fails_is_named_and_the_others_are_read() -> None:
    read = attributes((0x0A00, 0x23, 4, 100)) + "0205" + "86"
    answer = duis.response(gas_response(0x8D, (0x0702, 8, 1, read)), when=NOW_TEXT)
    assert texts(answer.mmc, "MeterBalance") == ["100"]
    assert texts(answer.mmc, "ZIGBEEDataResponse/AttributeID") == ["0A00", "0502"]
    assert texts(answer.mmc, "ZCLStatus") == ["SUCCESS", "UNSUPPORTED_ATTRIBUTE"]
    assert texts(answer.mmc, "ClusterName/@id") == ["0702"]


def test_an_empty_log_is_no_failure() -> None:
    answer = duis.response(gas_response(0xC4, (0x0705, 8, 0x0B, "0A8B")), when=NOW_TEXT)
    assert texts(answer.mmc, "RetrieveBillingDataLogDebtPaymentsRsp/@MessageSuccess") == ["true"]
    assert texts(answer.mmc, "ZCLStatus") == []


def test_an_alert_has_no_request() -> None:
    answer = duis.response(notification(0x1001, 0x810E), when=NOW_TEXT)
    assert (answer.kind, answer.request_id, answer.response_id) == ("alert", None, f"{ESME}:{SUPPLIER}:1000")
    assert texts(answer.root, "RequestID") == []
    assert texts(answer.root, "DeviceAlertMessage/AlertCode") == ["810E"]
    assert texts(answer.root, "ThrottledAlertCount") == []
    assert texts(answer.mmc, "AlertDescription") == [meaning(0x810E)]
    assert texts(answer.mmc, "Timestamp") == [NOW_TEXT]


def test_the_alert_of_a_future_dated_instruction_answers_its_command() -> None:
    about = bytes.fromhex("001F" + "00000000000003EC" + "2328" + "00005E2C8009" + "06")
    answer = duis.response(notification(0xCC, 0x8F66, about), when=NOW_TEXT)
    assert answer.request_id == f"{SUPPLIER}:{ESME}:1004"
    assert answer.srv == "2.1"
    assert texts(answer.root, "FutureDatedAlertCode") == ["8F66"]
    assert (texts(answer.root, "InstructionNumber"), texts(answer.root, "TotalCommandInstructions")) == (["6"], ["9"])
    assert texts(answer.mmc, "FutureDatedCommandOriginatorCounter") == ["1004"]
    assert texts(answer.mmc, "InstanceId") == ["00005E2C8009"]
    fewer = duis.response(notification(0xCC, 0x8F66, about), when=NOW_TEXT, instruction=(2, 4))
    assert texts(fewer.root, "TotalCommandInstructions") == ["4"]


def test_what_mmc_has_no_payload_for_goes_along_as_it_came() -> None:
    octets = notification(0x110, 0x8F20, bytes(8))
    answer = duis.response(octets, when=NOW_TEXT)
    assert not answer.decoded
    assert answer.unmapped == [("0", bytes(8))]
    assert [base64.b64decode(text) for text in texts(answer.mmc, "GBCSData")] == [octets]


def test_a_value_of_the_wrong_type_is_told_and_the_response_still_made() -> None:
    answer = duis.response(access_response(0x69, [b"four"]), when=NOW_TEXT)
    assert answer.failure == "ECS82: 0 is not an integer"
    assert texts(answer.root, "GBCSPayload")
    assert texts(answer.mmc, "GBCSData")
    with pytest.raises(ResponseError, match="not an integer"):
        duis.mmc(access_response(0x69, [b"four"]))


def test_a_response_whose_payload_is_none_of_its_use_case_still_reaches_the_user() -> None:
    octets = message(0x52, "response", {"family": "unknown", "octets": "0102"})
    answer = duis.response(octets, when=NOW_TEXT)
    assert answer.failure == "the payload of ECS45 does not decode: it is none of this use case"
    assert (answer.decoded, texts(answer.root, "GBCSPayload") != []) == (False, True)
    with pytest.raises(ResponseError, match="FDRPM does not decode"):  # an alert without a code is none
        duis.response(message(0xD5, "alert", {"family": "unknown", "octets": "0102"}), when=NOW_TEXT)


def test_the_customer_identification_number_goes_with_its_response(complaints: Callable[..., list[str]]) -> None:
    octets = access_response(0x58, [None], access="set")
    answer = duis.response(octets, when=NOW_TEXT, cin="1234")
    assert texts(answer.root, "CINMessage/CustomerIdentificationNumber") == ["1234"]
    assert complaints(answer) == []


def test_a_time_that_is_none_is_refused() -> None:
    with pytest.raises(ResponseError, match="'today' is no time"):
        duis.response(SUPPLY_STATE, when="today")


def test_a_command_is_no_response() -> None:
    tree = {"family": "DLMS", "type": "access-request", "invoke_id": 1, "items": [], "data": []}
    with pytest.raises(ResponseError, match="a command has no place"):
        duis.response(message(0x52, "command", tree), when=NOW_TEXT)


@pytest.mark.parametrize(
    ("octets", "sentence"),
    [
        (b"", "not a GBCS message"),
        (b"\xdf\x09\x02", "not a GBCS message: offset"),
        ("DF0G", "not hexadecimal"),
        (SUPPLY_STATE[:-2], "not a GBCS message"),
    ],
)
def test_what_is_no_message_is_refused_with_a_sentence(octets: bytes | str, sentence: str) -> None:
    with pytest.raises(ResponseError, match=sentence):
        duis.response(octets, when=NOW_TEXT)


def test_truncated_messages_never_end_in_anything_but_a_sentence() -> None:
    for whole in (SUPPLY_STATE, notification(0xCC, 0x8F66, bytes(19)), gas_response(0xC4, (0x0705, 8, 0x0B, "0A8B"))):
        for length in range(len(whole)):
            with pytest.raises(ResponseError):
                duis.response(whole[:length], when=NOW_TEXT)


def test_services_are_those_of_the_transform() -> None:
    for row in _core.duis_table():
        assert row["srv"] in SERVICES.get(row["code"], ()), row


def test_instructions_of_a_command_are_told_apart() -> None:
    for code, rows in INSTRUCTIONS.items():
        assert len(set(rows)) == len(rows)
        for place, text in enumerate(rows, 1):
            octets = bytes.fromhex(text)
            wire = octets if len(octets) == 9 else octets[:2] + b"\x09" + octets[2:]
            assert instruction_of(code, wire) == (place, len(rows))


def test_the_command_prints_json_and_says_what_failed(meterbed: Meterbed) -> None:
    made = meterbed("duis", "response", SUPPLY_STATE.hex(), "00", "--json", "--when", NOW_TEXT)
    assert made.returncode == 1
    good, bad = json.loads(made.stdout)
    assert (good["kind"], good["use_case"], good["srv"], good["error"]) == ("response", "ECS45", "7.4", None)
    assert "ResponseDateTime>2026" in good["xml"]
    assert "SupplyState>Enabled" in good["mmc"]
    assert "not a GBCS message" in bad["error"]
    body = meterbed("duis", "response", SUPPLY_STATE.hex(), "--mmc", "--when", NOW_TEXT)
    assert body.returncode == 0
    assert etree.fromstring(body.stdout.encode()).tag == f"{{{MMC}}}GBCSResponse"


# --- The reference test data --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def shared(root: Path) -> Path:
    folder = root.parent / "shared"
    if not (folder / "rtds").is_dir() or not (folder / "duis").is_dir():
        pytest.skip("the reference data are not beside the checkout (../shared/rtds, ../shared/duis)")
    return folder


@pytest.fixture(scope="module")
def keys(shared: Path) -> KeyRing:
    return KeyRing(shared / "rtds/keystore")


def answers(shared: Path) -> Iterator[tuple[str, str, bytes]]:
    """Folder, file name and octets of every RESPONSE and ALERT."""
    for path in sorted((shared / "rtds/messages").glob("*/*.HEX")):
        if path.stem.endswith("_COMMAND_GBCS") or path.stem.endswith("PRECOMMAND_GBCS"):
            continue
        yield path.parent.name, path.name, bytes.fromhex(path.read_text().strip())


# Sent by the ACB or the CoS party for itself, or within the HAN: no user ever gets the answer.
NO_SERVICE = ("CS02bTransCoS", "CS02bWanProvider", "PCS")
# Alerts that MMC has no payload for: code, description and time are all that it tells.
NO_PAYLOAD = {"DBCH06", "DBCH08", "DBCH09", "DBCH10", "CCS08", "GCS62"}
# The schema has no word for a Load Controller that replaces itself.
NO_WORD = {"executionOutcome.credentialsReplacementMode"}


def test_every_response_and_alert_becomes_valid_xml_and_loses_nothing(
    shared: Path, keys: KeyRing, complaints: Callable[..., list[str]]
) -> None:
    told: Counter[str] = Counter()
    for folder, name, octets in answers(shared):
        told["all"] += 1
        if name.startswith(NO_SERVICE):
            assert folder.startswith("NA_"), name
            with pytest.raises(ResponseError, match="answers no service request"):
                duis.response(octets, keys=keys, when=NOW_TEXT)
            told["no service"] += 1
            continue
        answer = duis.response(octets, keys=keys, when=NOW_TEXT)
        assert answer.failure == "", name
        assert complaints(answer) == [], name
        assert answer.decoded == (answer.use_case not in NO_PAYLOAD), name
        lost = {path for path, _ in answer.unmapped} - (NO_WORD if name.startswith("CS02gLoadController") else set())
        assert bool(lost) == (answer.use_case in NO_PAYLOAD), name
        assert not texts(answer.mmc, "GBCSData") or answer.use_case in NO_PAYLOAD, name
        told["decoded" if answer.decoded else "no payload"] += 1
    assert told["all"] > 0
    assert told["decoded"] + told["no payload"] + told["no service"] == told["all"]


def test_success_and_failure_are_told_apart(shared: Path, keys: KeyRing) -> None:
    for _, name, octets in answers(shared):
        if not name.endswith("_RESPONSE_GBCS.HEX") or name.startswith(NO_SERVICE):
            continue
        answer = duis.response(octets, keys=keys, when=NOW_TEXT)
        success = answer.mmc.xpath("string(//@MessageSuccess)")
        wanted = {"_SUCCESS": "true", "_NOT_FOUND": "true", "_ERROR": "false"}
        # Stored or cancelled commands answer with success; their ERROR shows in the alert.
        fits = [word for mark, word in wanted.items() if mark in name]
        if "_ERROR" in name and "FUTURE_DATED" in name:
            fits.append("true")
        assert success in fits, name


def test_every_alert_of_one_future_dated_command_has_its_own_number(shared: Path, keys: KeyRing) -> None:
    seen: dict[tuple[str, str], list[int]] = {}
    totals: dict[tuple[str, str], set[int]] = {}
    for folder, name, octets in answers(shared):
        if "_8F66_" not in name or folder.startswith("NA_"):
            continue
        answer = duis.response(octets, keys=keys, when=NOW_TEXT)
        key = (folder, answer.response_id)
        seen.setdefault(key, []).append(int(texts(answer.root, "InstructionNumber")[0]))
        totals.setdefault(key, set()).add(int(texts(answer.root, "TotalCommandInstructions")[0]))
    assert seen
    for key, numbers in seen.items():
        assert totals[key] == {len(numbers)}, key
        assert sorted(numbers) == list(range(1, len(numbers) + 1)), key


def one(shared: Path, start: str) -> bytes:
    return next(octets for _, name, octets in answers(shared) if name.startswith(start))


def values(shared: Path, keys: KeyRing, start: str, **wanted: list[str]) -> None:
    root = duis.mmc(one(shared, start), keys)
    for path, expected in wanted.items():
        assert texts(root, path.replace("__", "/"))[: len(expected)] == expected, (start, path)


def test_encrypted_registers_of_a_twin_element_meter(shared: Path, keys: KeyRing) -> None:
    values(
        shared,
        keys,
        "ECS17b_4.1.1_TWIN_SUCCESS",
        ActiveImportRegister__Value=["10"],
        ActiveImportRegister__ActiveEnergyUnit=["Wh"],
        SecondaryActiveImportRegister__Value=["10"],
    )


def test_without_keys_encrypted_parts_stay_closed_and_go_along(shared: Path) -> None:
    root = duis.mmc(one(shared, "ECS17b_4.1.1_SINGLE_SUCCESS"))
    assert texts(root, "GBCSData/@format") == ["encrypted"]
    assert base64.b64decode(texts(root, "GBCSData")[0]).startswith(bytes.fromhex("3100000000"))
    assert texts(root, "ActiveImportRegister/Value") == []


def test_a_gas_read_tells_who_answered_and_how_sure_its_clock_is(shared: Path, keys: KeyRing) -> None:
    values(
        shared,
        keys,
        "GCS13a_4.1.1_SUCCESS_RELIABLE_GSME",
        ConsumptionRegister__Value=["12.345"],
        ConsumptionRegister__Unit=["m3"],
        Timestamp=["2015-01-01T00:00:00Z"],
    )
    stamps = {
        "GCS13a_4.1.1_SUCCESS_RELIABLE_GSME": ("true", "reliable"),
        "GCS13a_4.1.1_SUCCESS_RELIABLE_GPF": ("false", "reliable"),
        "GCS13a_4.1.1_SUCCESS_UNRELIABLE": ("false", "unreliable"),
    }
    for start, (from_gsme, status) in stamps.items():
        root = duis.mmc(one(shared, start), keys)
        assert texts(root, "Timestamp/@isFromGSME") == [from_gsme]
        assert texts(root, "Timestamp/@ClockStatus") == [status]


def test_tariffs_of_both_fuels(shared: Path, keys: KeyRing) -> None:
    values(
        shared,
        keys,
        "ECS24_4.11.1_SUCCESS",
        CurrencyUnitsLabel=["GBP"],
        StandingCharge=["20000"],
        TariffTOUPriceMatrix__TariffTOUPrice=["2121", "0"],
        TariffBlockPrices__BlockPrice=["2289", "3546", "0", "0", "4002", "6969"],
        ProfileSchedule__BlockTariffAction=["1", "2"],
        ElecTariffThresholds__BlockThreshold=["10000", "4294967295"],
    )
    values(
        shared,
        keys,
        "GCS21f_4.11.1_SUCCESS",
        PrimaryActiveTariffPrice=["9600"],
        PrimaryActiveTariffPriceScale=["-5"],
        BlockThreshold=["100", "200", "300"],
        TariffTOUPrice=["9600", "10200", "10750", "11000"],
    )


def test_balances_logs_and_switches(shared: Path, keys: KeyRing) -> None:
    values(shared, keys, "ECS82_4.18_SUCCESS", MeterBalance=["250000"])
    values(shared, keys, "GCS60_4.18_SUCCESS", MeterBalance=["3500000"], MeterBalancePrepaymentMode=["2500000"])
    values(shared, keys, "ECS19_4.3_SUCCESS", MeterBalance=["250000"], PaymentDebtRegister=["46000"])
    values(
        shared,
        keys,
        "GCS15b_4.4.2_SUCCESS",
        LogEntryConsumptionRegister__ConsumptionRegister=["0.144", "0.190"],
        LogEntryPrepaymentData__MeterBalance=["66", "-181"],
    )
    values(
        shared,
        keys,
        "ECS35a_6.13_SUCCESS",
        LogEntry__LogCode=["8F01", "8145", "8154"],
        LogEntry__OtherInformation=["009B", "0090"],
        LogEntry__Timestamp=["2014-12-31T00:00:00Z"],
    )
    values(
        shared,
        keys,
        "ECS61a_7.7_ALL_OPTIONALS_SUCCESS",
        AuxiliaryLoadControlSwitch__Description=["ALCS_1_Description", "HCALCS_2_Description"],
        TypeAndIdentifier__HCALCS=["00-DB-12-34-56-78-90-97"],
        ALCSScheduleDatesAndTime__SwitchTime=["07:00:00Z", "11:00:00Z"],
    )
    values(shared, keys, "ECS40_6.2.7_TWIN", ImportMPAN=["1312345678111"], SecondaryImportMPAN=["1312345678222"])


def test_credentials(shared: Path, keys: KeyRing) -> None:
    values(
        shared,
        keys,
        "CS02aMAC_6.24.1_SUCCESS",
        RemotePartyDetails__RemotePartyRole=["Supplier", "Supplier", "Supplier", "NetworkOperator", "NetworkOperator"],
        RemotePartyDetails__CertificateUsage=["DigitalSigning", "KeyAgreement", "KeyAgreementTopUp", "DigitalSigning"],
        RemotePartyDetails__ExistingRemotePartyID=[SUPPLIER],
        StatusCode__ASN1Status=["success"],
    )
    handover = duis.response(one(shared, "CS02bSupplierBySupplierHandover_6.21_SUCCESS"), keys=keys, when=NOW_TEXT)
    assert handover.srv == "6.21"
    assert texts(handover.mmc, "ReplacementOutcome/ExistingRemotePartyID") == [BROKER] * 3
    assert texts(handover.mmc, "ReplacementOutcome/NewRemotePartyID") == [SUPPLIER] * 3
    assert texts(handover.mmc, "RemotePartyPrepaymentTopUpFloorSeqNumber") == ["0"]
    own = duis.response(one(shared, "CS02bSupplierBySupplier_6.15.1_IMMEDIATE_SUCCESS"), keys=keys, when=NOW_TEXT)
    assert own.srv == "6.15.1"


def test_the_answer_to_a_command_of_the_broker_belongs_to_the_user(shared: Path, keys: KeyRing) -> None:
    answer = duis.response(one(shared, "ECS21b_4.14_URP_SUCCESS"), keys=keys, when=NOW_TEXT)
    assert answer.request_id is not None
    assert not answer.request_id.startswith(BROKER)
    assert texts(answer.mmc, "SupplementaryRemotePartyID") == [answer.request_id.split(":")[0]]
    assert texts(answer.mmc, "SupplementaryOriginatorCounter") != []


def test_alerts_with_payloads(shared: Path, keys: KeyRing) -> None:
    values(
        shared,
        keys,
        "ECS80_NA_8F36",
        SupplyOutageRestoreAlert__interruptionValue=["2014-12-31T23:50:00Z"],
        SupplyOutageRestoreAlert__restorationValue=["2014-12-31T23:59:00Z"],
        GBCSHexAlertCode=["8F36"],
    )
    values(
        shared,
        keys,
        "ECS100_NA_8F85",
        MessageCodeofCommandReceived=["0012"],
        OriginatorCounterfromCommandReceived=["100000"],
    )
    values(
        shared,
        keys,
        "ECS68_NA_8F0A_TWIN",
        ESMEBillingDataLogEntry__SecondaryActiveImportRegisterValueConsumption=["512000"],
    )
    values(shared, keys, "FDRA-ZigBee_NA_8F72", ManufacturerImageHash=["A1" * 32])


def test_the_request_names_the_service(shared: Path, keys: KeyRing) -> None:
    octets = one(shared, "ECS70Commission_8.1.1_SUCCESS")
    assert duis.response(octets, keys=keys, when=NOW_TEXT).srv == "6.11"
    request = shared / "duis/requests/ECS70Commission_8.1.1_SUCCESS_REQUEST_DUIS.XML"
    answer = duis.response(octets, request, keys, when=NOW_TEXT)
    assert answer.srv == "8.1.1"
    assert answer.request_id == duis.parse(request).request_id
    assert texts(answer.mmc, "CommissionDeviceSynchroniseClockRsp/DeviceTime") == ["2015-01-01T00:00:00Z"]


def test_every_response_answers_the_request_of_its_name(
    shared: Path, keys: KeyRing, complaints: Callable[..., list[str]]
) -> None:
    answered = 0
    for folder, name, octets in answers(shared):
        path = shared / "duis/requests" / name.replace("_RESPONSE_GBCS.HEX", "_REQUEST_DUIS.XML")
        if not path.is_file() or folder.startswith("NA_"):
            continue
        request = duis.parse(path)
        answer = duis.response(octets, request, keys, when=NOW_TEXT)
        assert (answer.request_id, answer.srv) == (request.request_id, request.srv), name
        assert answer.srv == folder.split("_")[0], name
        assert complaints(answer) == [], name
        answered += 1
    assert answered > 0


def test_a_request_that_the_message_does_not_answer_is_refused(shared: Path) -> None:
    requests = shared / "duis/requests"
    with pytest.raises(ResponseError, match="ECS45 does not answer a request of service"):
        duis.response(SUPPLY_STATE, requests / "ECS50_9.1_SUCCESS_REQUEST_DUIS.XML", when=NOW_TEXT)
    with pytest.raises(ResponseError, match="the message is of 00-DB-12-34-56-78-90-A0, the request is to"):
        duis.response(SUPPLY_STATE, requests / "GCS28_6.11_SUCCESS_REQUEST_DUIS.XML", when=NOW_TEXT)


def test_instructions_that_the_command_left_out_are_not_counted(shared: Path, keys: KeyRing) -> None:
    """A time of use tariff has no block thresholds: four instructions, the price matrix the last."""
    about = bytes.fromhex("006B" + f"{1001:016X}" + "0700" + "09" + "05")
    alert = {"family": "GBZ", "type": "alert", "component_count": 1, "alert_code": "0x8F66", "time": 0}
    octets = message(0xCD, "alert", {**alert, "body": "0E" + about.hex()}, originator="00-DB-12-34-56-78-90-A1")
    request = shared / "duis/requests/GCS01a_1.1.1_IMMEDIATE_TOU_SUCCESS_REQUEST_DUIS.XML"
    numbers = ("InstructionNumber", "TotalCommandInstructions")
    alone, counted = duis.response(octets, when=NOW_TEXT), duis.response(octets, request, when=NOW_TEXT)
    assert [texts(alone.root, name) for name in numbers] == [["5"], ["5"]]
    assert [texts(counted.root, name) for name in numbers] == [["4"], ["4"]]


def test_the_command_checks_against_the_schemas(shared: Path, meterbed: Meterbed) -> None:
    files = sorted((shared / "rtds/messages/7.4_ECS45").glob("*RESPONSE*.HEX"))
    made = meterbed(
        "duis",
        "response",
        *files,
        "--keys",
        shared / "rtds/keystore",
        "--schema",
        shared / "duis/schema/duis-5.4.xsd",
        "--json",
    )
    rows = json.loads(made.stdout)
    assert made.returncode == 0, made.stderr
    assert [row["valid"] for row in rows] == [True] * len(files)
    assert {row["file"] for row in rows} == set(map(str, files))
