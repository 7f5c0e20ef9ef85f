"""Every figure: what it shows, that it can be read, and that it is the same every time."""

from __future__ import annotations

import csv
import io
import itertools
import os
import re
import runpy
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree as ET

import numpy as np
import pandas as pd
import pytest
from matplotlib import colors
from matplotlib.text import Text

from polythemes.errors import PolythemesError
from polythemes.figures import (
    actors,
    blocks,
    choice,
    collected,
    crosswalk,
    files,
    findings,
    groups,
    leakage,
    maps,
    models,
    network,
    reliability,
    repaired,
    style,
    terms,
    themes,
    times,
    tree,
    vectors,
)

TABLES = Path(__file__).with_name("figure_tables.py")
made = SimpleNamespace(**runpy.run_path(str(TABLES)))
placed = SimpleNamespace(**runpy.run_path(str(Path(__file__).with_name("figure_texts.py"))))

SHAPES = {
    "press": {},
    "one of each": {"count": 1, "sizes": (1,), "topic_count": 1},
    "one article": {"count": 1, "sizes": (200,), "topic_count": 12},
    "many": {"count": 30, "sizes": (6, 7), "topic_count": 8},
}


@pytest.fixture(scope="module")
def press():
    return made.everything()


def note_of(figure):
    """Give what stands below the title."""
    return figure.texts[1].get_text().replace("\n", " ")


# A warning is an error in this suite: a missing glyph would be one.
@pytest.mark.parametrize("shape", [*SHAPES, "hard"])
@pytest.mark.parametrize("name", made.FIGURES)
def test_texts_stay_inside_and_apart(name, shape):
    figure, data = made.draw(
        name, made.hard() if shape == "hard" else made.everything(**SHAPES[shape])
    )
    assert len(data) > 0
    assert figure.texts[0].get_text().endswith("?")
    assert placed.faults(figure) == []


def test_seven_languages_and_thirty_topics_fit():
    tables = made.everything(topic_count=30)
    assert placed.faults(made.draw("tree", tables)[0]) == []
    given = made.topic_terms(3)
    more = [given[given["language"].eq("it")].assign(language=code) for code in ("fr", "es")]
    figure, _ = terms.terms(pd.concat([given, *more]), made.topics(3))
    assert placed.faults(figure) == []
    assert figure.get_size_inches()[0] < 10.5


# Matplotlib warns while the term is measured; what refuses it is the check before it is written.
@pytest.mark.filterwarnings("ignore:Glyph")
def test_a_term_without_a_glyph_is_named(tmp_path):
    figure, data = terms.terms(rows_of_terms((1, "en", "\uabc0")), made.topics(1))
    with pytest.raises(PolythemesError, match=r"no font has .*U\+ABC0.*POLYTHEMES_FONTS"):
        files.save(figure, data, into=tmp_path, name="terms")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", made.FIGURES)
def test_order_of_rows_does_not_matter(name, press):
    # The rows of `themes` stand in the order of the researcher's file, which is meant.
    shuffled = {
        key: table if key == "themes" else table.sample(frac=1, random_state=7)
        for key, table in press.items()
    }
    drawings = []
    for tables in (press, shuffled):
        figure, data = made.draw(name, tables)
        # The picture and the page are drawn from the same figure, and take much longer.
        with style.use(), io.BytesIO() as svg:
            figure.savefig(svg, format="svg", metadata=files.METADATA["svg"])
            drawings.append((svg.getvalue(), files.as_csv(data)))
    assert drawings[0] == drawings[1]


SCRIPT = """
import hashlib, io, runpy, sys
from pathlib import Path
made = runpy.run_path(sys.argv[1])
from polythemes.figures import files, style
tables, into = made["everything"](), Path(sys.argv[2])
for name in made["FIGURES"]:
    figure, data = made["draw"](name, tables)
    if name in sys.argv[3:]:
        saved = files.save(figure, data, into=into, name=name)
        found = [path.read_bytes() for path in (saved.svg, saved.pdf, saved.png, saved.csv)]
    else:
        with style.use(), io.BytesIO() as svg:
            figure.savefig(svg, format="svg", metadata=files.METADATA["svg"])
            found = [svg.getvalue(), files.as_csv(data).encode()]
    print(name, *(hashlib.sha256(one).hexdigest() for one in found))
assert not {"matplotlib.pyplot", "zhplot"} & set(sys.modules)
"""
#: Between them these hold all that is drawn: dots, lines, curves, boxes, and texts in both fonts.
SAVED = ("maps", "terms", "choice", "network", "evidence")


