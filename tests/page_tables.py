"""Tables made up for the tests of the pages: those of the figures, and what they lack."""

from __future__ import annotations

import re
import runpy
from html.parser import HTMLParser
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


class Read(HTMLParser):
    """Gather what a page's user depends on: headings, and what is named by which words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag, and that its text begins."""
        self.tags.append((tag, dict(attrs)))
        self.texts.append("")

    def handle_data(self, data: str) -> None:
        """Keep a text with the tag that it follows."""
        if self.texts:
            self.texts[-1] += data.strip()


def hindrances(page: str) -> list[str]:
    """List what would keep a person from using a page; a real checker finds more (axe-core)."""
    read = Read(page)
    named = {told.get("for") for tag, told in read.tags if tag == "label"}
    ids = {told["id"] for _, told in read.tags if told.get("id")}
    found = [] if ("html", "en") in [(t, told.get("lang")) for t, told in read.tags] else ["lang"]
    levels = [int(tag[1]) for tag, _ in read.tags if re.fullmatch("h[1-6]", tag)]
    steps = zip([0, *levels], levels, strict=False)
    found += [f"h{before} then h{level}" for before, level in steps if level > before + 1]
    found += ["h1 is not alone"] * (levels.count(1) != 1)
    for (tag, told), text in zip(read.tags, read.texts, strict=True):
        needed = {"img": told.get("alt"), "button": text, "a": text, "th": text}
        needed |= dict.fromkeys(("input", "select"), told.get("id") in named)
        if not needed.get(tag, True):
            found.append(f"{tag} {told} has no name")
        if told.get("tabindex") == "0" and not told.get("aria-label"):
            found.append(f"{tag} {told} is reached and has no name")
        for key in ("aria-labelledby", "aria-describedby"):
            found += [f"{key} {one}" for one in (told.get(key) or "").split() if one not in ids]
    return found + [f"{colour} is pale" for colour in _written(page) if _contrast(colour) < 4.5]


def _written(page: str) -> list[str]:
    """List the colours that a page writes with."""
    return re.findall(r"(?:--(?:ink|soft|link): ?|[;{ ]color: ?)(#[0-9a-f]{3,6})", page)


def _contrast(colour: str) -> float:
    """Give the contrast of a colour with the darkest ground there is (WCAG 2.2)."""
    from polythemes.figures import looks

    darkest = looks.luminance("#eef4f9")
    return (darkest + 0.05) / (looks.luminance(colour) + 0.05)
