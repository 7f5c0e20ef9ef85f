"""One project folder, one folder a corpus."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from polythemes import paths
from polythemes.errors import PolythemesError
from polythemes.paths import Corpus


def test_every_place_of_a_corpus_is_under_the_project(tmp_path: Path) -> None:
    corpus = Corpus("bees", tmp_path)
    assert corpus.folder == tmp_path / "data" / "bees"
    assert corpus.texts == corpus.folder / "articles"
    assert corpus.settings == corpus.folder / "corpus.toml"
    assert corpus.catalogue == corpus.folder / "catalogue.csv"
    assert corpus.themes == corpus.folder / "themes.toml"
    assert corpus.features == corpus.folder / "features.parquet"
    assert corpus.topics == corpus.folder / "topics.toml"
    kept = ("lines", "repairs", "duplicates", "concepts", "near", "mentions")
    assert corpus.actors == (tmp_path / "data" / "actors.toml", corpus.folder / "actors.toml")
    assert corpus.records == {name: corpus.folder / f"{name}.csv" for name in kept}
    assert corpus.build == tmp_path / "build" / "bees"
    assert corpus.figures == tmp_path / "figures" / "bees"
    assert not corpus.exists()
    corpus.folder.mkdir(parents=True)
    assert corpus.exists()


def test_root_is_the_folder_given(project: Path) -> None:
    assert paths.root() == project.resolve()
    assert paths.cache() == project.resolve() / ".cache"


def test_root_is_the_nearest_project_above(project: Path, monkeypatch) -> None:
    monkeypatch.delenv("POLYTHEMES_ROOT")
    deep = project / "notebooks" / "deep" / "deeper"
    deep.mkdir(parents=True)
    monkeypatch.chdir(deep)
    assert paths.root() == project.resolve()


def test_root_is_the_packages_where_none_is_above(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.delenv("POLYTHEMES_ROOT", raising=False)
    (tmp_path / "data").mkdir()  # no notebooks/ beside it: not a project
    monkeypatch.chdir(tmp_path)
    assert paths.root() == Path(paths.__file__).resolve().parents[2]


def test_a_deleted_working_folder_is_no_hindrance(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    code = (
        "import os, shutil; from polythemes import paths; "
        f"os.makedirs({str(gone)!r}); os.chdir({str(gone)!r}); shutil.rmtree({str(gone)!r}); "
        "print(paths.root())"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert Path(run.stdout.strip()) == Path(paths.__file__).resolve().parents[2]


def test_a_root_without_data_is_refused(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("POLYTHEMES_ROOT", str(tmp_path))
    expected = f"no project folder: {re.escape(str(tmp_path))} holds no data/ .* POLYTHEMES_ROOT"
    with pytest.raises(PolythemesError, match=expected):
        paths.root()


def test_cache_is_in_the_project_unless_set(project: Path, monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setenv("POLYTHEMES_CACHE", str(tmp_path / "elsewhere"))
    assert paths.cache() == (tmp_path / "elsewhere").resolve()
    monkeypatch.delenv("POLYTHEMES_CACHE")
    assert paths.cache() == project.resolve() / ".cache"


def test_corpora_are_folders_with_settings_sorted(project: Path, make_corpus) -> None:
    make_corpus("zebra")
    make_corpus("ant")
    (project / "data" / "no-settings").mkdir()
    (project / "data" / "file").write_text("", encoding="utf-8")
    assert [one.name for one in paths.corpora()] == ["ant", "zebra"]
    assert paths.corpus("zebra") == Corpus("zebra", project.resolve())


@pytest.mark.parametrize("name", ["bear", "", "..", "../ant", "ANT"])
def test_an_unknown_corpus_is_refused_with_those_there_are(make_corpus, name: str) -> None:
    make_corpus("ant")
    expected = f"unknown corpus {re.escape(repr(name))}; there are: ant; `polythemes new NAME`"
    with pytest.raises(PolythemesError, match=expected):
        paths.corpus(name)


def test_a_project_without_corpora_says_so(project: Path) -> None:
    assert paths.corpora() == []
    with pytest.raises(PolythemesError, match=r"there are: \(none\)"):
        paths.corpus("ant")


def test_a_new_corpus_is_only_named(project: Path) -> None:
    made = paths.new("bees-2031_a")
    assert made.name == "bees-2031_a"
    assert not made.exists()


@pytest.mark.parametrize(
    "name",
    ["", "Bees", "bees!", "-bees", "_bees", ".bees", "a/b", "..", "bees\n", "蜂", "b" * 65],
)
def test_a_name_that_is_no_folders_is_refused(project: Path, snapshot, name: str) -> None:
    before = snapshot(project)
    with pytest.raises(PolythemesError, match="cannot name a corpus; small letters, digits") as e:
        paths.new(name)
    assert repr(name) in str(e.value)
    assert "\n" not in str(e.value)
    assert snapshot(project) == before


def test_a_taken_name_is_refused(project: Path) -> None:
    (project / "data" / "bees").mkdir()
    with pytest.raises(
        PolythemesError, match="'bees' exists already; drop articles into data/bees"
    ):
        paths.new("bees")
