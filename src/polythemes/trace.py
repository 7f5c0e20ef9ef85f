"""From a number in a figure back to the passages, lines or repairs it was made from."""

from __future__ import annotations

import difflib
from collections.abc import Mapping

import pandas as pd

from polythemes.comparison import period
from polythemes.errors import PolythemesError, choices
from polythemes.paths import Corpus

Tables = Mapping[str, pd.DataFrame]
Row = Mapping[str, str]

#: Terms shown of a passage whose text is not at hand.
TERMS = 8
PLACE = ["passage_id", "article_id", "lines", "start", "end", "language", "words"]


def rows(corpus: Corpus, figure: str) -> pd.DataFrame:
    """Read the data of a figure.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    figure : str
        Its id, as in ``"press/04-themes-share"``.

    Returns
    -------
    pandas.DataFrame
        Its CSV, every cell as text.

    Raises
    ------
    PolythemesError
        If there is no such figure; ids that are like it are named.
    """
    known = [f"{corpus.name}/{path.stem}" for path in sorted(corpus.figures.glob("[0-9]*.csv"))]
    if figure not in known:
        near = difflib.get_close_matches(figure, known, n=3, cutoff=0.5)
        like = f"near it are {choices(near)}" if near else f"there are {choices(known, most=30)}"
        msg = f"no figure {figure!r}; {like}; `polythemes figures {corpus.name}` draws them all"
        raise PolythemesError(msg)
    path = corpus.figures / f"{figure.partition('/')[2]}.csv"
    return pd.read_csv(path, dtype=str, keep_default_na=False).map(_unquoted)


def pick(table: pd.DataFrame, number: int, figure: str) -> dict[str, str]:
    """Take a row of a figure's data.

    Parameters
    ----------
    table : pandas.DataFrame
        What :func:`rows` gives.
    number : int
        Which; the first below the header is 1.
    figure : str
        Its id, for the error text.

    Returns
    -------
    dict of str to str
        The cells that are not empty, by column.

    Raises
    ------
    PolythemesError
        If there is no such row.
    """
    if not 1 <= number <= len(table):
        allowed = f"1 to {len(table)} are allowed" if len(table) else "it is empty"
        msg = f"{figure} has {len(table)} rows below its header and no row {number}; {allowed}"
        raise PolythemesError(msg)
    cells = table.iloc[number - 1].to_dict()
    return {str(column): str(value) for column, value in cells.items() if value}


def behind(tables: Tables, row: Row) -> pd.DataFrame:
    """Find what a row of a figure's data was made from, by the keys in it.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        The tables of a run.
    row : mapping of str to str
        A row of a figure's data.

    Returns
    -------
    pandas.DataFrame
        A row a passage, that with the largest part first: its place (article, lines, characters
        from the start of the article), ``share`` (of the theme or topic, where the row is of one),
        ``count`` (of term, mentions or labels), ``part`` (how much of all that is behind the row
        it is, 0 to 1) and ``terms``. Of a row on lines or repairs: a row for each of these.
    """
    if "fate" in row:
        return _lines(tables["lines"], row)
    if "repairs" in row:
        return _repairs(tables["repairs"], row)
    found = _passages(tables, row)
    weight = found["words"].clip(lower=1).astype(float)
    shares = _shares(tables, row)
    if shares is not None:
        found["share"] = found["passage_id"].map(shares).fillna(0.0)
        weight *= found["share"]
    counts = _counts(tables, row)
    if counts is not None:
        found["count"] = found["passage_id"].map(counts).fillna(0).astype(int)
        weight = found["count"] if "theme_id" not in row else weight
    found["part"] = (weight / weight.sum() if weight.sum() else weight).round(6)
    if "neighbour_language" in row:
        nearest = tables["neighbours"].set_index("passage_id")
        found["nearest"] = found["passage_id"].map(nearest["neighbour_id"])
        found["similarity"] = found["passage_id"].map(nearest["similarity"])
    found["terms"] = found["passage_id"].map(_terms(tables["terms"], found)).fillna("")
    shown = ["share", "count", "part", "nearest", "similarity", "terms"]
    order = found.sort_values(["part", "passage_id"], ascending=[False, True], ignore_index=True)
    return order[PLACE + [column for column in shown if column in found]]


