"""Credential, join and firmware services in the forms that the reference requests do not show: valid DUIS, and what GBCS makes of it."""

from __future__ import annotations

from typing import Any

import pytest
from duis_pairs import KEYS, MESSAGES, SCHEMA, comparable, needs_pairs, read_frame, request_xml

from meterbed import duis
from meterbed.duis import Options, Transformed

needs_schema = pytest.mark.skipif(
    not (SCHEMA.is_file() and KEYS.is_dir()), reason="the schema and the reference keys are not beside the repository"
)

ESME, GSME, CHF, GPF, PPMID, HCALCS, SAPC = (f"A{place}" for place in range(7))
SUPPLIER, LOAD_CONTROLLER, NETWORK = "30-01-00-00", "30-01-00-08", "30-02-00-00"
ACB = 0x90B3D51F30000002


def pem_body(name: str) -> str:
    """The base64 of a certificate of the reference keys."""
    lines = (KEYS / f"{name}.pem").read_text().splitlines()
    return "".join(line for line in lines if not line.startswith("-"))


def certificates(*parts: tuple[str, str]) -> str:
    return "".join(f"<{element}>{pem_body(name)}</{element}>" for element, name in parts)


def path_and_checks() -> str:
    path = certificates(
        ("Certificate", "90b3d51f30010000-ds")
    )  # any certificate: whether it fits is the device's to say
    return f"<CertificationPathCertificates>{path}</CertificationPathCertificates><ApplyTimeBasedCPVChecks>true</ApplyTimeBasedCPVChecks>"


def update(role: str, replacements: str, floor: str = "", later: str = "") -> str:
    inner = f"<SupplierOrNetworkOperatorCertificates>{replacements}</SupplierOrNetworkOperatorCertificates>"
    return (
        f"<UpdateSecurityCredentialsKRP>{later}<RemotePartyRole>{role}</RemotePartyRole>{floor}"
        f"<ReplacementCertificates>{inner}</ReplacementCertificates>{path_and_checks()}</UpdateSecurityCredentialsKRP>"
    )


def handover(role: str, replacements: str) -> str:
    name = "RequestHandoverOfDCCControlledDevice"
    inner = f"<ReplacementCertificates>{replacements}</ReplacementCertificates>"
    return f"<{name}><RemotePartyRole>{role}</RemotePartyRole>{inner}{path_and_checks()}</{name}>"


LC_KEYS = (("DigitalSigningCertificate", "90b3d51f30010008-ds"), ("KeyAgreementCertificate", "90b3d51f30010008-ka"))
NO_KEYS = (("DigitalSigningCertificate", "90b3d51f30020000-ds"), ("KeyAgreementCertificate", "90b3d51f30020000-ka"))
SUPPLIER_SIGNING = ("DigitalSigningCertificate", "90b3d51f30010000-ds")
ACB_KEYS = (("DigitalSigningCertificate", "90b3d51f30000002-ds"), ("KeyAgreementCertificate", "90b3d51f30000002-ka"))


def made(
    srv: str, body: str, target: str, critical: bool = False, sender: str = SUPPLIER, **options: Any
) -> Transformed:
    request = duis.parse(request_xml(srv, body, critical, target, sender), SCHEMA)
    return duis.transform(request, KEYS, Options(acb_counter=1300, cos_counter=6001, **options))


def control_of(octets: bytes) -> list[tuple[int, Any]]:
    """AuthorisingRemotePartyControl of an update."""
    update_of = comparable(octets)["payload"][0][1]
    control: list[tuple[int, Any]] = update_of[0][1]
    return control


def cell(role: int, usage: str = "0780") -> list[tuple[int, bytes]]:
    return [(2, bytes([role])), (3, bytes.fromhex(usage))]


def targets_of(octets: bytes) -> list[list[tuple[int, bytes]]]:
    replacements = comparable(octets)["payload"][0][1][1][1]
    return [replacement[1][1][1] for replacement in replacements]


@needs_schema
def test_a_supplier_may_replace_its_signing_certificate_alone_and_later() -> None:
    body = update(
        "Supplier", certificates(SUPPLIER_SIGNING), later="<ExecutionDateTime>2030-01-15T00:00:00Z</ExecutionDateTime>"
    )
    message = made("6.15.1", body, GSME, critical=True)
    assert (message.code, message.kind) == (0x0102, "pre-command")
    assert control_of(message.octets) == [(2, b"\x02"), (0xA2, cell(2)), (0x83, b"\x03\xe8")]
    assert targets_of(message.octets) == [cell(2)]
    assert message.octets.endswith(b"\x18\x0f20300115000000Z")


