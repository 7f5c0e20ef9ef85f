"""Whether topics follow languages rather than contents."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from polythemes import languages
from polythemes.errors import PolythemesError, choices
from polythemes.figures import labels, rows, sheet, sizes, style
from polythemes.figures.keys import of_languages

WIDTH, SIDE, ROW, BAR = 8.4, 1.15, 0.3, 0.2
# Room for the number of passages behind a bar, for the scale beside the bars and for it below them.
COUNT, SCALE, BELOW = 1.25, 1.8, 1.75
ALL = "all passages"
SCORES = ("leakage", "chance")


def by_language(topic_shares: pd.DataFrame, passages: pd.DataFrame) -> pd.DataFrame:
    """Divide every topic among the languages of its passages.

    Parameters
    ----------
    topic_shares, passages : pandas.DataFrame
        Tables of a run.

    Returns
    -------
    pandas.DataFrame
        Columns bar (``"all passages"``, then topics by number), language, passages (count; a
        passage counts for the topic that takes most of it), share (0 to 1, of the bar); in the
        order drawn.
    """
    known = rows.of(passages, "passages")[["passage_id", "language"]]
    given = rows.topic_of(topic_shares).merge(known, on="passage_id", validate="1:1")
    counts = pd.crosstab(given["topic_id"], given["language"])
    counts.index = [f"topic {topic}" for topic in counts.index]
    whole = known["language"].value_counts().sort_index().rename(ALL)
    table = pd.concat([whole.to_frame().T, counts]).reindex(columns=whole.index).fillna(0)
    shares = table.div(table.sum(axis=1), axis=0).round(6)
    data = pd.DataFrame({"passages": table.stack().astype(int), "share": shares.stack()})
    return data.rename_axis(["bar", "language"]).reset_index()


def leakage(
    topic_shares: pd.DataFrame, passages: pd.DataFrame, scores: pd.DataFrame
) -> tuple[Figure, pd.DataFrame]:
    """Draw the languages of every topic, and how much of a topic its language tells.

    Parameters
    ----------
    topic_shares, passages : pandas.DataFrame
        Tables of a run.
    scores : pandas.DataFrame
        Columns score, value, low, high (0 to 1). The rows ``leakage`` (with its interval) and
        ``chance`` (what shuffled languages give) are drawn, others are not.

    Returns
    -------
    figure : Figure
        A bar a topic beside the normalised mutual information of topic and language.
    data : pandas.DataFrame
        As :func:`by_language` gives, then the scores: columns bar, language, passages, share,
        low, high, where ``bar`` is the score and ``share`` its value.

    Raises
    ------
    PolythemesError
        If a score is missing.
    """
    data = by_language(topic_shares, passages)
    told = rows.chosen(scores, ["score", "value", "low", "high"], "scores").round(6)
    told = told[told["score"].isin(SCORES)].drop_duplicates("score").set_index("score")
    if len(told) < len(SCORES):
        msg = (
            f"scores hold {choices(sorted(scores['score'].unique()))}; the figure needs the rows "
            f"{choices(SCORES)}; run `polythemes build` again"
        )
        raise PolythemesError(msg)
    bars, codes = list(dict.fromkeys(data["bar"])), list(dict.fromkeys(data["language"]))
    with style.use():
        wide = sizes.room(WIDTH)
        beside = wide > 2 * (SIDE + SCALE)
        side = SIDE if beside else min(SIDE, 0.28 * wide)
        across = wide - side - (COUNT + SCALE + 0.1) * beside
        left = side if wide == WIDTH else 0.0
        room = side + across + COUNT - left if beside else wide
        key = of_languages(codes, list(map(languages.name, codes)), room, shapes=False)
        top = key.height + 0.08
        end = top + ROW * len(bars) + 0.12
        first, second = ("Left", "Right") if beside else ("Above", "Below")
        page = sheet.new(
            "Do topics follow languages?",
            f"{first}: the languages of all passages, and of each topic's. {second}: how much a "
            "passage's language tells of its topic, on a scale from 0, nothing, to 1, all.",
            width=wide,
            height=max(end, 1.9) if beside else end + BELOW,
            kind="Bar chart",
        )
        key.draw(page, left, 0)
        for i, bar in enumerate(bars):
            place = (side, top + ROW * i + 0.12 * (i > 0), across)
            _bar(page, data[data["bar"].eq(bar)], place, beside=beside)
        right, high = (side + across + COUNT, top) if beside else (side, end + 0.25)
        scale = SCALE if beside else across - 0.1
        _scale(page.axes(right, high + 0.25, scale, 0.8), told)
    extra = told.loc[list(SCORES)].reset_index()
    extra = extra.rename(columns={"score": "bar", "value": "share"})
    return page.figure, pd.concat([data, extra], ignore_index=True)


def _bar(
    page: sheet.Sheet, parts: pd.DataFrame, place: tuple[float, float, float], *, beside: bool
) -> None:
    """Draw one bar from a left, a top and a width, its passages counted beside or before it."""
    side, top, wide = place
    middle, left = top + ROW / 2, side
    count = labels.count(int(parts["passages"].sum()), "passage")
    soft: dict[str, Any] = {"color": style.look().soft}
    page.write(side - 0.1, middle - 0.06 * (not beside), parts["bar"].iloc[0], ha="right")
    for row in rows.each(parts):
        colour, across = style.language(row.language), wide * row.share
        page.box(left, middle - BAR / 2, across, BAR, colour)
        text, ink = labels.percent(row.share), style.ink(colour)
        if labels.width(text, 5.5) + 0.06 < across:
            size = labels.fit(text, across - 0.06, size=7, least=5.5).size
            page.write(left + across / 2, middle, text, size=size, color=ink, ha="center")
        left += across
    if beside:
        page.write(side + wide + 0.08, middle, count, size=7, **soft)
    else:
        page.write(side - 0.1, middle + 0.07, count, size=6, ha="right", **soft)


def _scale(axes: Axes, told: pd.DataFrame) -> None:
    """Draw leakage with its interval above the band that chance gives."""
    chance, found = (told.loc[score].to_dict() for score in ("chance", "leakage"))
    axes.set(xlim=(0, 1), ylim=(0, 1), yticks=[], xlabel="normalised mutual information")
    axes.spines["left"].set_visible(False)
    axes.axvspan(chance["low"], chance["high"], color=style.look().line, linewidth=0)
    axes.axvline(chance["value"], color=style.look().soft, linewidth=0.8)
    axes.plot([found["low"], found["high"]], [0.5, 0.5], color=style.look().ink, linewidth=1.5)
    axes.plot(found["value"], 0.5, "o", color=style.look().ink, markersize=6)
    said = f"leakage {found['value']:.2f} ({found['low']:.2f}–{found['high']:.2f})"
    axes.text(0, 1.32, said, size=8, va="bottom", transform=axes.transAxes)
    said = f"chance {chance['value']:.2f} ({chance['low']:.2f}–{chance['high']:.2f}), in grey"
    axes.text(0, 1.08, said, size=8, color=style.look().soft, va="bottom", transform=axes.transAxes)
