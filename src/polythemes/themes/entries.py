"""Read the themes that a researcher named in ``themes.toml``."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from polythemes import subjects
from polythemes.errors import PolythemesError, choices
from polythemes.settings import Places, read_toml

#: The rest: passages on none of the themes.
REST = "rest"
IDENTIFIER = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
KEYS = ("id", "description", "labels", "terms", "examples", "counter-examples")
#: What a text that names a theme is put into: a word alone is far from any sentence.
TEMPLATES = ("{}", "This text is about {}.", "News and facts about {}.")


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
    examples, against : tuple of str
        Texts that are on the theme, and texts that are not though one might think so.
    """

    theme_id: str
    description: str
    labels: Mapping[str, str]
    terms: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    against: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """Name shown in figures: the English one, else the first, else the id."""
        return self.labels.get("en") or next(iter(self.labels.values()), self.theme_id)

    @property
    def texts(self) -> list[str]:
        """Words that say what the theme is."""
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
    places = Places(path, "theme")
    themes = [_theme(places, number, entry) for number, entry in enumerate(entries, 1)]
    first: dict[str, int] = {}
    for number, theme in enumerate(themes, 1):
        if theme.theme_id in first:
            msg = (
                f"{places.of(number, 'id')}: the id {theme.theme_id} stands twice, first in theme "
                f"{first[theme.theme_id]}; give every theme its own"
            )
            raise PolythemesError(msg)
        first[theme.theme_id] = number
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
        Columns ``theme_id``, ``kind`` and ``text``. Kinds are ``word`` (description, label or
        term), ``frame`` (the same in a sentence), ``example``, ``counter-example`` and ``subject``:
        the rest's texts are the general subjects of the press.
    """
    rows = []
    for theme in themes:
        plain, *frames = TEMPLATES
        rows += [(theme.theme_id, "word", plain.format(text)) for text in theme.texts]
        rows += [
            (theme.theme_id, "frame", frame.format(text))
            for text in theme.texts
            for frame in frames
        ]
        rows += [(theme.theme_id, "example", text) for text in theme.examples]
        rows += [(theme.theme_id, "counter-example", text) for text in theme.against]
    rows += [(REST, "subject", text) for text in subjects.texts()]
    return pd.DataFrame(rows, columns=["theme_id", "kind", "text"])


def _theme(places: Places, number: int, entry: Any) -> Theme:
    """Hold one entry to what a theme must be."""

    def where(key: str = "", name: str = "") -> str:
        return f"{places.of(number, key)}: theme {number}" + (f" ({name})" if name else "")

    if not isinstance(entry, dict):
        msg = f"{where()} is {entry!r}; a [[theme]] table with {choices(KEYS)} is allowed"
        raise PolythemesError(msg)
    theme_id, description = entry.get("id"), entry.get("description")
    if not isinstance(theme_id, str) or not IDENTIFIER.fullmatch(theme_id) or theme_id == REST:
        msg = (
            f"{where('id')}: id = {theme_id!r}; small letters, digits and single hyphens are "
            f'allowed, as in id = "social-commerce"; {REST!r} is taken'
        )
        raise PolythemesError(msg)
    if not isinstance(description, str) or not description.strip():
        msg = (
            f"{where('description', theme_id)} has no description; add one line that says what a "
            'passage on it is about, as in description = "Keeping bees."'
        )
        raise PolythemesError(msg)
    unknown = sorted(set(entry) - set(KEYS))
    if unknown:
        at = where(unknown[0], theme_id)
        msg = f"{at}: unknown key {choices(unknown)}; allowed are {choices(KEYS)}"
        raise PolythemesError(msg)
    labels = entry.get("labels", {})
    if not isinstance(labels, dict) or not all(_is_text(v) for v in labels.values()):
        at = where("labels", theme_id)
        msg = f'{at}: labels must be a table of texts, as in labels = {{ en = "Name" }}'
        raise PolythemesError(msg)
    terms, good, bad = (_listed(where, theme_id, entry, key) for key in KEYS[3:])
    return Theme(theme_id, description.strip(), labels, terms, good, bad)


def _listed(
    where: Callable[[str, str], str], theme_id: str, entry: Mapping[str, Any], key: str
) -> tuple[str, ...]:
    """Hold one key to a list of texts."""
    given = entry.get(key, [])
    if not isinstance(given, list) or not all(_is_text(one) for one in given):
        msg = f'{where(key, theme_id)}: {key} must be a list of texts, as in {key} = ["one", "two"]'
        raise PolythemesError(msg)
    return tuple(dict.fromkeys(given))


def _is_text(value: Any) -> bool:
    """Tell whether a value is a text that says something."""
    return isinstance(value, str) and bool(value.strip())