def test_same_bytes_whatever_the_surroundings(tmp_path):
    (tmp_path / "matplotlibrc").write_text("font.size: 20\naxes.grid: True\nsavefig.dpi: 30\n")
    surroundings = [
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "LC_ALL": "C.UTF-8"},
        {
            "PYTHONHASHSEED": "2",
            "TZ": "America/Lima",
            "LC_ALL": "C",
            "MATPLOTLIBRC": str(tmp_path / "matplotlibrc"),
            "SOURCE_DATE_EPOCH": "1",
        },
    ]
    running = [
        subprocess.Popen(
            [sys.executable, "-c", SCRIPT, str(TABLES), str(tmp_path / str(i)), *SAVED],
            env={**os.environ, **given},
            stdout=subprocess.PIPE,
            text=True,
        )
        for i, given in enumerate(surroundings)
    ]
    said = [process.communicate()[0] for process in running]
    assert [process.returncode for process in running] == [0, 0]
    # The picture and the page of a figure are drawn as its SVG is: those of a few are enough.
    assert len(said[0].split()) == 3 * len(made.FIGURES) + 2 * len(SAVED)
    assert said[0] == said[1]


ABOUT_ACTORS = ("actors", "article_actors", "actor_themes", "actor_links")
MAY_BE_EMPTY = {"repairs", "topic_names", "theme_times", "labels", "reliability", *ABOUT_ACTORS}


@pytest.mark.parametrize(
    ("name", "table"),
    [
        (name, table)
        for name in made.FIGURES
        for table in made.FIGURES[name][1]
        # A corpus may be without fault, dates or labels, its topics without names, and nobody named
        # in it.
        if table not in MAY_BE_EMPTY
    ],
)
def test_nothing_to_draw_is_said(name, table, press):
    with pytest.raises(PolythemesError, match=r"has no rows.*one row or more.*polythemes build"):
        made.draw(name, press | {table: press[table].iloc[:0]})


def test_a_missing_column_is_named(press):
    scores = press["scores"].drop(columns="low")
    with pytest.raises(PolythemesError, match="'scores' lacks the columns low"):
        made.draw("leakage", press | {"scores": scores})


def test_texts_are_never_read_as_formulas(press):
    label = "$x^2$ and $y$"
    given = press["topics"].assign(label=label)
    figure, _ = made.draw("terms", press | {"topics": given})
    given = [text for text in figure.findobj(Text) if "$" in text.get_text()]
    assert not any(text.get_parse_math() for text in given)
    assert any("$x^2$" in text for text, _ in placed.shown(figure))


def test_every_word_collected_has_one_fate(press):
    data = collected.words_by_fate(press["lines"], press["articles"])
    expected = press["lines"].groupby("article_id")["words"].sum()
    pd.testing.assert_series_equal(
        data.groupby("article_id")["words"].sum(), expected, check_dtype=False
    )
    assert set(data.loc[data["kept"], "fate"]) == {"body"}
    assert "blank" not in set(data["fate"])


def test_a_body_line_cut_at_its_end_counts_in_part(press):
    line = {
        "article_id": "000",
        "line": 1,
        "start": 100,
        "end": 200,
        "kept_end": 175,
        "words": 20,
        "kind": "body",
        "sort": "bio",
        "reason": "",
    }
    data = collected.words_by_fate(pd.DataFrame([line]), press["articles"].head(1))
    assert dict(zip(data["fate"], data["words"], strict=True)) == {"body": 15, "bio": 5}


def test_an_article_without_lines_is_shown_empty(press):
    lines = press["lines"][press["lines"]["article_id"].ne("003")]
    figure, data = collected.collected(lines, press["articles"])
    assert data.loc[data["article_id"].eq("003"), "words"].sum() == 0
    assert "no words" in [text for text, _ in placed.shown(figure)]


def test_repairs_are_counted_by_sort(press):
    data = repaired.repairs_by_sort(press["repairs"], press["articles"])
    assert data["repairs"].sum() == len(press["repairs"])
    assert data["article_id"].nunique() == len(press["articles"])
    own = data[data["article_id"].eq("002")].set_index("sort")["repairs"]
    assert own.to_dict() == dict.fromkeys(repaired.SORTS, 1) | {
        "look-alike": 2,
        "homoglyph": 2,
        "stuffing": 2,
        "a new sort": 1,
    }


def test_articles_without_a_fault_are_shown_so(press):
    figure, data = repaired.repaired(press["repairs"][:0], press["articles"])
    assert data["repairs"].sum() == 0
    assert [text for text, _ in placed.shown(figure)].count("none") == len(press["articles"])


def test_figures_that_do_not_show_all_say_so():
    many = made.everything(count=70, sizes=(1,))
    for name in ("collected", "heatmap", "repaired"):
        figure, data = made.draw(name, many)
        assert "Shown: 60 of 70 articles; the CSV holds all." in note_of(figure)
        assert data["article_id"].nunique() == 70


