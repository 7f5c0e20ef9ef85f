"""Topic models side by side on texts whose categories are known, as `make benchmark` measured."""

from __future__ import annotations

import math
from importlib import resources

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator, NullLocator

from polythemes.figures import labels, sheet, sizes, style

OURS = "polythemes"
FORMS = ("parallel", "non-parallel")
MARKS = {"parallel": "o", "non-parallel": "D"}
LEFT, GAP, ROW, FOOT, WIDTH = 1.75, 0.25, 0.24, 0.65, 9.7
# The least width of a panel, and size of names and labels.
LEAST, SIZE = 0.5, 8.0
# Height of a title and its note in a column.
ABOVE = 1.4
PANELS = {
    "nmi": "agreement with the\ncategories (NMI)",
    "leakage": "leakage",
    "shuffle_ari": "agreement of\nshuffles (ARI)",
    "seconds": "processor\nseconds",
    "peak_mb": "peak memory, MB",
}


def measured() -> pd.DataFrame:
    """Read what was measured last, on SIB-200 in five languages.

    Returns
    -------
    pandas.DataFrame
        A row a method, form, k and seed: ``build/benchmarks/topics.csv`` as `make benchmark` wrote
        it; a method that did not come to an end has its reason in ``note``.
    """
    with resources.files(__package__).joinpath("peers.csv").open(encoding="utf-8") as file:
        return pd.read_csv(file)


def figure(found: pd.DataFrame, title: str) -> Figure:
    """Draw every method as a line of points.

    Parameters
    ----------
    found : pandas.DataFrame
        As :func:`measured` gives.
    title : str
        What the texts are.

    Returns
    -------
    Figure
        Panels of NMI, leakage, agreement of shuffles, processor time and memory.
    """
    known = found[found["nmi"].notna()]
    means = known.groupby(["k", "method", "form"])[["nmi"]].mean().reset_index()
    order = means.groupby(["k", "method"])["nmi"].max().reset_index()
    order = order.sort_values(["k", "nmi", "method"], ascending=[False, False, True])
    places = {(row.k, row.method): i for i, row in enumerate(order.itertuples())}
    with style.use():
        width = sizes.room(WIDTH)
        side = min(LEFT, 0.33 * width)
        gap = min(GAP, 0.05 * width)
        room = width - side - min(0.2, gap / 2)
        across = sizes.across(len(PANELS), room, least=LEAST, between=gap)
        bands, wide = math.ceil(len(PANELS) / across), room / across - gap
        said = {name: _said(label, wide + gap) for name, label in PANELS.items()}
        more = max(0, max(text.count("\n") for text in said.values()) - 1)
        foot = FOOT + more * SIZE * labels.LEADING / labels.POINTS
        each = sizes.row(ROW, bands * max(1, len(places)), besides=ABOVE + bands * foot)
        high = each * max(1, len(places))
        page = sheet.new(
            f"Topic models on {title}",
            "A circle is a shuffle of all translations pooled, a diamond a draw of each sentence "
            "in one language only. `given`: with the number of categories; `found`: without.",
            width=width,
            height=bands * (high + foot),
        )
        for number, (name, label) in enumerate(said.items()):
            left, top = side + number % across * (wide + gap), number // across * (high + foot)
            if number % across == 0:
                _names(page, places, side=side, top=top, each=each)
            axes = page.axes(left, top, wide, high)
            axes.set(ylim=(high / each, 0), yticks=[], xlabel=label)
            _points(axes, known.dropna(subset=[name]), name, places)
            if name == "seconds":
                _powers(axes, each=1 if wide > 1 else 2)
    return page.figure


def _said(label: str, room: float) -> str:
    """Wrap what is measured, where it does not fit as it is."""
    if max(labels.width(line, SIZE) for line in label.split("\n")) <= room:
        return label
    return "\n".join(labels.wrap(label.replace("\n", " "), room, SIZE))


def _names(
    page: sheet.Sheet, places: dict[tuple[str, str], int], *, side: float, top: float, each: float
) -> None:
    """Name the methods before a band of panels."""
    fitted = {
        key: labels.fit(f"{key[1]}, {key[0]}", side - 0.1, size=SIZE, least=5.5, lines=1)
        for key in places
    }
    size = min([SIZE, *(name.size for name in fitted.values())])
    for key, place in places.items():
        weight = style.look().ink if key[1] == OURS else style.look().soft
        middle = top + each * (place + 0.5)
        page.write(side - 0.1, middle, fitted[key].text, size=size, ha="right", color=weight)


def _powers(axes: Axes, each: int) -> None:
    """Give a panel a scale of powers of ten, with a tick at every so-many-th."""
    axes.set_xscale("log")
    axes.xaxis.set_major_locator(LogLocator(base=10**each, numticks=9))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter("{x:g}")


def _points(axes: Axes, known: pd.DataFrame, name: str, places: dict[tuple[str, str], int]) -> None:
    """Draw one panel: a thin line a method, a mark a row."""
    if known.empty:
        return
    for place in places.values():
        axes.axhline(place + 0.5, color=style.look().faint, linewidth=0.8)
    if name == "peak_mb":
        axes.set_xlim(0, 1.05 * known[name].max())
    elif name != "seconds":
        axes.set_xlim(-0.02, 1.02)
    for form, shift in zip(FORMS, (0.36, 0.64), strict=True):
        mine = known[known["form"].eq(form)]
        heights = [places[key] + shift for key in zip(mine["k"], mine["method"], strict=True)]
        colours = [style.position(0 if method == OURS else 4) for method in mine["method"]]
        axes.scatter(
            mine[name], heights, s=9, c=colours, marker=MARKS[form], linewidths=0, clip_on=False
        )
