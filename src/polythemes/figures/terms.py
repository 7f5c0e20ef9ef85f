"""What each topic is about: a row a concept, a column a language."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from matplotlib.figure import Figure

from polythemes import languages
from polythemes.figures import labels, rows, sheet, style

#: Rows of a topic that are drawn.
MOST = 10
# Widths in inches: the page, what is said of a topic, a column at its widest and narrowest.
PAGE, SIDE, WIDE, NARROW = 9.6, 1.4, 1.6, 1.1
# Between columns, between topics side by side, and between topics one above the other.
BETWEEN, ASIDE, BELOW = 0.08, 0.35, 0.22
SIZE, LEAST, SMALL = 7.5, 6.0, 6.5
# Around a term in its cell, between rows, and the line below the head of a column.
PAD, GAP, LINE = 0.04, 0.018, 0.025
EMPTY, NONE, TINT = "no terms", "no passage", 0.5
COLUMNS = ["topic_id", "row", "concept_id", "language", "rank", "term", "weight"]

Cells = dict[str, tuple[labels.Fitted, float]]


@dataclass(frozen=True)
class Block:
    """A topic laid out, before it is drawn.

    Parameters
    ----------
    number : int
        The topic.
    side : Fitted
        What is said of it.
    heads : dict of str to Fitted
        Its name in each language, empty where it has none.
    held : dict of str to str
        How many passages of each language it holds, empty where that is not known.
    grid : tuple of dict
        A row a concept: the term and its weight, 0 to 1, in each language that has one.
    """

    number: int
    side: labels.Fitted
    heads: dict[str, labels.Fitted]
    held: dict[str, str]
    grid: tuple[Cells, ...]

    @property
    def head(self) -> float:
        """Height of the heads of its columns in inches."""
        named = [head.height for head in self.heads.values() if head.text]
        return 0.16 + max(named, default=0.0) + LINE + 0.06

    @property
    def height(self) -> float:
        """Height in inches, with the room below it."""
        return max(self.head + sum(map(_high, self.grid)), 0.26 + self.side.height) + BELOW


def terms(
    topic_terms: pd.DataFrame,
    topics: pd.DataFrame,
    names: pd.DataFrame | None = None,
    members: pd.DataFrame | None = None,
) -> tuple[Figure, pd.DataFrame]:
    """Draw the terms of every topic, those of one concept on one line.

    Parameters
    ----------
    topic_terms, topics : pandas.DataFrame
        Tables of a run.
    names : pandas.DataFrame, optional
        Names of topics: columns topic_id, language, name.
    members : pandas.DataFrame, optional
        The passages of the topics: columns topic_id, language, weak. They tell an empty column of a
        language that the topic has no passage of from one without a term.

    Returns
    -------
    figure : Figure
        A block a topic: a row a concept, a column a language. The bar behind a term is as long as
        its weight; a cell stays empty where a language has no such term. Of more than 10 rows
        those are drawn that hold the first term of a language, then the first of the others.
    data : pandas.DataFrame
        Columns topic_id, label, passages, row, concept_id, language, name, rank, term, weight,
        shown (bool), and with members held (passages of the language) and weak (weak members of
        the topic); a topic without terms has one row.
    """
    data = _told(topic_terms, topics, names)
    if members is not None:
        data = _counted(data, members)
    codes = sorted(data["language"].dropna().unique())
    with style.use():
        column = min(WIDE, max(NARROW, (PAGE - SIDE) / max(1, len(codes))))
        blocks = [_block(own, codes, column) for _, own in data.groupby("topic_id")]
        block = SIDE + column * max(1, len(codes)) - BETWEEN
        across = min(len(blocks), max(1, int((PAGE + ASIDE) / (block + ASIDE))))
        bands = [blocks[i : i + across] for i in range(0, len(blocks), across)]
        listed = data["term"].notna()
        page = sheet.new(
            "What is each topic about, in the words of each language?",
            "Terms on one line mean the same; where a language has none, its cell is empty. The "
            "bar behind a term is as long as its weight in the topic."
            + rows.note(int(data["shown"].sum()), int(listed.sum()), "terms"),
            width=max(5.2, across * (block + ASIDE) - ASIDE),
            height=sum(max(one.height for one in band) for band in bands) - BELOW + 0.05,
            kind="Table",
        )
        top = 0.0
        for band in bands:
            for i, one in enumerate(band):
                _draw(page, one, i * (block + ASIDE), top, column)
            top += max(one.height for one in band)
    return page.figure, data


def _told(
    topic_terms: pd.DataFrame, topics: pd.DataFrame, names: pd.DataFrame | None
) -> pd.DataFrame:
    """Bring terms together with what is known of their topics."""
    data = rows.chosen(topic_terms, COLUMNS, "topic_terms").round(6)
    keys = ["topic_id", "language"]
    if names is None or names.empty:
        data["name"] = None
    else:
        called = rows.chosen(names, [*keys, "name"], "topic_names")
        data = data.merge(called, on=keys, how="outer", validate="m:1")
    known = rows.of(topics, "topics")[["topic_id", "label", "passages"]]
    data = data.merge(known, on="topic_id", how="outer", validate="m:1")
    data["shown"] = _shown(data)
    whole = ["row", "concept_id", "rank", "passages"]
    data[whole] = data[whole].astype("Int64")
    order = ["topic_id", "label", "passages", *COLUMNS[1:4], "name", *COLUMNS[4:], "shown"]
    return data.sort_values(["topic_id", "row", "language", "rank"], ignore_index=True)[order]


def _counted(data: pd.DataFrame, members: pd.DataFrame) -> pd.DataFrame:
    """Put the number of passages of every language to the terms of a topic."""
    own = rows.chosen(members, ["topic_id", "language", "weak"], "topic_members")
    held = own.groupby(["topic_id", "language"]).size().rename("held")
    weak = own.groupby("topic_id")["weak"].sum()
    found = data.merge(held.reset_index(), on=["topic_id", "language"], how="outer")
    known = ["label", "passages"]
    found[known] = found.groupby("topic_id")[known].transform("first")
    found["shown"] = found["shown"].eq(True)
    numbers = {"held": found["held"].astype("Int64"), "weak": found["topic_id"].map(weak)}
    order = ["topic_id", "row", "language", "rank"]
    return found.assign(**numbers).sort_values(order, ignore_index=True)


def _shown(data: pd.DataFrame) -> pd.Series:
    """Choose the rows of every topic that are drawn."""
    keys, best = ["topic_id", "row"], data.groupby(["topic_id", "language"])["rank"]
    found = data[keys].assign(later=data["rank"].gt(best.transform("min")))
    found = found.dropna().groupby(keys, as_index=False)["later"].all()
    found = found.sort_values(["topic_id", "later", "row"])
    found = found[found.groupby("topic_id").cumcount() < MOST]
    return pd.Series(
        pd.MultiIndex.from_frame(data[keys]).isin(pd.MultiIndex.from_frame(found[keys])), data.index
    )


def _block(own: pd.DataFrame, codes: list[str], column: float) -> Block:
    """Lay out a topic."""
    room, first = column - BETWEEN - 2 * PAD, own.iloc[0]
    count = "" if pd.isna(first["passages"]) else labels.count(int(first["passages"]), "passage")
    counts = [count]
    if "weak" in own and first["weak"] > 0:
        counts.append(f"{int(first['weak'])} only loosely of it")
    said = [line for line in labels.wrap(labels.plain(first["label"]), SIDE - 0.2, 7) if line]
    named = own.dropna(subset=["name"]).drop_duplicates("language").set_index("language")["name"]
    grid = []
    for _, line in own[own["shown"]].groupby("row"):
        first_of = line.drop_duplicates("language")
        fitted = {
            str(cell.language): (
                labels.fit(cell.term, room, size=SIZE, least=LEAST, lines=3),
                min(1.0, max(0.0, float(cell.weight))),
            )
            for cell in rows.each(first_of)
        }
        grid.append(fitted)
    heads = {
        code: labels.fit(named.get(code), room + 2 * PAD, size=SIZE, least=LEAST, lines=3)
        for code in codes
    }
    side = labels.Fitted((*said, *counts), 7)
    return Block(int(first["topic_id"]), side, heads, _held(own, codes), tuple(grid))


def _held(own: pd.DataFrame, codes: list[str]) -> dict[str, str]:
    """Say how many passages of each language a topic holds."""
    if "held" not in own:
        return dict.fromkeys(codes, "")
    many = own.dropna(subset=["held"]).drop_duplicates("language").set_index("language")["held"]
    return {c: labels.count(int(many[c]), "passage") if c in many else NONE for c in codes}


def _high(cells: Cells) -> float:
    """Give the height of a row in inches, with the gap below it."""
    return max([0.175, *(term.height + 0.04 for term, _ in cells.values())]) + GAP


def _draw(page: sheet.Sheet, block: Block, left: float, top: float, column: float) -> None:
    """Draw a topic."""
    wide = column - BETWEEN
    page.rule(top, left, left + SIDE + max(1, len(block.heads)) * column - BETWEEN)
    page.block(left, top + 0.06, labels.Fitted((f"topic {block.number}",), SIZE + 1))
    page.block(left, top + 0.24, block.side, color=style.look().soft)
    lefts = {code: left + SIDE + i * column for i, code in enumerate(block.heads)}
    spoken = {code for cells in block.grid for code in cells}
    for code, at in lefts.items():
        named = " · ".join(filter(None, (languages.name(code), block.held[code])))
        said = labels.fit(named, wide, size=SMALL, least=5, lines=1)
        page.block(at, top + 0.04, said, color=style.look().soft)
        page.block(at, top + 0.16, block.heads[code])
        colour = style.language(code) if code in spoken else style.look().faint
        page.box(at, top + block.head - 0.06, wide, LINE, colour)
    at = top + block.head
    silent = [lefts[c] for c in lefts if c not in spoken and block.held[c] not in {"", NONE}]
    for start in silent if block.grid else [left + SIDE]:
        page.write(start, at + 0.09, EMPTY, size=SIZE, color=style.look().soft)
    for cells in block.grid:
        high = _high(cells) - GAP
        for code, start in lefts.items():
            if code in cells:
                term, weight = cells[code]
                page.box(start, at, wide, high, style.look().track)
                page.box(start, at, wide * weight, high, style.tint(style.language(code), TINT))
                page.block(start + PAD, at + (high - term.height) / 2, term)
        at += high + GAP
