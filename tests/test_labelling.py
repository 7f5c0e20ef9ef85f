"""Labels by hand: who draws what, what a sheet may hold, and how agreement is reckoned."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from polythemes import labelling
from polythemes.errors import PolythemesError

THEMES = ["bees", "trains", "rest"]
LISTED = pd.DataFrame(
    [(one, one.title(), f"On {one}.") for one in THEMES],
    columns=["theme_id", "label", "description"],
)


def corpus(count: int = 12) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Make passages of four articles and their shares: the model grows ever less sure."""
    texts = [f'=Line {i}, "so"\nGröße 蜂蜜' for i in range(count)]
    ids = [f"a{i % 4}-{i:02d}" for i in range(count)]
    passages = pd.DataFrame(
        {
            "passage_id": ids,
            "article_id": [one[:2] for one in ids],
            "language": "de",
            "text": texts,
            "sha256": [hashlib.sha256(text.encode()).hexdigest() for text in texts],
        }
    )
    rows = [
        (one, theme, share)
        for i, one in enumerate(ids)
        for theme, share in zip(THEMES, (0.9 - i / 40, 0.1 + i / 40, 0.0), strict=True)
    ]
    return passages, pd.DataFrame(rows, columns=["passage_id", "theme_id", "share"])


# --- what is drawn --------------------------------------------------------------------------------


def test_some_are_drawn_at_random_and_of_the_others_the_least_sure():
    passages, shares = corpus()
    found = labelling.draw(passages, shares, random=5, uncertain=3, seed=7)
    assert found["drawn"].value_counts().to_dict() == {"random": 5, "uncertain": 3}
    random = set(found.loc[found["drawn"] == "random", "passage_id"])
    others = [one for one in passages["passage_id"] if one not in random]
    assert set(found.loc[found["drawn"] == "uncertain", "passage_id"]) == set(others[-3:])
    again = labelling.draw(passages, shares, random=5, uncertain=3, seed=8)
    assert set(again.loc[again["drawn"] == "random", "passage_id"]) != random


def test_the_draw_turns_on_texts_alone():
    passages, shares = corpus()
    found = labelling.draw(passages, shares, random=5, uncertain=3)
    mixed = [table.sample(frac=1, random_state=2) for table in (passages, shares)]
    pd.testing.assert_frame_equal(found, labelling.draw(*mixed, random=5, uncertain=3))
    # A corpus that grows keeps its random draw but for what comes between.
    more = labelling.draw(*corpus(14), random=5, uncertain=0)
    assert len({*found["key"]} & {*more["key"]}) >= 3


def test_a_text_that_stands_twice_is_drawn_once():
    passages, shares = corpus()
    passages["sha256"] = passages["sha256"].iloc[0]
    found = labelling.draw(passages, shares, random=5, uncertain=3)
    assert list(found["passage_id"]) == ["a0-00"]


def test_one_theme_alone_leaves_nothing_to_be_unsure_of():
    passages, shares = corpus()
    found = labelling.draw(passages, shares[shares["theme_id"] == "bees"], random=2, uncertain=1)
    assert len(found) == 3


@pytest.mark.parametrize("many", [{"random": 0}, {"uncertain": -1}])
def test_a_draw_of_nothing_is_refused(many):
    with pytest.raises(PolythemesError, match="one random one or more"):
        labelling.draw(*corpus(), **many)


# --- sheets ---------------------------------------------------------------------------------------


@pytest.fixture
def sheets(tmp_path) -> list[Path]:
    """Write the sheets of two people."""
    passages, shares = corpus()
    drawn = labelling.draw(passages, shares, random=4, uncertain=2)
    return labelling.write(tmp_path / "labels", drawn, passages, LISTED)


