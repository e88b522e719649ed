"""Security credentials (6.15, 6.17, 6.21, 6.23, 6.24, 8.5), joining, firmware, device logs: the ASN.1 payloads.

Sources are the names of GBCS 13. A status is an element with its word inside and its number as an attribute.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

from lxml import etree

from meterbed.duis.catalogue.convert import BASE64, EUI, HEX, INTEGER, constant, generalized_time, word
from meterbed.duis.catalogue.datum import Datum, UnexpectedValueError
from meterbed.duis.catalogue.rows import Fill, Row, add, entries, row, write

CREDENTIALS = {
    0: "success", 5: "badCertificate", 10: "noTrustAnchor", 17: "insufficientMemory", 25: "trustAnchorNotFound",
    30: "resourcesBusy", 127: "other",
}  # fmt: skip
UPDATE_CERTIFICATE = dict(enumerate((
    "success", "invalidCertificate", "wrongDeviceIdentity", "invalidKeyUsage", "noCorrespondingKeyPairGenerated",
    "wrongPublicKey", "certificateStorageFailed", "privateKeyChangeFailed",
)))  # fmt: skip
ISSUE = {0: "success", 1: "invalidKeyUsage", 2: "keyPairGenerationFailed", 3: "cRProductionFailed"}
PROVIDE = {0: "success", 1: "invalidKeyUsage", 2: "noCertificateHeld", 3: "certificateRetrievalFailure"}
JOIN = dict(enumerate((
    "success", "invalidMessageCodeForJoinMethodAndRole", "invalidJoinMethodAndRole", "incompatibleWithExistingEntry",
    "deviceLogFull", "writeFailure", "keyAgreementNoResources", "keyAgreementUnknownIssuer",
    "keyAgreementUnsupportedSuite", "keyAgreementBadMessage", "keyAgreementBadKeyConfirm", "invalidOrMissingCertificate",
    "noPartnerLinkKeyReceived", "noCBKEResponse",
)))  # fmt: skip
UNJOIN = {0: "success", 1: "otherDeviceNotInDeviceLog", 2: "otherFailure"}
ACTIVATE = {0: "success", 1: "noImageHeld", 2: "hashMismatch", 3: "activationFailure"}
CLOCK = {0: "reliable", 1: "invalid", 2: "unreliable"}
NOT_KNOWN = "notKnown"


def status(words: Mapping[int, str]) -> Fill:
    """StatusASN1, of a number or of its word; a number without a word is notKnown."""
    numbers = {word: number for number, word in words.items()}

    def fill(element: etree._Element, datum: Datum) -> None:
        value = datum.raw
        number = numbers.get(value) if isinstance(value, str) else value
        if not isinstance(number, int):
            raise UnexpectedValueError(datum, "a status code")
        add(element, "ASN1Status", words.get(number, NOT_KNOWN))
        element.set("ResponseCode", str(number))

    return fill


SUCCESS = {"ASN1Status": "success", "ResponseCode": "0"}


def succeeded(element: etree._Element, datum: Datum) -> None:
    """StatusASN1 of an answer that has the data in place of a code; the data stay for the next row."""
    add(element, "ASN1Status", SUCCESS["ASN1Status"])
    element.set("ResponseCode", SUCCESS["ResponseCode"])


# The schema's roles; others (issuing authority, WAN provider, other) have no word and stay out.
ROLES = {
    "root": "Root",
    "recovery": "Recovery",
    "supplier": "Supplier",
    "networkOperator": "NetworkOperator",
    "accessControlBroker": "ACB",
    "transitionalCoS": "TransCoS",
    "loadController": "LoadController",
}
MODES = {
    2: "SupplierBySupplier",
    3: "NetworkOperatorByNetworkOperator",
    4: "ACBByACB",
    7: "SupplierByTransCoS",
    11: "LoadControllerBySupplier",
}


def known(words: Mapping[Any, str], name: str) -> Fill:
    """A child with the word; none for a value that the schema has no word for, which then counts as not mapped."""

    def fill(element: etree._Element, datum: Datum) -> None:
        if datum.peek in words:
            add(element, name, words[datum.raw])

    return fill


USAGES = {"digitalSignature": "DigitalSigning", "keyAgreement": "KeyAgreement", "keyCertSign": "KeyCertSign"}
TOP_UP = "KeyAgreementTopUp"


def _usage(name: str) -> Fill:
    """Key usage and cell usage in one word; a cell usage that is absent means management."""

    def fill(element: etree._Element, datum: Datum) -> None:
        usage, cell = datum.at("keyUsage"), datum.at("cellUsage")
        if usage is None:
            return
        found = USAGES.get(usage.raw)
        if found is None:
            raise UnexpectedValueError(usage, "a key usage")
        top_up = cell is not None and cell.raw == "prePaymentTopUp"
        add(element, name, TOP_UP if top_up and found == "KeyAgreement" else found)

    return fill


def _hash(element: etree._Element, datum: Datum) -> None:
    """Subject key identifiers identify certificates."""
    element.text = base64.b64encode(datum.octets).decode()


def _eui_or_none(name: str) -> Fill:
    """The root has no EUI-64: eight zeros."""

    def fill(element: etree._Element, datum: Datum) -> None:
        EUI(add(element, name), datum)

    return fill


REPLACEMENT = [
    row("StatusCode", "statusCode", status(CREDENTIALS)),
    row("", "affectedTrustAnchorCell", _usage("CertificateType")),
    row("", ("affectedTrustAnchorCell", "remotePartyRole"), known(ROLES, "RemotePartyRole")),
    row("", "existingSubjectUniqueID", _eui_or_none("ExistingRemotePartyID")),
    row("", "replacingSubjectUniqueID", _eui_or_none("NewRemotePartyID")),
    row("ExistingCertificateHash", "existingSubjectKeyIdentifier", _hash),
    row("NewCertificateHash", "replacingSubjectKeyIdentifier", _hash),
]
COUNTER_CHANGE = [
    row("", "otherRemotePartyRole", known(ROLES, "RemotePartyRole")),
    row("RemotePartyFloorSeqNumber", "otherRemotePartyFloorSeqNumber", INTEGER),
    row(
        "RemotePartyPrepaymentTopUpFloorSeqNumber", ("newRemotePartySpecialistFloorSeqNumber", 0, "seqNumber"), INTEGER
    ),
    row("", ("newRemotePartySpecialistFloorSeqNumber", 0, "seqNumberUsage"), lambda element, datum: datum.ignore()),
]


def _first_three(element: etree._Element, datum: Datum) -> None:
    """The schema has room for three outcomes; commands of the modes it names replace no more."""
    for outcome in list(datum)[:3]:
        write(add(element, "ReplacementOutcome"), REPLACEMENT, outcome)


OUTCOME = [
    row("AuthorisingRemotePartyOriginatorCounter", "authorisingRemotePartySeqNumber", INTEGER),
    row("", "credentialsReplacementMode", known(MODES, "CredentialsReplacementMode")),
    row(
        "RemotePartySeqNumberChange",
        ("remotePartySeqNumberChanges", 0),
        lambda element, datum: write(element, COUNTER_CHANGE, datum),
    ),
    row("", "replacementOutcomes", _first_three),
]


def execution_outcome(element: etree._Element, datum: Datum) -> None:
    """ExecutionOutcome of CS02b and CS02g."""
    write(element, OUTCOME, datum)


UPDATE_CREDENTIALS = [row("ExecutionOutcome", "executionOutcome", execution_outcome)]
UPDATE_DEVICE_CERTIFICATE = [row("UpdateSecurityCredentialsResponseCode", "responseCode", status(UPDATE_CERTIFICATE))]
ISSUE_CREDENTIALS = [
    row("IssueCredentialsResponseCode", "responseCode", status(ISSUE)),
    row("IssueCredentialsResponseCode", "certificationRequest", succeeded),
    row("CertificationRequest", "certificationRequest", BASE64),
]
DEVICE_CERTIFICATE = [
    row("RetrieveDeviceSecurityCredentialsStatusCode", "responseCode", status(PROVIDE)),
    row("RetrieveDeviceSecurityCredentialsStatusCode", "certificate", succeeded),
    row("Certificate", "certificate", BASE64),
]


def _parties(element: etree._Element, datum: Datum) -> None:
    """RemotePartyDetails per credential, the role's status and counter repeated; one alone for a role without any."""
    for party in datum:
        head = [
            row("", "remotePartyRole", known(ROLES, "RemotePartyRole")),
            row("StatusCode", "statusCode", status(CREDENTIALS)),
            row("RemotePartyFloorSeqNumber", "currentSeqNumber", INTEGER),
        ]
        credentials = party.at("trustAnchorCellsDetails")
        if not credentials:
            write(add(element, "RemotePartyDetails"), head, party)
        for credential in credentials or ():
            place = add(element, "RemotePartyDetails")
            write(place, head, party)
            write(place, CREDENTIAL, credential)


