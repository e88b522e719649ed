"""A GBCS message as a value, and what a key ring says about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from os import PathLike, fspath
from typing import Any, Literal

from meterbed import _core
from meterbed.errors import MeterbedError
from meterbed.gbcs.description import Description

Kind = Literal["command", "response", "alert"]
CheckWord = Literal["ok", "bad", "no_key", "none"]


class MessageError(MeterbedError):
    """Octets that are no GBCS message, or values that make none; the text says where and why."""


class KeyRing:
    """Certificates and private keys of a folder, by party and use: `<EUI-64>-<ds|ka|pp-ka>.<pem|key>`.

    Files of other names are read by their content; what is neither certificate nor key is listed in `ignored`.
    """

    def __init__(self, folder: str | PathLike[str] | None = None) -> None:
        try:
            self._core = _core.KeyRing() if folder is None else _core.KeyRing.load(fspath(folder))
        except ValueError as error:
            raise MessageError(str(error)) from None

    @property
    def certificates(self) -> int:
        return self._core.certificates

    @property
    def keys(self) -> int:
        return self._core.keys

    @property
    def ignored(self) -> list[str]:
        return self._core.ignored

    def __repr__(self) -> str:
        return f"KeyRing({self.certificates} certificates, {self.keys} private keys)"


@dataclass(frozen=True)
class Check:
    """How a message fares against a key ring.

    decoded: its payload is typed to the last field, opened blocks included; identical: it is written from the typed
    values to the same octets; ciphered, decrypted: its encrypted blocks, and how many of them open and are made again
    to the same octets; failure: what is wrong, empty when nothing is.
    """

    decoded: bool
    identical: bool
    mac: CheckWord
    signature: CheckWord
    encryption: CheckWord
    ciphered: int
    decrypted: int
    failure: str

    @property
    def ok(self) -> bool:
        return not self.failure


@dataclass(frozen=True)
class Message:
    """A message; `body` is its payload typed to the last field, as nested dictionaries and lists.

    Two messages are equal when their octets are. `to_dict` is whole: `Message.from_dict(m.to_dict()) == m`.
    """

    octets: bytes
    _tree: dict[str, Any] = field(repr=False, compare=False)
    _keys: KeyRing | None = field(default=None, repr=False, compare=False)

    @classmethod
    def parse(cls, octets: bytes | str, keys: KeyRing | None = None) -> Message:
        """From octets or their hexadecimal text. With keys, `decrypted` tells what encrypted parts hold."""
        raw = _octets(octets)
        try:
            return cls(raw, _core.gbcs_parse(raw, keys._core if keys else None), keys)
        except ValueError as error:
            raise MessageError(str(error)) from None

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Message:
        """A message from values in the form of `to_dict`; names that are only for people may be left out."""
        try:
            return cls.parse(_core.gbcs_encode(dict(values)))
        except ValueError as error:
            raise MessageError(str(error)) from None

    def to_dict(self) -> dict[str, Any]:
        """Plain values, ready for JSON."""
        return _copy(self._tree)  # type: ignore[no-any-return]

    @property
    def hex(self) -> str:
        return self.octets.hex().upper()

    @property
    def kind(self) -> Kind:
        return self._tree["kind"]  # type: ignore[no-any-return]

    @property
    def pre_command(self) -> bool:
        return bool(self._tree["pre_command"])

    @property
    def code(self) -> int:
        """Message code, for example 0x0052."""
        return int(self._tree["code"], 16)

    @property
    def use_case(self) -> str | None:
        """ "ECS45"; None when nobody knows the code."""
        return self._tree["use_case"]  # type: ignore[no-any-return]

    @property
    def counter(self) -> int:
        return int(self._tree["counter"])

    @property
    def originator(self) -> str:
        return str(self._tree["originator"])

    @property
    def recipient(self) -> str:
        return str(self._tree["recipient"])

    @property
    def date_time(self) -> bytes | None:
        return _optional_octets(self._tree.get("date_time"))

    @property
    def supplementary_party(self) -> str | None:
        return self._tree.get("supplementary_party")

    @property
    def supplementary_counter(self) -> int | None:
        return self._tree.get("supplementary_counter")

    @property
    def supplementary_originator_counter(self) -> int | None:
        return self._tree.get("supplementary_originator_counter")

    @property
    def supplementary_certificate(self) -> bytes | None:
        return _optional_octets(self._tree.get("supplementary_certificate"))

    @property
    def signature(self) -> bytes | None:
        return _optional_octets(self._tree.get("signature"))

    @property
    def mac(self) -> bytes | None:
        return _optional_octets(self._tree.get("mac"))

    @cached_property
    def body(self) -> dict[str, Any]:
        """The payload: `family` (DLMS, GBZ, ASN.1, unknown), `type`, and its values."""
        return _copy(self._tree["body"])  # type: ignore[no-any-return]

    @cached_property
    def decrypted(self) -> list[Any]:
        """What each encrypted block holds, in order, None where it stays closed; empty without keys."""
        return _copy(self._tree.get("decrypted", []))  # type: ignore[no-any-return]

    def check(self, keys: KeyRing) -> Check:
        """MAC, signature, encryption, and whether the typed values give the same octets."""
        return check(self.octets, keys)

    def describe(self, keys: KeyRing | None = None) -> Description:
        """In words: names, units, times, money, certificates; with keys also encrypted parts and protections."""
        return Description.of(_core.gbcs_describe(self.octets, keys._core if keys else None))

    def _repr_html_(self) -> str:
        return self.describe(self._keys)._repr_html_()

    def __repr__(self) -> str:
        what = self.use_case or f"0x{self.code:04X}"
        kind = "pre-command" if self.pre_command else self.kind
        return (
            f"<{what} {kind} {self.originator} to {self.recipient}, counter {self.counter}, {len(self.octets)} octets>"
        )


def parse(octets: bytes | str, keys: KeyRing | None = None) -> Message:
    """A message from its octets or their hexadecimal text; MessageError says where it is none."""
    return Message.parse(octets, keys)


def check(octets: bytes | str, keys: KeyRing) -> Check:
    """How a message, or what is none, fares against a key ring."""
    try:
        raw = _octets(octets)
    except MessageError as error:
        return Check(False, False, "none", "none", "none", 0, 0, str(error))
    return Check(**_core.gbcs_check(raw, keys._core))


def _octets(octets: bytes | str) -> bytes:
    if not isinstance(octets, str):
        return bytes(octets)
    try:
        return bytes.fromhex(octets)
    except ValueError:
        raise MessageError("not hexadecimal: a message is octets as pairs of the digits 0 to F") from None


def _optional_octets(text: str | None) -> bytes | None:
    return None if text is None else bytes.fromhex(text)


def _copy(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _copy(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_copy(item) for item in value]
    return value
