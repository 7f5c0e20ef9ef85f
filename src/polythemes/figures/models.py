"""Several models of the same passages side by side: one panel a score, one row a model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from polythemes import languages
from polythemes.figures import labels, rows, sheet, sizes, style
from polythemes.figures.keys import of_languages

WIDTH, ACROSS, BETWEEN, VALUE = 8.6, 3, 0.28, 0.36
HEAD, FOOT, ROW, LANE = 0.4, 0.4, 0.32, 0.075
# Where height is limited: how many panels stand side by side at the most, the least width of one,
# and how much lower rows are.
MORE, LEAST, TIGHT = 4, 1.0, 0.8
TITLE = "How do the models compare on the same passages?"
DOT = "#1F5C8B"
HIGHER, LOWER = "higher is better →", "← lower is better"
AGREES = "higher agrees more →"
#: What a score is called, and which direction is better; in the order drawn, others follow.
SCORES = {
    "stability": ("stability", HIGHER),
    "leakage": ("leakage of language", LOWER),
    "coverage": ("coverage", HIGHER),
    "npmi": ("coherence (NPMI)", HIGHER),
    "c_v": ("coherence (C_v)", HIGHER),
    "cnpmi": ("coherence across languages", HIGHER),
    "diversity": ("diversity of terms", HIGHER),
    "tu": ("uniqueness of terms (TU)", HIGHER),
    "silhouette": ("separation (silhouette)", HIGHER),
    "nmi": ("agreement (NMI)", AGREES),
    "ari": ("agreement (ARI)", AGREES),
    "bcubed_precision": ("agreement (B-cubed precision)", AGREES),
    "bcubed_recall": ("agreement (B-cubed recall)", AGREES),
    "bcubed_f": ("agreement (B-cubed F)", AGREES),
}
#: Scores drawn on the scale of their values and 0, as are those not named here; others from 0 to 1.
FREE = {"npmi", "cnpmi", "silhouette"}
#: What shuffled languages give: a mark beside leakage, no panel of its own.
CHANCE = "chance"
COLUMNS = ["model", "n_topics", "score", "language", "value", "low", "high"]


@dataclass(frozen=True)
class Lanes:
    """The rows of a panel.

    Parameters
    ----------
    models : tuple of (str, int)
        Name and number of topics of each, from the top down.
    codes : tuple of str
        The languages that have marks of their own.
    by : float
        How high rows are, as a multiple of the usual.
    """

    models: tuple[tuple[str, int], ...]
    codes: tuple[str, ...]
    by: float = 1.0

    @property
    def row(self) -> float:
        """Height of a row in inches."""
        return self.by * max(ROW, LANE * len(self.codes) + 0.12)

    @property
    def high(self) -> float:
        """Height of a panel in inches."""
        return self.row * len(self.models)

    @property
    def band(self) -> float:
        """Height of a panel with its head and its foot, in inches."""
        return HEAD + self.high + FOOT * self.by

    def middle(self, model: str, n_topics: int, code: str = "") -> float:
        """Give the height of a mark in rows from the top."""
        away = 0.0
        if code:
            away = (self.codes.index(code) - (len(self.codes) - 1) / 2) * LANE * self.by / self.row
        return self.models.index((model, n_topics)) + 0.5 + away


def told(models: pd.DataFrame) -> pd.DataFrame:
    """Bring the scores of models into the order drawn.

    Parameters
    ----------
    models : pandas.DataFrame
        A row a score: columns model, n_topics, score, language (empty for all), value, low, high;
        and reference, what agreement is with, where it is known.

    Returns
    -------
    pandas.DataFrame
        Those columns, and drawn (bool): not without a value, nor for a language where the same
        score has one for all.
    """
    given = models.fillna({"language": ""}) if "language" in models else models
    extra = [column for column in ("reference",) if column in models]
    data = rows.chosen(given, [*COLUMNS, *extra], "models").round(6)
    whole = data["language"].eq("")
    data["drawn"] = data["value"].notna() & (whole | ~data["score"].isin(data["score"][whole]))
    names = [*SCORES, CHANCE]
    order = {name: i for i, name in enumerate([*names, *sorted({*data["score"]} - {*names})])}
    keys = ["score", "model", "n_topics", "language"]
    return data.sort_values(
        keys, key=lambda c: c.map(order) if c.name == "score" else c, ignore_index=True
    )


def models(models: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw the scores of models side by side.

    Parameters
    ----------
    models : pandas.DataFrame
        As for :func:`told`.

    Returns
    -------
    figure : Figure
        A panel a score, a row a model; a dot with its interval, or one a language and a stroke at
        their mean.
    data : pandas.DataFrame
        As :func:`told` gives.
    """
    data = told(models)
    drawn = data[data["drawn"]]
    pairs = tuple(sorted(set(zip(data["model"], data["n_topics"], strict=True))))
    scores = [score for score in dict.fromkeys(data["score"]) if score != CHANCE] or [CHANCE]
    with style.use():
        return _draw(drawn, pairs, scores), data


