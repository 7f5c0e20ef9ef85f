"""Where the texts of a figure stand, for tests that hold them apart and inside."""

from __future__ import annotations

from itertools import combinations

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

from polythemes.figures import style


def shown(figure, dpi=None):
    """List the texts of a figure that show, with where they are, in pixels."""
    # With few dots an inch, letters are wider than in print.
    figure.set_dpi(dpi or figure.dpi)
    canvas = FigureCanvasAgg(figure)
    # Texts are laid out, which is all that is asked for here; the picture would take much longer.
    with style.use():
        figure.draw_without_rendering()
    texts = [t for t in figure.findobj(Text) if t.get_visible() and t.get_text().strip()]
    # A tick beyond the end of its axis, or of axes that are off, has a label that is never drawn.
    for axes in figure.axes:
        for axis in (axes.xaxis, axes.yaxis):
            low, high = sorted(axis.get_view_interval())
            ticks = zip(axis.get_major_ticks(), axis.get_majorticklocs(), strict=True)
            unseen = [t.label1 for t, at in ticks if not (axes.axison and low <= at <= high)]
            texts = [text for text in texts if text not in unseen]
    with style.use():
        return [(t.get_text(), t.get_window_extent(canvas.get_renderer())) for t in texts]


def faults(figure, dpi=None, apart=1):
    """List the texts that leave a figure, and the pairs that cross by more pixels than these."""
    texts = shown(figure, dpi)
    wide, high = figure.bbox.size
    outside = [t for t, box in texts if min(box.x0, box.y0, wide - box.x1, high - box.y1) < 0]
    crossed = [
        (a, b)
        for (a, one), (b, other) in combinations(texts, 2)
        if min(one.x1, other.x1) - max(one.x0, other.x0) > apart
        and min(one.y1, other.y1) - max(one.y0, other.y0) > apart
    ]
    return [*outside, *crossed]
