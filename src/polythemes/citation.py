"""How to cite a figure: BibTeX, CSL-JSON, and a sentence for a report."""

from __future__ import annotations

import difflib
import json
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped]

from polythemes import __version__
from polythemes.errors import PolythemesError, choices
from polythemes.paths import Corpus
from polythemes.tables import write_text

#: What BibTeX would read as a command, and how it reads it as a character.
SPECIAL = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{char: rf"\{char}" for char in "&%$#_{}"},
}
#: Digits of a commit that are shown.
COMMIT = 12


@dataclass(frozen=True)
class Work:
    """Hold what a citation tells: of a figure, or of a whole corpus.

    Parameters
    ----------
    id : str
        ``"press/04-themes-share"``, or ``"press"``.
    title : str
        What it is called.
    kind : str
        ``"Figure"`` or ``"Figures"``.
    corpus : str
        What it is made from, in words.
    data : str
        SHA-256 of its data: of a figure's CSV, of a corpus's features.
    """

    id: str
    title: str
    kind: str
    corpus: str
    data: str


def software(root: Path) -> dict[str, Any]:
    """Read how Polythemes itself is cited.

    Parameters
    ----------
    root : Path
        The project folder, which holds ``CITATION.cff``; without one, what is built in is taken.

    Returns
    -------
    dict
        ``authors`` (as in the file), ``version`` and ``released`` ("" if it is not told).

    Raises
    ------
    PolythemesError
        If the file is damaged.
    """
    path, default = root / "CITATION.cff", [{"name": "The Polythemes developers"}]
    if not path.exists():
        return {"authors": default, "version": __version__, "released": ""}
    try:
        told = yaml.safe_load(path.read_text(encoding="utf-8"))
        authors = [{key: str(one[key]) for key in one} for one in told["authors"]]
        version, released = str(told["version"]), str(told.get("date-released", ""))
    except (AttributeError, KeyError, OSError, TypeError, ValueError, yaml.YAMLError) as error:
        msg = f"{path} cannot be read: it needs authors and version, as the CFF has them; mend it"
        raise PolythemesError(msg) from error
    return {"authors": authors, "version": version, "released": released}


def works(corpus: Corpus, manifest: Mapping[str, Any]) -> dict[str, Work]:
    """List what can be cited of a corpus.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    manifest : mapping
        The list of its figures.

    Returns
    -------
    dict of str to Work
        By id: the corpus itself, then its figures.
    """
    about = manifest["corpus"]
    first, last = about["dates"]["first"], about["dates"]["last"]
    when = f", {first}" * bool(first) + f" to {last}" * (first != last)
    articles = f"{about['articles']} article{'' if about['articles'] == 1 else 's'}"
    title = about["title"] or corpus.name
    features = manifest["made_from"]["files"].get(f"data/{corpus.name}/features.parquet", "")
    found = {corpus.name: Work(corpus.name, title, "Figures", f"{articles}{when}", features)}
    for key, figure in manifest["figures"].items():
        data = figure["files"].get(f"{key.partition('/')[2]}.csv", "")
        found[key] = Work(key, figure["title"], "Figure", f"“{title}” ({articles}{when})", data)
    return found


def find(corpus: Corpus, manifest: Mapping[str, Any], wanted: str) -> Work:
    """Find what is to be cited.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    manifest : mapping
        The list of its figures.
    wanted : str
        The id of a figure, or the name of the corpus.

    Returns
    -------
    Work
        What it is.

    Raises
    ------
    PolythemesError
        If there is no such figure; ids that are like it are named.
    """
    known = works(corpus, manifest)
    if wanted in known:
        return known[wanted]
    near = difflib.get_close_matches(wanted, manifest["figures"], n=3, cutoff=0.5)
    like = f"near it are {choices(near)}" if near else f"there are {choices(known, most=30)}"
    msg = f"no figure {wanted!r}; {like}; `polythemes figures {corpus.name}` draws them all"
    raise PolythemesError(msg)


