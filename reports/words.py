"""What codes and metrics mean, in words a Working Group uses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

CODES: Mapping[str, str] = {
    "E1": "the request is not one the DCC can process",
    "E2": "the sender's role may not ask for this",
    "E4": "the sender is not registered for the premises",
    "E5": "the status of the device does not allow it",
    "E11": "the request does not fit the type of device",
    "E19": "the device is not in the inventory",
    "E20": "could not be delivered to the hub",
    "E21": "no answer from the device",
    "E100": "a signature is wrong",
    "E061504": "the new certificate is not in use",
    "E061505": "the new certificate has the wrong usage",
    "E061506": "the new certificate is for another role",
    "E061507": "the owner of the new certificate is not the registered operator",
    "E062101": "the cell is not under the DCC's control",
    "E062102": "the new certificate is not in use, or is for another role",
    "E062103": "the new certificate has the wrong usage",
    "E062105": "the owner of the new certificate is not the registered party",
    "not the notified critical party": "the sender does not own the certificate held for the meter",
    "dual control refused": "the dual control organisation did not agree",
    "unknown originator": "the meter does not know the sender's certificate",
    "role may not use this": "the sender's cell on the meter may not be used for this",
    "bad signature": "the signature is not that of the party in the meter's cell",
    "bad MAC": "the MAC is wrong",
    "replayed counter": "the meter has seen this counter before",
}

GATES: Mapping[str, str] = {
    "certificate belongs to caller": "the new certificate is not the sender's own",
    "new owner is registered": "the owner of the new certificate is not the registered operator",
}


_SHORT, _LONG = "supply restored after less than three minutes", "supply restored after three minutes or more"
_PHASES = [
    ("37", 1, _SHORT),
    ("38", 1, _LONG),
    ("39", 2, _SHORT),
    ("3A", 2, _LONG),
    ("3B", 3, _SHORT),
    ("3C", 3, _LONG),
]

ALERTS: Mapping[str, str] = {
    "8F35": _SHORT,
    "8F36": _LONG,
    **{f"8F{code}": f"phase {phase}: {ends}" for code, phase, ends in _PHASES},
    "8F30": "the source has no authority for the command",
    "8F3D": "the source could not be authenticated",
    "AD1": "power outage",
    "N12": "a command could not be delivered",
    "N13": "a command was not answered",
    "N42": "certificates on the device were replaced",
}


def meaning(code: str, gate: str = "") -> str:
    """A code in words; what the gate says wins, because gates share codes."""
    return GATES.get(gate) or CODES.get(code, "")


@dataclass(frozen=True)
class MetricWords:
    """kind: how values are written; better: 'lower', 'higher', or nothing when neither is."""

    kind: str = "number"
    better: str = ""


METRICS: Mapping[str, MetricWords] = {
    "wrong choices": MetricWords(),
    "devices nobody can command": MetricWords(better="lower"),
    "renewals refused in error": MetricWords("share", "lower"),
    "repairs": MetricWords(),
    "time to repair": MetricWords("duration", "lower"),
    "requests refused": MetricWords(),
    "requests refused at the DCC": MetricWords(),
    "requests answered": MetricWords(),
    "requests without an answer": MetricWords(better="lower"),
    "commands dropped by the meter": MetricWords(better="lower"),
    "alerts to the wrong operator": MetricWords(better="lower"),
    "outage alerts expected": MetricWords(),
    "outage alerts delivered": MetricWords("share", "higher"),
    "outage alerts in time": MetricWords("share", "higher"),
    "outage alert clock D": MetricWords("duration", "lower"),
    "outage alert clock C in time": MetricWords("share", "higher"),
    "outage alerts missing": MetricWords(better="lower"),
    "outage alerts for short cuts": MetricWords(better="lower"),
    "outage alerts without MPxN": MetricWords(better="lower"),
    "false outage alerts": MetricWords(better="lower"),
    "share of false outage alerts": MetricWords("share", "lower"),
    "outage alerts to the wrong operator": MetricWords(better="lower"),
    "restoration codes wrong": MetricWords(better="lower"),
    "restoration alerts in time": MetricWords("share", "higher"),
    "restoration alerts to the wrong operator": MetricWords(better="lower"),
    "time to the first alert of a feeder": MetricWords("duration", "lower"),
    "time to be sure of a feeder": MetricWords("duration", "lower"),
    "alerts to be sure of a feeder": MetricWords(better="lower"),
    "off-supply hours": MetricWords(better="lower"),
    "off-supply hours in the DCC outage": MetricWords(better="lower"),
    "meters off supply at least once": MetricWords("share", "lower"),
    "top-ups": MetricWords(),
    "top-ups credited in 5 min": MetricWords("share", "higher"),
    "top-ups credited in 30 min": MetricWords("share", "higher"),
    "top-ups credited in 24 h": MetricWords("share", "higher"),
    "top-ups typed": MetricWords("share", "lower"),
    "wrong entries": MetricWords(better="lower"),
    "duplicate credit attempts": MetricWords(),
    "duplicate credits": MetricWords(better="lower"),
    "help line calls": MetricWords(better="lower"),
    "stale-tariff days": MetricWords(better="lower"),
    "meters left with the old price": MetricWords("share", "lower"),
    "stale-mode days": MetricWords(better="lower"),
    "meters left in prepayment mode": MetricWords("share", "lower"),
    "reports held by hubs": MetricWords(better="lower"),
    "reports dropped by hubs": MetricWords(better="lower"),
    "typed top-ups unknown": MetricWords("duration", "lower"),
    "late reports in a minute": MetricWords(),
}


def of_metric(name: str) -> MetricWords:
    """Also of a part, 'outage alerts in time: North'. One not in the table is a plain number, neither good nor bad."""
    return METRICS.get(name) or METRICS.get(name.partition(":")[0], MetricWords())
