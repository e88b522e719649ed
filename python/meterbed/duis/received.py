"""A response or alert as the mapping takes it: plain values, encrypted parts opened where keys allow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from meterbed import gbcs
from meterbed.duis import compact
from meterbed.errors import MeterbedError

SUCCESS, NOT_FOUND = 0x00, 0x8B
DEFAULT_RESPONSE, READ_ATTRIBUTES_RESPONSE = "Default Response", "Read Attributes Response"
SEALED_START = b"\x31\x00\x00\x00\x00"


class ResponseError(MeterbedError):
    """Octets that are no response or alert, or a payload that has no place in DUIS; the text says why."""


@dataclass(frozen=True)
class ItemResult:
    """Result of one item of an access-response."""

    action: bool
    code: int


@dataclass(frozen=True)
class ClusterResult:
    """Statuses of one component: of the command, or of each attribute that was read."""

    cluster: int
    command: int | None
    statuses: tuple[tuple[int | None, int], ...]


@dataclass(frozen=True)
class Sealed:
    """An encrypted block that stays closed."""

    name: str
    octets: bytes
    dlms: bool


@dataclass
class Received:
    """`values` is what the rows of the mapping lead into; `alert_code` and `alert_time` are those of an alert.

    `failure`: why the payload of a response does not decode; the values are none then.
    """

    octets: bytes
    message: gbcs.Message
    values: Any = None
    items: list[ItemResult] = field(default_factory=list)
    clusters: list[ClusterResult] = field(default_factory=list)
    sealed: list[Sealed] = field(default_factory=list)
    alert_code: int = 0
    alert_time: Any = None
    details: bytes = b""
    failure: str = ""

    @property
    def use_case(self) -> str:
        return self.message.use_case or f"0x{self.message.code:04X}"


def read(octets: bytes, keys: gbcs.KeyRing | None = None) -> Received:
    """From octets; raises ResponseError for what is no response or alert."""
    try:
        message = gbcs.parse(octets, keys)
    except gbcs.MessageError as error:
        raise ResponseError(f"not a GBCS message: {error}") from None
    if message.kind == "command":
        raise ResponseError("a command has no place in a DUIS response; give a response or an alert")
    if message.pre_command:
        raise ResponseError(f"the message ends before its signature's length (offset {len(octets)})")
    received = Received(octets, message)
    body = message.body
    try:
        reader = FAMILIES.get(body["family"])
        if reader is None:
            raise ValueError("it is none of this use case")
        reader(received, body)
    except ValueError as error:
        received.failure = f"the payload of {received.use_case} does not decode: {error}"
        if message.kind == "alert":  # DUIS names the alert code, which stands in the payload
            raise ResponseError(received.failure) from None
        received.values, received.items, received.clusters = None, [], []
    return received


# --- DLMS ---------------------------------------------------------------------------------------------------------


def _read_dlms(received: Received, body: dict[str, Any]) -> None:
    opened = iter(received.message.decrypted)
    if body["type"] == "access-response":
        received.items = [ItemResult(item["access"] == "action", item["result"]) for item in body["results"]]
        received.values = [_dlms(value, opened, received) for value in body["data"]]
    elif body["type"] == "data-notification":
        values: Any = _dlms(body["value"], opened, received)
        if not isinstance(values, list) or len(values) < 2 or not isinstance(values[0], int):
            raise ResponseError(f"the payload of {received.use_case} is not an alert code, a time and what follows")
        received.alert_code, received.alert_time = values[0], values[1]
        rest = values[2:]
        # An alert's protected data stand as two members: parameters, block.
        if received.use_case == "ECS68":
            rest = [_unprotected(rest, opened, received)]
        received.values = rest
    else:
        raise ValueError(f"{body['type']} is no answer")


def _dlms(value: dict[str, Any], opened: Iterator[Any], received: Received) -> Any:
    kind: str = value["type"]
    content: Any = value.get("value")
    if kind in ("array", "structure"):
        plain = [_dlms(item, opened, received) for item in content]
        return _unprotected(plain, opened, received) if _is_protected(plain) else plain
    return _leaf(kind, content, value)


def _leaf(kind: str, content: Any, value: dict[str, Any]) -> Any:
    if kind == "boolean":
        return bool(content)
    if kind == "octet-string":
        return bytes.fromhex(content)
    if kind in ("visible-string", "utf8-string"):
        return bytes.fromhex(content).decode("utf-8", "replace")
    if kind == "bit-string":
        octets = bytes.fromhex(content)
        return "".join(f"{octet:08b}" for octet in octets)[: value["bits"]]
    if kind == "compact-array":
        return compact.elements(bytes.fromhex(content))
    return content


def _is_protected(values: list[Any]) -> bool:
    """Protection parameters and the ciphered block: what get_protected_attributes returns (GBCS 8)."""
    return (
        len(values) == 2
        and isinstance(values[0], list)
        and isinstance(values[1], bytes)
        and values[1].startswith(SEALED_START)
    )


def _unprotected(values: list[Any], opened: Iterator[Any], received: Received) -> Any:
    plain = next(opened, None)
    if isinstance(plain, dict) and "type" in plain:
        return _dlms(plain, iter(()), received)
    received.sealed.append(Sealed("ProtectedAttributes", values[-1], dlms=True))
    return None


# --- GBZ ----------------------------------------------------------------------------------------------------------


def _read_gbz(received: Received, body: dict[str, Any]) -> None:
    opened = iter(received.message.decrypted)
    values: dict[str, Any] = {"attributes": {}}
    received.values = values
    if body["type"] == "alert":
        received.alert_code, received.alert_time = int(body["alert_code"], 16), body["time"]
        component = body.get("component")
        if component is not None:
            _read_component(received, component, opened, values)
        elif body.get("body"):
            received.details = bytes.fromhex(body["body"])
            # What follows the time is a length octet and so many octets, as an octet-string or without its tag.
            received.values = [_counted(received.details)]
        return
    for component in body["components"]:
        _read_component(received, component, opened, values)


def _counted(octets: bytes) -> bytes:
    if octets[:1] == b"\x09" and len(octets) == octets[1] + 2:
        return octets[2:]
    return octets[1:] if octets and len(octets) == octets[0] + 1 else octets


def _read_component(
    received: Received, component: dict[str, Any], opened: Iterator[Any], values: dict[str, Any]
) -> None:
    cluster, name = int(component["cluster"], 16), component["name"]
    if component["encrypted"]:
        plain = next(opened, None)
        if not isinstance(plain, dict) or "fields" not in plain:
            received.sealed.append(Sealed(name or "component", bytes.fromhex(component["payload"]), dlms=False))
            return
        component = {**component, "fields": plain["fields"]}
    if "fields" not in component:
        raise ValueError(f"{name or 'a component'} of cluster {cluster:04X} does not")
    fields = _fields(component["fields"])
    if name == DEFAULT_RESPONSE:
        received.clusters.append(ClusterResult(cluster, fields["Command identifier"], ((None, fields["Status"]),)))
    elif name == READ_ATTRIBUTES_RESPONSE:
        statuses = tuple((item["Attribute Identifier"], item["Status"]) for item in fields["Attributes"])
        received.clusters.append(ClusterResult(cluster, None, statuses))
        for item in fields["Attributes"]:
            if item["Status"] == SUCCESS:
                values["attributes"][cluster, item["Attribute Identifier"]] = item.get("Attribute Value")
    else:
        received.clusters.append(ClusterResult(cluster, component["command"], ((None, SUCCESS),)))
        values.setdefault(name or f"{cluster:04X}/{component['command']:02X}", []).append(fields)


def _fields(fields: list[dict[str, Any]]) -> dict[str, Any]:
    return {item["name"]: _field(item) for item in fields}


def _field(item: dict[str, Any]) -> Any:
    kind, value = item["type"], item["value"]
    if kind == "group":
        return [_fields(group) for group in value]
    if isinstance(value, str):
        octets = bytes.fromhex(value)
        return octets.decode("utf-8", "replace") if kind == "character-string" else octets
    return value


# --- ASN.1 --------------------------------------------------------------------------------------------------------

# Types whose value is no structure get a name here.
NAMED = {"ProvideSecurityCredentialsResponse": "remotePartyDetails"}
REQUESTS_AND_CERTIFICATES = {"CS02c": "certificationRequest", "CS02e": "certificate"}


def _read_asn1(received: Received, body: dict[str, Any]) -> None:
    kind, value = body["type"], body.get("value")
    if kind == "EncodedOrResult":
        name = "responseCode" if isinstance(value, int) else REQUESTS_AND_CERTIFICATES.get(received.use_case, "octets")
        value = {name: value}
    elif kind in NAMED:
        value = {NAMED[kind]: value}
    received.values = value if isinstance(value, dict) else {}
    if received.message.kind == "alert":
        code = received.values.pop("alertCode", None)
        if code is None:
            raise ResponseError(f"the payload of {received.use_case} has no alert code")
        received.alert_code = int(code, 16) if isinstance(code, str) else code
        for name in ("executionDateTime", "backupDateTime"):
            if name in received.values:
                received.alert_time = received.values[name]
                break


FAMILIES = {"DLMS": _read_dlms, "GBZ": _read_gbz, "ASN.1": _read_asn1}
