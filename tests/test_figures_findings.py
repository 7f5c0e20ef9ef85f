"""What captions say of each figure: counted by hand."""

from __future__ import annotations

import runpy
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

from polythemes.figures import findings

MADE = SimpleNamespace(**runpy.run_path(str(Path(__file__).with_name("figure_tables.py"))))


def table(head: str, *lines: str) -> pd.DataFrame:
    """Make a table of words and numbers."""
    rows = [[_value(cell) for cell in line.split(",")] for line in lines]
    return pd.DataFrame(rows, columns=head.split(","))


def _value(cell: str) -> object:
    """Read a cell."""
    if cell in {"True", "False", ""}:
        return cell == "True" if cell else None
    return float(cell) if cell.replace(".", "").isdigit() and "." in cell else _whole(cell)


def _whole(cell: str) -> object:
    return int(cell) if (cell.isdigit() and cell[0] != "0") or cell == "0" else cell


WORDS = ["01,de,body,True,80", "01,de,bio,False,20", "02,zh,body,True,50", "02,zh,bio,False,0"]
SHARES = ["01,de,a,Bees,0.2", "01,de,rest,None,0.8", "02,zh,a,Bees,0.3", "02,zh,b,Honey,0.4"]
CASES = {
    "kept": (
        table("article_id,language,fate,kept,words", *WORDS),
        "Of 150 words 130 (87 %) are kept, from 80 % of 01 German to 100 % of 02 Chinese.",
    ),
    "kept of one": (
        table("article_id,language,fate,kept,words", *WORDS[:2]),
        "Of 100 words 80 (80 %) are kept.",
    ),
    "lengths": (
        table("language,passage_id,words", "de,1-1,60", "de,1-2,80", "it,2-1,90"),
        "3 passages have 60 to 90 words; the median goes from 70 (German) to 90 (Italian).",
    ),
    "repaired": (
        table("article_id,language,sort,repairs", "01,de,width,2", "02,it,width,0", "02,it,x,3"),
        "5 places were mended; 02 Italian has most: 3 x.",
    ),
    "not repaired": (
        table("article_id,language,sort,repairs", "01,de,width,0"),
        "No place had to be mended.",
    ),
    "nearest": (
        table(
            "language,neighbour_language,share",
            "de,en,0.25",
            "de,it,0.75",
            "en,it,0.5",
            "en,de,0.5",
            "it,de,1.0",
        ),
        (
            "The nearest passage is most often in Italian for those in German (75 %) and English "
            "(50 %); and in German for those in Italian (100 %)."
        ),
    ),
    "chosen": (
        table("n_topics,stability,separation,chosen,why", "2,0.5,0.25,False,", "3,0.75,0.5,True,x"),
        (
            "3 topics were taken, of 2 to 3 that were tried; there stability is 0.75 and "
            "separation is 0.50."
        ),
    ),
    "languages": (
        table(
            "bar,language,share,low,high",
            "all passages,de,1.0,,",
            "topic 1,de,0.5,,",
            "topic 1,it,0.5,,",
            "leakage,,0.25,0.1,0.75",
            "chance,,0.125,0,0.2",
        ),
        (
            "Topic 1 is 50 % German and 50 % Italian. Leakage is 0.25 (95 % interval over articles "
            "0.10 to 0.75); by chance it would be 0.12."
        ),
    ),
    "map": (
        table("x,y,article_id,topic_id,weak", "0.5,0.5,01,1,True", "0.5,0.5,01,1,False"),
        "Of 2 passages 1 belongs to a topic only weakly.",
    ),
    "models": (
        table(
            "model,score,value",
            "LDA,stability,0.5",
            "LDA,npmi,0.9",
            "TopicModel,stability,0.75",
            "TopicModel,leakage,0.5",
            "LDA,leakage,0.25",
        ),
        (
            "Stability (1: the same topics again from part of the passages) is 0.75 for "
            "TopicModel, which is Polythemes' own and 0.50 for LDA. Leakage of language (0: none) "
            "is 0.50 for TopicModel and 0.25 for LDA."
        ),
    ),
    "terms": (
        table("topic_id,label,passages,term", "1,A · B,1,a", "1,A · B,1,b", "2,C,5,c"),
        "The topics are topic 1, A · B (1 passage); and topic 2, C (5 passages).",
    ),
    "tree": (
        table("node,left,right,height", "1,,,0.0", "2,,,0.0", "3,,,0.0", "4,1,3,0.5", "5,2,4,0.75"),
        "Topics 1 and 3 are the most alike and join at a height of 0.50; all are one at 0.75.",
    ),
    "evidence": (
        table(
            "theme_id,theme,reference,share",
            "a,Bees,01:3,0.5",
            "a,Bees,02:4-5,0.75",
            "rest,None,01:1,0.9",
        ),
        "The passage with the largest share is 02:4-5 for Bees (75 %).",
    ),
    "themes": (
        table("article_id,language,theme_id,theme,share", *SHARES),
        "The largest theme is Bees in 01 German (20 %); and Honey in 02 Chinese (40 %).",
    ),
    "periods": (
        table("period,theme_id,theme,share", "2030,a,Bees,0.2", "2031,a,Bees,0.5"),
        "The largest theme is Bees in 2030 (20 %) and 2031 (50 %).",
    ),
    "untested": (
        table("period,theme_id,theme,share,p", "2030,a,Bees,0.2,", "2031,a,Bees,0.5,"),
        (
            "In these articles, too few to compare, the largest theme is Bees in 2030 (20 %) and "
            "2031 (50 %)."
        ),
    ),
    "sources": (
        table("by,group,theme_id,theme,share", "source,x,a,Bees,0.2", "source,,a,Bees,0.5"),
        "The largest theme is Bees in what is not told (50 %) and x (20 %).",
    ),
    "many": (
        pd.DataFrame(
            {"article_id": [str(i) for i in range(9)], "language": "de", "theme_id": "a"}
        ).assign(theme=["Bees"] * 5 + ["Honey"] * 4, share=0.5),
        "The largest theme is Bees in 5 and Honey in 4 of 9 articles.",
    ),
    "actors and themes": (
        table(
            "actor_id,actor,theme_id,theme,share,passages",
            "x,X,a,Bees,0.5,2",
            "x,X,b,Honey,0.25,2",
            "y,Y,b,Honey,0.75,7",
        ),
        (
            "Where Y is named, in 7 passages, Honey takes most (75 %); where X is named, in 2 "
            "passages, Bees takes most (50 %)."
        ),
    ),
    "pairs": (
        table("actor,other,passages", "X,Y,2", "Y,Z,5"),
        "Named together most often are Y and Z (5 passages); and X and Y (2 passages).",
    ),
    "mentions": (
        table("actor_id,actor,article_id,mentions", "x,X,01,2", "x,X,02,3", "y,Y,01,1200"),
        "Named most often are Y (1,200 times in 1 article) and X (5 times in 2 articles).",
    ),
    "labels": (
        table("rule,confirmed,labels", "named,1,3", "named,0.5,2", "main,0,5"),
        (
            "The largest theme of a passage is one that the label names in 80 % of 5 labels, and "
            "the one it names first in 0 %."
        ),
    ),
    "nothing known": (pd.DataFrame({"a": [1]}), ""),
}


@pytest.mark.parametrize("name", CASES)
def test_finding(name):
    data, said = CASES[name]
    assert findings.of(data) == said
    assert findings.of(data.head(0)) == ""


def test_every_figure_has_one():
    tables = MADE.everything()
    for name in MADE.FIGURES:
        assert findings.of(MADE.draw(name, tables)[1]).endswith("."), name