def rows_of(path: Path) -> list[list[str]]:
    text = path.read_text("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def fill(path: Path, *cells: str, between: str = ",", coding: str = "utf-8-sig") -> None:
    """Write into the column of themes, as a spreadsheet saves it."""
    rows = rows_of(path)
    for row, cell in zip(rows[1:], cells, strict=False):
        row[3] = cell
    text = io.StringIO()
    csv.writer(text, delimiter=between, lineterminator="\r\n").writerows(rows)
    path.write_bytes(text.getvalue().encode(coding, errors="replace"))


def test_sheets_are_blind_and_each_has_its_order(sheets):
    one, other = map(rows_of, sheets)
    assert one[0] == ["key", "language", "text", "themes", "note"]
    assert sorted(one) == sorted(other)
    assert one != other
    assert all(row[3:] == ["", ""] for row in one[1:])
    # Neither how it was drawn, nor the article, nor a share is told; a formula is harmless.
    assert not re.search(r"random|uncertain|a[0-9]-|0\.", sheets[0].read_text("utf-8-sig"))
    assert one[1][2].startswith("'=Line")
    assert one[1][2].endswith("\nGröße 蜂蜜")
    assert sheets[0].read_bytes().startswith(b"\xef\xbb\xbf")
    assert [row[0] for row in rows_of(sheets[0].with_name("themes.csv"))[1:]] == THEMES


def test_sheets_are_the_same_every_time(sheets, tmp_path):
    passages, shares = (table.sample(frac=1, random_state=4) for table in corpus())
    drawn = labelling.draw(passages, shares, random=4, uncertain=2)
    again = labelling.write(tmp_path / "again", drawn, passages, LISTED)
    assert [a.read_bytes() for a in again] == [b.read_bytes() for b in sheets]


@pytest.mark.parametrize("column", [3, 4])
def test_what_somebody_filled_in_is_never_overwritten(sheets, column):
    rows = rows_of(sheets[1])
    rows[2][column] = "x"
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    sheets[1].write_text(text.getvalue(), encoding="utf-8")
    before = [path.read_bytes() for path in sorted(sheets[0].parent.iterdir())]
    passages, shares = corpus()
    drawn = labelling.draw(passages, shares, random=2)
    with pytest.raises(PolythemesError, match=r"annotator-2.csv holds 1 rows .* stays"):
        labelling.write(sheets[0].parent, drawn, passages, LISTED)
    assert [path.read_bytes() for path in sorted(sheets[0].parent.iterdir())] == before


def test_sheets_nobody_began_are_written_anew(sheets):
    passages, shares = corpus()
    drawn = labelling.draw(passages, shares, random=2, uncertain=0)
    (one, _) = labelling.write(sheets[0].parent, drawn, passages, LISTED)
    assert len(rows_of(one)) == 3


def test_without_texts_there_is_nothing_to_label(tmp_path):
    passages, shares = corpus()
    drawn = labelling.draw(passages, shares)
    with pytest.raises(PolythemesError, match="the texts are not at hand"):
        labelling.write(tmp_path, drawn, passages.assign(text=""), LISTED)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("between", "coding"),
    [(",", "utf-8-sig"), (";", "utf-8"), (";", "cp1252"), ("\t", "utf-16"), (",", "cp1252")],
)
def test_what_spreadsheets_save_is_read(sheets, between, coding):
    fill(sheets[0], "bees", "", " Trains; bees ", "rest", between=between, coding=coding)
    found = labelling.read(sheets[0].parent, THEMES)
    keys = [row[0] for row in rows_of(sheets[1])[1:]]
    named = dict(zip(found["key"], found["themes"], strict=True))
    assert sorted(named.values()) == [("bees",), ("rest",), ("trains", "bees")]
    assert set(named) <= set(keys)
    assert set(found["annotator"]) == {"annotator-1"}
    assert found["passage_id"].str[:2].equals(found["article_id"])


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (["bees", "tains"], r"annotator-1.csv, row 3: 'tains' is no theme; .* is trains meant"),
        (["xyz"], r"row 2: 'xyz' is no theme; allowed are bees, trains, rest, several with ;"),
        (["", "", "rest; bees"], r"row 4: rest; bees; rest means none of the others"),
    ],
)
def test_what_is_not_allowed_is_named_with_its_row(sheets, cells, told):
    fill(sheets[0], *cells)
    with pytest.raises(PolythemesError, match=told):
        labelling.read(sheets[0].parent, THEMES)


def test_keys_must_be_those_that_were_drawn(sheets):
    text = sheets[0].read_text("utf-8-sig")
    keys = re.findall("^k[0-9a-f]{12}", text, re.MULTILINE)
    for new, told in (("k0", "row 2: the key 'k0' was not drawn"), (keys[1], "row 3: .* twice")):
        sheets[0].write_text(text.replace(keys[0], new, 1), encoding="utf-8")
        with pytest.raises(PolythemesError, match=told):
            labelling.read(sheets[0].parent, THEMES)


def test_a_head_that_is_gone_is_named(sheets):
    sheets[0].write_text("key,language\nk1,de\n", encoding="utf-8")
    with pytest.raises(PolythemesError, match=r"row 1: the columns key, language came; themes is"):
        labelling.read(sheets[0].parent, THEMES)
    with pytest.raises(PolythemesError, match="holds no sheets"):
        labelling.read(sheets[0].parent / "none", THEMES)


# --- agreement of people --------------------------------------------------------------------------


