"""Labels of lines, as a corpus's gold has them, turned into labels of passages."""

from __future__ import annotations

import pandas as pd

from polythemes.errors import PolythemesError
from polythemes.labelling.draw import LENGTH, RANDOM

#: A theme of a passage stands in so much of its labelled characters, or is its largest.
LEAST = 1 / 3


def from_lines(lines: pd.DataFrame, passages: pd.DataFrame, *, who: str = "gold") -> pd.DataFrame:
    """Give every passage the themes of its lines.

    Parameters
    ----------
    lines : pandas.DataFrame
        Columns ``article_id``, ``start``, ``end`` (characters) and ``themes`` (ids with ``;``
        between, empty for a line without).
    passages : pandas.DataFrame
        The table ``passages``.
    who : str
        What the labels go by.

    Returns
    -------
    pandas.DataFrame
        As :func:`polythemes.labelling.read`: themes by the characters that they stand in, those of
        a third or more, and the largest. All passages with a labelled line are there, so that
        they are as good as drawn at random.

    Raises
    ------
    PolythemesError
        If no passage has a labelled line.
    """
    told = lines[lines["themes"].fillna("") != ""]
    both = passages.merge(told, on="article_id", suffixes=("", "_line"))
    ends = both[["end", "end_line"]].min(axis=1)
    both["characters"] = ends - both[["start", "start_line"]].max(axis=1)
    both = both[both["characters"] > 0]
    if both.empty:
        msg = f"{len(told)} labelled lines came, and none is in a passage; give this corpus's gold"
        raise PolythemesError(msg)
    both["theme"] = both["themes"].str.split(";")
    whole = both.groupby("passage_id")["characters"].sum()
    apart = both.explode("theme").sort_values("start_line", kind="stable")
    # Of themes of as many characters the one that is named first goes first.
    sums = apart.groupby(["passage_id", "theme"], sort=False)["characters"].sum().reset_index()
    sums = sums.sort_values("characters", ascending=False, kind="stable")
    first = ~sums.duplicated("passage_id")
    sums = sums[first | (sums["characters"] >= LEAST * sums["passage_id"].map(whole))]
    named = sums.groupby("passage_id", sort=False)["theme"].agg(tuple).rename("themes")
    found = passages.merge(named, on="passage_id").assign(annotator=who, drawn=RANDOM)
    found["key"] = "k" + found["sha256"].str[:LENGTH]
    columns = ["annotator", "key", "passage_id", "article_id", "sha256", "drawn", "themes"]
    return found.sort_values("passage_id", ignore_index=True)[columns]
