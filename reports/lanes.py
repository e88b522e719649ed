"""Which arrow of the message sequence a record is. A new kind of record: a row in LANES.

Lanes: `user` is the party that sent the request (or got the alert), `station` the station that wrote the record,
`all` a banner across all lanes. From and to the same: a note on that lane. `hub` is the way through WAN and hub.
Words of a label: {service} {code} {detail} {party} {why} {attempt} {more} {seconds}. `tried again` is no record: it stands for
the further attempts of a request that was given up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Lane:
    """look: plain; refused (red, a cross where it was refused); lost (a cross where it ends); good (a tick)."""

    source: str
    target: str
    label: str
    look: str = "plain"


LANES: Mapping[str, Lane] = {
    "certificate chosen": Lane("user", "user", "{detail} certificate: {party}"),
    "request sent": Lane("user", "DCC", "{service} request"),
    "request refused": Lane("station", "user", "{code} {why}", "refused"),
    "request accepted": Lane("DCC", "user", "accepted"),
    "pre-command returned": Lane("DCC", "user", "Pre-Command to sign"),
    "pre-command signed": Lane("user", "DCC", "signed Pre-Command"),
    "pre-command rejected": Lane("user", "user", "does not sign: not what was asked", "refused"),
    "countersigned": Lane("DCC", "S1SP", "{service} countersigned"),
    "dual control given": Lane("DCO", "S1SP", "agrees", "good"),
    "dual control refused": Lane("DCO", "S1SP", "does not agree", "refused"),
    "holder recorded": Lane("station", "station", "records {party} as holder"),
    "instruction sent": Lane("S1SP", "meter", "{service} instruction"),
    "instruction answered": Lane("meter", "S1SP", "answer"),
    "command sent": Lane("DCC", "hub", "{service} command{attempt}"),
    "tried again": Lane("station", "meter", "{more}, all in vain", "lost"),
    "command delivered": Lane("hub", "meter", "command"),
    "command executed": Lane("meter", "meter", "executed", "good"),
    "command failed": Lane("meter", "meter", "failed: {code}", "refused"),
    "command stored": Lane("meter", "meter", "stored until due"),
    "command dropped": Lane("hub", "meter", "dropped: {why}", "lost"),
    "message lost": Lane("hub", "hub", "{detail} lost: {code}", "lost"),
    "cell replaced": Lane("meter", "meter", "cell now {party}", "good"),
    "cell kept": Lane("meter", "meter", "cell stays {party}: {code}", "refused"),
    "response sent": Lane("meter", "hub", "response"),
    "response received": Lane("DCC", "user", "response"),
    "request completed": Lane("user", "user", "ended: {code} {detail}"),
    "request timed out": Lane("station", "user", "{code} {why}", "refused"),
    "alert sent": Lane("meter", "hub", "alert {detail}"),
    "alert received": Lane("DCC", "user", "alert {detail}"),
    "alert undeliverable": Lane("DCC", "DCC", "alert for nobody known", "lost"),
    "DCC alert": Lane("DCC", "user", "DCC Alert {code}"),
    "supply lost": Lane("meter", "meter", "supply lost"),
    "supply restored": Lane("meter", "meter", "supply restored"),
    "supply state": Lane("meter", "meter", "supply: {code}"),
    "mains lost": Lane("hub", "hub", "mains lost: {detail}"),
    "mains restored": Lane("hub", "hub", "mains is back"),
    "power outage reported": Lane("hub", "hub", "reports the outage{attempt}"),
    "power outage not reported": Lane("hub", "hub", "not reported: {code}", "lost"),
    "power outage received": Lane("hub", "DCC", "outage event"),
    "waited for radio": Lane("hub", "hub", "waits {seconds} for the radio"),
    "alert withheld": Lane("DCC", "DCC", "{detail} withheld: {code}", "refused"),
    "installed without WAN": Lane("meter", "meter", "installed without WAN"),
    "customer pays": Lane("meter", "meter", "customer pays: {detail}"),
    "UTRN told": Lane("meter", "meter", "UTRN told: {detail}"),
    "help line called": Lane("meter", "meter", "customer calls the help line"),
    "engineer visit": Lane("meter", "meter", "an engineer comes: {detail}"),
    "plan not followed": Lane("meter", "meter", "cannot follow: {detail}", "refused"),
    "inventory changed": Lane("DCC", "DCC", "inventory: {code}, {detail}"),
    "request answered": Lane("DCC", "user", "answered: {code}"),
    "credit added": Lane("meter", "meter", "credit added: {detail}", "good"),
    "credit refused": Lane("meter", "meter", "credit refused: {detail}", "refused"),
    "emergency credit taken": Lane("meter", "meter", "customer takes emergency credit"),
    "report held": Lane("hub", "hub", "no WAN: holds {code}"),
    "reported late": Lane("hub", "hub", "WAN again: reports {code}", "good"),
    "report dropped": Lane("hub", "hub", "buffer full: drops {code}", "lost"),
    "payment mode": Lane("meter", "meter", "payment mode: {code}"),
    "registration changed": Lane("all", "all", "Registration data now name {party}"),
    "repair begun": Lane("all", "all", "Repair begins"),
    "repair tried": Lane("all", "all", "Repair tries: {detail}"),
    "repaired": Lane("all", "all", "Repaired by: {detail}", "good"),
    "repair failed": Lane("all", "all", "Repair given up: {detail}", "refused"),
    "outage begun": Lane("all", "all", "Outage begins: {detail}"),
    "outage ended": Lane("all", "all", "Outage ends: {detail}"),
}

# Lanes right of the users, in order, with a line of explanation.
NETWORK_LANES: Mapping[str, str] = {
    "DCC": "",
    "S1SP": "SMETS1 provider",
    "DCO": "dual control",
    "hub": "WAN and hub",
    "meter": "",
}
