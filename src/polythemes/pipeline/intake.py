"""Bring articles into a corpus, and begin a new corpus."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping, Sequence
from importlib import resources
from pathlib import Path

import pandas as pd

from polythemes import articles, paths, settings
from polythemes.errors import PolythemesError, choices
from polythemes.paths import Corpus
from polythemes.pipeline import incoming
from polythemes.pipeline.given import Teller
from polythemes.tables import whole, write_text

#: A language is taken from the text where it is told with this probability or more.
SURE = 0.9
#: ISO 639-2 codes, as some exports name languages, and those of ISO 639-1 that are used here.
THREE = {
    "eng": "en", "deu": "de", "ger": "de", "zho": "zh", "chi": "zh", "ind": "id", "ita": "it",
    "fra": "fr", "fre": "fr", "spa": "es", "por": "pt", "jpn": "ja", "rus": "ru", "kor": "ko",
    "ara": "ar", "tur": "tr", "pol": "pl", "nld": "nl", "dut": "nl", "tha": "th",
}  # fmt: skip


def catalogue(corpus: Corpus, *, teller: Teller) -> pd.DataFrame:
    """Read a corpus's catalogue, after entering texts that were dropped into its folder.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    teller : Teller
        Is told of new texts, and of what cannot be entered.

    Returns
    -------
    pandas.DataFrame
        The catalogue.
    """
    table, columns = articles.read_catalogue(corpus.catalogue), _columns(corpus)
    found, new, faults = articles.new(table, corpus.texts, columns=columns)
    for fault in faults:
        teller.left_out(fault, of=corpus.name)
    if count := int((found["row"] != table["row"]).sum()):
        teller.say(f"catalogue.csv: {count} texts stand at other lines of their files now")
    if new:
        found = enter(found, new)
    if new or count:
        articles.write_catalogue(found, corpus.catalogue)
    if new:
        teller.say(f"catalogue.csv: {len(new)} new: {choices(one.name for one in new)}")
    return found


def _columns(corpus: Corpus) -> Mapping[str, Sequence[str]]:
    """Give what the corpus calls the columns of rows."""
    return settings.load(corpus.settings).columns


def is_empty(corpus: Corpus) -> bool:
    """Tell whether a corpus holds no article yet.

    Parameters
    ----------
    corpus : Corpus
        The corpus.

    Returns
    -------
    bool
        True if it has neither texts nor features, nor a catalogue.
    """
    kept = (corpus.catalogue, corpus.features)
    return not articles.files(corpus.texts) and not any(path.exists() for path in kept)


def enter(table: pd.DataFrame, texts: Sequence[articles.Text]) -> pd.DataFrame:
    """Enter new texts in a catalogue, with their language and what they tell of themselves.

    Parameters
    ----------
    table : pandas.DataFrame
        The catalogue so far; its rows stay as they are.
    texts : sequence of Text
        Texts that it lacks.

    Returns
    -------
    pandas.DataFrame
        The catalogue with a row more for each, sorted by ``article_id``. What they tell is mended
        where it was decoded with the wrong table; the language told counts only where it is one
        that the detector knows and that of the text cannot be told for certain.
    """
    from polythemes import identify, repairs  # slow to load, and new texts are rare

    rows, languages = articles.described(table, texts), []
    known = identify.detected()
    for told, text in zip(rows["language"], rows.pop("text"), strict=True):
        code, confidence = identify.identify(text)
        named = re.split("[-_]", told.strip().lower())[0]
        named = THREE.get(named, named)
        languages.append(named if named in known and confidence < SURE else code)
    rows["language"] = languages
    for column in ("title", "author", "source"):
        rows[column] = [repairs.apply(one, repairs.mojibake(one)) for one in rows[column]]
    both = pd.concat([table, rows], ignore_index=True).fillna("")
    return both.sort_values("article_id", ignore_index=True)


def bring_in(name: str, folder: Path, *, teller: Teller) -> list[str]:
    """Copy the texts of a folder into a corpus, and enter new ones in its catalogue.

    A file that cannot be taken, or whose text is in the corpus already under another name, is left
    out and told of; the others are brought in. Nothing that is there is overwritten, but for a
    catalogued text that is not whole.

    Parameters
    ----------
    name : str
        The corpus's name.
    folder : Path
        Where the texts lie, in subfolders too.
    teller : Teller
        Is told what was done, and what was left out.

    Returns
    -------
    list of str
        The files that were not there before, or not as they are catalogued.

    Raises
    ------
    PolythemesError
        If the folder is missing or holds no file of a kind that is read.
    """
    corpus = paths.corpus(name)
    if not folder.is_dir():
        msg = f"{folder} is not a folder; give the folder that holds the article texts"
        raise PolythemesError(msg)
    if not articles.files(folder):
        msg = f"{folder} holds no article text; {articles.ALLOWED} are read: put some there"
        raise PolythemesError(msg)
    table = catalogue(corpus, teller=teller)
    found = incoming.sort(table, folder, corpus.texts, columns=_columns(corpus))
    for fault in found.faults:
        teller.left_out(fault, of=name)
    before, table = table, articles.moved(table, found.rows)
    if found.new:
        table = enter(table, found.new)
    if not table.equals(before):
        articles.write_catalogue(table, corpus.catalogue)
    copied = [
        file for file, data in found.files.items() if not incoming.holds(corpus.texts, file, data)
    ]
    for file in copied:
        with whole(corpus.texts / file) as scratch:
            scratch.write_bytes(articles.packed(found.files[file], file))
    there = articles.present(table, corpus.texts)
    teller.say(
        f"{name}: {len(copied)} copied, {len(found.files) - len(copied)} there already; "
        f"{len(found.new)} new in catalogue.csv; {len(there)} of {len(table)} catalogued texts at "
        "hand"
    )
    return copied


def create(name: str) -> Corpus:
    """Begin a corpus: a folder with settings and themes to edit, and a place for articles.

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
        If the name cannot be a folder's, or is taken.
    """
    corpus = paths.new(name)
    templates = resources.files("polythemes") / "templates"
    try:
        corpus.texts.mkdir(parents=True)
    except OSError as error:
        msg = f"cannot make {corpus.texts}: {error.strerror}; free the place or the rights"
        raise PolythemesError(msg) from error
    try:
        for path in (corpus.themes, corpus.settings):
            text = (templates / path.name).read_text("utf-8")
            write_text(path, text.replace("NAME", name))
    except PolythemesError:
        shutil.rmtree(corpus.folder, ignore_errors=True)
        raise
    return corpus


def overview(corpora: Sequence[Corpus]) -> pd.DataFrame:
    """Tell what each corpus holds.

    Parameters
    ----------
    corpora : sequence of Corpus
        The corpora.

    Returns
    -------
    pandas.DataFrame
        One row a corpus.
    """
    rows = []
    for corpus in corpora:
        table = articles.read_catalogue(corpus.catalogue)
        rows.append(
            {
                "corpus": corpus.name,
                "title": settings.load(corpus.settings).title,
                "articles": len(table),
                "languages": ", ".join(sorted(set(table["language"]))),
                "texts": len(articles.files(corpus.texts)),
                "features": "yes" if corpus.features.exists() else "no",
                "figures": len(list(corpus.figures.glob("*.png"))),
            }
        )
    return pd.DataFrame(rows)
