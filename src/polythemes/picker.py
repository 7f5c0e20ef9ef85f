"""Choose the corpus of a notebook from a list of those there are."""

from __future__ import annotations

import os
from typing import Any

import ipywidgets
from IPython.core.getipython import get_ipython

from polythemes import paths, settings
from polythemes.errors import PolythemesError

#: Set to anything, this environment variable says that nobody is there to choose.
ALONE = "POLYTHEMES_ALONE"
#: The variable of a notebook's parameter cell.
NAME = "corpus"
HINT = "Choose, then run the cells below: Run > Run Selected Cell and All Below."


def pick(corpus: str) -> ipywidgets.Widget | None:
    """Let a person choose another corpus than the parameter cell names.

    Parameters
    ----------
    corpus : str
        The corpus named there, chosen at first.

    Returns
    -------
    ipywidgets.Widget or None
        A list to choose from. What is chosen becomes the notebook's variable ``corpus``, until the
        parameter cell runs again. None where notebooks run by themselves, so that these give the
        same bytes every time.

    Raises
    ------
    PolythemesError
        If there is no corpus of that name.
    """
    chosen = paths.corpus(corpus).name
    if os.environ.get(ALONE):
        return None
    box = ipywidgets.Dropdown(
        options=[(_told(one), one.name) for one in paths.corpora()],
        value=chosen,
        description=NAME,
        layout={"width": "max-content"},
    )
    box.observe(_set, "value")
    return ipywidgets.VBox([box, ipywidgets.Label(HINT)])


def _set(change: dict[str, Any]) -> None:
    """Give the notebook's variable the name that was chosen."""
    shell = get_ipython()
    if shell:
        shell.user_ns[NAME] = change["new"]


def _told(one: paths.Corpus) -> str:
    """Name a corpus and its title; one whose settings are broken is still named."""
    try:
        title = settings.load(one.settings).title
    except PolythemesError:
        title = ""
    return f"{one.name}: {title}" if title else one.name