def rated(*people: str, articles: str = "") -> pd.DataFrame:
    """Make labels: a text a person, a letter a passage, a full stop where there is none."""
    rows = [
        (f"p{who}", f"{i:02d}", articles[i] if articles else str(i), (letter,), "random")
        for who, letters in enumerate(people)
        for i, letter in enumerate(letters)
        if letter != "."
    ]
    columns = ["annotator", "passage_id", "article_id", "themes", "drawn"]
    return pd.DataFrame(rows, columns=columns)


@pytest.mark.parametrize(
    ("people", "expected", "measured"),
    [
        # Krippendorff (2011): two people and two values, two and five, four with gaps.
        (("0100000010", "1110010000"), 0.095, 10),
        (("aabbdcccedda", "babbbccceddd"), 0.692, 12),
        (("123321412...", "1233224125.3", ".3332342251.", "12332441251."), 0.743, 11),
    ],
)
def test_alpha_of_the_examples_of_its_author(people, expected, measured):
    value, low, high, count = labelling.alpha(rated(*people), labelling.nominal, resamples=50)
    assert value == pytest.approx(expected, abs=6e-4)
    assert low <= value <= high
    assert count == measured


def test_alpha_where_all_agree_where_none_does_and_where_nothing_varies():
    assert labelling.alpha(rated("abab", "abab"), labelling.nominal)[0] == 1
    assert labelling.alpha(rated("abab", "baba"), labelling.nominal)[0] < 0
    assert np.isnan(labelling.alpha(rated("aaaa", "aaaa"), labelling.nominal)[0])
    assert labelling.alpha(rated("ab..", "..ab"), labelling.nominal)[3] == 0


def test_alpha_of_one_article_has_no_interval():
    value, low, high, _ = labelling.alpha(rated("abb", "aab", articles="xxx"), labelling.nominal)
    assert not np.isnan(value)
    assert np.isnan([low, high]).all()


def test_distances_of_sets():
    # Passonneau (2006): a set within another counts 2/3, one that crosses it 1/3.
    assert labelling.masi(("a", "b", "c"), ("a", "b")) == pytest.approx(1 - 4 / 9)
    assert labelling.masi(("a", "b"), ("b", "c")) == pytest.approx(1 - 1 / 9)
    assert labelling.masi(("a", "b"), ("b", "a")) == 0
    assert labelling.nominal(("a", "b"), ("a",)) == 0
    assert labelling.nominal(("a", "b"), ("b", "a")) == 1


def test_people_are_measured_on_random_passages_alone():
    labels = rated("abab", "abba")
    labels.loc[labels["passage_id"].isin(["02", "03"]), "drawn"] = "uncertain"
    found = labelling.between_people(labels, resamples=20).set_index("score")
    assert found["value"].to_dict() == {"alpha_main": 1, "alpha_sets": 1}
    assert set(found["measured"]) == {2}
    assert labelling.between_people(rated("ab")).empty


# --- agreement of the model -----------------------------------------------------------------------


def test_the_model_against_labels_by_hand():
    rows = {"00": (0.6, 0.4, 0), "01": (0.7, 0.1, 0.2), "02": (0.1, 0.2, 0.7), "03": (0, 1, 0)}
    shares = pd.DataFrame(
        [(one, t, s) for one, own in rows.items() for t, s in zip(THEMES, own, strict=True)],
        columns=["passage_id", "theme_id", "share"],
    )
    labels = rated("btbt").assign(themes=[("trains",), ("bees",), ("bees",), ("trains", "bees")])
    found = labelling.agreement(labels, shares, resamples=100)
    value = found.set_index(["score", "theme_id"])["value"]
    # The model: bees and trains; bees; rest; trains. Right are the second and the fourth.
    assert value["right", ""] == 0.5
    assert value["precision", "bees"] == 0.5
    assert value["recall", "bees"] == pytest.approx(1 / 3, abs=1e-4)
    assert value["f1", "bees"] == pytest.approx(0.4)
    assert [value[score, "trains"] for score in ("precision", "recall", "f1")] == [1, 1, 1]
    assert value["f1", "rest"] == 0
    assert np.isnan(value["recall", "rest"])
    assert value["macro_f1", ""] == pytest.approx(1.4 / 3, abs=1e-4)
    measured = found.set_index(["score", "theme_id"])["measured"]
    assert (measured["right", ""], measured["f1", "bees"], measured["f1", "rest"]) == (4, 4, 1)
    assert (found["low"].dropna() <= found["value"][found["low"].notna()]).all()


