"""The DCC's Transform: a Service Request becomes the GBCS command it stands for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from meterbed import _core
from meterbed.duis.request import DuisError, Mistake, Request, mistakes_of
from meterbed.errors import MeterbedError
from meterbed.eui import eui as read_eui
from meterbed.keys import KeyFolder

ACCESS_CONTROL_BROKER, TRANSITIONAL_COS = 4, 5


@dataclass(frozen=True)
class DeviceKind:
    """What an EUI-64 does not say. `superseded`: its GBCS version knows the older of two use cases only."""

    type: str  # ESME, GSME, CHF, GPF, PPMID, HCALCS, SAPC; IHD and CAD are known to GBCS as type 2
    polyphase: bool = False
    superseded: bool = False


@dataclass(frozen=True)
class Options:
    """What the DCC knows and the request does not say.

    Commands that the ACB or the CoS Party sends carry its own counter: `acb_counter`, `cos_counter`; None takes the
    user's. `use_case` asks for one of several that the request can mean (ECS26b or ECS26k). `issued_at` is when the DCC
    makes the command: gas commands carry it as Issuer Event ID; None takes 2015-01-01, as nothing here asks a clock.
    `cin` is the customer identification number the DCC draws (9.1). `device_log` is the backup it holds of a replaced
    Gas Proxy Function's device log (8.12.2), as (EUI-64, type); `han` and `hub_log` that of a replaced hub (8.12.1): its
    HAN's identifier and (EUI-64, hashed link key).
    """

    devices: Mapping[int, DeviceKind] = field(default_factory=dict)
    acb: int | None = None
    acb_counter: int | None = None
    cos: int | None = None
    cos_counter: int | None = None
    use_case: str = ""
    issued_at: datetime | None = None
    cin: str | None = None
    device_log: Sequence[tuple[int, str]] = ()
    han: int = 0
    hub_log: Sequence[tuple[int, bytes]] = ()

    def __post_init__(self) -> None:
        if self.cin is not None and not (len(self.cin) == 4 and self.cin.isascii() and self.cin.isdigit()):
            raise MeterbedError(f"'{self.cin}' is no customer identification number: four digits are")
        if self.issued_at is not None and not 2000 <= self.issued_at.year < 2136:
            raise MeterbedError(f"{self.issued_at} lies outside the times that gas devices know, 2000 to 2135")


@dataclass(frozen=True)
class Transformed:
    """A pre-command for the user to sign, or the command. `others`: use cases of the same request elsewhere."""

    use_case: str
    code: int
    kind: str
    octets: bytes
    others: tuple[str, ...] = ()


def transform(
    request: Request, keys: KeyFolder | Path | str | None = None, options: Options | None = None
) -> Transformed:
    """The GBCS message of a request; raises DuisError with all mistakes.

    A critical request gives its pre-command. Others give the finished command, which takes the ACB's key agreement key
    and the device's certificate from `keys`. With `keys` the user's role comes from its certificate.
    """
    options = options or Options()
    folder = KeyFolder(keys) if isinstance(keys, str | Path) else keys
    settings = _settings(request, folder, options)
    made = _core.duis_transform(request.root.plain(), settings)
    if "mistakes" in made:
        raise DuisError(mistakes_of(request.file, made["mistakes"]), made["dcc_only"])
    octets = made["octets"]
    if not made["pre_command"]:
        octets = _sealed(request, settings, made, folder)
    kind = "pre-command" if made["pre_command"] else "command"
    return Transformed(made["use_case"], made["code"], kind, octets, tuple(made["others"]))


def _settings(request: Request, keys: KeyFolder | None, options: Options) -> dict[str, Any]:
    device = _kind_of(request.target, options)
    if device is None and request.command_variant != 8:
        raise DuisError([_mistake(request, "the type of the device is not known: name it (--device EUI=TYPE)")])
    device = device or DeviceKind("ESME")

    def holder(given: int | None, role: int) -> int:
        return given or (keys.holder(role) if keys else None) or 0

    return {
        "device_type": device.type,
        "polyphase": device.polyphase,
        "superseded": device.superseded,
        "role": keys.role(request.originator) if keys else None,
        "acb": holder(options.acb, ACCESS_CONTROL_BROKER),
        "acb_counter": options.acb_counter or 0,
        "cos": holder(options.cos, TRANSITIONAL_COS),
        "cos_counter": options.cos_counter or 0,
        "use_case": options.use_case,
        "issued_at": _seconds(options.issued_at) if options.issued_at else None,
        "cin": options.cin,
        "device_log": [(eui, _gbcs_type(kind)) for eui, kind in options.device_log],
        "han": options.han,
        "hub_log": [(eui, bytes(key)) for eui, key in options.hub_log],
    } | _other_device(request, keys, options)


def _kind_of(eui: int, options: Options) -> DeviceKind | None:
    """DUIS names devices by EUI-64 only; those of the public reference test data are known."""
    reference = _core.reference_device(eui)
    return options.devices.get(eui) or (DeviceKind(reference) if reference else None)


def _seconds(at: datetime) -> int:
    """A time without a zone is UTC, whatever the machine's zone is."""
    return int((at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp())


def _gbcs_type(name: str) -> str:
    return "type 2" if name in ("IHD", "CAD") else name


def _other_device(request: Request, keys: KeyFolder | None, options: Options) -> dict[str, str | None]:
    """The device a join names: its type and its key agreement certificate, where they are known."""
    named = request.body.child("OtherDeviceID")
    try:
        eui = read_eui(named.text if named else "")
    except ValueError:  # absent, or a mistake that the transform tells
        return {"other_type": None, "other_certificate": None}
    kind = _kind_of(eui, options)
    return {
        "other_type": _gbcs_type(kind.type) if kind else None,
        "other_certificate": keys.certificate(eui, "ka") if keys else None,
    }


def _sealed(request: Request, settings: dict[str, Any], made: dict[str, Any], keys: KeyFolder | None) -> bytes:
    if keys is None:
        raise DuisError([_mistake(request, "keys are needed: the command carries the Access Control Broker's MAC")])
    wanted = {
        "signer": keys.private_key(made["originator"], "ds"),
        "acb": keys.private_key(settings["acb"], "ka"),
        "device": keys.certificate(made["recipient"], "ka"),
    }
    try:
        return _core.duis_seal(request.root.plain(), settings, {name: pem for name, pem in wanted.items() if pem})
    except ValueError as error:
        raise DuisError([_mistake(request, str(error))]) from None


def _mistake(request: Request, message: str) -> Mistake:
    return Mistake(request.file, 0, "", message)
