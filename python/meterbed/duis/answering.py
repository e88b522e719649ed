"""The way back: a GBCS response or alert becomes the DUIS response, with its body decoded by the MMC.

made = duis.response(octets, when="2026-01-15T09:00:00Z", keys="keystore")
print(made.response_id, made.xml, made.mmc_xml)
"""

from __future__ import annotations

import base64
import contextlib
import html
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import Any

from lxml import etree

from meterbed import gbcs
from meterbed.duis import catalogue
from meterbed.duis.catalogue.bodies import ANSWERS
from meterbed.duis.catalogue.document import service_reference
from meterbed.duis.instructions import instruction_of
from meterbed.duis.received import Received, ResponseError, read
from meterbed.duis.request import Request, parse
from meterbed.duis.services import SERVICES, service_of
from meterbed.duis.transforming import transform
from meterbed.errors import MeterbedError
from meterbed.eui import eui_text
from meterbed.gbcs import KeyRing
from meterbed.keys import KeyFolder

NAMESPACE = "http://www.dccinterface.co.uk/ServiceUserGateway"
SCHEMA_VERSION = "5.4"
CAME = "I0"  # "only that a response came": failure of the device stands in the payload
FUTURE_DATED = (0x8F66, 0x8F67)

Keys = KeyRing | KeyFolder | str | PathLike[str] | None


@dataclass(frozen=True)
class Answer:
    """A DUIS Response. `root` and `mmc` are the documents.

    `decoded`: MMC has a body for it (or it needs none); `unmapped` lists values that the body has no place for;
    `failure`: why the payload did not fit its body, empty when it did.
    """

    kind: str
    use_case: str
    srv: str | None
    response_id: str
    request_id: str | None
    root: etree._Element = field(repr=False)
    mmc: etree._Element = field(repr=False)
    decoded: bool
    unmapped: list[tuple[str, Any]] = field(repr=False)
    failure: str = ""

    @cached_property
    def xml(self) -> str:
        """The DUIS Response as text."""
        return text_of(self.root)

    @cached_property
    def mmc_xml(self) -> str:
        """The MMC document as text."""
        return text_of(self.mmc)

    def __str__(self) -> str:
        return self.xml

    def _repr_html_(self) -> str:
        """For notebooks: the decoded body."""
        head = f"{self.kind} {self.use_case}, {self.response_id}"
        return f"<p>{html.escape(head)}</p><pre>{html.escape(self.mmc_xml)}</pre>"


def response(
    octets: bytes | str,
    request: Request | Path | str | bytes | None = None,
    keys: Keys = None,
    *,
    when: datetime | str,
    srv: str | None = None,
    instruction: tuple[int, int] | None = None,
    cin: str | None = None,
) -> Answer:
    """The DUIS Response of a GBCS response or alert; raises ResponseError.

    `when` is the ResponseDateTime: the DCC's clock, not the device's. The service is not in the message: `srv` or
    `request` (the DUIS request, its file or its text) name it, else services.py tells. `instruction` is (number, total)
    of an 8F66 or 8F67 alert whose command left optional instructions out and whose request is not at hand. `cin` is the
    Customer Identification Number that the DCC made for 9.1. A KeyRing is read once for many messages, a folder each time.
    """
    received = read(_octets(octets), _key_ring(keys))
    given = _request(request)
    if given is not None:
        _check_request(received, given)
    service = srv or (given.srv if given else None) or service_of(received, _command_code(received))
    if service is not None and service not in ANSWERS:
        raise ResponseError(f"no device answers service request {service}")
    mapped = catalogue.document(received, service)
    root: etree._Element = etree.Element(f"{{{NAMESPACE}}}Response", nsmap={"sr": NAMESPACE})
    root.set("schemaVersion", SCHEMA_VERSION)
    request_id, response_id = _identifiers(received, given)
    _header(root, request_id, response_id, _moment(when))
    _body(_add(root, "Body"), received, service, instruction or _instruction(received, given), cin)
    return Answer(
        kind=received.message.kind,
        use_case=received.use_case,
        srv=service,
        response_id=response_id,
        request_id=request_id,
        root=root,
        mmc=mapped.root,
        decoded=mapped.decoded,
        unmapped=mapped.unmapped,
        failure=mapped.failure,
    )


def mmc(octets: bytes | str, keys: Keys = None, srv: str | None = None) -> etree._Element:
    """The MMC document alone: GBCSResponse with the decoded body; raises ResponseError."""
    return _mapped(octets, keys, srv).root


def unmapped(octets: bytes | str, keys: Keys = None, srv: str | None = None) -> list[tuple[str, Any]]:
    """Values of the payload, with their places, that the MMC document has not; empty when nothing is lost."""
    return _mapped(octets, keys, srv).unmapped


def _mapped(octets: bytes | str, keys: Keys, srv: str | None) -> catalogue.Mapped:
    received = read(_octets(octets), _key_ring(keys))
    mapped = catalogue.document(received, srv or service_of(received, _command_code(received)))
    if mapped.failure:
        raise ResponseError(mapped.failure)
    return mapped


def text_of(root: etree._Element) -> str:
    """XML with a declaration, indented."""
    octets: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return octets.decode()


def _octets(octets: bytes | str) -> bytes:
    if isinstance(octets, str):
        try:
            return bytes.fromhex(octets)
        except ValueError:
            raise ResponseError("not hexadecimal: a message is octets as pairs of the digits 0 to F") from None
    return octets


def _key_ring(keys: Keys) -> KeyRing | None:
    if keys is None or isinstance(keys, KeyRing):
        return keys
    return KeyRing(keys.folder if isinstance(keys, KeyFolder) else keys)


