"""How a figure is cited: the same facts in every form, and in step with what is committed."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from polythemes import citation
from polythemes.errors import PolythemesError
from polythemes.figures import manifest
from polythemes.paths import Corpus

ROOT = Path(__file__).resolve().parent.parent
LISTED = {
    "corpus": {"title": "Bees & trains", "articles": 2, "dates": {"first": "2030", "last": "2031"}},
    "made_from": {"files": {"data/news/features.parquet": "f" * 64}},
    "figures": {
        "news/04-themes-share": {
            "title": "How much?",
            "files": {"04-themes-share.csv": "c" * 64, "04-themes-share.svg": "d" * 64},
        },
        "news/04-themes-time": {"title": "When_100%", "files": {}},
    },
}
BY = {
    "authors": [{"family-names": "Bee", "given-names": "Ada"}, {"name": "The hive"}],
    "version": "1.2",
    "released": "2032-03-04",
}


@pytest.fixture
def corpus(tmp_path):
    return Corpus("news", tmp_path)


def cited(corpus, wanted, form, **more):
    return citation.cite(citation.find(corpus, LISTED, wanted), BY, form=form, **more)


def test_a_sentence_for_a_report(corpus):
    assert cited(corpus, "news/04-themes-share", "text", commit="0123456789ab") == (
        "Ada Bee, The hive (2032). How much? Figure news/04-themes-share, drawn from “Bees & "
        "trains” (2 articles, 2030 to 2031) with Polythemes 1.2, commit 0123456789ab. "
        f"Data SHA-256 {'c' * 64}.\n"
    )
    assert cited(corpus, "news", "text") == (
        "Ada Bee, The hive (2032). Bees & trains. Figures news, drawn from 2 articles, 2030 to "
        f"2031 with Polythemes 1.2. Data SHA-256 {'f' * 64}.\n"
    )


def test_bibtex(corpus):
    lines = [
        "@misc{polythemes-news-04-themes-share,",
        "  author = {{Ada Bee} and {The hive}},",
        "  title = {{How much?}},",
        "  year = {2032},",
        r"  howpublished = {Figure news/04-themes-share, from “Bees \& trains” (2 articles)},",
        f"  note = {{Drawn with Polythemes 1.2. Data SHA-256 {'c' * 64}}},",
        "}",
    ]
    found = cited(corpus, "news/04-themes-share", "bibtex").replace(", 2030 to 2031", "")
    assert found.splitlines() == lines
    assert r"{{When\_100\%}}" in cited(corpus, "news/04-themes-time", "bibtex")


def test_what_bibtex_would_take_for_a_command_is_a_character():
    assert citation._escaped("a{b}\\c\n d~^") == (
        r"a\{b\}\textbackslash{}c d\textasciitilde{}\textasciicircum{}"
    )


def test_csl(corpus):
    (entry,) = json.loads(cited(corpus, "news/04-themes-share", "csl", commit="0123"))
    assert entry["author"] == [{"family": "Bee", "given": "Ada"}, {"literal": "The hive"}]
    assert entry["issued"] == {"date-parts": [[2032, 3, 4]]}
    assert (entry["id"], entry["title"]) == ("news/04-themes-share", "How much?")
    assert entry["version"] == "Polythemes 1.2, commit 0123"


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ("news/4-theme-shares", "near it are news/04-themes-share, news/04-themes-time"),
        ("news/xyz", "there are news, news/04-themes-share, news/04-themes-time"),
    ],
)
def test_unknown_figure(corpus, wanted, said):
    with pytest.raises(PolythemesError, match=rf"no figure '{wanted}'; {said}"):
        citation.find(corpus, LISTED, wanted)


def test_bibliography_has_every_figure_and_no_commit(corpus):
    text = citation.write(corpus, LISTED).read_text(encoding="utf-8")
    assert text.count("@misc{") == 3
    assert "commit" not in text


def test_software_is_read_from_its_file(tmp_path):
    assert citation.software(tmp_path)["released"] == ""
    (tmp_path / "CITATION.cff").write_text(
        'version: 3\ndate-released: 2030-01-02\nauthors:\n  - name: "Émile"\n', encoding="utf-8"
    )
    assert citation.software(tmp_path) == {
        "authors": [{"name": "Émile"}],
        "version": "3",
        "released": "2030-01-02",
    }


@pytest.mark.parametrize("text", ["", "a", "a: [", "authors: 3\nversion: 1", "authors: [1]"])
def test_damaged_file_is_named(tmp_path, text):
    (tmp_path / "CITATION.cff").write_text(text, encoding="utf-8")
    with pytest.raises(PolythemesError, match=r"CITATION\.cff cannot be read: it needs authors"):
        citation.software(tmp_path)


def test_commit_and_whether_anything_has_changed_since(tmp_path):
    assert citation.commit_of(tmp_path, tmp_path / "figures") == ""
    for folder in ("figures", "data", "src"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a").write_text("a")
    who = ["-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false"]
    for args in (["init", "-q"], ["add", "."], [*who, "commit", "-qm", "a"]):
        subprocess.run([shutil.which("git"), *args], cwd=tmp_path, check=True)
    head = citation.commit_of(tmp_path, tmp_path / "figures")
    assert len(head) == 12
    (tmp_path / "notes").write_text("elsewhere")
    assert citation.commit_of(tmp_path, tmp_path / "figures") == head
    (tmp_path / "figures" / "a").write_text("b")
    assert citation.commit_of(tmp_path, tmp_path / "figures") == f"{head} with changes"


def test_no_git(tmp_path, monkeypatch):
    monkeypatch.setattr(citation.shutil, "which", lambda _name: None)
    assert citation.commit_of(ROOT, tmp_path) == ""


@pytest.mark.parametrize(
    "path", sorted(ROOT.glob("figures/*/figures.bib")), ids=lambda path: path.parent.name
)
def test_committed_bibliography_is_in_step(path):
    corpus = Corpus(path.parent.name, ROOT)
    listed = manifest.load(corpus)
    assert path.read_text(encoding="utf-8") == citation.bibliography(corpus, listed)
    assert set(listed["figures"]) == set(manifest.figures(corpus))
