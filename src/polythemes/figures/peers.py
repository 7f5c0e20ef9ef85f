"""Topic models side by side on texts whose categories are known, as `make benchmark` measured."""

from __future__ import annotations

from importlib import resources

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator, NullLocator

from polythemes.figures import labels, sheet, sizes, style

OURS = "polythemes"
FORMS = ("parallel", "non-parallel")
MARKS = {"parallel": "o", "non-parallel": "D"}
LEFT, PANEL, GAP, ROW = 1.75, 1.3, 0.25, 0.24
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
    height = ROW * max(1, len(places))
    with style.use():
        page = sheet.new(
            f"Topic models on {title}",
            "A circle is a shuffle of all translations pooled, a diamond a draw of each sentence "
            "in one language only. `given`: with the number of categories; `found`: without.",
            width=LEFT + len(PANELS) * (PANEL + GAP) + 0.2,
            height=height + 0.65,
        )
        for (k, method), place in places.items():
            weight = style.look().ink if method == OURS else style.look().soft
            page.write(LEFT - 0.1, ROW * (place + 0.5), f"{method}, {k}", ha="right", color=weight)
        for number, (name, label) in enumerate(PANELS.items()):
            left = LEFT + number * (PANEL + GAP)
            axes = page.axes(left, 0, PANEL, height)
            axes.set(ylim=(height / ROW, 0), yticks=[], xlabel=label)
            _points(axes, known.dropna(subset=[name]), name, places)
    return page.figure


def _points(axes: Axes, known: pd.DataFrame, name: str, places: dict[tuple[str, str], int]) -> None:
    """Draw one panel: a thin line a method, a mark a row."""
    if known.empty:
        return
    for place in places.values():
        axes.axhline(place + 0.5, color=style.look().faint, linewidth=0.8)
    if name == "seconds":
        axes.set_xscale("log")
        axes.xaxis.set_major_locator(LogLocator(subs=(1, 3)))
        axes.xaxis.set_minor_locator(NullLocator())
        axes.xaxis.set_major_formatter("{x:g}")
    elif name == "peak_mb":
        axes.set_xlim(0, 1.05 * known[name].max())
    else:
        axes.set_xlim(-0.02, 1.02)
    for form, shift in zip(FORMS, (0.36, 0.64), strict=True):
        mine = known[known["form"].eq(form)]
        heights = [places[key] + shift for key in zip(mine["k"], mine["method"], strict=True)]
        colours = [style.position(0 if method == OURS else 4) for method in mine["method"]]
        axes.scatter(mine[name], heights, s=9, c=colours, marker=MARKS[form], linewidths=0)
