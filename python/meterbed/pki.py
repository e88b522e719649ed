"""Certificates of a test SMKI: genuine, renewed, and wrong in one way on purpose.

    smki = pki.Authority(seed=1)
    good = smki.organisation("90-B3-D5-1F-30-02-00-00", "networkOperator")
    bad = smki.organisation("90-B3-D5-1F-30-02-00-00", "networkOperator", misbehaviour="expired")
    pki.validate(bad, [smki.issuing], smki.root, at="2020-03-02").code      # "expired"

A world has one of its own, `World.authority`; its certificates go into a request or a command of that world:

    bad = world.authority.organisation(operator.eui, "networkOperator", misbehaviour="wrong issuer")
    home.esme.deliver(operator.command("6.15.1", to=home.esme, certificates=[bad]))

Fields follow SEC Appendices A and B and GBCS 12. Roles and usages are spelt as GBCS does ("networkOperator",
"digitalSignature"); times are UTC. The same seed and calls give the same octets.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from meterbed import _core
from meterbed.eui import eui
from meterbed.units import to_microseconds, to_time

__all__ = ["MISBEHAVIOURS", "Authority", "Certificate", "KeyPair", "Verdict", "read", "validate"]

MISBEHAVIOURS: tuple[str, ...] = tuple(_core.misbehaviours())
"""What `misbehaviour=` takes; "none" is the genuine certificate."""

_HEAD, _TAIL = "-----BEGIN CERTIFICATE-----\n", "-----END CERTIFICATE-----\n"
_LINE = 64  # characters of base64 (RFC 7468)


@dataclass(frozen=True)
class Verdict:
    """Accepted, or a code ("expired", "no path to the root", ...) with what a person needs to know."""

    code: str
    text: str

    def __bool__(self) -> bool:
        return self.code == "accepted"


class KeyPair:
    """A P-256 key pair: ECDSA with SHA-256 (RFC 6979) and ECDH (GBCS 4.3.3)."""

    def __init__(self, core: _core.KeyPair) -> None:
        self.core = core

    @classmethod
    def generate(cls, seed: int, name: str) -> KeyPair:
        """The key of this seed and name: always the same one."""
        return cls(_core.KeyPair.generate(seed, name))

    @classmethod
    def from_pem(cls, text: str) -> KeyPair:
        """Reads PKCS#8 or SEC 1 PEM; ValueError says what is wrong with it."""
        return cls(_core.KeyPair.from_pem(text))

    @property
    def pem(self) -> str:
        """SEC 1 PEM. Test keys only."""
        return self.core.to_pem()

    @property
    def public_key(self) -> bytes:
        """The point, x and y, 64 octets."""
        return self.core.public_key

    def sign(self, message: bytes) -> bytes:
        """r and s, 64 octets; the same for the same message."""
        return self.core.sign(message)

    def agree(self, public_key: bytes) -> bytes:
        """The shared x coordinate, 32 octets; ValueError for a point that is not on the curve."""
        return self.core.agree(public_key)

    def __repr__(self) -> str:
        return f"<key {self.public_key[:4].hex()}…>"


@dataclass(frozen=True)
class Certificate:
    """A certificate as its DER octets. `key`: its key pair, where the Authority made one for it.

    The octets may be unreadable on purpose; whatever reads a field then raises ValueError.
    """

    der: bytes = field(repr=False)
    key: KeyPair | None = field(default=None, repr=False, compare=False)

    @property
    def fields(self) -> dict[str, Any]:
        """Every field by name: subject, kind, role, usage, serial, not_before, not_after, policies, oddities, ..."""
        return _core.read_certificate(self.der)

    @property
    def subject(self) -> str:
        """EUI-64 of organisation or device; empty for a CA."""
        return str(self.fields["subject"])

    @property
    def role(self) -> str:
        return str(self.fields["role"])

    @property
    def usage(self) -> str:
        return str(self.fields["usage"])

    @property
    def oddities(self) -> list[str]:
        """Departures from the SMKI profiles, in words."""
        return list(self.fields["oddities"])

    @property
    def pem(self) -> str:
        from base64 import b64encode

        text = b64encode(self.der).decode("ascii")
        lines = [text[at : at + _LINE] + "\n" for at in range(0, len(text), _LINE)]
        return _HEAD + "".join(lines) + _TAIL

    def __str__(self) -> str:
        fields = self.fields
        words = (fields["kind"], fields["role"], fields["usage"], fields["subject"])
        return " ".join(word for word in words if word)