def test_topics_are_divided_by_language(press):
    data = leakage.by_language(press["topic_shares"], press["passages"])
    assert data["bar"].iloc[0] == "all passages"
    np.testing.assert_allclose(data.groupby("bar")["share"].sum(), 1, atol=1e-5)
    # Every passage counts once among all, and once for the topic that takes most of it.
    assert data["passages"].sum() == 2 * len(press["passages"])


def test_leakage_needs_its_chance(press):
    scores = press["scores"].replace("chance", "coverage")
    with pytest.raises(PolythemesError, match=r"hold coverage, leakage; .* leakage, chance"):
        made.draw("leakage", press | {"scores": scores})


def test_a_passage_has_its_largest_topic(press):
    first = press["passages"]["passage_id"].iloc[0]
    shares = pd.DataFrame({"passage_id": first, "topic_id": [3, 1, 2], "share": [0.4, 0.4, 0.2]})
    data = maps.placed(press["layout"], press["passages"], shares, press["articles"])
    assert data.set_index("passage_id")["topic_id"].dropna().to_dict() == {first: 1}
    # The others have no topic, and are still drawn.
    maps.passages(press["layout"], press["passages"], shares, press["articles"])


def test_weak_passages_are_marked_and_counted(press):
    members = press["topic_members"]
    figure, data = made.draw("weak", press)
    weak = dict(zip(members["passage_id"], members["weak"], strict=True))
    assert data.set_index("passage_id")["weak"].to_dict() == weak
    assert 0 < sum(weak.values()) < len(weak)
    said = f"weakly in its topic: {sum(weak.values())} passages of {len(weak)}"
    assert said in [text for text, _ in placed.shown(figure)]
    # Without weak ones, the figure is the one without members.
    strong, _ = made.draw("weak", press | {"topic_members": members.assign(weak=False)})
    plain, data = made.draw("maps", press)
    assert [t for t, _ in placed.shown(strong)] == [t for t, _ in placed.shown(plain)]
    assert "weak" not in data


def test_the_topic_of_a_passage_is_the_one_it_is_a_member_of(press):
    members = press["topic_members"].assign(topic_id=2)
    _, data = made.draw("weak", press | {"topic_members": members})
    assert set(data["topic_id"]) == {2}


def boxes_of(figure, text):
    """Give the places of a text, in pixels."""
    return [box for said, box in placed.shown(figure) if said == text]


def rows_of_terms(*cells):
    """Make the table ``topic_terms`` of one topic: row, language, term."""
    given = pd.DataFrame(cells, columns=["row", "language", "term"])
    rank = given.groupby("language").cumcount() + 1
    return given.assign(topic_id=1, concept_id=given["row"] + 10, rank=rank, weight=1 / rank)


def test_terms_of_one_concept_stand_on_one_line():
    given = rows_of_terms(
        (1, "en", "live stream"),
        (1, "zh", "直播"),
        (2, "zh", "小红书"),
        (3, "en", "shop"),
        (3, "zh", "店"),
    )
    figure, data = terms.terms(given, made.topics(1))
    (live,), (also,) = boxes_of(figure, "live stream"), boxes_of(figure, "直播")
    (own,), (shop,) = boxes_of(figure, "小红书"), boxes_of(figure, "shop")
    (store,) = boxes_of(figure, "店")
    for one, other in ((live, also), (shop, store)):
        assert one.y0 < (other.y0 + other.y1) / 2 < one.y1
        assert one.x1 < other.x0
    assert live.y0 > own.y1 > own.y0 > shop.y1
    # The cell beside a term without a partner holds nothing.
    level = [box for _, box in placed.shown(figure) if box.y0 < own.y1 and box.y1 > own.y0]
    assert [box.x0 for box in level if box.x0 > live.x0 - 2] == [own.x0]
    assert list(data["term"]) == ["live stream", "直播", "小红书", "shop", "店"]


def test_bars_are_as_long_as_weights():
    given = rows_of_terms((1, "en", "first"), (2, "en", "second"), (3, "en", "third"))
    figure, _ = terms.terms(given, made.topics(1))
    fill = colors.to_rgb(style.tint(style.language("en"), blocks.TINT))
    found = [p.get_width() for p in figure.axes[0].patches if p.get_facecolor()[:3] == fill]
    np.testing.assert_allclose(np.array(found) / found[0], [1, 1 / 2, 1 / 3], rtol=1e-5)


