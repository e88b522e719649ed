"""Figures that sections of the report use by themselves. They stand in the list of figures like those of the scenario."""

from __future__ import annotations

from .folder import RunFolder

_RECALL = "RECALL: SEC Section H13.1, to be verified"
# Name, value, unit, source, confidence. The scenario's own figure of that name wins.
_ROWS = [
    ("cpm_alert_target", "0.99", "fraction in target time", _RECALL, "medium"),
    ("cpm_alert_minimum", "0.96", "fraction in target time", _RECALL, "medium"),
    ("restoration_long_outage_s", "180", "s", "GBCS: 0x8F36 tells of an outage of three minutes or more", "high"),
    ("feeder_certainty", "0.95", "fraction", "ASSUMPTION: how sure an operator must be before a crew leaves", "low"),
]
_USED_BY = {
    "cpm_alert_target": ("outage alerts by clock", "outage alerts in time by region and size", "restoration alerts"),
    "cpm_alert_minimum": ("outage alerts by clock", "outage alerts in time by region and size"),
    "restoration_long_outage_s": ("restoration alerts",),
    "feeder_certainty": ("outage detection by feeder",),
}


def target(run: RunFolder, name: str) -> float:
    """Its value, in the unit of the row."""
    own = [row["value"] for row in run.manifest.figures if row.get("name") == name]
    return float(own[0] if own else next(row[1] for row in _ROWS if row[0] == name))


def figures(run: RunFolder) -> list[dict[str, str]]:
    """Rows for the list of figures: those that the sections of this report use and the scenario does not name."""
    own = {row.get("name") for row in run.manifest.figures}
    out = []
    for name, value, unit, source, confidence in _ROWS:
        used = [section for section in _USED_BY[name] if section in run.manifest.report]
        if used and name not in own:
            row = {"name": name, "value": value, "unit": unit, "source": source, "confidence": confidence}
            out.append({**row, "used_at": f"section {used[0]}"})
    return out
