"""What is told of a figure: true, complete, and the same wherever it is drawn."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from polythemes import provenance
from polythemes.errors import PolythemesError
from polythemes.figures import files, manifest, sheet, style, told
from polythemes.tables import CONTRACTS, write

SHARES = pd.DataFrame(
    {
        "article_id": ["a", "a", "b", "b"],
        "language": ["de", "de", "zh", "zh"],
        "theme_id": ["bees", "rest", "bees", "rest"],
        "theme": ["Bees", "Rest", "Bees", "Rest"],
        "share": [0.2, 0.8, 0.375, 0.625],
    }
)
NAME = "04-themes-share"


def drawn(title="How many bees?", note="A note on </script> & “bees”."):
    with style.use():
        return sheet.new(title, note, width=2, height=0.5, kind="Heat map").figure


@pytest.fixture
def corpus(make_corpus):
    """Make a corpus with two articles that is worked out, and the notebook of the figure."""
    corpus = make_corpus("news", {}, 'title = "Bees"\nseed = 7\n')
    articles = pd.DataFrame({key: ["", ""] for key in CONTRACTS["articles"]})
    articles = articles.assign(article_id=["b", "a"], sha256=["22", "11"], language=["zh", "de"])
    write(articles.assign(date=["2031-05", "2030"]), corpus.build / "articles.parquet", "articles")
    corpus.themes.write_text("themes", encoding="utf-8")
    cells = [
        {"cell_type": "markdown", "source": [f'"{NAME}"']},
        {"cell_type": "code", "source": []},
        {"cell_type": "code", "source": ['corpus = "press"']},
        {"cell_type": "code", "source": ["a = 1\n", f'files.save(f, d, name="{NAME}")']},
    ]
    notebook = corpus.root / "notebooks" / "04-themes.ipynb"
    notebook.write_text(json.dumps({"cells": cells}), encoding="utf-8")
    return corpus


def card_of(corpus, data=SHARES, **words):
    return json.loads(told.card(drawn(**words), data, corpus=corpus, name=NAME))


def test_a_sheet_remembers_its_words_unwrapped():
    note = "直播: a long note that takes several lines on so narrow a sheet, as can be seen."
    figure = drawn("A long title that is wrapped too", note)
    assert all("\n" in text.get_text() for text in figure.texts)
    assert sheet.said(figure) == ("Heat map", "A long title that is wrapped too", note)


def test_card_of_a_figure(corpus):
    found = card_of(corpus)
    assert found["id"] == "news/04-themes-share"
    assert found["title"] == "How many bees?"
    largest = "The largest theme is Bees in a German (20 %) and b Chinese (38 %)."
    assert found["caption"] == (
        f"How many bees? A note on </script> & “bees”. {largest} "
        "From the corpus “Bees”: 2 articles in 2 languages, of 2030 to 2031-05."
    )
    assert found["alt"] == (
        f"Heat map. How many bees? It shows 1 theme, 2 articles and 2 languages. {largest}"
    )
    assert (found["notebook"], found["cell"]) == ("notebooks/04-themes.ipynb", 2)
    assert found["corpus"] == {
        "name": "news",
        "title": "Bees",
        "articles": 2,
        "languages": ["de", "zh"],
        "dates": {"first": "2030", "last": "2031-05"},
    }
    made = found["made_from"]
    assert made["settings"]["seed"] == 7
    assert made["packages"]["matplotlib"] == provenance.version("matplotlib")
    assert made["texts"] == told.joined({"a": "11", "b": "22"})
    assert list(made["fonts"]) == ["DejaVuSans.ttf", "NotoSansSC-Regular.ttf"]
    paths = ["data/news/corpus.toml", "data/news/themes.toml", "notebooks/04-themes.ipynb"]
    assert list(made["files"]) == paths


def test_texts_machine_and_other_notebooks_are_not_in_it(corpus, monkeypatch, tmp_path):
    before = card_of(corpus)
    corpus.texts.joinpath("a.txt").write_text("Bees.", encoding="utf-8")
    (corpus.root / "notebooks" / "05-actors.ipynb").write_text("{}", encoding="utf-8")
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    monkeypatch.chdir(tmp_path)
    assert card_of(corpus) == before
    assert str(corpus.root) not in json.dumps(before)


@pytest.mark.parametrize("file", ["corpus.toml", "themes.toml", "../../notebooks/04-themes.ipynb"])
def test_what_it_is_made_of_is_in_it(corpus, file):
    before = card_of(corpus)
    with (corpus.folder / file).open("a", encoding="utf-8") as out:
        out.write("\n")
    assert card_of(corpus)["made_from"]["files"] != before["made_from"]["files"]


def test_program_and_fonts_are_in_it(corpus, monkeypatch):
    before = card_of(corpus)["made_from"]
    monkeypatch.setattr(provenance, "_program", lambda **_: {"topics.py": "x"})
    monkeypatch.setattr(told.fonts, "bundled", told.fonts.latin)
    after = card_of(corpus)["made_from"]
    assert after["program"] != before["program"]
    assert after["fonts"] != before["fonts"]


def test_commands_are_no_part_of_the_program(corpus):
    files = {path.partition("/")[0] for path in provenance.material(corpus)["program"]}
    assert {"figures", "topics", "contracts.py"} < files
    assert not files & {"cli", "citation.py", "notebooks", "verification"}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (SHARES.head(0), "Map. Where?"),
        (pd.DataFrame({"model": ["LDA"], "value": [0.5]}), "Map. Where? It shows 1 model."),
        (
            pd.DataFrame({"actor_id": ["a", "b"], "other_id": ["b", "c"], "term": ["蜜蜂", None]}),
            "Map. Where? It shows 3 actors and 1 term.",
        ),
    ],
)
def test_alt_counts_what_is_shown(data, said):
    assert told.alt(sheet.Said("Map", "Where?", ""), data) == said


def test_a_broken_notebook_is_named(corpus):
    (corpus.root / "notebooks" / "04-themes.ipynb").write_text("{", encoding="utf-8")
    with pytest.raises(PolythemesError, match=r"04-themes\.ipynb cannot be read as a notebook"):
        card_of(corpus)


def test_save_writes_the_card(corpus):
    saved = files.save(drawn(), SHARES, into=corpus, name=NAME)
    assert json.loads(saved.json.read_text(encoding="utf-8")) == card_of(corpus)


def lay(corpus, name):
    """Put down the files of a figure that nobody has drawn."""
    corpus.figures.mkdir(parents=True, exist_ok=True)
    for ending in manifest.ENDINGS:
        told = json.dumps({"id": f"news/{name}", "title": "How many?"})
        text = told if ending == "json" else f"{name} {ending}"
        (corpus.figures / f"{name}.{ending}").write_text(text, encoding="utf-8")


def test_manifest_lists_every_file_whatever_their_order(corpus):
    for name in ("04-themes-time", NAME):
        lay(corpus, name)
    whole = manifest.write(corpus).read_bytes()
    listed = manifest.load(corpus)
    assert list(listed["figures"]) == ["news/04-themes-share", "news/04-themes-time"]
    own = listed["figures"]["news/04-themes-share"]
    assert list(own["files"]) == [f"{NAME}.{end}" for end in ("csv", "json", "pdf", "png", "svg")]
    assert own["files"][f"{NAME}.csv"] == provenance.sha256(corpus.figures / f"{NAME}.csv")
    assert listed["made_from"]["texts"] == {"a": "11", "b": "22"}
    assert list(listed["tables"]) == ["articles"]
    for path in corpus.figures.iterdir():
        path.unlink()
    for name in (NAME, "04-themes-time"):
        lay(corpus, name)
    assert manifest.write(corpus).read_bytes() == whole


def test_tables_count_by_what_their_columns_hold(corpus):
    before = manifest.tables(corpus)
    path = corpus.build / "articles.parquet"
    table = pd.read_parquet(path)
    write(table.assign(extra="x"), path, "articles")
    assert manifest.tables(corpus) == before
    write(table.assign(title="x"), path, "articles")
    assert manifest.tables(corpus) != before


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"figures": {}}'])
def test_damaged_manifest_is_named(corpus, text):
    corpus.figures.mkdir(parents=True)
    manifest.place(corpus).write_text(text, encoding="utf-8")
    with pytest.raises(PolythemesError, match="draw them with `polythemes figures news`"):
        manifest.load(corpus)


def test_damaged_card_is_named(corpus):
    corpus.figures.mkdir(parents=True)
    Path(corpus.figures / "04-a.json").write_text("[]", encoding="utf-8")
    with pytest.raises(PolythemesError, match=r"04-a\.json is no card of a figure"):
        manifest.write(corpus)


def test_figures_older_than_the_tables_are_noticed(corpus):
    lay(corpus, NAME)
    manifest.write(corpus)
    assert manifest.stale(corpus) == ""
    path = corpus.build / "articles.parquet"
    table = pd.read_parquet(path)
    write(table.assign(title="x"), path, "articles")
    assert manifest.stale(corpus) == (
        "note: the figures of news are older than its tables (articles moved since): draw them "
        "anew with `polythemes figures news`"
    )
    path.unlink()
    assert manifest.stale(corpus) == ""