def test_topics_and_languages_without_terms_are_shown(press):
    figure, data = terms.terms(press["topic_terms"], made.topics(5))
    said = [text for text, _ in placed.shown(figure)]
    assert said.count(blocks.EMPTY) == 1
    assert said.count("Chinese") == 5
    assert data["term"].isna().sum() == 1
    figure, _ = terms.terms(press["topic_terms"][lambda t: t["topic_id"].eq(1)], made.topics(1))
    assert "Chinese" not in [text for text, _ in placed.shown(figure)]


def test_a_topic_shows_ten_rows_and_says_so():
    given = rows_of_terms(*((row, "en", f"word {row}") for row in range(1, 15)))
    figure, data = terms.terms(given, made.topics(1))
    said = [text for text, _ in placed.shown(figure) if text.startswith("word")]
    assert said == [f"word {row}" for row in range(1, 11)]
    assert data["shown"].sum() == 10
    assert len(data) == 14
    assert "Shown: 10 of 14 terms; the CSV holds all." in note_of(figure)


def test_the_first_term_of_a_language_is_always_shown():
    cells = [(row, "en", f"word {row}") for row in range(1, 13)]
    figure, data = terms.terms(
        rows_of_terms(*cells, (14, "zh", "小红书"), (15, "zh", "店")), made.topics(1)
    )
    said = [text for text, _ in placed.shown(figure)]
    assert "小红书" in said
    assert "店" not in said
    assert list(data.loc[data["shown"], "row"]) == [*range(1, 10), 14]


def test_names_stand_above_the_terms_of_their_language(press):
    figure, data = made.draw("named", press)
    # Chinese has no term in topic 1, but a name; Italian has no names.
    assert set(data["name"].dropna()) == set(press["topic_names"]["name"])
    said = [text for text, _ in placed.shown(figure)]
    assert {*press["topic_names"].loc[lambda t: t["language"].eq("zh"), "name"]} <= {*said}
    (name,) = boxes_of(figure, "brand · ad")
    language = min(boxes_of(figure, "English"), key=lambda box: abs(box.y0 - name.y1))
    assert abs(language.x0 - name.x0) < 2
    assert data.loc[data["language"].eq("it"), "name"].isna().all()


@pytest.mark.parametrize(("codes", "across"), [("de", 3), ("de zh", 2), ("de zh en", 1)])
def test_topics_of_few_languages_stand_side_by_side(press, codes, across):
    given = press["topic_terms"][lambda t: t["language"].isin(codes.split())]
    figure, _ = terms.terms(given, press["topics"])
    tops = [round(box.y0) for i in range(1, 5) for box in boxes_of(figure, f"topic {i}")]
    assert len(tops) == 4
    assert tops.count(max(tops)) == across


def test_long_terms_are_broken_and_not_lost():
    long = rows_of_terms(
        (1, "de", "Unterlassungsverpflichtungs" * 2),
        (1, "zh", "数据保护平台" * 5),
        (1, "en", "a very long term " * 5),
    )
    figure, _ = terms.terms(long, made.topics(1))
    shown = "".join(text.replace(" ", "") for text, _ in placed.shown(figure))
    assert "数据保护平台" * 5 in shown
    assert "Unterlassungsverpflichtungs" * 2 in shown


def test_a_middle_dot_never_begins_a_line(press):
    topics = made.topics(1).assign(
        label="platform · Xiaohongshu · 直播 · koleksi digital · penjualan"
    )
    figure, _ = terms.terms(press["topic_terms"][lambda t: t["topic_id"].eq(1)], topics)
    said = [text for text, _ in placed.shown(figure)]
    assert [text for text in said if text.startswith("·")] == []
    assert any(text.endswith("·") for text in said)


def test_empty_columns_say_whether_the_topic_has_the_language(press):
    given = rows_of_terms((1, "en", "bee"), (2, "it", "mare"), (2, "en", "sea"))
    held = pd.DataFrame(
        [(1, "de", True), (1, "en", False), (1, "en", True), (2, "en", False)],
        columns=["topic_id", "language", "weak"],
    )
    figure, data = terms.terms(given, made.topics(2), None, held)
    said = [text for text, _ in placed.shown(figure)]
    assert {"German · 1 passage", "English · 2 passages", "Italian · no passage"} <= set(said)
    # The first topic has a German passage and no German term, the second no term at all.
    assert said.count("no terms") == 2
    assert any("2 only loosely of it" in text for text in said)
    assert data.groupby("topic_id")["weak"].first().to_dict() == {1: 2, 2: 0}
    assert data.set_index(["topic_id", "language"])["held"].dropna().to_dict() == {
        (1, "de"): 1, (1, "en"): 2, (2, "en"): 1
    }  # fmt: skip