def cite(work: Work, by: Mapping[str, Any], *, form: str, commit: str = "") -> str:
    """Write a citation.

    Parameters
    ----------
    work : Work
        What is cited.
    by : mapping
        What :func:`software` gives.
    form : str
        ``"text"``, ``"bibtex"`` or ``"csl"``.
    commit : str
        What :func:`commit_of` gives.

    Returns
    -------
    str
        The citation, with a line end.
    """
    drawn = f"with Polythemes {by['version']}{commit and f', commit {commit}'}"
    note = f"Data SHA-256 {work.data}" if work.data else ""
    if form == "bibtex":
        return _bibtex(work, by, f"Drawn {drawn}. {note}".strip())
    if form == "csl":
        return _csl(work, by, commit, note)
    names = ", ".join(_name(author) for author in by["authors"])
    year = f" ({by['released'][:4]})" if by["released"] else ""
    title = work.title if work.title.endswith((".", "?", "!")) else f"{work.title}."
    source = f"from {work.corpus} {drawn}"
    return f"{names}{year}. {title} {work.kind} {work.id}, drawn {source}.{note and f' {note}.'}\n"


def bibliography(corpus: Corpus, manifest: Mapping[str, Any]) -> str:
    """Write all figures of a corpus as BibTeX.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    manifest : mapping
        The list of its figures.

    Returns
    -------
    str
        An entry for the corpus and one for each figure. None names a commit, which the file that
        is committed with it cannot know.
    """
    by = software(corpus.root)
    return "\n".join(cite(one, by, form="bibtex") for one in works(corpus, manifest).values())


def write(corpus: Corpus, manifest: Mapping[str, Any]) -> Path:
    """Write ``figures/<corpus>/figures.bib``.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    manifest : mapping
        The list of its figures.

    Returns
    -------
    Path
        The file.
    """
    path = corpus.figures / "figures.bib"
    write_text(path, bibliography(corpus, manifest))
    return path


def commit_of(root: Path, folder: Path) -> str:
    """Name the git commit that figures can be found in.

    Parameters
    ----------
    root : Path
        The project folder.
    folder : Path
        The folder of the figures.

    Returns
    -------
    str
        Its first 12 digits, ``" with changes"`` after it if a figure or the project's other files
        are not as they were committed; "" where there is no git or no commit.
    """
    head = _git(root, "rev-parse", f"--short={COMMIT}", "HEAD")
    if not head:
        return ""
    changed = _git(root, "status", "--porcelain", "--", str(folder), str(root / "data"), "src")
    return f"{head} with changes" if changed else head


def _git(root: Path, *args: str) -> str:
    """Ask git; "" where it cannot tell."""
    program = shutil.which("git")
    if not program:
        return ""
    # The program is git, the arguments are this module's.
    asked = subprocess.run(  # noqa: S603
        [program, "-C", str(root), *args], capture_output=True, encoding="utf-8", check=False
    )
    return asked.stdout.strip() if asked.returncode == 0 else ""


def _name(author: Mapping[str, str]) -> str:
    """Write the name of an author as it is read."""
    whole = f"{author.get('given-names', '')} {author.get('family-names', '')}".strip()
    return whole or author.get("name", "")


def _escaped(text: str) -> str:
    """Write a text so that BibTeX takes it as it is."""
    return "".join(SPECIAL.get(char, char) for char in " ".join(text.split()))


def _bibtex(work: Work, by: Mapping[str, Any], note: str) -> str:
    """Write an entry of BibTeX; its key has only what every program allows."""
    fields = {
        "author": " and ".join(f"{{{_escaped(_name(author))}}}" for author in by["authors"]),
        "title": f"{{{_escaped(work.title)}}}",
        "year": by["released"][:4],
        "howpublished": _escaped(f"{work.kind} {work.id}, from {work.corpus}"),
        "note": _escaped(note),
    }
    lines = [f"  {key} = {{{value}}}," for key, value in fields.items() if value]
    key = re.sub(r"[^A-Za-z0-9-]", "-", f"polythemes-{work.id}")
    return "\n".join([f"@misc{{{key},", *lines, "}", ""])


def _csl(work: Work, by: Mapping[str, Any], commit: str, note: str) -> str:
    """Write an entry of CSL-JSON."""
    people = [
        {"family": one["family-names"], "given": one.get("given-names", "")}
        if "family-names" in one
        else {"literal": _name(one)}
        for one in by["authors"]
    ]
    day = [int(part) for part in re.findall(r"\d+", by["released"])]
    entry = {
        "id": work.id,
        "type": "graphic",
        "title": work.title,
        "author": people,
        "number": work.id,
        "version": f"Polythemes {by['version']}{commit and f', commit {commit}'}",
        "source": work.corpus,
        "note": note,
    }
    issued = {"issued": {"date-parts": [day]}} if day else {}
    return json.dumps([entry | issued], ensure_ascii=False, indent=1) + "\n"
