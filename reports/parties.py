"""Names for EUI-64s. Records name parties by number; the scenario's timeline says who they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .formatting import eui
from .records import Records

# Words of the timeline that stand for a different party in each home.
RESOLVED = {"registered network operator", "registered supplier"}
CHOICES = {"right": "right", "wrong": "wrong", "transfer to": "transfer"}
ROLE_WORDS = {
    "ED": "network operator",
    "GT": "gas transporter",
    "IS": "supplier",
    "ES": "supplier",
    "GS": "gas supplier",
    "RSA": "supplier's agent",
    "OU": "other user",
}


@dataclass(frozen=True)
class Parties:
    """Names and roles of the parties that could be told from scenario and records."""

    names: Mapping[int, str]
    roles: Mapping[str, str]

    def name(self, number: int) -> str:
        """The user's name, or its EUI-64 when nobody says."""
        return self.names.get(number) or (eui(number) if number else "nobody")

    def role(self, number: int) -> str:
        """'network operator', 'supplier', or nothing."""
        return self.roles.get(self.names.get(number, ""), "")


def labels(scenario: Mapping[str, Any]) -> list[str]:
    """Of the timeline's steps, in order; a step without `as` is called by its number."""
    steps = scenario.get("timeline") or []
    return [str(step.get("as") or f"step {i}") for i, step in enumerate(steps, 1) if isinstance(step, Mapping)]


def infer(scenario: Mapping[str, Any], records: Records) -> Parties:
    """A sender's number is that of `by`, a certificate owner's that of the choice which its record names."""
    sent = records.of("request sent")
    chosen = records.of("certificate chosen")
    roles = _roles(scenario)
    names: dict[int, str] = {}
    for label, step in zip(labels(scenario), _maps(scenario.get("timeline")), strict=True):
        by = str(step.get("by") or "")
        if by and by not in RESOLVED:
            for number in sent.loc[sent["step"] == label, "party"].unique():
                names.setdefault(int(number), by)
        certificate = step.get("certificate")
        for key, detail in CHOICES.items():
            owner = str(certificate.get(key) or "") if isinstance(certificate, Mapping) else ""
            if owner and owner not in RESOLVED:
                rows = chosen[(chosen["step"] == label) & (chosen["detail"] == detail)]
                for number in rows["party"].unique():
                    names.setdefault(int(number), owner)
    suppliers = [name for name, role in roles.items() if role == "supplier" and name not in names.values()]
    if len(suppliers) == 1:  # only suppliers ask for a handover
        for number in sent.loc[sent["service"] == "6.21", "party"].unique():
            names.setdefault(int(number), suppliers[0])
    return Parties(names, roles)


def _roles(scenario: Mapping[str, Any]) -> dict[str, str]:
    roles: dict[str, str] = {}
    for population in _maps((scenario.get("population") or {}).values()):
        for key in ("network operator", "supplier", "gas supplier"):
            if population.get(key):
                roles.setdefault(str(population[key]), key)
        wrong = population.get("wrong certificate")
        if isinstance(wrong, Mapping) and wrong.get("operator"):
            roles.setdefault(str(wrong["operator"]), "network operator")
    users = scenario.get("users")
    if isinstance(users, Mapping):
        for name, user in users.items():
            words = user.get("roles", user.get("role")) if isinstance(user, Mapping) else user
            first = (words[0] if isinstance(words, list) and words else words) or ""
            roles.setdefault(str(name), ROLE_WORDS.get(str(first), str(first)))
    for step in _maps(scenario.get("timeline")):
        certificate = step.get("certificate")
        if step.get("cell") and isinstance(certificate, Mapping):
            for key in CHOICES:
                owner = str(certificate.get(key) or "")
                if owner and owner not in RESOLVED:
                    roles.setdefault(owner, str(step["cell"]))
    return roles


def _maps(values: Any) -> Iterator[Mapping[str, Any]]:
    return (value for value in values or [] if isinstance(value, Mapping))