def test_the_number_of_topics_taken_is_said_with_its_reason(press):
    figure, data = made.draw("choice", press)
    said = [text for text, _ in placed.shown(figure)]
    why = press["topic_choice"].set_index("n_topics")["why"][4]
    assert f"4 topics: {why}." in said
    taken = data[data["chosen"]].iloc[0]
    for measure in choice.MEASURES:
        assert measure in said
        assert f"{taken[measure]:.2f}" in said


@pytest.mark.parametrize("missing", ["column", "values"])
def test_a_measure_without_values_has_no_panel(press, missing):
    given = press["topic_choice"]
    given = given.drop(columns="coherence") if missing == "column" else given.assign(coherence=None)
    figure, data = choice.choice(given)
    assert "coherence" not in [text for text, _ in placed.shown(figure)]
    assert "coherence" not in data
    assert len(figure.axes) == 1 + 2


def test_no_number_is_less_than_zero_by_nothing(press):
    given = press["topic_choice"]
    for value, told in ((-0.002, "0.00"), (-0.12, "\u22120.12")):
        figure, _ = choice.choice(given.assign(separation=value))
        values = [text for text, _ in placed.shown(figure)]
        assert told in values
        assert not any(text.startswith("-") for text in values)


@pytest.mark.parametrize("how_many", [0, 2])
def test_one_number_of_topics_is_taken(press, how_many):
    given = press["topic_choice"].assign(chosen=[True] * how_many + [False] * (10 - how_many))
    with pytest.raises(PolythemesError, match=f"marks {how_many} numbers .* exactly one"):
        choice.choice(given)


def grown(*joined):
    """Make the table ``topic_tree``: node, left, right, height."""
    return pd.DataFrame(joined, columns=["node", "left", "right", "height"])


def test_a_tree_puts_what_joins_first_together(press):
    # Sizes 45, 25, 18, 15: 1 and 4 join first, then 2 and 3, then both.
    data = tree.nodes(grown((5, 1, 4, 1.0), (6, 2, 3, 2.0), (7, 5, 6, 3.0)), press["topics"])
    assert list(data["node"]) == [1, 4, 2, 3, 5, 6, 7]
    assert list(data["place"]) == [0, 1, 2, 3, 0.5, 2.5, 1.5]
    assert list(data["passages"]) == [45, 15, 25, 18, 60, 43, 103]
    figure, _ = tree.tree(grown((5, 1, 4, 1.0), (6, 2, 3, 2.0), (7, 5, 6, 3.0)), press["topics"])
    said = [text for text, _ in placed.shown(figure)]
    assert [text for text in said if text.endswith("passages")] == [
        f"{n} passages" for n in (45, 15, 25, 18)
    ]


def test_a_cut_of_a_tree_is_numbered_by_the_topics_it_leaves(press):
    figure, _ = tree.tree(grown((5, 1, 4, 1.0), (6, 2, 3, 2.0), (7, 5, 6, 3.0)), press["topics"])
    (first,) = boxes_of(figure, "45 passages")
    cuts = [(box.x0, text) for text, box in placed.shown(figure) if box.y0 > first.y1]
    assert [text for _, text in sorted(cuts) if text.isdigit()] == ["1", "2", "3", "4"]


def test_one_topic_is_a_tree(press):
    figure, data = tree.tree(press["topic_tree"][:0], made.topics(1))
    assert list(data["node"]) == [1]
    assert "45 passages" in [text for text, _ in placed.shown(figure)]


@pytest.mark.parametrize(
    "joined",
    [
        [(5, 1, 2, 1.0), (6, 5, 3, 2.0)],
        [(5, 1, 2, 1.0), (6, 1, 3, 2.0), (7, 6, 4, 3.0)],
        [(5, 1, 1, 1.0), (6, 5, 3, 2.0), (7, 6, 4, 3.0)],
        [(5, 1, 9, 1.0), (6, 5, 3, 2.0), (7, 6, 4, 3.0)],
        [(4, 1, 2, 1.0), (6, 4, 3, 2.0), (7, 6, 4, 3.0)],
    ],
)
def test_what_is_no_tree_is_refused(press, joined):
    with pytest.raises(PolythemesError, match=r"no tree over the topics 1, 2, 3, 4; every topic"):
        tree.tree(grown(*joined), press["topics"])


def test_models_stand_side_by_side_score_by_score(press):
    figure, data = made.draw("models", press)
    said = [text for text, _ in placed.shown(figure)]
    bands = 3
    assert said.count("TopicModel") == bands
    assert said.count("7 topics") == bands
    better = {"leakage of language": models.LOWER, "stability": models.HIGHER}
    for title, direction in better.items():
        (head,) = boxes_of(figure, title)
        below = [box for box in boxes_of(figure, direction) if abs(box.x0 - head.x0) < 2]
        assert any(0 < head.y0 - box.y1 < 30 for box in below)
    # HDP has no stability; a sort of score that is not known is drawn all the same, last.
    assert said.count("–") == 1
    assert data["score"].iloc[-1] == "a new score"
    assert "chance" not in said


