"""Read the themes that a researcher named in ``themes.toml``."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import pandas as pd

from polythemes.errors import PolythemesError, choices
from polythemes.settings import read_toml

#: The rest: passages on none of the themes.
REST = "rest"
IDENTIFIER = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
KEYS = ("id", "description", "labels", "terms")


@dataclass(frozen=True)
class Theme:
    """Hold one theme as a researcher named it.

    Parameters
    ----------
    theme_id : str
        Its name in every table and figure.
    description : str
        One line, in any language.
    labels : mapping of str to str
        Language code to short name.
    terms : tuple of str
        Words and phrases of the theme, in any languages.
    """

    theme_id: str
    description: str
    labels: Mapping[str, str]
    terms: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """Name shown in figures: the English one, else the first, else the id."""
        return self.labels.get("en") or next(iter(self.labels.values()), self.theme_id)

    @property
    def texts(self) -> list[str]:
        """Texts that say what the theme is."""
        return list(dict.fromkeys([self.description, *self.labels.values(), *self.terms]))


def load(path: Path) -> list[Theme]:
    """Read the themes of a corpus.

    Parameters
    ----------
    path : Path
        Its ``themes.toml``.

    Returns
    -------
    list of Theme
        In the file's order.

    Raises
    ------
    PolythemesError
        If the file is no TOML, or an entry lacks something, holds something unknown, or has the
        id of another.
    """
    given = read_toml(path)
    unknown = sorted(set(given) - {"theme"})
    if unknown:
        msg = f"{path}: unknown key {choices(unknown)}; only [[theme]] tables are allowed; mend it"
        raise PolythemesError(msg)
    entries = given.get("theme", [])
    if not isinstance(entries, list) or not entries:
        msg = f"{path} names no theme; one [[theme]] table or more is needed, with id, description"
        raise PolythemesError(msg)
    themes = [_theme(path, number, entry) for number, entry in enumerate(entries, 1)]
    ids = [theme.theme_id for theme in themes]
    doubled = sorted({one for one in ids if ids.count(one) > 1})
    if doubled:
        msg = f"{path}: the id {choices(doubled)} stands twice; give every theme its own"
        raise PolythemesError(msg)
    return themes


def table(themes: Sequence[Theme]) -> pd.DataFrame:
    """List the themes, the rest last.

    Parameters
    ----------
    themes : sequence of Theme
        The themes.

    Returns
    -------
    pandas.DataFrame
        The table ``themes``.
    """
    rows = [(theme.theme_id, theme.label, theme.description) for theme in themes]
    rows.append((REST, "None of these", "A passage on none of the themes."))
    return pd.DataFrame(rows, columns=["theme_id", "label", "description"])


def examples(themes: Sequence[Theme]) -> pd.DataFrame:
    """List the texts that say what each theme is, and what the rest may be.

    Parameters
    ----------
    themes : sequence of Theme
        The themes.

    Returns
    -------
    pandas.DataFrame
        Columns ``theme_id`` and ``text``; the rest's texts name common subjects of the press.
    """
    rows = [(theme.theme_id, text) for theme in themes for text in theme.texts]
    background = (resources.files(__package__) / "background.txt").read_text("utf-8")
    rows += [(REST, line) for line in background.splitlines() if line]
    return pd.DataFrame(rows, columns=["theme_id", "text"])


def _theme(path: Path, number: int, entry: Any) -> Theme:
    """Hold one entry to what a theme must be."""
    where = f"{path}: theme {number}"
    if not isinstance(entry, dict):
        msg = f"{where} is {entry!r}; a [[theme]] table with {choices(KEYS)} is allowed"
        raise PolythemesError(msg)
    theme_id, description = entry.get("id"), entry.get("description")
    if not isinstance(theme_id, str) or not IDENTIFIER.fullmatch(theme_id) or theme_id == REST:
        msg = (
            f"{where}: id = {theme_id!r}; small letters, digits and single hyphens are allowed, "
            f'as in id = "social-commerce"; {REST!r} is taken'
        )
        raise PolythemesError(msg)
    where += f" ({theme_id})"
    if not isinstance(description, str) or not description.strip():
        msg = f"{where} has no description; add one line that says what a passage on it is about"
        raise PolythemesError(msg)
    unknown = sorted(set(entry) - set(KEYS))
    if unknown:
        msg = f"{where}: unknown key {choices(unknown)}; allowed are {choices(KEYS)}"
        raise PolythemesError(msg)
    labels, terms = entry.get("labels", {}), entry.get("terms", [])
    if not isinstance(labels, dict) or not all(isinstance(v, str) and v for v in labels.values()):
        msg = f'{where}: labels must be a table of texts, as in labels = {{ en = "Name" }}'
        raise PolythemesError(msg)
    if not isinstance(terms, list) or not all(isinstance(v, str) and v for v in terms):
        msg = f'{where}: terms must be a list of texts, as in terms = ["one", "two"]'
        raise PolythemesError(msg)
    return Theme(theme_id, description.strip(), labels, tuple(terms))