@needs_schema
def test_floors_of_a_load_controller_are_its_own_when_it_signs_and_other_changes_when_the_supplier_does() -> None:
    floor = "<RemotePartyFloorSeqNumber>5</RemotePartyFloorSeqNumber>"
    body = update("LoadController", certificates(*LC_KEYS), floor)
    own = made("6.15.1", body, SAPC, critical=True, sender=LOAD_CONTROLLER)
    assert own.code == 0x0125
    assert control_of(own.octets) == [(2, b"\x0a"), (0xA2, cell(8)), (0x83, b"\x03\xe8"), (0x84, b"\x05")]
    by_supplier = made("6.15.1", body, SAPC, critical=True)
    assert by_supplier.code == 0x0126
    changes = [(0x30, [(2, b"\x08"), (2, b"\x05")])]
    assert control_of(by_supplier.octets) == [(2, b"\x0b"), (0xA2, cell(2)), (0x83, b"\x03\xe8"), (0xA6, changes)]
    assert targets_of(by_supplier.octets) == [cell(8), cell(8, "0308")]


@needs_pairs
@needs_schema
def test_a_load_controllers_own_update_is_the_reference_message() -> None:
    folder = MESSAGES / "NA_CS02gLoadControllerByLoadController"
    files = sorted(folder.glob("*IMMEDIATE*COMMAND*"))
    if not files:
        pytest.skip("the reference message is not in this half of the data")
    wanted = bytes.fromhex(files[0].read_text())
    frame = read_frame(wanted)
    ours = comparable(
        made("6.15.1", update("LoadController", certificates(*LC_KEYS)), SAPC, True, LOAD_CONTROLLER).octets, False
    )
    theirs = comparable(wanted, False)
    assert frame.other == b"\x01\x25"
    assert _without_counters(ours["payload"]) == _without_counters(theirs["payload"])


def _without_counters(payload: Any) -> Any:
    """Shape and cells: time checks, counters, floors and the number of path certificates are the test's own."""
    control, replacements = payload[0][1][:2]
    return [element for element in control[1] if element[0] not in (0x81, 0x83, 0x84)], replacements


@needs_schema
def test_the_acb_hands_over_in_the_network_operators_name() -> None:
    message = made("6.21", handover("NetworkOperator", certificates(*NO_KEYS)), GPF)
    frame = read_frame(message.octets)
    assert (message.code, frame.originator, frame.counter, frame.other) == (0x0103, ACB, 1300, b"\x01\x03")
    assert control_of(message.octets) == [(2, b"\x03"), (0xA2, cell(3)), (0x83, b"\x05\x14")]
    assert frame.protection[:1] == b"\x40"  # signed by the ACB


@needs_schema
def test_a_change_of_supplier_may_leave_top_ups_alone() -> None:
    inner = f"<SupplierReplacementCertificates>{certificates(SUPPLIER_SIGNING)}</SupplierReplacementCertificates>"
    floor = "<SupplierFloorSeqNumber>7</SupplierFloorSeqNumber>"
    name = "UpdateSecurityCredentialsCoS"
    message = made(
        "6.23", f"<{name}>{floor}{inner}{path_and_checks()}<ImportMPxN>1234567890</ImportMPxN></{name}>", GSME
    )
    changes = [(0x30, [(2, b"\x02"), (2, b"\x07")])]
    assert control_of(message.octets) == [(2, b"\x07"), (0xA2, cell(5)), (0x83, b"\x17\x71"), (0xA6, changes)]


@needs_schema
@pytest.mark.parametrize(("target", "signed"), [(CHF, True), (GPF, False)])
def test_a_hub_wants_the_acbs_signature_where_others_take_its_mac(target: str, signed: bool) -> None:
    later = "<ExecutionDateTime>2030-01-15T00:00:00Z</ExecutionDateTime><ACBFloorSeqNumber>9</ACBFloorSeqNumber>"
    inner = f"<ReplacementCertificates>{certificates(*ACB_KEYS)}</ReplacementCertificates>"
    message = made("8.5", f"<ServiceOptOut>{later}{inner}{path_and_checks()}</ServiceOptOut>", target)
    names_cell = [(0xA2, cell(4))] if signed else []
    assert control_of(message.octets) == [(2, b"\x04"), *names_cell, (0x83, b"\x05\x14"), (0x84, b"\x09")]
    assert read_frame(message.octets).protection[:1] == (b"\x40" if signed else b"\x00")
    assert targets_of(message.octets) == [cell(4), cell(4, "0308")]


@needs_schema
def test_all_roles_may_be_asked_for() -> None:
    roles = ["Root", "Recovery", "Supplier", "NetworkOperator", "ACB", "TransCoS"]
    asked = "".join(f"<RemotePartyRole>{role}</RemotePartyRole>" for role in roles)
    name = "RetrieveDeviceSecurityCredentialsKRP"
    message = made("6.24.1", f"<{name}>{asked}</{name}>", GPF)
    assert (message.use_case, read_frame(message.octets).other) == ("CS02a", b"\x00\x08")
    wanted = bytes.fromhex("301D30070201040302030830 12".replace(" ", "")) + b"".join(
        bytes([2, 1, role]) for role in range(6)
    )
    assert read_frame(message.octets).payload == wanted