def test_a_score_of_all_goes_before_those_of_languages(press):
    _, data = made.draw("models", press)
    drawn = data[data["drawn"]]
    assert set(drawn.loc[drawn["score"].eq("cnpmi"), "language"]) == {""}
    assert set(drawn.loc[drawn["score"].eq("npmi"), "language"]) == set(made.LANGUAGES)
    assert len(data) == len(press["models"])


def test_the_number_of_a_score_by_language_is_their_mean(press):
    given = press["models"]
    given = given[given["score"].eq("npmi") & given["model"].eq("LDA")]
    figure, _ = models.models(given)
    (title,) = boxes_of(figure, "coherence (NPMI)")
    assert title.width > 0
    assert f"{given['value'].mean():.2f}" in [text for text, _ in placed.shown(figure)]


def test_agreement_says_with_what():
    rows = [("A", 3, "ari", "", 0.5, 0.4, 0.7, "the gold labels")]
    given = pd.DataFrame(rows, columns=[*models.COLUMNS, "reference"])
    said = [text for text, _ in placed.shown(models.models(given)[0])]
    assert f"with the gold labels: {models.AGREES}" in said
    said = [text for text, _ in placed.shown(models.models(given.drop(columns="reference"))[0])]
    assert models.AGREES in said


@pytest.mark.parametrize(
    ("score", "value", "low", "high"),
    [
        ("stability", 0.02, 0, 1),
        ("ari", -0.02, -0.02, 1),
        ("silhouette", 0.02, 0, 0.02),
        ("npmi", -0.3, -0.3, 0),
        ("seconds", 40, 0, 40),
    ],
)
def test_the_scale_of_a_score_holds_0_and_all_of_it(score, value, low, high):
    given = pd.DataFrame([("A", 3, score, "", value, value, value)], columns=models.COLUMNS)
    figure, _ = models.models(given)
    room = 0.04 * (high - low)
    np.testing.assert_allclose(figure.axes[1].get_xlim(), (low - room, high + room), rtol=1e-5)
    assert f"{value:.2f}".replace("-", "\u2212") in [text for text, _ in placed.shown(figure)]


def test_intervals_are_drawn_where_there_are_any():
    columns = models.COLUMNS
    rows = [("A", 3, "stability", "", 0.5, 0.4, 0.7), ("B", 3, "stability", None, 0.6, None, None)]
    figure, _ = models.models(pd.DataFrame(rows, columns=columns))
    lines = [line.get_xdata() for line in figure.axes[1].lines]
    assert [0.4, 0.7] in [list(line) for line in lines]
    assert "0.60" in [text for text, _ in placed.shown(figure)]


def test_themes_keep_their_order_and_the_rest_is_last(press):
    label = themes.named(press["themes"], press["article_themes"]["theme_id"])
    assert list(label) == [*press["themes"]["theme_id"], "rest"]
    backwards = press["themes"].iloc[::-1]
    assert list(themes.named(backwards, pd.Series(["rest", "ads", "privacy", "extra"]))) == [
        "ads",
        "privacy",
        "extra",
        "rest",
    ]


def test_an_article_without_an_interval_shows_its_share(press):
    shares = press["article_themes"].assign(low=np.nan, high=np.nan)
    figure, _ = themes.heatmap(shares, press["themes"], press["articles"])
    said = [text for text, _ in placed.shown(figure)]
    assert not [text for text in said if "–" in text]
    assert len([text for text in said if text.endswith(" %")]) == len(shares)


def test_evidence_says_where_to_look(press):
    cited = press["evidence"].head(2)
    known = press["passages"].set_index("passage_id").loc[cited["passage_id"]]
    _, data = themes.evidence(cited, press["themes"], press["passages"])
    for row, place in zip(data.itertuples(), known.itertuples(), strict=True):
        lines = f"{place.first_line}-{place.last_line}"
        if place.first_line == place.last_line:
            lines = str(place.first_line)
        assert row.reference == f"{row.article_id}:{lines}"
        assert (row.start, row.end) == (place.start, place.end)


def test_evidence_beyond_twenty_a_theme_stays_in_the_data():
    many = made.everything(count=30, sizes=(3,))
    figure, data = made.draw("evidence", many)
    assert len(data) == len(many["evidence"])
    assert set(data.groupby("theme_id")["shown"].sum()) == {20}
    lowest = data[data["shown"]].groupby("theme_id")["share"].min()
    assert (data[~data["shown"]].groupby("theme_id")["share"].max() <= lowest).all()
    assert f"Shown: 100 of {len(data)} passages; the CSV holds all." in note_of(figure)


