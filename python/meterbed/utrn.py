"""UTRNs, the 20 digits of a prepayment top-up (GBCS 14): made for one device, and checked.

    code = utrn.make(supplier, device, counter=7, value="10.00", keys="keystore")
    utrn.check(code.code, supplier, device, counter=7, keys="keystore").authentic

Money is in pence here, an exact int; text such as "10.00" is pounds.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from meterbed import _core
from meterbed.eui import eui
from meterbed.keys import KeyFolder, file_stem

_HALF = 32  # bits: the UTRN counter is the upper half of the originator counter
_DIGITS = 20
_NOT_DIGITS = "not digits"
_WRONG_DIGITS = "wrong digits"
# What a meter calls a fault of the digits; all others are wrong digits to it.
_CALLED = {"not a top-up token": "not for this device"}


@dataclass(frozen=True)
class Utrn:
    """What 20 digits say. `mac`: the four octets of the GMAC they carry, in hexadecimal."""

    code: str
    value_class: str  # pence, pounds
    pence: int
    counter_bits: int  # the low ten bits of the UTRN counter
    mac: str

    def __str__(self) -> str:
        return self.code


@dataclass(frozen=True)
class Made(Utrn):
    """A UTRN just made, with the counter it uses up and its whole GMAC."""

    counter: int
    originator_counter: int
    gmac: str


@dataclass(frozen=True)
class Check:
    """What became of a code. `fault` says why it is none; `authentic` is None without keys.

    refusal: why a meter would refuse it, in the words of its table (devices/top_up.h); None when nothing known here
    speaks against it. Limits of credit and balance are a meter's own and are not judged here.
    """

    code: str
    fault: str | None
    utrn: Utrn | None
    counter: int | None
    authentic: bool | None
    refusal: str | None

    @property
    def good(self) -> bool:
        """It is a UTRN, its counter is new where the meter's is known, and with keys the Supplier's for this device."""
        return self.refusal is None

    @property
    def event(self) -> int | None:
        """Code of the event that a meter would log (GBCS 16); None where it logs nothing and its display tells."""
        return None if self.refusal is None else _core.top_up_event(self.refusal)


def make(
    supplier: int | str,
    device: int | str,
    counter: int,
    *,
    value: str | Decimal | None = None,
    pence: int | None = None,
    keys: str | Path | None = None,
    secret: bytes | None = None,
) -> Made:
    """Makes the UTRN of a Supplier for a device.

    counter: the UTRN counter, or the originator counter whose upper half it is (from 2^32 on, lower half zero). Not 0.
    value: pounds, "10.00" or "12.50"; whole pounds use the value class pounds. Or pence, an int, in that class.
    keys: a folder with the keys of both ends, or secret: the 32 octets that they share.
    Raises ValueError for bad words, for a counter or an amount of 0, and for keys that are not there.
    """
    originator, recipient = eui(supplier), eui(device)
    number = utrn_counter(counter)
    amount, pounds = amount_of(value, pence)
    if number == 0:
        raise ValueError(
            "no meter takes a code of counter 0: its floor is at least 0, and counters up to the floor count as used"
        )
    if amount == 0:
        raise ValueError("a top-up of nothing is none; give an amount above 0")
    shared = _secret(originator, recipient, keys, secret)
    code, gmac = _core.utrn_make(shared, originator, recipient, number, amount, pounds)
    read = _read(code)
    return Made(**vars(read), counter=number, originator_counter=number << _HALF, gmac=gmac)


def check(
    code: str,
    supplier: int | str | None = None,
    device: int | str | None = None,
    *,
    counter: int | None = None,
    highest: int | None = None,
    keys: str | Path | None = None,
    secret: bytes | None = None,
) -> Check:
    """Checks digits and range, reads the fields, and with keys also the MAC.

    counter: as for `make`. Without it a device's rule finds it: nearest to `highest`, the highest UTRN counter the
    device has seen (0: none yet). A code whose ten bits are not the counter's is not authentic.
    Raises ValueError for bad words and for keys that are not there.
    """
    fault, fields = _fault(code), _core.utrn_read(code)
    if "fault" in fields:
        fault = fault or fields["fault"]
        return Check(code, fault, None, None, None, _CALLED.get(fault, _WRONG_DIGITS))
    read = _read(code)
    number = _counter_of(read, counter, highest)
    known = None if highest is None else utrn_counter(highest)
    if keys is None and secret is None:
        return Check(code, None, read, number, None, _refusal(number, known, None))
    if supplier is None or device is None:
        raise ValueError("to check the MAC, name the supplier and the device")
    originator, recipient = eui(supplier), eui(device)
    shared = _secret(originator, recipient, keys, secret)
    authentic = number is not None and _core.utrn_is_authentic(code, shared, originator, recipient, number)
    return Check(code, None, read, number, authentic, _refusal(number, known, authentic))


def _fault(code: str) -> str | None:
    """Letters among as many characters as a code has: told apart from a digit too few."""
    return _NOT_DIGITS if len(code) == _DIGITS and not (code.isascii() and code.isdigit()) else None


def _refusal(number: int | None, highest: int | None, authentic: bool | None) -> str | None:
    """A meter looks at the counter first. Which counters below its highest are new is not known here."""
    judged = highest is not None or authentic is not None
    if judged and number in (None, 0, highest):
        return "duplicate"
    return "not authentic" if authentic is False else None


def _counter_of(read: Utrn, counter: int | None, highest: int | None) -> int | None:
    if counter is not None and highest is not None:
        raise ValueError("give either the counter or the highest counter known")
    if counter is not None:
        return utrn_counter(counter)
    return _core.utrn_deduce_counter(utrn_counter(highest or 0), read.counter_bits)


def _read(code: str) -> Utrn:
    fields = _core.utrn_read(code)
    return Utrn(code, fields["value_class"], fields["pence"], fields["counter_bits"], f"{fields['mac']:08X}")


def amount_of(value: str | Decimal | None, pence: int | None) -> tuple[int, bool]:
    """Pence, and whether the class pounds is wished for: when the amount was given in pounds."""
    if value is not None and pence is None:
        return pence_of(value), True
    if pence is not None and value is None:
        return pence, False
    raise ValueError("give either a value in pounds or pence")


def pence_of(value: str | Decimal) -> int:
    """Pence of pounds: "10.00" is 1000."""
    try:
        pence = Decimal(value) * 100
    except InvalidOperation:
        raise ValueError(f"'{value}' is not an amount of pounds, for example 10.00") from None
    if not pence.is_finite() or pence != pence.to_integral_value() or not 0 <= pence <= 10**9:
        raise ValueError(f"'{value}' is not an amount of pounds and whole pence")
    return int(pence)


def utrn_counter(counter: int) -> int:
    """The UTRN counter of itself, or of an originator counter with a lower half of zeros."""
    number = counter >> _HALF if counter >> _HALF and counter % (1 << _HALF) == 0 else counter
    if not 0 <= number < 1 << _HALF:
        raise ValueError(
            f"{counter} is neither a UTRN counter (below 2^32) nor an originator counter with 32 low bits of zero"
        )
    return number


def _secret(supplier: int, device: int, keys: str | Path | None, secret: bytes | None) -> bytes:
    if (keys is None) == (secret is None):
        raise ValueError("give either a folder of keys or the secret that both ends share")
    return secret if secret is not None else secret_from(Path(str(keys)), supplier, device)


def secret_from(folder: Path, supplier: int, device: int) -> bytes:
    """What a Supplier's top-up key and a device's key agreement key share: from one's private key, the other's certificate.

    Files are named `<EUI-64>-pp-ka` for the Supplier and `<EUI-64>-ka` for the device, `.key` and `.pem`.
    """
    if not folder.is_dir():
        raise ValueError(f"there is no folder of keys at {folder}")
    ring = KeyFolder(folder)
    ends = (supplier, "pp-ka"), (device, "ka")
    for own, peer in (ends, ends[::-1]):
        key, certificate = ring.private_key(*own), ring.certificate(*peer)
        if key is not None and certificate is not None:
            return _agree(key, certificate, f"{file_stem(*own)}.key and {file_stem(*peer)}.pem")
    names = [file_stem(*end) for end in ends]
    raise ValueError(
        f"{folder} lacks keys: it needs {names[0]}.key and {names[1]}.pem, or {names[1]}.key and {names[0]}.pem"
    )


def _agree(key: str, certificate: str, names: str) -> bytes:
    try:
        return _core.agree(key, certificate)
    except ValueError as error:
        raise ValueError(f"{names}: {error}") from None
