"""Recorded commands, executed by simulated devices: do they answer what was recorded?

Two messages are a pair when they stand in one folder and the response echoes the command's code and counter with
originator and recipient exchanged (GBCS 7.2.7); the names of the files do not matter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from meterbed import _core
from meterbed.errors import MeterbedError
from meterbed.eui import eui


@dataclass(frozen=True)
class Difference:
    """A pair or an alert that was not answered as recorded."""

    pair: str
    reason: str


@dataclass
class Replay:
    """Counts of a replay. `equal`: all octets; `equal_to_signature`: all but the 64 octets of a signature made with a
    key that is not published; `loaded`: device data was taken from the recorded message; `faults`: a recorded failure
    was injected as a fault of the object."""

    pairs: int = 0
    equal: int = 0
    equal_to_signature: int = 0
    loaded: int = 0
    faults: int = 0
    alerts: int = 0
    alerts_equal: int = 0
    failed: list[Difference] = field(default_factory=list)
    unpaired: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """The document of `--json`."""
        return asdict(self)


@dataclass(frozen=True)
class _Recorded:
    path: Path
    octets: bytes
    header: Mapping[str, Any]


def replay(folder: Path | str, keys: Path | str, devices: Mapping[str, str] | None = None) -> Replay:
    """Replays every pair and alert in the hexadecimal files of a folder and below.

    keys: folder of certificates and organisations' private keys. devices: type by EUI-64 of devices beside those of
    the Reference Test Data Set.
    """
    replayer, recorded = _replayer(Path(keys)), _read(Path(folder))
    types = {_eui(text): name for text, name in (devices or {}).items()}
    for messages in recorded.values():
        for message in messages:
            replayer.trust(message.octets)
    result = Replay()
    for messages in recorded.values():
        _replay_folder(replayer, messages, types, result)
    return result


def _replayer(keys: Path) -> _core.Replayer:
    try:
        return _core.Replayer(keys)
    except ValueError as error:
        raise MeterbedError(str(error)) from None


def _eui(text: str) -> int:
    try:
        return eui(text)
    except ValueError as error:
        raise MeterbedError(str(error)) from None


def _read(folder: Path) -> dict[Path, list[_Recorded]]:
    """Messages by the folder they stand in, ordered by name."""
    if not folder.is_dir():
        raise MeterbedError(f"there is no folder {folder}")
    by_folder: dict[Path, list[_Recorded]] = defaultdict(list)
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in {".hex", ".txt"} and path.is_file():
            by_folder[path.parent].append(_message(path))
    if not by_folder:
        raise MeterbedError(f"there is no hexadecimal message (*.HEX) in {folder}")
    return by_folder


def _message(path: Path) -> _Recorded:
    try:
        octets = bytes.fromhex(path.read_text(encoding="ascii"))
        return _Recorded(path, octets, _core.message_header(octets))
    except ValueError as error:
        raise MeterbedError(f"{path}: {error}") from None


def _of(messages: list[_Recorded], kind: str) -> list[_Recorded]:
    return [message for message in messages if message.header["kind"] == kind]


def _pairs(messages: list[_Recorded]) -> Iterator[tuple[_Recorded, _Recorded | None]]:
    responses = {
        (m.header["code"], m.header["counter"], m.header["recipient"], m.header["originator"]): m
        for m in _of(messages, "response")
    }
    for command in _of(messages, "command"):
        header = command.header
        key = (header["code"], header["counter"], header["originator"], header["recipient"])
        yield command, responses.get(key)


def _replay_folder(
    replayer: _core.Replayer, messages: list[_Recorded], types: Mapping[int, str], result: Replay
) -> None:
    for command, response in _pairs(messages):
        if response is None:
            result.unpaired.append(command.path.name)
            continue
        device = _type(command.header["recipient"], types)
        result.pairs += 1
        outcome = replayer.pair(command.octets, response.octets, device) if device else _UNKNOWN
        result.equal += outcome["likeness"] == "equal"
        result.equal_to_signature += outcome["likeness"] == "equal_to_signature"
        result.loaded += outcome["loaded"]
        result.faults += outcome["fault"]
        _note_failure(command, outcome, result)
    _replay_alerts(replayer, messages, types, result)


def _replay_alerts(
    replayer: _core.Replayer, messages: list[_Recorded], types: Mapping[int, str], result: Replay
) -> None:
    commands = [message.octets for message in _of(messages, "command")]
    for alert in _of(messages, "alert"):
        device = _type(alert.header["originator"], types)
        result.alerts += 1
        outcome = replayer.alert(alert.octets, commands, device) if device else _UNKNOWN
        result.alerts_equal += outcome["likeness"] != "different"
        _note_failure(alert, outcome, result)


_UNKNOWN: dict[str, Any] = {
    "likeness": "different",
    "loaded": False,
    "fault": False,
    "reason": "the type of the device is not known; name it with --device EUI=TYPE",
}


def _type(device: int, types: Mapping[int, str]) -> str | None:
    return types.get(device) or _core.reference_device(device)


def _note_failure(message: _Recorded, outcome: Mapping[str, Any], result: Replay) -> None:
    if outcome["likeness"] == "different":
        name = f"{message.path.parent.name}/{message.path.name}"
        result.failed.append(Difference(name, outcome["reason"]))
