"""What was collected, and what was kept of it."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from polythemes.figures import labels, rows, sheet, style
from polythemes.figures.keys import Key

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
    "repeat": "#C9B8A8",
}
KEPT, OTHER = "body", "#DDDDDD"
MOST = 60
WIDTH, ROW, BAR = 7.2, 0.34, 0.22
# Room to the right of the longest bar for what is said of it.
SAID = 1.2


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
    totals = data.groupby("article_id", sort=False)["words"].sum()
    largest = set(totals.sort_values(ascending=False, kind="stable").index[:MOST])
    language = dict(zip(data["article_id"], data["language"], strict=True))
    names = {a: labels.article(a, language[a]) for a in totals.index if a in largest}
    with style.use():
        fates = dict.fromkeys(data["fate"])
        key = Key(tuple((fate, FATES.get(fate, OTHER), "s") for fate in fates), WIDTH)
        side = labels.column(names.values(), 1.6, size=8)
        top = key.height + 0.1
        page = sheet.new(
            "What was collected, and what was kept?",
            "Words by what became of them: blue is kept for the passages, grey stands apart, the "
            "rest was removed." + rows.note(len(names), len(totals), "articles"),
            width=WIDTH,
            height=top + ROW * len(names),
        )
        key.draw(page, 0, 0)
        scale = (WIDTH - side - SAID) / max(1, int(totals.max()))
        for i, (article, name) in enumerate(names.items()):
            label = labels.fit(name, side - 0.12, size=8, least=5.5, lines=2)
            middle = top + ROW * (i + 0.5)
            page.write(side - 0.08, middle, label.text, size=label.size, ha="right")
            words = data[data["article_id"].eq(article)].set_index("fate")["words"]
            _bar(page, side, middle, words, scale)
    return page.figure, data


def _bar(page: sheet.Sheet, left: float, middle: float, words: pd.Series, scale: float) -> None:
    """Draw the bar of an article, and say how much of it was kept."""
    for fate, count in words.items():
        colour, across = FATES.get(str(fate), OTHER), count * scale
        page.box(left, middle - BAR / 2, across, BAR, colour)
        for text in (f"{fate} {count:,}", f"{count:,}"):
            if labels.width(text, 7) + 0.08 < across:
                ink = style.ink(colour)
                page.write(left + across / 2, middle, text, size=7, color=ink, ha="center")
                break
        left += across
    total, kept = int(words.sum()), int(words.get(KEPT, 0))
    said = f"{labels.percent(kept / total)} of {total:,} kept" if total else "no words"
    page.write(left + 0.08, middle, said, size=7, color=style.SOFT)