def _draw(drawn: pd.DataFrame, pairs: tuple[tuple[str, int], ...], scores: list[str]) -> Figure:
    """Draw the scores in bands of panels, the models before each band."""
    width = sizes.room(WIDTH)
    by, usual = (1.0, ACROSS) if width == WIDTH else (TIGHT, MORE)
    side = labels.column([name for name, _ in pairs] + ["00 topics"], min(1.5, 0.28 * width))
    across = sizes.across(usual, width - side, least=LEAST, between=BETWEEN)
    wide = (width - side - BETWEEN * (across - 1)) / across
    bands = [scores[i : i + across] for i in range(0, len(scores), across)]
    lanes = [Lanes(pairs, _spoken(drawn, band), by) for band in bands]
    codes = _spoken(drawn, scores)
    key = of_languages(list(codes), list(map(languages.name, codes)), width, shapes=True)
    top, note = key.height + 0.1, _note(drawn)
    each = sum(one.band for one in lanes) / len(lanes)
    fit = sizes.rows(len(bands), each=each, besides=top + sheet.besides(TITLE, note, width=width))
    shown = sum(map(len, bands[:fit]))
    page = sheet.new(
        TITLE,
        note + rows.note(shown, len(scores), "scores"),
        width=width,
        height=top + sum(one.band for one in lanes[:fit]) - 0.05,
        kind="Dot chart",
    )
    key.draw(page, 0, 0)
    for band, one in zip(bands[:fit], lanes, strict=False):
        _names(page, one, side, top + HEAD)
        for i, score in enumerate(band):
            left = side + i * (wide + BETWEEN)
            own = drawn[drawn["score"].eq(score)]
            _head(page, score, own, left=left, top=top, wide=wide)
            axes = page.axes(left, top + HEAD, wide - VALUE, one.high)
            _panel(axes, own, one, wide - VALUE)
            if score == "leakage":
                _chance(axes, drawn[drawn["score"].eq(CHANCE)], one)
        top += one.band
    return page.figure


def _spoken(drawn: pd.DataFrame, scores: list[str]) -> tuple[str, ...]:
    """List the languages that have marks of their own."""
    return tuple(sorted(set(drawn.loc[drawn["score"].isin(scores), "language"]) - {""}))


def _head(
    page: sheet.Sheet, score: str, own: pd.DataFrame, *, left: float, top: float, wide: float
) -> None:
    """Name a score, and say which direction is better; of agreement, with what."""
    title, better = SCORES.get(score, (labels.plain(score), ""))
    if better == AGREES and "reference" in own and own["reference"].nunique() == 1:
        reference = labels.plain(own["reference"].iloc[0])
        better = f"with {reference}: {AGREES}"
        if labels.width(better, 5.5) > wide:
            better = f"with {reference} →"
    for text, middle, size, colour in (
        (title, 0.1, 8.5, style.look().ink),
        (better, 0.27, 6.5, style.look().soft),
    ):
        said = labels.fit(text, wide, size=size, least=5.25, lines=1)
        page.write(left, top + middle, said.text, size=said.size, color=colour)


