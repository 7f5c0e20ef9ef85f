"""Names of topics: from terms and central passages, kept as a person changed them."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from polythemes import topic_names
from polythemes.errors import PolythemesError
from polythemes.topic_names import Entry

TERMS = pd.DataFrame(
    [
        (1, "de", 1, 1, "Laden", 1.0),
        (1, "de", 2, 2, "Hofladen", 0.9),
        (1, "de", 3, 3, "Milch", 0.8),
        (1, "en", 1, 4, "farm", 1.0),
        (1, "en", 2, 3, "dairy", 0.7),
        (2, "en", 1, 5, "boat", 1.0),
    ],
    columns=["topic_id", "language", "rank", "concept_id", "term", "weight"],
)
PASSAGES = pd.DataFrame(
    {
        "passage_id": ["a", "b", "c", "d", "e"],
        "language": ["de", "de", "en", "en", "en"],
        "sha256": [f"{i:x}" * 64 for i in range(10, 15)],
    }
)
MEMBERS = pd.DataFrame(
    {
        "passage_id": ["a", "b", "c", "d", "e"],
        "topic_id": [1, 1, 1, 2, 2],
        "share": [0.9] * 5,
        "closeness": [0.5, 0.7, 0.6, 0.4, 0.8],
        "weak": False,
    }
)
COUNTED = pd.DataFrame(
    [("b", "de", "Milch", 1), ("a", "de", "Milch", 2), ("c", "en", "dairy", 1)],
    columns=["passage_id", "language", "term", "count"],
)


def names() -> pd.DataFrame:
    """Name the topics above."""
    return topic_names.found(TERMS, COUNTED, topic_names.central(MEMBERS, PASSAGES))


def told(table: pd.DataFrame) -> dict[tuple[int, str], str]:
    """Give the names by topic and language."""
    return dict(
        zip(zip(table["topic_id"], table["language"], strict=True), table["name"], strict=True)
    )


def entry(topic: int, **given: str) -> Entry:
    """Make the entry of a topic above."""
    middle = topic_names.central(MEMBERS, PASSAGES).query("topic_id == @topic")
    return Entry(given, tuple(middle["sha256"].str[:16]))


def test_the_nearest_passages_come_first_and_the_same_text_once() -> None:
    middle = topic_names.central(MEMBERS, PASSAGES, most=2)
    assert list(middle["passage_id"]) == ["b", "c", "e", "d"]
    again = pd.concat([PASSAGES, PASSAGES.query("passage_id == 'b'").assign(passage_id="bb")])
    members = pd.concat([MEMBERS, MEMBERS.query("passage_id == 'b'").assign(passage_id="bb")])
    assert list(topic_names.central(members, again)["passage_id"]) == ["b", "c", "a", "e", "d"]


def test_a_name_holds_what_central_passages_say_and_no_word_twice() -> None:
    # Milch: 0.8 and half of dairy's; Laden: 1 x 0.5 and no phrase of it: "Hofladen" holds it.
    assert told(names()) == {
        (1, "de"): "Milch · Laden",
        (1, "en"): "dairy · farm",
        (2, "en"): "boat",
    }


def test_what_other_languages_say_too_comes_first() -> None:
    terms = TERMS.assign(concept_id=[1, 2, 3, 4, 1, 5], weight=[1.0, 0.1, 0.9, 1.0, 0.6, 1.0])
    nowhere = COUNTED.assign(passage_id="e")
    found = topic_names.found(terms, nowhere, topic_names.central(MEMBERS, PASSAGES))
    # dairy: 0.6 and half of the 1.0 of Laden, of the same concept here.
    assert told(found)[1, "en"] == "dairy · farm"


def test_the_order_of_the_rows_does_not_matter() -> None:
    middle = topic_names.central(MEMBERS.iloc[::-1], PASSAGES.sample(frac=1, random_state=1))
    found = topic_names.found(TERMS.iloc[::-1], COUNTED.iloc[::-1], middle)
    pd.testing.assert_frame_equal(found, names())


def test_the_label_is_the_english_name_or_that_of_most_passages() -> None:
    passages = PASSAGES.assign(words=[10, 10, 20, 30, 30])
    table = topic_names.topics(MEMBERS, passages, names())
    assert list(table["label"]) == ["dairy · farm", "boat"]
    assert list(table["passages"]) == [3, 2]
    assert list(table["weight"]) == [0.4, 0.6]
    others = pd.DataFrame(
        [(1, "id", "susu", False), (1, "de", "Milch", False)],
        columns=["topic_id", "language", "name", "edited"],
    )
    table = topic_names.topics(MEMBERS, passages, others)
    assert list(table["label"]) == ["Milch", "topic 2"]


def test_a_given_name_stays_with_its_topic_when_the_numbers_change() -> None:
    swapped = MEMBERS.assign(topic_id=MEMBERS["topic_id"].map({1: 2, 2: 1}))
    (match,) = topic_names.match([entry(1, de="Hof", fr="Ferme")], swapped, PASSAGES)
    assert (match.topic_id, match.held, match.told) == (2, 3, "")
    found = names().assign(topic_id=names()["topic_id"].map({1: 2, 2: 1}))
    table = topic_names.named(found, [match])
    assert told(table)[2, "de"] == "Hof"
    assert told(table)[2, "fr"] == "Ferme"
    assert told(table)[2, "en"] == "dairy · farm"
    assert list(table["edited"]) == [False, True, False, True]


def test_a_topic_that_moved_or_went_is_told_of() -> None:
    moved = MEMBERS.assign(topic_id=[1, 1, 2, 2, 2])
    (match,) = topic_names.match([entry(1, de="Hof")], moved, PASSAGES)
    assert match.topic_id == 1
    assert match.told.startswith("topic 'Hof' has moved: it is topic 1 now")
    assert "2 in topic 1, 1 in topic 2" in match.told
    split = MEMBERS.assign(topic_id=[1, 2, 3, 3, 3])
    (match,) = topic_names.match([entry(1, de="Hof")], split, PASSAGES)
    assert match.topic_id == 0
    assert "not found again" in match.told
    (match,) = topic_names.match([Entry({"de": "Hof"}, ("0" * 16,))], MEMBERS, PASSAGES)
    assert match.told.endswith("the corpus has none of its passages")


def test_two_entries_never_name_one_topic() -> None:
    both = [entry(1, de="Hof"), Entry({"de": "Stall"}, entry(1).passages[:1])]
    found = topic_names.match(both, MEMBERS, PASSAGES)
    assert [one.topic_id for one in found] == [1, 0]


def test_a_file_is_written_and_read_back(tmp_path: Path) -> None:
    path = tmp_path / "topics.toml"
    assert topic_names.load(path) == []
    entries = [entry(1, de='Hof "Süd" \\ 牛奶', en="Farm"), entry(2, en="Boats")]
    topic_names.save(path, entries)
    assert topic_names.load(path) == entries


def test_bringing_up_to_date_loses_no_name() -> None:
    matches = topic_names.match(
        [entry(1, de="Hof"), Entry({"de": "Weg"}, ("0" * 16,))], MEMBERS, PASSAGES
    )
    table = topic_names.named(names(), matches)
    entries = topic_names.refreshed(matches, table, topic_names.central(MEMBERS, PASSAGES))
    assert [one.names for one in entries] == [
        {"de": "Hof", "en": "dairy · farm"},
        {"en": "boat"},
        {"de": "Weg"},
    ]
    assert entries[0].passages == entry(1).passages


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[theme]]\nid = 1", "unknown key theme"),
        ("topic = 3", "topic = 3"),
        ("[[topic]]\nname = 'x'", "holds name"),
        ("[[topic]]\nnames = {en = 3}\npassages = ['0000000000000000']", "en = 3"),
        ("[[topic]]\nnames = {English = 'x'}\npassages = ['0000000000000000']", "English"),
        ("[[topic]]\nnames = {en = 'x'}", "passages = []"),
        ("[[topic]]\nnames = {en = 'x'}\npassages = ['abc']", "SHA-256"),
    ],
)
def test_a_broken_file_is_told_of(text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "topics.toml"
    path.write_text(text)
    with pytest.raises(PolythemesError, match=r"topics\.toml") as told:
        topic_names.load(path)
    assert said in str(told.value)