def _unquoted(cell: str) -> str:
    """Take off the apostrophe that keeps a spreadsheet from running a cell."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in set("=+-@\t\n") else cell


def _passages(tables: Tables, row: Row) -> pd.DataFrame:
    """Take the passages that all keys of a row allow."""
    found = tables["passages"]
    found = found.assign(lines=_spans(found["first_line"], found["last_line"]))
    if "passage_id" in row:
        return found[found["passage_id"].eq(row["passage_id"])].copy()
    articles = _articles(tables["articles"], row)
    if articles is not None:
        found = found[found["article_id"].isin(set(articles))]
    elif "language" in row:
        # Of an article it is the article's, and a passage may be in another.
        found = found[found["language"].eq(row["language"])]
    for ids in (
        _of_topic(tables, row),
        *(_naming(tables, row[key]) for key in ("actor_id", "other_id") if key in row),
        _of_term(tables, row),
        _nearest_in(tables, row),
        _as_sure(tables, row),
    ):
        if ids is not None:
            found = found[found["passage_id"].isin(set(ids))]
    return found.copy()


def _spans(first: pd.Series, last: pd.Series) -> list[str]:
    """Write lines as a reader cites them."""
    pairs = zip(first, last, strict=True)
    return [f"{one}" if one == other else f"{one}-{other}" for one, other in pairs]


def _articles(articles: pd.DataFrame, row: Row) -> pd.Series | None:
    """List the articles that a row is on; None if it names none."""
    if "article_id" in row:
        return articles.loc[articles["article_id"].eq(row["article_id"]), "article_id"]
    if "period" in row:
        dates = articles["date"].fillna("").astype(str)
        own = dates.map(lambda date: period(date, row["unit"])).eq(row["period"])
        return articles.loc[own, "article_id"]
    if "by" in row:
        # The group of articles that the catalogue says nothing of has no name.
        own = articles[row["by"]].fillna("").astype(str).eq(row.get("group", ""))
        return articles.loc[own, "article_id"]
    return None


def _of_topic(tables: Tables, row: Row) -> pd.Series | None:
    """List the passages of the topics that a row is on."""
    topics: set[int]
    if "topic_id" in row:
        topics = {int(row["topic_id"])}
    elif row.get("bar", "").startswith("topic "):
        topics = {int(row["bar"].removeprefix("topic "))}
    elif "node" in row:
        topics = _under(tables["topic_tree"], int(row["node"]))
    else:
        return None
    members = tables["topic_members"]
    return members.loc[members["topic_id"].isin(topics), "passage_id"]


def _under(tree: pd.DataFrame, node: int) -> set[int]:
    """Give the topics that a node of the tree joins; a topic itself is no row of it."""
    sides = tree.loc[tree["node"].eq(node), ["left", "right"]].to_numpy().ravel()
    return set().union(*(_under(tree, int(side)) for side in sides)) if len(sides) else {node}


def _naming(tables: Tables, actor: str) -> pd.Series:
    """List the passages that name an actor."""
    mentions = tables["mentions"]
    return mentions.loc[mentions["actor_id"].eq(actor), "passage_id"]


def _said(tables: Tables, row: Row) -> pd.DataFrame:
    """Take the counts of the term that a row is on, and of what means the same in its language."""
    concepts, terms = tables["concepts"], tables["terms"]
    same = concepts[concepts["concept_id"].astype(str).eq(row.get("concept_id", ""))]
    words = {row["term"], *same.loc[same["language"].eq(row["language"]), "term"]}
    return terms[terms["language"].eq(row["language"]) & terms["term"].isin(words)]


def _of_term(tables: Tables, row: Row) -> pd.Series | None:
    """List the passages that hold the term of a row."""
    return _said(tables, row)["passage_id"] if "term" in row else None


def _nearest_in(tables: Tables, row: Row) -> pd.Series | None:
    """List the passages whose nearest is in the language of a row."""
    if "neighbour_language" not in row:
        return None
    near = tables["neighbours"]
    return near.loc[near["neighbour_language"].eq(row["neighbour_language"]), "passage_id"]


def _largest(tables: Tables) -> pd.Series:
    """Give the share of the largest theme of every passage."""
    return tables["theme_shares"].groupby("passage_id")["share"].max().round(6)


def _labels(tables: Tables) -> pd.Series:
    """Count the labels of passages that were drawn at random."""
    made = tables["labels"]
    return made[made["drawn"].eq("random")].groupby("passage_id").size()


def _as_sure(tables: Tables, row: Row) -> list[str] | None:
    """List the labelled passages whose largest share is within the bounds of a row."""
    if "share_from" not in row:
        return None
    share, most = _largest(tables).reindex(_labels(tables).index), float(row["share_to"])
    return list(share.index[share.ge(float(row["share_from"])) & (share.lt(most) | (most >= 1))])


def _shares(tables: Tables, row: Row) -> pd.Series | None:
    """Give the share of the theme, or topic, of a row in every passage."""
    if "share_from" in row:
        return _largest(tables)
    if "theme_id" in row:
        own = tables["theme_shares"]
        own = own[own["theme_id"].eq(row["theme_id"])]
    elif "topic_id" in row and "term" not in row:
        own = tables["topic_members"]
        own = own[own["topic_id"].eq(int(row["topic_id"]))]
    else:
        return None
    return own.set_index("passage_id")["share"]


def _counts(tables: Tables, row: Row) -> pd.Series | None:
    """Count, by passage, the term, the mentions or the labels that a row is on."""
    if "share_from" in row:
        return _labels(tables)
    if "term" in row and "language" in row and "passage_id" not in row:
        return _said(tables, row).groupby("passage_id")["count"].sum()
    if "actor_id" in row:
        mentions = tables["mentions"]
        both = [row[key] for key in ("actor_id", "other_id") if key in row]
        return mentions[mentions["actor_id"].isin(both)].groupby("passage_id").size()
    return None


def _terms(terms: pd.DataFrame, found: pd.DataFrame) -> pd.Series:
    """Name the most frequent terms of passages."""
    own = terms[terms["passage_id"].isin(set(found["passage_id"]))]
    order = own.sort_values(["passage_id", "count", "term"], ascending=[True, False, True])
    return order.groupby("passage_id")["term"].agg(lambda some: ", ".join(some.head(TERMS)))


def _lines(lines: pd.DataFrame, row: Row) -> pd.DataFrame:
    """Take the lines of an article that had a fate."""
    fate, own = row["fate"], lines[lines["article_id"].eq(row["article_id"])]
    # A body line whose end was cut off has the sort of what was cut.
    had = own["kind"].eq(fate) | own["sort"].eq(fate)
    shown = ["article_id", "line", "start", "end", "kind", "sort", "words", "reason"]
    return own.loc[had, shown].reset_index(drop=True)


def _repairs(repairs: pd.DataFrame, row: Row) -> pd.DataFrame:
    """Take the repairs of an article that are of one sort."""
    own = repairs["article_id"].eq(row["article_id"]) & repairs["sort"].eq(row["sort"])
    return repairs[own].reset_index(drop=True)
