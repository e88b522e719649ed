"""What the other variants change in a sweep: paired differences, same settings, seed and repeat."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

WORLD = ["variant", "repeat", "metric", "value", "records_sha256"]


def paired(frame: pd.DataFrame) -> pd.DataFrame:
    """Each other variant less the first one, for each combination of settings and each metric.

    frame: what `sweep` returns. Returns metric, a column for each setting, variant, less, mean, low, high (95 %
    interval of the mean difference, Student's t), pairs, and finding: 'better' and 'worse' only where the interval is
    clear of zero and the metric has a good side.
    """
    import pandas as pd

    from meterbed.reports.comparison import Difference
    from meterbed.reports.intervals import interval

    settings = [column for column in frame.columns if column not in WORLD and column != "seed"]
    first, *others = frame["variant"].drop_duplicates() if len(frame) else [""]
    keys = ["metric", *settings]
    wide = frame.set_index([*keys, "seed", "repeat", "variant"])["value"].unstack("variant", sort=False)
    rows = []
    for key, group in wide.groupby(keys, sort=False):
        for other in others:
            found = interval(list(group[other] - group[first]))
            finding = Difference(str(key[0]), first, other, found).finding
            rows.append((*key, other, first, found.mean, found.low, found.high, found.n, finding))
    names = [*keys, "variant", "less", "mean", "low", "high", "pairs", "finding"]
    return pd.DataFrame(rows, columns=names)
