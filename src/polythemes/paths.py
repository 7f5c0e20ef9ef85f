"""Where things are: one project folder, one folder a corpus."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from polythemes.errors import PolythemesError, choices

#: Tables that are kept beside the features, since they are made of the texts.
RECORDS = ("lines", "repairs", "duplicates", "concepts", "near", "mentions")
NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")


@dataclass(frozen=True)
class Corpus:
    """Name the folders and files of one corpus.

    Parameters
    ----------
    name : str
        The corpus's name, which is its folder's.
    root : Path
        The project folder, which holds ``data/``.
    """

    name: str
    root: Path

    @property
    def folder(self) -> Path:
        """Folder of the corpus, ``data/<name>``."""
        return self.root / "data" / self.name

    @property
    def texts(self) -> Path:
        """Folder of the article texts, which may be absent or empty."""
        return self.folder / "articles"

    @property
    def settings(self) -> Path:
        """File of the corpus's title, rights and settings."""
        return self.folder / "corpus.toml"

    @property
    def catalogue(self) -> Path:
        """File that says what each text is."""
        return self.folder / "catalogue.csv"

    @property
    def themes(self) -> Path:
        """File of the themes looked for."""
        return self.folder / "themes.toml"

    @property
    def topics(self) -> Path:
        """File of the names that a person gave to topics, which may be absent."""
        return self.folder / "topics.toml"

    @property
    def actors(self) -> tuple[Path, Path]:
        """Files of the actors looked for: the project's, and the corpus's own (may be absent)."""
        return self.root / "data" / "actors.toml", self.folder / "actors.toml"

    @property
    def features(self) -> Path:
        """File of what is kept of every passage when texts are not (no text)."""
        return self.folder / "features.parquet"

    @property
    def records(self) -> dict[str, Path]:
        """Files of what became of the texts, by the table that each holds (no sentence of them)."""
        return {name: self.folder / f"{name}.csv" for name in RECORDS}

    @property
    def labels(self) -> Path:
        """Folder of the sheets that people label passages on, which hold texts."""
        return self.folder / "labels"

    @property
    def labelled(self) -> tuple[Path, Path]:
        """Files of labels without texts: of passages by people, of lines as gold (or neither)."""
        return self.folder / "labels.csv", self.folder / "gold" / "lines.csv"

    @property
    def build(self) -> Path:
        """Folder of the tables that a run makes."""
        return self.root / "build" / self.name

    @property
    def figures(self) -> Path:
        """Folder of the figures."""
        return self.root / "figures" / self.name

    @property
    def report(self) -> Path:
        """Folder of the report and the explorer."""
        return self.root / "report" / self.name

    def exists(self) -> bool:
        """Tell whether the corpus has a folder."""
        return self.folder.is_dir()


def root() -> Path:
    """Find the project folder.

    Returns
    -------
    Path
        ``POLYTHEMES_ROOT`` where it is set; else the nearest folder at or above the working
        directory that holds ``data/`` and ``notebooks/``; else the one this package stands in.

    Raises
    ------
    PolythemesError
        If no such folder is found.
    """
    given = os.environ.get("POLYTHEMES_ROOT")
    here = Path(given) if given else _here()
    candidates = [here] if given else [here, *here.parents, Path(__file__).parents[2]]
    for folder in candidates:
        if (folder / "data").is_dir() and (given or (folder / "notebooks").is_dir()):
            return folder.resolve()
    msg = (
        f"no project folder: {here} holds no data/ folder; "
        "run this inside a Polythemes checkout, or set POLYTHEMES_ROOT to one"
    )
    raise PolythemesError(msg)


def _here() -> Path:
    """Give the working directory; that of the package where it has been deleted."""
    try:
        return Path.cwd()
    except OSError:
        return Path(__file__).parent


def cache() -> Path:
    """Find the project's own cache folder, which may be deleted at any time.

    Returns
    -------
    Path
        ``POLYTHEMES_CACHE`` where it is set, else ``.cache`` in the project folder.
    """
    given = os.environ.get("POLYTHEMES_CACHE")
    return Path(given).resolve() if given else root() / ".cache"


def corpora() -> list[Corpus]:
    """List the corpora of the project, sorted by name.

    Returns
    -------
    list of Corpus
        Every folder of ``data/`` that holds a ``corpus.toml``.
    """
    top = root()
    return [Corpus(p.parent.name, top) for p in sorted((top / "data").glob("*/corpus.toml"))]


def corpus(name: str) -> Corpus:
    """Find a corpus by its name.

    Parameters
    ----------
    name : str
        The corpus's name.

    Returns
    -------
    Corpus
        Its folders and files.

    Raises
    ------
    PolythemesError
        If there is no corpus of that name.
    """
    found = corpora()
    for one in found:
        if one.name == name:
            return one
    msg = (
        f"unknown corpus {name!r}; there are: {choices(c.name for c in found)}; "
        "`polythemes new NAME` makes one"
    )
    raise PolythemesError(msg)


def new(name: str) -> Corpus:
    """Name a corpus that does not exist yet.

    Parameters
    ----------
    name : str
        Its name: small letters, digits, ``-`` and ``_``.

    Returns
    -------
    Corpus
        Its folders and files, none of them made.

    Raises
    ------
    PolythemesError
        If the name cannot be a folder's, or is taken.
    """
    if not NAME.fullmatch(name):
        msg = (
            f"{name!r} cannot name a corpus; small letters, digits, - and _ are allowed, "
            "at most 64; try another name"
        )
        raise PolythemesError(msg)
    made = Corpus(name, root())
    if made.folder.exists():
        msg = f"corpus {name!r} exists already; drop articles into data/{name}/articles/"
        raise PolythemesError(msg)
    return made