HOSTILE = (
    "</script><script>harmed</script>",
    "--> <!-- ]]> &amp; \"quoted\" 'too'",
    "=cmd|' /C calc'!A1",
    "@SUM(A1)",
    "שלום\u202e مرحبا",
    "a\x00b\x1bc\x07\u2028d",
    "$x$ #set text(red) `y` \\input{a}",
)
#: What comes from texts, by table.
FOREIGN = {
    "topics": ("label",),
    "topic_names": ("name",),
    "topic_terms": ("term",),
    "topic_choice": ("why",),
    "themes": ("label",),
    "actors": ("label",),
    "evidence": ("terms",),
}


@pytest.mark.parametrize("name", ["named", "choice", "tree", "evidence", "network", "heatmap"])
def test_hostile_texts_are_drawn_as_texts_and_run_nowhere(name, tmp_path):
    tables = made.everything()
    for table, columns in FOREIGN.items():
        for column in columns:
            own = tables[table]
            own[column] = [HOSTILE[i % len(HOSTILE)] + str(i % 7) for i in range(len(own))]
    figure, data = made.draw(name, tables)
    saved = files.save(figure, data, into=tmp_path, name=name)
    root = ET.fromstring(saved.svg.read_text("utf-8"))  # noqa: S314
    assert {one.tag.rpartition("}")[2] for one in root.iter()} & {"script", "image", "a"} == set()
    text = saved.csv.read_text("utf-8")
    assert "harmed" in text or name == "choice"
    assert not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e]", text)
    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    assert [cell for cell in cells if cell[:1] in {"=", "@", "+"}] == []


def test_what_differs_is_marked_and_small_groups_are_hollow(press):
    given = press["theme_groups"]
    figure, data = groups.groups(given, press["themes"])
    marked = [text for text, _ in placed.shown(figure) if text == groups.DIFFERS]
    assert len(marked) == int(data["differs"].sum()) > 0
    dots = [line for axes in figure.axes for line in axes.lines if line.get_markersize() == 4.5]
    hollow = [line for line in dots if line.get_markerfacecolor() == "#FFFFFF"]
    assert len(hollow) == int(data["small"].sum()) > 0
    assert set(data["by"]) == {"language"}
    figure, _ = groups.groups(given, press["themes"], by="source")
    assert "not given" in [text for text, _ in placed.shown(figure)]
    with pytest.raises(PolythemesError, match=r"by = 'form' is not compared; .* language, source"):
        groups.groups(given, press["themes"], by="form")


def test_where_nothing_can_be_told_it_is_said(press):
    given = press["theme_groups"].assign(p=np.nan, adjusted=np.nan, differs=False, small=True)
    assert note_of(groups.groups(given, press["themes"])[0]).startswith("Nothing can be told")
    given = press["theme_groups"].assign(differs=False)
    assert "None of 24 differences" in note_of(groups.groups(given, press["themes"])[0])


def test_topics_that_no_theme_covers_are_named(press):
    figure, data = made.draw("crosswalk", press)
    said = [text for text, _ in placed.shown(figure) if crosswalk.FREE in text]
    assert said == ["15 passages, no theme covers it"]
    assert list(data["theme_id"][:6]) == [*made.THEMES]
    assert "0–20" in [text for text, _ in placed.shown(figure)]


def test_articles_without_dates_are_counted(press):
    figure, data = times.times(press["theme_times"], press["themes"], press["articles"])
    assert "Left out: 5 of 5 articles without a month." in note_of(figure)
    assert set(data["unit"]) == {"month"}
    none = press["theme_times"].iloc[:0]
    figure, data = times.times(none, press["themes"], press["articles"])
    assert "No article has a date" in note_of(figure)
    assert data.empty


def test_without_large_periods_time_goes_by_year(press):
    given = press["theme_times"].assign(small=True)
    assert set(times.times(given, press["themes"], press["articles"])[1]["unit"]) == {"year"}


def test_shares_are_told_with_what_confirms_them_and_where_labels_come_from(press):
    rows = [
        ("main", 0.5, 0.6, 0.5, 0.25, 0.1, 0.4, 4, 4, 5),
        ("named", 0.7, 0.8, 0.75, 1.0, np.nan, np.nan, 1, 1, 1),
        ("named", 0.5, 0.6, 0.5, 0.75, 0.5, 0.9, 4, 4, 5),
    ]
    given = pd.DataFrame(rows, columns=list(press["reliability"].columns))
    figure, data = reliability.reliability(given, press["labels"], origin="Told by two.")
    assert list(zip(data["rule"], data["said"], strict=True)) == [
        ("named", 0.5),
        ("named", 0.75),
        ("main", 0.5),
    ]
    note = note_of(figure)
    assert "160 labels of 80 passages in 5 articles. Told by two." in note
    assert "Hollow: fewer than five articles." in note
    # 4 labels are 25 points off, and 1 label too; those of the other panel are 25 off.
    told = [text.get_text() for text in figure.findobj(Text)]
    assert told.count("off by 25.0 points on average (expected calibration error)") == 2
    assert "names in 80 % of 5 labels, and the one it names first in 25 %." in findings.of(data)


