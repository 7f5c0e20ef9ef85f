"""Shares of themes by group of articles, and whether groups differ by more than chance."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from polythemes import intervals
from polythemes.errors import PolythemesError, choices
from polythemes.tables import check

Floats = NDArray[np.float64]

#: Chance that anything is called different among groups that are alike.
CHANCE = 0.05
#: Random groupings for each draw behind an interval.
MORE = 10
#: Differences that lie nearer together than this are one.
SAME = 1e-8
#: Numbers that are held at once while articles are grouped at random.
AT_ONCE = 2_000_000
#: Spans of time, and how a date is brought to each; a date must go so far.
UNITS = {"year": 4, "quarter": 7, "month": 7}


class Counted(NamedTuple):
    """What is counted in every article.

    Attributes
    ----------
    articles : pandas.DataFrame
        Columns ``article_id`` and ``passages``, in the order of the rows of the others.
    themes : list of str
        Ids, in the order of the columns of ``parts``.
    parts : ndarray of float64, shape (articles, themes)
        Words that a theme takes.
    words : ndarray of float64, shape (articles, 1)
        All words.
    """

    articles: pd.DataFrame
    themes: list[str]
    parts: Floats
    words: Floats


def by_group(
    shares: pd.DataFrame,
    passages: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    columns: Sequence[str],
    resamples: int = 1000,
    seed: int = 0,
) -> pd.DataFrame:
    """Compare the shares of the themes in groups of articles.

    A group is held against all other articles. How large a difference chance makes is seen where
    articles are put into groups of the same sizes at random; all tests of a column are corrected
    together (Holm), which holds however they hang together.

    Parameters
    ----------
    shares : pandas.DataFrame
        The table ``theme_shares``.
    passages : pandas.DataFrame
        The table ``passages``; a passage counts by its ``words``.
    articles : pandas.DataFrame
        The table ``articles``, and all columns of the catalogue.
    columns : sequence of str
        Columns of it, each of which says what group an article is of.
    resamples : int
        Draws of articles behind an interval; ten times as many random groupings behind a test.
    seed : int
        Seed of the draws.

    Returns
    -------
    pandas.DataFrame
        The table ``theme_groups``: ``share`` with its interval over articles (NaN for a single
        one), ``difference`` to all other articles, ``p`` and ``adjusted`` (NaN where not tested,
        since the group or all others are fewer than 5 articles), ``small`` and ``differs``.

    Raises
    ------
    PolythemesError
        If the catalogue has no such column.

    References
    ----------
    Holm (1979), A simple sequentially rejective multiple test procedure. Good (2005), Permutation,
    Parametric and Bootstrap Tests of Hypotheses.
    """
    missing = [column for column in columns if column not in articles.columns]
    if missing:
        msg = (
            f"corpus.toml: compare names {choices(missing)}; catalogue.csv has the columns "
            f"{choices(articles.columns, most=20)}; add the column there, or name one of these"
        )
        raise PolythemesError(msg)
    counted = _count(shares, passages)
    told = counted.articles.merge(articles, on="article_id", how="left", validate="1:1")
    named = ((column, told[column].fillna("").astype(str)) for column in dict.fromkeys(columns))
    return check(_compare(counted, named, resamples=resamples, seed=seed), "theme_groups")


def over_time(
    shares: pd.DataFrame,
    passages: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    resamples: int = 1000,
    seed: int = 0,
) -> pd.DataFrame:
    """Compare the shares of the themes by year, quarter and month.

    Parameters
    ----------
    shares, passages, articles : pandas.DataFrame
        The tables ``theme_shares``, ``passages`` and ``articles``.
    resamples : int
        As for :func:`by_group`.
    seed : int
        Seed of the draws.

    Returns
    -------
    pandas.DataFrame
        The table ``theme_times``, as ``theme_groups`` but with ``unit`` (year, quarter or month)
        and ``period`` (``"2031"``, ``"2031-Q1"`` or ``"2031-02"``). An article whose date does not
        go so far is in no period of the unit, and is held against none.
    """
    counted = _count(shares, passages)
    told = counted.articles.merge(articles[["article_id", "date"]], on="article_id", how="left")
    dates = told["date"].fillna("").astype(str)
    tables = []
    for unit in UNITS:
        periods = dates.map(lambda date, unit=unit: period(date, unit))
        known = (periods != "").to_numpy()
        own = Counted(
            counted.articles[known], counted.themes, counted.parts[known], counted.words[known]
        )
        tables.append(_compare(own, [(unit, periods[known])], resamples=resamples, seed=seed))
    table = pd.concat([one for one in tables if len(one)] or tables[:1], ignore_index=True)
    return check(table.rename(columns={"by": "unit", "group": "period"}), "theme_times")


def period(date: str, unit: str) -> str:
    """Name the period that a date is in.

    Parameters
    ----------
    date : str
        As in ISO 8601, to the year, month or day; or empty.
    unit : str
        ``"year"``, ``"quarter"`` or ``"month"``.

    Returns
    -------
    str
        The period; empty if the date does not go so far.

    Examples
    --------
    >>> period("2031-05-02", "quarter"), period("2031", "year"), period("2031", "month")
    ('2031-Q2', '2031', '')
    """
    if len(date) < UNITS[unit]:
        return ""
    if unit == "quarter":
        return f"{date[:4]}-Q{(int(date[5:7]) + 2) // 3}"
    return date[: UNITS[unit]]


def _count(shares: pd.DataFrame, passages: pd.DataFrame) -> Counted:
    """Count the words of every article, and those that each theme takes."""
    words = passages.set_index("passage_id")["words"].clip(lower=1).astype(float)
    wide = intervals.wide(shares, of="theme_id")
    themes = list(wide.columns)
    order = passages.sort_values(["article_id", "passage_id"])
    own = order["passage_id"]
    taken = wide.loc[own].mul(words.loc[own], axis=0).set_axis(own.index)
    taken = taken.assign(words=words.loc[own].to_numpy(), passages=1)
    sums = taken.groupby(order["article_id"]).sum().round(6)
    articles = sums.reset_index()[["article_id", "passages"]]
    return Counted(articles, themes, sums[themes].to_numpy(), sums[["words"]].to_numpy())


def _compare(
    counted: Counted, named: Iterable[tuple[str, pd.Series]], *, resamples: int, seed: int
) -> pd.DataFrame:
    """Compare groups, column by column."""
    tables = []
    for column, values in named:
        rows, sizes, total = [], [], len(values)
        for group in sorted(set(values)):
            own = (values == group).to_numpy()
            parts, words, size = counted.parts[own], counted.words[own], int(own.sum())
            found = intervals.ratio(parts, words, resamples=resamples, seed=seed)
            away = _away(parts.sum(axis=0), words.sum(), counted)
            passages, small = int(counted.articles["passages"][own].sum()), size < intervals.FEW
            told = zip(counted.themes, *found, away, strict=True)
            rows += [(column, group, *one, size, passages, small) for one in told]
            tested = not small and total - size >= intervals.FEW
            sizes += [size if tested else 0] * len(counted.themes)
        names = ["by", "group", "theme_id", "share", "low", "high", "difference"]
        table = pd.DataFrame(rows, columns=[*names, "articles", "passages", "small"])
        again = MORE * resamples - 1
        table["p"] = _chances(table["difference"], sizes, counted, again=again, seed=seed)
        table["adjusted"] = holm(table["p"].to_numpy())
        table["differs"] = (table["adjusted"] < CHANCE).fillna(value=False).astype(bool)
        tables.append(table.assign(difference=table["difference"].round(4)))
    return pd.concat(tables, ignore_index=True)


def holm(chances: Floats) -> Floats:
    """Correct several tests so that chance calls none of them different too often.

    Parameters
    ----------
    chances : ndarray of float64, shape (n,)
        The p of each; NaN for one that was not made, which counts for nothing.

    Returns
    -------
    ndarray of float64, shape (n,)
        Adjusted p, 1 at the most.

    References
    ----------
    Holm (1979), A simple sequentially rejective multiple test procedure.

    Examples
    --------
    >>> holm(np.array([0.03, 0.01, np.nan, 0.04])).tolist()
    [0.06, 0.03, nan, 0.06]
    """
    made = np.flatnonzero(~np.isnan(chances))
    order = made[np.argsort(chances[made], kind="stable")]
    adjusted = np.full(len(chances), np.nan)
    steps = chances[order] * np.arange(len(order), 0, -1)
    adjusted[order] = np.minimum(np.maximum.accumulate(steps), 1).round(9)
    return adjusted


def _away(parts: Floats, words: Floats, counted: Counted) -> Floats:
    """Give how far the shares of groups, by their sums, lie above those of all other articles."""
    others = np.asarray(counted.words.sum() - words)
    rest = (counted.parts.sum(axis=0) - parts) / np.where(others > 0, others, 1)
    # To 9 digits, so that a grouping that is the one seen gives the same difference.
    return np.asarray(np.where(others > 0, parts / words - rest, np.nan)).round(9)


def _chances(
    seen: pd.Series, sizes: Sequence[int], counted: Counted, *, again: int, seed: int
) -> Floats:
    """Give how often random groups of the same sizes lie as far away as those seen.

    The random groups of a size are the first so many articles of a random order: their draws turn
    on no name and on no order of the articles.
    """
    count = len(counted.words)
    # A group lies as far from the others as they from it: the smaller side is enough.
    smaller = np.minimum(sizes, count - np.array(sizes)) * (np.array(sizes) > 0)
    wanted = sorted(set(smaller.tolist()) - {0})
    if not wanted:
        return np.full(len(sizes), np.nan)
    rows = intervals.by_value(np.hstack([counted.words, counted.parts]))
    away = np.abs(seen.to_numpy().reshape(-1, len(counted.themes)))
    size_of = smaller.reshape(away.shape)[:, 0]
    as_far = np.zeros(away.shape)
    draws = np.random.default_rng([seed, count, 1])
    block = max(1, AT_ONCE // rows.size)
    for first in range(0, again, block):
        many = min(block, again - first)
        orders = draws.permuted(np.tile(np.arange(count), (many, 1)), axis=1)
        sums = np.cumsum(rows[orders[:, : wanted[-1]]], axis=1)
        for size in wanted:
            drawn = sums[:, size - 1]
            null = np.abs(_away(drawn[:, 1:], drawn[:, :1], counted))
            for i in np.flatnonzero(size_of == size):
                as_far[i] += (null >= away[i] - SAME).sum(axis=0)
    chances = np.where(size_of[:, None] > 0, (as_far + 1) / (again + 1), np.nan)
    return np.asarray(chances.ravel(), dtype=np.float64)
