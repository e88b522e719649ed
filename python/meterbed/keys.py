"""A folder of keys and certificates named EUI-use.pem and EUI-use.key: ds, ka, pp-ka."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from meterbed import _core
from meterbed.errors import MeterbedError

ROLES = {
    "root": 0,
    "recovery": 1,
    "supplier": 2,
    "networkOperator": 3,
    "accessControlBroker": 4,
    "transitionalCoS": 5,
    "wanProvider": 6,
    "issuingAuthority": 7,
    "loadController": 8,
}


def file_stem(eui: int, use: str) -> str:
    """What the files of a key are called, without their ending."""
    return f"{eui:016x}-{use}"


class KeyFolder:
    """Certificates (PEM) and PKCS#8 private keys (PEM) of organisations and devices, read when asked for."""

    def __init__(self, folder: Path | str) -> None:
        self.folder = Path(folder)
        if not self.folder.is_dir():
            raise MeterbedError(f"{self.folder} is no folder of keys")

    def certificate(self, eui: int, use: str) -> str | None:
        """PEM text, None when the folder has none."""
        return self._text(f"{file_stem(eui, use)}.pem")

    def private_key(self, eui: int, use: str) -> str | None:
        """PEM text, None when the folder has none."""
        return self._text(f"{file_stem(eui, use)}.key")

    def role(self, eui: int) -> int | None:
        """The organisation's role, from the OU of one of its certificates; None for devices and strangers."""
        return self._organisations.get(eui)

    def holder(self, role: int) -> int | None:
        """The one organisation with this role (ACB, CoS Party); None when there is none or several."""
        holders = [eui for eui, own in self._organisations.items() if own == role]
        return holders[0] if len(holders) == 1 else None

    @cached_property
    def _organisations(self) -> dict[int, int]:
        """Organisations are those whose private key is here: certificates of spare devices need no reading."""
        roles: dict[int, int] = {}
        for key in sorted(self.folder.glob("*.key")):
            eui, _, use = key.stem.partition("-")
            content = self._text(f"{eui}-{use}.pem")
            if content is None:
                continue
            fields = _core.read_certificate(content.encode())
            if fields["role"] in ROLES:
                roles[int(eui, 16)] = ROLES[fields["role"]]
        return roles

    def _text(self, name: str) -> str | None:
        path = self.folder / name
        return path.read_text(encoding="ascii", errors="replace") if path.is_file() else None
