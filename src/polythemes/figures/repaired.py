"""What was repaired in the articles."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from polythemes.figures import bars, labels, rows
from polythemes.tables import check

#: Sorts of repairs in the order they are stacked, with their colours.
SORTS = {
    "look-alike": "#D55E00",
    "homoglyph": "#E69F00",
    "stuffing": "#1F5C8B",
    "mojibake": "#882255",
    "width": "#CC79A7",
    "invisible": "#999999",
}
MOST = 60


def repairs_by_sort(repairs: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Count the repairs of every article by sort.

    Parameters
    ----------
    repairs : pandas.DataFrame
        Table ``repairs``; it may have no rows.
    articles : pandas.DataFrame
        Table ``articles``.

    Returns
    -------
    pandas.DataFrame
        Columns article_id, language, sort, repairs (whole); in the order drawn.
    """
    counts = check(repairs, "repairs").groupby(["article_id", "sort"]).size()
    found = set(counts.index.get_level_values("sort"))
    sorts = [s for s in SORTS if s in found] + sorted(found - set(SORTS))
    known = rows.of(articles, "articles")[["article_id", "language"]]
    order = pd.MultiIndex.from_product(
        [rows.in_order(known), sorts or list(SORTS)[:1]], names=["article_id", "sort"]
    )
    data = counts.reindex(order, fill_value=0).rename("repairs").reset_index()
    data = data.merge(known, on="article_id", validate="m:1").astype({"repairs": int})
    return data[["article_id", "language", "sort", "repairs"]]


def repaired(repairs: pd.DataFrame, articles: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw how much was repaired, article by article.

    Parameters
    ----------
    repairs, articles : pandas.DataFrame
        Tables of a run.

    Returns
    -------
    figure : Figure
        One bar an article, one part a sort of repair; at most 60 articles, those with the most.
    data : pandas.DataFrame
        As :func:`repairs_by_sort` gives.
    """
    data = repairs_by_sort(repairs, articles)
    wide = data.pivot_table("repairs", "article_id", "sort", sort=False, aggfunc="sum")
    shown = bars.largest(wide, MOST)
    sums = shown.sum(axis=1)
    figure = bars.stacked(
        shown,
        names=labels.articles(data),
        said={str(a): labels.count(int(n), "repair") if n else "none" for a, n in sums.items()},
        colours=SORTS,
        title="What was repaired?",
        subtitle="Places mended for counting and embedding, by what was wrong; the text shown "
        "stays as it was." + rows.note(len(shown), len(wide), "articles"),
    )
    return figure, data