def test_a_corpus_without_labels_says_what_to_do(press):
    figure, data = reliability.reliability(press["reliability"].iloc[:0], press["labels"].iloc[:0])
    assert "`polythemes label NAME` writes sheets" in note_of(figure)
    assert data.empty
    assert findings.of(data) == ""
    assert placed.faults(figure) == []


def test_neighbours_of_a_language_sum_to_one(press):
    _, data = vectors.nearest(press["neighbours"])
    np.testing.assert_allclose(data.groupby("language")["share"].sum(), 1, atol=1e-5)


def test_a_language_that_is_nobody_s_neighbour_has_its_column(press):
    given = press["neighbours"].assign(neighbour_language="en")
    figure, _ = vectors.nearest(given)
    said = [text for text, _ in placed.shown(figure)]
    assert said.count("German") == said.count("English") == 2
    assert said.count("0 %") == 5 * 4


def test_lengths_show_every_passage(press):
    figure, data = vectors.lengths(press["passages"])
    assert len(data) == len(press["passages"])
    assert "two Han characters count as one word" in note_of(figure)


@pytest.mark.parametrize("name", ["actors", "present", "network"])
def test_nobody_named_is_said(name, press):
    nobody = press | {table: press[table].iloc[:0] for table in ABOUT_ACTORS}
    figure, data = made.draw(name, nobody)
    assert data.empty
    assert "No actor listed in actors.toml is named" in note_of(figure)


def test_thirty_actors_are_shown_and_all_are_in_the_data():
    many = made.everything() | made.actors(made.passages(made.articles()), 40)
    # Where links of few passages are left out, so are the actors that have no other.
    for name, shown in (("actors", 30), ("present", 30), ("network", 19)):
        figure, data = made.draw(name, many)
        assert f"Shown: {shown} of 40 actors; the CSV holds all." in note_of(figure)
        assert data["actor_id"].nunique() >= 39
        assert placed.faults(figure) == []


def test_actors_of_few_articles_are_marked(press):
    given = press["actor_themes"].assign(small=press["actor_themes"]["actor_id"].eq("actor-01"))
    figure, _ = actors.heatmap(given, press["themes"], press["actors"])
    assert [text for text, _ in placed.shown(figure) if text.endswith(" *")] == ["小红书 *"]


def test_many_articles_are_shown_by_language():
    many = made.everything(count=11, sizes=(3,))
    figure, data = made.draw("present", many)
    assert {"German", "Chinese"} <= {text for text, _ in placed.shown(figure)}
    assert data["article_id"].nunique() == 11
    assert data["mentions"].sum() == many["actors"]["mentions"].sum()


def test_a_ring_puts_together_what_is_named_together():
    pairs = {("a", "d"): 9, ("b", "e"): 9, ("c", "f"): 9, ("d", "b"): 1}
    order = network.ring(list("fedcba"), pairs)
    assert sorted(order) == list("abcdef")
    for one, other in (("a", "d"), ("b", "e"), ("c", "f")):
        assert abs(order.index(one) - order.index(other)) in (1, 5)
    assert order == network.ring(list("abcdef"), dict(reversed(pairs.items())))


def test_a_ring_of_one_or_none():
    assert network.ring([], {}) == []
    assert network.ring(["a"], {}) == ["a"]


def test_of_many_links_the_widest_are_drawn():
    given = made.actors(made.passages(made.articles()), 13)
    who = sorted(given["actors"]["actor_id"])
    # 78 pairs of thirteen actors: 66 in one passage, 12 in two.
    pairs = list(itertools.combinations(who, 2))
    links = pd.DataFrame(pairs, columns=["actor_id", "other_id"]).assign(passages=1, weight=0.5)
    links.loc[links["actor_id"] == who[0], "passages"] = 2
    links = links.astype({"passages": "int32"})
    figure, data = network.network(links, given["actors"])
    assert len(data) == 78
    assert list(data.loc[data["shown"], "passages"]) == [2] * 12
    assert "Links of fewer than 2 passages are left out." in note_of(figure)
    figure, data = network.network(links.query("passages == 1"), given["actors"])
    assert data["shown"].all()  # none is wider than another
    assert "are left out" not in note_of(figure)
