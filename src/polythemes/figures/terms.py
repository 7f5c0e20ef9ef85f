"""What each topic is about: a row a concept, a column a language."""

from __future__ import annotations

import math

import pandas as pd
from matplotlib.figure import Figure

from polythemes.figures import blocks, rows, sheet, sizes, style

#: Rows of a topic that are drawn.
MOST = 10
# Between topics side by side, in inches.
ASIDE = 0.35
TITLE = "What is each topic about, in the words of each language?"
NOTE = (
    "Terms on one line mean the same; where a language has none, its cell is empty. The "
    "bar behind a term is as long as its weight in the topic."
)
COLUMNS = ["topic_id", "row", "concept_id", "language", "rank", "term", "weight"]


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
        its weight; a cell stays empty where a language has no such term. Of more rows than 10, or
        than have room, those are drawn that hold the first term of a language, then the first of
        the others.
    data : pandas.DataFrame
        Columns topic_id, label, passages, row, concept_id, language, name, rank, term, weight,
        shown (bool: where no size bounds it), and with members held (passages of the language) and
        weak (weak members of the topic); a topic without terms has one row.
    """
    data = _told(topic_terms, topics, names)
    if members is not None:
        data = _counted(data, members)
    codes = sorted(data["language"].dropna().unique())
    listed, place = int(data["term"].notna().sum()), _place(data)
    with style.use():
        measures = blocks.measures(len(codes))
        one = measures.width(len(codes)) + ASIDE
        across = max(1, int((sizes.room(blocks.PAGE) + ASIDE) / one))
        across = min(data["topic_id"].nunique(), across)
        width = max(sizes.room(5.2), across * one - ASIDE)
        note = NOTE + rows.note(0, listed, "terms")
        room = sizes.height() - sheet.besides(TITLE, note, width=width)
        topics_of = data.assign(place=place).groupby("topic_id")
        whole = [blocks.lay_out(own, codes, measures) for _, own in topics_of]
        for most in range(MOST, 0, -1):
            laid = [topic.cut(most) for topic in whole]
            bands = [laid[i : i + across] for i in range(0, len(laid), across)]
            highs = [max(topic.height for topic in band) for band in bands]
            if sum(highs) <= room:
                break
        note = NOTE + rows.note(int((place < most).sum()), listed, "terms")
        high = sum(highs) - measures.below + 0.05
        page = sheet.new(TITLE, note, width=width, height=high, kind="Table")
        top = 0.0
        for band, high in zip(bands, highs, strict=True):
            for i, topic in enumerate(band):
                topic.draw(page, i * one, top)
            top += high
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
    data["shown"] = _place(data) < MOST
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


def _place(data: pd.DataFrame) -> pd.Series:
    """Give the rows of every topic their places: those with a language's first term stand first."""
    keys, best = ["topic_id", "row"], data.groupby(["topic_id", "language"])["rank"]
    found = data[keys].assign(later=data["rank"].gt(best.transform("min")))
    found = found.dropna().groupby(keys, as_index=False)["later"].all()
    found = found.sort_values(["topic_id", "later", "row"])
    found = found.assign(place=found.groupby("topic_id").cumcount())
    places = found.set_index(keys)["place"].to_dict()
    return pd.Series(
        [places.get(key, math.inf) for key in zip(*(data[k] for k in keys), strict=True)],
        data.index,
    )