def test_uncertain_passages_say_nothing_of_the_model():
    passages, shares = corpus()
    labels = passages.assign(annotator="a", drawn="random", themes=[("bees",)] * len(passages))
    labels.loc[6:, "drawn"], labels.loc[6:, "themes"] = "uncertain", [("rest",)] * 6
    found = labelling.agreement(labels, shares, resamples=20).set_index("score")
    assert (found.loc["right", "value"], found.loc["right", "measured"]) == (1, 6)
    with pytest.raises(PolythemesError, match="none of a random passage"):
        labelling.agreement(labels.assign(drawn="uncertain"), shares)


# --- how far a share can be trusted ---------------------------------------------------------------


def test_shares_are_held_against_labels_tenth_by_tenth():
    rows = {"00": (0.6, 0.4, 0), "01": (0.69, 0.31, 0), "02": (0.1, 0.2, 0.7), "03": (0, 1, 0)}
    shares = pd.DataFrame(
        [(one, t, s) for one, own in rows.items() for t, s in zip(THEMES, own, strict=True)],
        columns=["passage_id", "theme_id", "share"],
    )
    labels = rated("btbt", "bbbb", articles="xyyy")
    given = [("bees",), ("trains",), ("rest",), ("bees", "trains"), ("bees", "rest"), ("rest",)]
    labels = labels.assign(themes=[*given, ("bees",), ("trains",)])
    found = labelling.reliability(labels, shares, resamples=100)
    named = found[found["rule"] == "named"].set_index("share_from")
    assert list(named.index) == [0.6, 0.7, 0.9]
    assert list(named["share_to"]) == [0.7, 0.8, 1.0]
    # In 00 both readers name bees, in 01 none; in 02 one names the rest, in 03 both name trains.
    assert list(named["said"]) == [0.645, 0.7, 1.0]
    assert list(named["confirmed"]) == [0.5, 0.5, 1.0]
    assert named.loc[0.6, ["labels", "passages", "articles"]].tolist() == [4, 2, 2]
    # A draw takes one article: x, where all is right, or y, where nothing is.
    assert named.loc[0.6, ["low", "high"]].tolist() == [0, 1]
    assert np.isnan(named.loc[0.7, ["low", "high"]].tolist()).all()
    main = found[found["rule"] == "main"].set_index("share_from")
    assert list(main["confirmed"]) == [0.5, 0.5, 0.5]
    # (4 x 0.145 + 2 x 0.2 + 2 x 0) / 8, and with 2 x 0.5.
    assert labelling.calibration_error(found) == pytest.approx(0.1225)
    assert labelling.calibration_error(found, "main") == pytest.approx(0.2475)


def test_a_share_that_says_what_it_means_has_no_error():
    passages, _ = corpus(10)
    shares = pd.DataFrame(
        [(one, t, s) for one in passages["passage_id"] for t, s in (("bees", 0.7), ("rest", 0.3))],
        columns=["passage_id", "theme_id", "share"],
    )
    named = [("bees",)] * 7 + [("rest",)] * 3
    labels = passages.assign(annotator="a", drawn="random", themes=named)
    found = labelling.reliability(labels, shares, resamples=20)
    assert labelling.calibration_error(found) == 0
    mixed = labelling.reliability(
        labels.sample(frac=1, random_state=1), shares.sample(frac=1, random_state=2), resamples=20
    )
    pd.testing.assert_frame_equal(found, mixed)
    with pytest.raises(PolythemesError, match="none of a random passage"):
        labelling.reliability(labels.assign(drawn="uncertain"), shares)


# --- gold -----------------------------------------------------------------------------------------


def test_gold_of_lines_becomes_labels_of_passages():
    lines = pd.DataFrame(
        [
            ("a", 0, 60, "bees"),
            ("a", 60, 100, "trains;bees"),
            ("a", 100, 130, "rest"),
            ("a", 130, 140, ""),
            ("b", 0, 90, "trains"),
        ],
        columns=["article_id", "start", "end", "themes"],
    )
    passages = pd.DataFrame(
        [("a-1", "a", 0, 100), ("a-2", "a", 90, 140), ("a-3", "a", 130, 140), ("b-1", "b", 10, 80)],
        columns=["passage_id", "article_id", "start", "end"],
    ).assign(sha256="ab" * 32)
    found = labelling.from_lines(lines, passages)
    # Of a-1 bees have 100 characters and trains 40; of a-2 the rest 30 and the others 10 of 40.
    named = dict(zip(found["passage_id"], found["themes"], strict=True))
    assert named == {"a-1": ("bees", "trains"), "a-2": ("rest",), "b-1": ("trains",)}
    assert set(found["drawn"]) == {"random"}
    with pytest.raises(PolythemesError, match="none is in a passage"):
        labelling.from_lines(lines.assign(article_id="z"), passages)
