"""Section `message sequence`: what happened at one affected home, arrow by arrow, in every variant."""

from __future__ import annotations

from . import sequence_drawing
from .folder import RunFolder
from .parts import Column, Plot, Section, Table
from .sequence_story import LIMIT, Story, tell

NAME = "message sequence"
TITLE = "Message sequence of one home"
LEGEND = (
    "Time runs downwards, in UTC. A dashed red arrow is a refusal; its cross stands where it was refused. An arrow"
    " that ends in a cross was lost or dropped there. Zigzags stand for a long wait."
    " Further attempts in vain and repeated alerts are told once."
)
# How to find a home worth telling of: (kind of record, detail or None for any, words); the first that finds one.
CANDIDATES = [
    ("certificate chosen", "wrong", "the first home that was sent a wrong certificate"),
    ("command dropped", None, "the first home whose meter dropped a command"),
    ("request refused", None, "the first home with a refused request"),
    ("UTRN told", "help line", "the first home that was told a UTRN by the help line"),
    ("request sent", None, "the first home that was sent a request"),
    ("power outage reported", None, "the first home whose hub reported an outage"),
    ("alert received", None, "the first home that sent an alert"),
    ("customer pays", None, "the first home whose customer paid"),
]


def section(run: RunFolder) -> Section:
    """The same home of the same repeat in each variant."""
    repeat = run.repeats[0] if run.repeats else 0
    home, why = choose(run, repeat)
    if home is None:
        return Section(NAME, TITLE, ["No home was sent a message, so there is no sequence to show."])
    first = run.variants[0]
    paragraphs = [f"Home {home} in repeat {repeat}: {why} in {first}. The same home is shown in every variant."]
    paragraphs.append(LEGEND)
    plots: list[Plot] = []
    tables: list[Table] = []
    for variant in run.variants:
        story = tell(run, variant, repeat, home)
        if not story.arrows:
            paragraphs.append(f"In {variant} nothing was recorded for this home.")
            continue
        if story.cut:
            text = f"In {variant} the story is longer than {LIMIT} arrows; {story.cut:,} from its middle are left out."
            paragraphs.append(text)
        plots += sequence_drawing.draw(story, home)
        tables.append(_table(story))
    return Section(NAME, TITLE, paragraphs, plots, folded=tables)


def choose(run: RunFolder, repeat: int) -> tuple[int | None, str]:
    """The home with the lowest number that the first fitting row of CANDIDATES finds in the first variant."""
    for what, detail, why in CANDIDATES:
        home = run.records.first_home(run.variants[0], repeat, what, detail)
        if home is not None:
            return home, why
    return None, ""


def _table(story: Story) -> Table:
    rows: list[tuple[object, ...]] = []
    for arrow in story.arrows:
        source, target = (story.lanes.get(place, ("all", ""))[0] for place in (arrow.source, arrow.target))
        rows.append((f"{arrow.time:%d %b %Y %H:%M:%S}", source, target if target != source else "", arrow.label))
    heads = [Column(head) for head in ("Time (UTC)", "From", "To", "What")]
    return Table(f"message sequence {story.variant}", f"The sequence of {story.variant} as a table", heads, rows)