def _request(request: Request | Path | str | bytes | None) -> Request | None:
    return request if request is None or isinstance(request, Request) else parse(request)


def _check_request(received: Received, request: Request) -> None:
    """An answer to another request is refused. The counter may be another party's: the ACB and the CoS party send some."""
    device, target = received.message.originator.upper(), eui_text(request.target)
    if device != target:
        raise ResponseError(f"the message is of {device}, the request is to {target}")
    code = _command_code(received) or received.message.code
    if request.srv not in SERVICES.get(code, ()):
        raise ResponseError(f"{received.use_case} does not answer a request of service {request.srv}")


def _moment(when: datetime | str) -> str:
    if isinstance(when, str):
        try:
            datetime.fromisoformat(when)
        except ValueError:
            raise ResponseError(f"'{when}' is no time such as 2026-01-15T09:00:00Z") from None
        return when
    if when.tzinfo is None:
        raise ResponseError("`when` needs a time zone")
    return f"{when.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


# What an alert says of the command it reports: code, counter, identification of the instruction.
@dataclass(frozen=True)
class Reported:
    code: int
    counter: int
    identification: bytes = b""


# Alerts that carry the counter of the command and belong to one use case.
REPORTS = {
    0x00CA: (0x0012, ("originatorCounter",)),
    0x00CB: (None, ("executionOutcome", "authorisingRemotePartySeqNumber")),
    0x0124: (None, ("executionOutcome", "authorisingRemotePartySeqNumber")),
}
CREDENTIALS_MODE = 0x0100  # message code of CS02b = 0x0100 + mode (GBCS 13)
LOAD_CONTROLLER_MODES = {10: 0x0125, 11: 0x0126}


def _reported(received: Received) -> Reported | None:
    """The command that an 8F66 or 8F67 alert is about."""
    if received.alert_code not in FUTURE_DATED:
        return None
    code = received.message.code
    values = received.values
    if code in (0x00CC, 0x00CD):
        octets = values[0] if isinstance(values, list) and values and isinstance(values[0], bytes) else b""
        if len(octets) < 14:
            raise ResponseError(f"{received.use_case}: the alert does not say which command it is about")
        return Reported(int.from_bytes(octets[:2]), int.from_bytes(octets[2:10]), octets[10:])
    if code not in REPORTS:
        return None
    command, path = REPORTS[code]
    counter: Any = values
    for key in path:
        counter = counter.get(key) if isinstance(counter, dict) else None
    if command is None:
        mode = int((values.get("executionOutcome") or {}).get("credentialsReplacementMode") or 0)
        command = LOAD_CONTROLLER_MODES.get(mode, CREDENTIALS_MODE + mode)
    return Reported(command, int(counter or 0))


def _command_code(received: Received) -> int | None:
    reported = _reported(received)
    return reported.code if reported else None


def _identifiers(received: Received, request: Request | None) -> tuple[str | None, str]:
    """RequestID and ResponseID. A command that the ACB sent for a user has the user in the supplementary fields."""
    message = received.message
    party, counter = message.recipient.upper(), message.counter
    if message.supplementary_party is not None:
        party = message.supplementary_party.upper()
        counter = counter if message.supplementary_counter is None else message.supplementary_counter
    device = message.originator.upper()
    reported = _reported(received)
    if reported is not None:
        counter = reported.counter
    elif message.kind == "alert":
        return None, f"{device}:{message.recipient.upper()}:{message.counter}"
    if request is not None:
        party, device, counter = request.request_id.split(":")  # type: ignore[assignment]
    return f"{party}:{device}:{counter}", f"{device}:{party}:{counter}"


def _add(parent: etree._Element, name: str, text: object = None) -> etree._Element:
    child = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}")
    if text is not None:
        child.text = str(text)
    return child


def _header(root: etree._Element, request_id: str | None, response_id: str, when: str) -> None:
    header = _add(root, "Header")
    if request_id is not None:
        _add(header, "RequestID", request_id)
    _add(header, "ResponseID", response_id)
    _add(header, "ResponseCode", CAME)
    _add(header, "ResponseDateTime", when)


def _instruction(received: Received, request: Request | None) -> tuple[int, int]:
    """Counted in the command when the request is there and can be transformed, else in the table of its use case."""
    reported = _reported(received)
    if reported is None:
        return 1, 1
    command = None
    if request is not None:
        with contextlib.suppress(MeterbedError):
            command = gbcs.parse(transform(request).octets)
    return instruction_of(reported.code, reported.identification, command)


def _body(
    body: etree._Element, received: Received, service: str | None, instruction: tuple[int, int], cin: str | None
) -> None:
    payload = base64.b64encode(received.octets).decode()
    reported = _reported(received)
    if reported is None and received.message.kind == "alert":
        alert = _add(body, "DeviceAlertMessage")
        _add(alert, "AlertCode", f"{received.alert_code:04X}")
        _add(alert, "GBCSPayload", payload)
        return
    if service is None:
        raise ResponseError(f"{received.use_case} answers no service request that a user can send; name one with srv")
    message = _add(body, "ResponseMessage")
    _add(message, "ServiceReference", service_reference(service))
    _add(message, "ServiceReferenceVariant", service)
    if reported is None:
        holder = message if cin is None else _add(message, "CINMessage")
        _add(holder, "GBCSPayload", payload)
        if cin is not None:
            _add(holder, "CustomerIdentificationNumber", cin)
        return
    number, total = instruction
    future = _add(message, "FutureDatedDeviceAlertMessage")
    _add(future, "FutureDatedAlertCode", f"{received.alert_code:04X}")
    _add(future, "GBCSPayload", payload)
    _add(future, "InstructionNumber", number)
    _add(future, "TotalCommandInstructions", total)