JOIN = "<{0}><OtherDeviceID>00-DB-12-34-56-78-90-{1}</OtherDeviceID></{0}>"


@needs_schema
@pytest.mark.parametrize(
    ("service", "target", "other", "use_case", "payload"),
    [
        ("8.7.1", ESME, HCALCS, "CS03A1", "301002010004080 0DB1234567890A5020104"),
        ("8.7.1", HCALCS, ESME, "CS03A2", "301002010104080 0DB1234567890A0020101"),
        ("8.7.1", GSME, PPMID, "CS03C", "308201B4020103040800DB1234567890A4020105308201A0"),
        ("8.7.1", PPMID, GSME, "CS03C", "308201B5020103040800DB1234567890A1020100308201A1"),
        ("8.7.2", PPMID, GSME, "CS03C", "308201B5020103040800DB1234567890A1020100308201A1"),
        ("8.7.2", HCALCS, ESME, "CS03A2", "301002010104080 0DB1234567890A0020101"),
        ("8.7.2", GPF, PPMID, "CS03B", "301002010204080 0DB1234567890A4020105"),
        ("8.8.1", GSME, PPMID, "CS04AC", "040800DB1234567890A4"),
        ("8.8.2", PPMID, ESME, "CS04AC", "040800DB1234567890A0"),
        ("8.8.2", ESME, PPMID, "CS04B", "040800DB1234567890A4"),
    ],
)
def test_joins_name_method_and_partner(service: str, target: str, other: str, use_case: str, payload: str) -> None:
    critical = service.endswith("1")
    name = ("Join" if service.startswith("8.7") else "Unjoin") + "Service" + ("Critical" if critical else "NonCritical")
    message = made(service, JOIN.format(name, other), target, critical)
    frame = read_frame(message.octets)
    assert message.use_case == use_case
    assert frame.payload.hex().upper().startswith(payload.replace(" ", ""))
    signed_by_acb = not critical and use_case in ("CS03A2", "CS03C", "CS04AC")
    assert (frame.originator == ACB) == (signed_by_acb or frame.protection[:1] == b"\x40")


@needs_schema
def test_a_join_whose_partner_is_unknown_can_mean_two_use_cases() -> None:
    body = JOIN.format("JoinServiceNonCritical", "94")
    assert made("8.7.2", body, PPMID).use_case == "CS03A2"
    assert made("8.7.2", body, PPMID).others == ("CS03C",)
    assert made("8.7.2", body, PPMID, use_case="CS03C").use_case == "CS03C"


@needs_schema
@pytest.mark.parametrize(
    ("srv", "body", "target", "critical", "use_case", "payload"),
    [
        ("8.9", "<ReadDeviceLog/>", GPF, False, "CS07", "0500"),
        ("8.9", "<ReadDeviceLog/>", PPMID, False, "CS07", "0500"),
        ("11.2", "<ReadFirmwareVersion/>", PPMID, False, "CS08", "0500"),
        (
            "6.17",
            "<IssueSecurityCredentials><CredentialType>Key Agreement</CredentialType></IssueSecurityCredentials>",
            GSME,
            True,
            "CS02c",
            "300403020308",
        ),
        (
            "11.3",
            f"<ActivateFirmware><FirmwareHash>{'AB' * 32}</FirmwareHash></ActivateFirmware>",
            GSME,
            True,
            "CS06",
            f"30260420{'AB' * 32}020203E8",
        ),
        (
            "8.12.2",
            "<RestoreGPFDeviceLog><OldGPFID>00-DB-12-34-56-78-90-B3</OldGPFID></RestoreGPFDeviceLog>",
            GPF,
            False,
            "GCS59",
            "30023000",
        ),
    ],
)
def test_what_other_devices_are_asked(
    srv: str, body: str, target: str, critical: bool, use_case: str, payload: str
) -> None:
    message = made(srv, body, target, critical)
    assert (message.use_case, read_frame(message.octets).payload.hex().upper()) == (use_case, payload)


@needs_schema
def test_what_is_no_certificate_is_a_mistake() -> None:
    body = (
        "<UpdateSecurityCredentialsDevice><DeviceCertificate>AAAA</DeviceCertificate></UpdateSecurityCredentialsDevice>"
    )
    with pytest.raises(duis.DuisError, match="DeviceCertificate is not a certificate"):
        made("6.15.2", body, ESME, critical=True)


@needs_schema
def test_a_network_operator_has_no_certificate_for_top_ups() -> None:
    extra = ("KeyAgreementTopUpCertificate", "90b3d51f30010000-pp-ka")
    with pytest.raises(duis.DuisError, match="KeyAgreementTopUpCertificate is not expected here"):
        made("6.15.1", update("NetworkOperator", certificates(*NO_KEYS, extra)), ESME, True, NETWORK)