def _note(drawn: pd.DataFrame) -> str:
    """Say how to read the panels."""
    said = ["A dot is a score, the line through it its 95 % interval; its number stands beside it."]
    if drawn["language"].ne("").any():
        said.append("Where languages have marks, the stroke and the number are their mean.")
    if drawn["score"].eq(CHANCE).any():
        said.append("A grey stroke is what shuffled languages give.")
    return " ".join(said)


def _names(page: sheet.Sheet, lanes: Lanes, side: float, top: float) -> None:
    """Name the models before a row of panels."""
    for model, n_topics in lanes.models:
        middle = top + lanes.middle(model, n_topics) * lanes.row
        name = labels.fit(model, side - 0.12, size=8, least=5.5, lines=1)
        page.write(side - 0.12, middle - 0.06 * lanes.by, name.text, size=name.size, ha="right")
        count = labels.count(int(n_topics), "topic")
        page.write(
            side - 0.12,
            middle + 0.08 * lanes.by,
            count,
            size=6,
            color=style.look().soft,
            ha="right",
        )


def _panel(axes: Axes, own: pd.DataFrame, lanes: Lanes, wide: float) -> None:
    """Draw one score of every model."""
    _scale(axes, own, len(lanes.models), wide)
    for i, (model, n_topics) in enumerate(lanes.models):
        found = own[own["model"].eq(model) & own["n_topics"].eq(n_topics)]
        mean = float(found["value"].mean())
        for row in rows.each(found):
            _dot(axes, row, lanes.middle(model, n_topics, row.language))
        if found["language"].ne("").any():
            _stroke(axes, mean, i, style.look().ink)
        axes.annotate(
            f"{mean:z.2f}".replace("-", "\u2212") if len(found) else "–",
            (1, i + 0.5),
            xycoords=axes.get_yaxis_transform(),
            xytext=(8, 0),
            textcoords="offset points",
            size=7,
            va="center_baseline",
        )


def _chance(axes: Axes, own: pd.DataFrame, lanes: Lanes) -> None:
    """Mark what shuffled languages give."""
    for row in rows.each(own):
        _stroke(axes, row.value, lanes.models.index((row.model, row.n_topics)), style.REST_COLOUR)


def _scale(axes: Axes, own: pd.DataFrame, models: int, wide: float) -> None:
    """Give a panel the scale of its score, and a line a model."""
    ends = own[["value", "low", "high"]].stack().to_list()
    known = set(own["score"]) <= set(SCORES) - FREE
    low, high = min([0.0, *ends]), max([1.0 if known or not ends else 0.0, *ends])
    room = 0.04 * max(high - low, 1e-6)
    axes.set(xlim=(low - room, high + room), ylim=(models, 0), yticks=[])
    axes.spines["left"].set_visible(False)
    axes.locator_params(axis="x", nbins=4 if wide > 1 else 2)
    axes.axvline(0, color=style.look().line, linewidth=0.6, zorder=0)
    for i in range(models):
        axes.axhline(i + 0.5, color=style.look().faint, linewidth=0.8, zorder=0)


def _dot(axes: Axes, row: Any, middle: float) -> None:
    """Draw a score with its interval."""
    single = row.language != ""
    colour = style.language(row.language) if single else style.look().turned(DOT, 0)
    shape, size = (style.marker(row.language), 3.6) if single else ("o", 5.5)
    axes.plot([row.low, row.high], [middle] * 2, color=colour, linewidth=0.8 if single else 1.4)
    look: dict[str, Any] = {"markersize": size, "markeredgewidth": 0, "clip_on": False}
    axes.plot(row.value, middle, shape, color=colour, **look)


def _stroke(axes: Axes, value: float, row: int, colour: str) -> None:
    """Draw an upright stroke through a row."""
    axes.plot([value] * 2, [row + 0.14, row + 0.86], color=colour, linewidth=1.6, zorder=1.5)