CREDENTIAL = [
    row("", (), _usage("CertificateUsage")),
    row("", "existingSubjectUniqueID", _eui_or_none("ExistingRemotePartyID")),
    row("ExistingCertificateHash", "existingSubjectKeyIdentifier", _hash),
]
READ_CREDENTIALS = [row("", "remotePartyDetails", _parties)]

JOINED = [row("joinResponseCode", "joinResponseCode", status(JOIN))]
UNJOINED = [row("unjoinResponseCode", "unjoinResponseCode", status(UNJOIN))]
ACTIVATED = [
    row("ActivateImageResponseCode", ("executionOutcome", "activateImageResponseCode"), status(ACTIVATE)),
    row("FirmwareVersion", ("executionOutcome", "firmwareVersion"), HEX),
]
# MessageSuccess tells what these two codes do.
FIRMWARE = [row("FirmwareVersion", "firmwareVersion", HEX), row("", "readResponseCode", constant)]
DEVICE_TYPES = word({0: "GSME", 1: "ESME", 2: "CHF", 3: "GPF", 4: "HCALCS", 5: "PPMID", 6: "Type2"})
DEVICE: list[Row] = [row("DeviceID", "entityIdentifier", EUI), row("DeviceType", "deviceType", DEVICE_TYPES)]
DEVICE_LOG = [
    row("DeviceLogEntries", "deviceLogEntries", entries("LogEntry", DEVICE)),
    row("", "readLogResponseCode", constant),
]
RESTORED = [
    row("", "restoreOutcomes", entries("RestoreDeviceLogOutcome", [
        row("DeviceLogEntry", "deviceLogEntry", lambda element, datum: write(element, DEVICE, datum)),
        row("joinResponseCode", "joinResponseCode", status(JOIN)),
    ]))
]  # fmt: skip
GAS_CLOCK = [
    row("DeviceTime", "deviceTime", generalized_time),
    row("Gas/GasClockTimeStatus", "deviceTimeStatus", status(CLOCK)),
]
