"""Tables made up for the tests of the pages: those of the figures, and what they lack."""

from __future__ import annotations

import runpy
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd

TABLES = Path(__file__).with_name("figure_tables.py")
figure_tables = SimpleNamespace(**runpy.run_path(str(TABLES)))
SIZES, THEMES, WORDS = figure_tables.SIZES, figure_tables.THEMES, figure_tables.WORDS

#: Texts from a page that wishes harm, or that is merely odd; none may run or turn the page around.
HARM = (
    "</script><script>window.harmed = 1</script>",
    '"><img src=x onerror="window.harmed = 2">\' onclick=\'window.harmed = 3',
    "a\u202eb\x07c\u2028d & <b>bold</b> #set text(red) $x$ `y`",
)


def everything(count: int = 5, sizes: tuple[int, ...] = SIZES) -> dict[str, pd.DataFrame]:
    """Make all tables that a report and an explorer show."""
    tables = figure_tables.everything(count, sizes)
    passages = tables["passages"]
    rng = np.random.default_rng(11)
    articles = tables["articles"]
    articles["title"] = [f"An article, number {i}" for i in range(count)]
    articles["source"], articles["form"] = "The Paper", "machine translation"
    articles["date"] = ["", *(f"20{10 + i % 14}-0{1 + i % 9}" for i in range(1, count))]
    rest = {"theme_id": "rest", "label": "None of these", "description": ""}
    tables["themes"] = pd.concat([tables["themes"], pd.DataFrame([rest])], ignore_index=True)
    ids = list(passages["passage_id"])
    shares = rng.dirichlet(np.full(len(THEMES), 0.3), len(ids))
    tables["theme_shares"] = pd.DataFrame(
        [(p, t, shares[i, j]) for i, p in enumerate(ids) for j, t in enumerate(THEMES)],
        columns=["passage_id", "theme_id", "share"],
    )
    tables["terms"] = pd.DataFrame(
        [
            (p, code, word, 1 + (i + j) % 3)
            for i, (p, code) in enumerate(zip(ids, passages["language"], strict=True))
            for j, word in enumerate(WORDS[code])
            if (i + j) % 3
        ],
        columns=["passage_id", "language", "term", "count"],
    )
    names = list(tables["actors"]["actor_id"])
    tables["mentions"] = pd.DataFrame(
        [(names[i % len(names)], p, p[:3], 0, 3, "x") for i, p in enumerate(ids) if i % 2],
        columns=["actor_id", "passage_id", "article_id", "start", "end", "name"],
    )
    tables["neighbours"]["neighbour_id"] = ids[::-1]
    return tables


def harmful() -> dict[str, pd.DataFrame]:
    """Make tables in which every text that comes from elsewhere wishes harm."""
    tables = everything()
    for name, column in (
        ("articles", "title"),
        ("articles", "source"),
        ("themes", "label"),
        ("themes", "description"),
        ("topics", "label"),
        ("actors", "label"),
        ("terms", "term"),
        ("evidence", "terms"),
        ("evidence", "nearest"),
    ):
        own = tables[name]
        own[column] = [HARM[i % len(HARM)] + str(i % 7) for i in range(len(own))]
    return tables
