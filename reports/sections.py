"""The sections that a scenario's `report` may name. A new one: a file beside this, and a row here."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from . import (
    alerts_by_recipient,
    false_outage_alerts,
    message_sequence,
    outage_alerts_by_clock,
    outage_alerts_in_time,
    outage_alerts_never_sent,
    outage_cells,
    outage_detection,
    outage_map,
    outcomes_by_step,
    prepayment_late_reports,
    prepayment_off_supply,
    prepayment_outage,
    prepayment_remedies,
    prepayment_stale,
    prepayment_survival,
    prepayment_top_ups,
    prepayment_utrns,
    refused_commands_by_code,
    repairs_by_route,
    restoration_alerts,
    time_to_repair,
)
from .folder import RunFolder
from .formatting import joined
from .parts import Section

SECTIONS: Mapping[str, Callable[[RunFolder], Section]] = {
    "outcomes by step": outcomes_by_step.section,
    "refused commands by code": refused_commands_by_code.section,
    "repairs by route": repairs_by_route.section,
    "time to repair": time_to_repair.section,
    "alerts by recipient": alerts_by_recipient.section,
    "outage alerts by clock": outage_alerts_by_clock.section,
    "outage alerts in time by region and size": outage_alerts_in_time.section,
    "outage alerts never sent and why": outage_alerts_never_sent.section,
    "outage cells": outage_cells.section,
    "outage map by GSP group": outage_map.section,
    "outage detection by feeder": outage_detection.section,
    "restoration alerts": restoration_alerts.section,
    "false outage alerts": false_outage_alerts.section,
    "prepayment off supply": prepayment_off_supply.section,
    "prepayment top-ups credited": prepayment_top_ups.section,
    "prepayment survival": prepayment_survival.section,
    "prepayment remedies": prepayment_remedies.section,
    "prepayment UTRNs": prepayment_utrns.section,
    "prepayment outage": prepayment_outage.section,
    "prepayment stale tariff": prepayment_stale.section,
    "prepayment late reports": prepayment_late_reports.section,
    "message sequence": message_sequence.section,
}
ALWAYS = "message sequence"


def asked_for(run: RunFolder) -> list[Section]:
    """In the order of the scenario; the message sequence comes last when the scenario does not name it."""
    names = list(dict.fromkeys(run.manifest.report))
    if ALWAYS not in names:
        names.append(ALWAYS)
    return [SECTIONS[name](run) if name in SECTIONS else _unknown(name) for name in names]


def _unknown(name: str) -> Section:
    sentence = (
        f"This version does not know the section “{name}”, which the scenario asks for."
        f" It knows {joined(list(SECTIONS))}."
    )
    return Section(name, name[:1].upper() + name[1:], [sentence])