def read(content: bytes | str) -> Certificate:
    """A certificate in PEM or DER; ValueError says why it cannot be read."""
    octets = content.encode("utf-8") if isinstance(content, str) else content
    return Certificate(bytes.fromhex(_core.read_certificate(octets)["der"]))


def validate(
    certificate: Certificate,
    path: Sequence[Certificate],
    root: Certificate,
    at: str | datetime | None = None,
) -> Verdict:
    """Path validation as a device does it (GBCS 13.3; RFC 5280 6 without revocation).

    path: intermediate certificates in any order. at: simulated time, UTC; None leaves the time checks out, as
    applyTimeBasedCPVChecks = disapply does. The certificate itself may be anything; ValueError for a path or root that
    cannot be read.
    """
    code, text = _core.validate(
        certificate.der, [one.der for one in path], root.der, None if at is None else _microseconds(at)
    )
    return Verdict(code, text)


class Authority:
    """A test SMKI: Root OCA with Issuing OCA for organisations, Root DCA with Issuing DCA for devices.

    seed: of its keys and serial numbers. founded: from when its CAs are valid, for 25 years.
    """

    def __init__(self, seed: int, founded: str | datetime = "2016-01-01") -> None:
        self._set(_core.Authority(seed, _microseconds(founded)), seed)

    def _set(self, core: _core.Authority, seed: int) -> None:
        self._core = core
        self._seed = seed
        self._keys = 0

    @classmethod
    def _of(cls, core: _core.Authority, seed: int) -> Authority:
        """The one of a world."""
        made = cls.__new__(cls)
        made._set(core, seed)
        return made

    @property
    def root(self) -> Certificate:
        """Root OCA: what the root cell of a device holds."""
        return Certificate(self._core.root)

    @property
    def issuing(self) -> Certificate:
        """Issuing OCA: what commands carry as path."""
        return Certificate(self._core.issuing)

    @property
    def device_root(self) -> Certificate:
        return Certificate(self._core.device_root)

    @property
    def device_issuing(self) -> Certificate:
        return Certificate(self._core.device_issuing)

    @property
    def end_entity(self) -> Certificate:
        """Who issues with misbehaviour "end entity issuer": a genuine certificate that is no CA's."""
        return Certificate(self._core.end_entity)

    def organisation(
        self,
        subject: int | str,
        role: str,
        usage: str = "digitalSignature",
        *,
        key: KeyPair | None = None,
        common_name: str = "",
        start: str | datetime | None = None,
        end: str | datetime | None = None,
        misbehaviour: str = "none",
    ) -> Certificate:
        """An organisation certificate (SEC Appendix B).

        subject: EUI-64. role: RemotePartyRole. usage: digitalSignature or keyAgreement. key: a new one unless given.
        common_name: as Supplier signing certificates carry one. start: as the CA unless given. end: ten years less a
        second later unless given. misbehaviour: one of `MISBEHAVIOURS`.
        Raises ValueError for unknown words.
        """
        pair = key or self._new_key()
        der = self._core.organisation(
            eui(subject),
            role,
            usage,
            pair.public_key,
            self._start(start),
            None if end is None else _microseconds(end),
            common_name,
            misbehaviour,
        )
        return Certificate(der, pair)

    def device(
        self,
        subject: int | str,
        usage: str = "digitalSignature",
        *,
        key: KeyPair | None = None,
        start: str | datetime | None = None,
        misbehaviour: str = "none",
    ) -> Certificate:
        """A device certificate (SEC Appendix A), valid to the end of 9999. Arguments as for `organisation`.

        Raises ValueError for unknown words and for "wrong role" and "decimal OU": a device certificate names no role.
        """
        pair = key or self._new_key()
        return Certificate(
            self._core.device(eui(subject), usage, pair.public_key, self._start(start), misbehaviour), pair
        )

    def renew(self, certificate: Certificate, start: str | datetime, *, key: KeyPair | None = None) -> Certificate:
        """The same subject, role, usage and length of validity with another key, valid from `start`."""
        pair = key or self._new_key()
        return Certificate(self._core.renew(certificate.der, pair.public_key, _microseconds(start)), pair)

    def _new_key(self) -> KeyPair:
        self._keys += 1
        return KeyPair.generate(self._seed, f"pki/key/{self._keys}")

    def _start(self, start: str | datetime | None) -> int:
        return _microseconds(self.root.fields["not_before"] if start is None else start)

    def __repr__(self) -> str:
        return f"<test SMKI {self.root.fields['key_identifier']}>"


def _microseconds(time: str | datetime) -> int:
    return to_microseconds(to_time(time))
