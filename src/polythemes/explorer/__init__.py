"""The explorer: a map of the passages in one page that opens from disk."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import pandas as pd
from markupsafe import Markup

from polythemes.explorer.rows import gathered
from polythemes.figures import fonts as figured
from polythemes.report import fonts, page

Tables = Mapping[str, pd.DataFrame]
HOME = "polythemes.explorer"
#: Scripts of the page, in the order they run: what is shown, the map, the page around it.
SCRIPTS = ("state.js", "map.js", "page.js")
#: Height of the page in a notebook, in CSS pixels.
HEIGHT = 820

__all__ = ["Shown", "html", "show"]


def html(
    tables: Tables, *, name: str, title: str = "", texts: Mapping[str, str] | None = None
) -> str:
    """Make the page.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        The tables of a run.
    name : str
        The corpus's name.
    title : str
        What the corpus is.
    texts : mapping of str to str, optional
        Texts of passages by their name: only for a page that stays on the user's machine.

    Returns
    -------
    str
        One self-contained page.
    """
    told = gathered(tables, texts=texts or {}) | {"corpus": name, "title": title or name}
    script = "\n".join(page.part(HOME, one) for one in SCRIPTS)
    data = page.data(told)
    style = fonts.face(data, figured.bundled()) + page.part(HOME, "explorer.css")
    return page.page(
        HOME,
        "explorer.html",
        title=title or name,
        private=bool(texts),
        policy=page.policy(script),
        # Ours; the data has no "<" left.
        style=Markup(style),  # noqa: S704
        held={"data": Markup(data), "script": Markup(script)},  # noqa: S704
    )


class Shown:
    """A page that Jupyter shows live.

    Parameters
    ----------
    page : str
        The page.
    height : int
        Its height in CSS pixels.
    """

    def __init__(self, page: str, height: int = HEIGHT) -> None:
        self.page, self.height = page, height

    def __repr__(self) -> str:
        """Name it where no page can be shown."""
        return "Shown(explorer)"

    def _repr_html_(self) -> str:
        """Give Jupyter the page in a frame of its own, which reaches nothing of the notebook."""
        return (
            f'<iframe srcdoc="{escape(self.page)}" title="Explorer" sandbox="allow-scripts" '
            f'style="width:100%;height:{self.height}px;border:0"></iframe>'
        )


def show(tables: Tables, *, name: str, title: str = "") -> Shown:
    """Show the explorer live in a notebook, with the passages' texts where they are at hand.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        The tables of a run; ``passages`` may have a column ``text``.
    name : str
        The corpus's name.
    title : str
        What the corpus is.

    Returns
    -------
    Shown
        It shows as the last value of a cell.
    """
    passages = tables["passages"]
    texts = passages.set_index("passage_id").get("text", pd.Series(dtype=str)).fillna("")
    there = texts.to_dict() if texts.ne("").any() else {}
    return Shown(html(tables, name=name, title=title, texts=there))
