"""GBCSResponse: header, then the answer of a service or the content of an alert."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Any

from lxml import etree

from meterbed.duis.catalogue.alerts import PAYLOADS
from meterbed.duis.catalogue.bodies import ANSWERS, CONTENTS
from meterbed.duis.catalogue.convert import alert_time, date_time_text
from meterbed.duis.catalogue.datum import Datum
from meterbed.duis.catalogue.results import debug_info, succeeded
from meterbed.duis.catalogue.rows import NAMESPACE, add, write
from meterbed.duis.catalogue.words import meaning
from meterbed.duis.received import Received, ResponseError

SCHEMA_VERSION = "5.4"

# Clock status of the header's date-time (GBCS 7.2.7): FF says nothing, bits 0 and 1 the time, bit 2 who took the read.
NO_STATUS, INVALID, DOUBTFUL, FROM_GSME = 0xFF, 0x01, 0x02, 0x04


@dataclass(frozen=True)
class Mapped:
    """The document, and the values of the payload that found no place in it.

    `decoded`: it has a body of its own, or needs none. `failure`: why the payload did not fit its body; the document
    has it as GBCSData then.
    """

    root: etree._Element
    unmapped: list[tuple[str, Any]]
    decoded: bool
    failure: str = ""


def document(received: Received, srv: str | None) -> Mapped:
    """A response needs the service it answers; None, or one without an element, gives a document without SMETSData."""
    try:
        if received.failure:
            raise ValueError(received.failure)
        return _document(received, srv)
    except (ValueError, OverflowError) as error:
        mapped = _document(received, None, bare=True)
        return Mapped(mapped.root, mapped.unmapped, False, received.failure or f"{received.use_case}: {error}")


def _document(received: Received, srv: str | None, bare: bool = False) -> Mapped:
    root: etree._Element = etree.Element(f"{{{NAMESPACE}}}GBCSResponse", nsmap={"ra": NAMESPACE})
    root.set("schemaVersion", SCHEMA_VERSION)
    try:
        _header(add(root, "Header"), received, srv)
    except ValueError as error:  # the header's time is no time: nothing can be made of that
        raise ResponseError(f"{received.use_case}: {error}") from None
    if received.message.kind == "alert":
        return _alert(root, received, bare)
    return _answer(root, received, srv)


def _header(header: etree._Element, received: Received, srv: str | None) -> None:
    message = received.message
    add(header, "BusinessOriginatorID", message.originator.upper())
    add(header, "BusinessTargetID", message.recipient.upper())
    add(header, "OriginatorCounter", message.counter)
    for name, value in (
        ("SupplementaryRemotePartyID", message.supplementary_party and message.supplementary_party.upper()),
        ("SupplementaryRemotePartyCounter", message.supplementary_counter),
        ("SupplementaryOriginatorCounter", message.supplementary_originator_counter),
    ):
        if value is not None:
            add(header, name, value)
    add(header, "GBCSHexadecimalMessageCode", f"{message.code:04X}")
    if srv is not None and message.kind == "response":
        add(header, "ServiceReference", service_reference(srv))
        add(header, "ServiceReferenceVariant", srv)
    _timestamp(header, message.date_time)


def service_reference(srv: str) -> str:
    """6.2 for 6.2.10, 1.5 for 1.5."""
    return ".".join(srv.split(".")[:2])


def _timestamp(header: etree._Element, octets: bytes | None) -> None:
    value = date_time_text(octets) if octets else None
    if octets is None or value is None:
        return
    stamp, status = add(header, "Timestamp", value), octets[11]
    if status == NO_STATUS:
        return
    stamp.set("isFromGSME", "true" if status & FROM_GSME else "false")
    stamp.set("ClockStatus", "invalid" if status & INVALID else "unreliable" if status & DOUBTFUL else "reliable")


def _sealed(parent: etree._Element, received: Received) -> None:
    """Blocks that stay closed go along as they came."""
    for sequence, block in enumerate(received.sealed):
        kind = "dlms" if block.dlms else "zigbeeCiphered"
        _gbcs_data(parent, block.octets, "encrypted", sequence, block.name, kind)


def _gbcs_data(parent: etree._Element, octets: bytes, form: str, sequence: int, name: str, kind: str) -> None:
    text = base64.b64encode(octets).decode()
    add(parent, "GBCSData", text, format=form, sequence=sequence, name=name, type=kind)


def _answer(root: etree._Element, received: Received, srv: str | None) -> Mapped:
    place = add(add(root, "Body"), "ResponseMessage")
    _sealed(place, received)
    success = succeeded(received)
    values = Datum(received.values)
    answer = ANSWERS.get(srv or "")
    if answer is not None:
        _smets_data(add(add(place, "SMETSData"), f"{answer}Rsp"), received, values, success)
    elif received.values or received.failure:
        _gbcs_data(place, received.octets, "plain", len(received.sealed), "GBCSPayload", "gbcs")
    if not success:
        debug_info(place, received)
    return Mapped(root, _names(values), answer is not None)


def _smets_data(element: etree._Element, received: Received, values: Datum, success: bool) -> None:
    element.set("MessageSuccess", "true" if success else "false")
    content = CONTENTS.get(received.use_case)
    if content is None:
        return
    write(add(element, content.inside) if content.inside else element, content.rows, values)


def _alert(root: etree._Element, received: Received, bare: bool) -> Mapped:
    place = add(add(root, "Body"), "DeviceAlertMessage")
    _sealed(place, received)
    rows = None if bare else PAYLOADS.get(received.message.code)
    values = Datum(received.values)
    has_more = any(True for _ in values.leaves())
    if rows is None and has_more:
        _gbcs_data(place, received.octets, "plain", len(received.sealed), "GBCSPayload", "gbcs")
    content = add(place, "DeviceAlertContent")
    add(content, "GBCSHexAlertCode", f"{received.alert_code:04X}")
    add(content, "AlertDescription", meaning(received.alert_code))
    try:
        add(content, "Timestamp", alert_time(received.alert_time))
    except ValueError as error:
        raise ResponseError(f"{received.use_case}: {error}") from None
    for name in ("executionDateTime", "backupDateTime"):
        values.ignore(name)  # the timestamp
    if rows is not None and has_more:
        payload = add(content, "Payload")
        write(payload, rows, values)
    return Mapped(root, _names(values), rows is not None or not has_more)


def _names(values: Datum) -> list[tuple[str, Any]]:
    return [(".".join(map(str, path)), value) for path, value in values.unmapped()]
