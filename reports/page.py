"""Puts the report together: what the template needs, and the page itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib.resources import files

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from . import answer, basis, comparison
from .folder import RunFolder
from .formatting import duration, plural
from .parts import Plot, Section, Table
from .sections import asked_for


@dataclass(frozen=True)
class Report:
    """The page, and what goes into files beside it."""

    html: str = field(repr=False)
    plots: list[Plot]
    tables: list[Table]


def render(run: RunFolder, tables_folder: str) -> Report:
    """`tables_folder`: where the page's links to CSV files point, from the page."""
    sections = asked_for(run)
    main = comparison.main_metrics(run)
    others = comparison.other_metrics(run)
    differences = comparison.differences(run, main)
    drawn = comparison.drawn_metrics(run, main)
    metrics_plot = comparison.plot(run, drawn) if drawn else None
    tables: dict[str, Table] = {
        "expectations": answer.table(run),
        "metrics": comparison.metric_table(run, "metrics", "Metrics by variant", main),
        "differences": comparison.difference_table(differences),
        "others": comparison.metric_table(run, "other metrics", "Other metrics, not asked for by the scenario", others),
        "invariants": basis.invariants(run),
        "figures": basis.figures(run),
        "defaults": basis.defaults(run),
    }
    html = (
        _environment()
        .get_template("report.html")
        .render(
            run=run,
            manifest=run.manifest,
            answers=answer.answers(run),
            method=comparison.method(run),
            differences=[item for item in differences if item.interval.clear_of_zero],
            unclear=[item for item in differences if not item.interval.clear_of_zero],
            metrics_plot=metrics_plot,
            sections=sections,
            tables=tables,
            tables_folder=tables_folder,
            assumptions=basis.sentence(run),
            facts=_facts(run),
        )
    )
    plots = [metrics_plot] if metrics_plot else []
    return Report(
        html,
        [*plots, *(plot for section in sections for plot in section.plots)],
        [table for table in (*tables.values(), *_tables(sections)) if table.rows],
    )


def _tables(sections: list[Section]) -> list[Table]:
    return [table for section in sections for table in (*section.tables, *section.folded)]


def _facts(run: RunFolder) -> list[tuple[str, str]]:
    head = run.manifest
    length = duration(head.length_s) if head.length_s else ""
    facts = [
        ("Variants", ", ".join(run.variants)),
        ("Repeats", f"{head.repeats}" + ("" if head.complete else f" of {head.repeats_asked}")),
        ("Simulated", " from ".join(part for part in (length, head.start) if part)),
        ("Records", plural(run.records.rows, "record")),
        ("Seed", head.seed),
        ("Version", f"meterbed {head.version}"),
    ]
    return [(name, value) for name, value in facts if value]


def _environment() -> Environment:
    """Escapes everything; only our own drawings and style come in as they are."""
    folder = files(__package__) / "templates"
    texts = {name: (folder / name).read_text(encoding="utf-8") for name in ("report.html", "parts.html", "style.css")}
    environment = Environment(
        loader=DictLoader(texts), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["drawing"] = lambda plot: Markup(plot.svg)  # noqa: S704
    environment.globals["style"] = Markup(texts["style.css"])  # noqa: S704
    return environment
