"""What was collected, and what was kept of it."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from polythemes.figures import bars, labels, rows

#: Fates of words in the order they are stacked, with their colours: what is kept is blue.
FATES = {
    "body": "#1F5C8B",
    "heading": "#666666",
    "title": "#999999",
    "byline": "#C4C4C4",
    "teaser": "#E69F00",
    "navigation": "#B35900",
    "bio": "#F2D06B",
    "footer": "#7A3B00",
    "counter": "#CC79A7",
    "disclaimer": "#882255",
    "advert": "#D55E00",
    "comment": "#44AA99",
    "repeat": "#C9B8A8",
}
KEPT = "body"
MOST = 60


def words_by_fate(lines: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Count the words of every article by what became of them.

    Parameters
    ----------
    lines : pandas.DataFrame
        Table ``lines``. Where the end of a body line was cut off, its words are divided by
        characters between the body and the sort of what was cut.
    articles : pandas.DataFrame
        Table ``articles``.

    Returns
    -------
    pandas.DataFrame
        Columns article_id, language, fate, kept (bool), words (whole); in the order drawn.
    """
    counts = _counted(rows.of(lines, "lines"))
    found = sorted(set(counts.loc[counts["words"] > 0, "fate"]))
    fates = [f for f in FATES if f in found] + [f for f in found if f not in FATES]
    known = rows.of(articles, "articles")[["article_id", "language"]]
    order = pd.MultiIndex.from_product(
        [rows.in_order(known), fates or [KEPT]], names=["article_id", "fate"]
    )
    full = counts.set_index(["article_id", "fate"])["words"].reindex(order, fill_value=0)
    data = full.astype(int).reset_index().merge(known, on="article_id", validate="m:1")
    data["kept"] = data["fate"].eq(KEPT)
    return data[["article_id", "language", "fate", "kept", "words"]]


def _counted(lines: pd.DataFrame) -> pd.DataFrame:
    """Sum words up by article and fate."""
    sort = lines["sort"].fillna("").replace("", "other")
    length = (lines["end"] - lines["start"]).clip(lower=1)
    cut = ((lines["end"] - lines["kept_end"].fillna(lines["end"])) / length).clip(0, 1)
    gone = (lines["words"] * cut.where(lines["kind"].eq(KEPT), 0)).round()
    fate = lines["kind"].mask(lines["kind"].eq("boilerplate"), sort)
    parts = [(fate, lines["words"] - gone), (sort, gone)]
    counts = pd.concat(
        pd.DataFrame({"article_id": lines["article_id"], "fate": name, "words": words})
        for name, words in parts
    )
    return counts.groupby(["article_id", "fate"], as_index=False).sum()


def collected(lines: pd.DataFrame, articles: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw what was collected and what was kept, article by article.

    Parameters
    ----------
    lines, articles : pandas.DataFrame
        Tables of a run.

    Returns
    -------
    figure : Figure
        One bar an article, one part a fate; at most 60 articles, those with the most words.
    data : pandas.DataFrame
        As :func:`words_by_fate` gives.
    """
    data = words_by_fate(lines, articles)
    wide = data.pivot_table("words", "article_id", "fate", sort=False, aggfunc="sum")
    shown = bars.largest(wide, MOST)
    kept = {
        str(article): f"{labels.percent(words[KEPT] / words.sum())} of {words.sum():,} kept"
        if words.sum()
        else "no words"
        for article, words in shown.iterrows()
    }
    figure = bars.stacked(
        shown,
        names=labels.articles(data),
        said=kept,
        colours=FATES,
        title="What was collected, and what was kept?",
        subtitle="Words by what became of them: the body is kept for the passages, greys stand "
        "apart from it, the rest was removed." + rows.note(len(shown), len(wide), "articles"),
    )
    return figure, data
