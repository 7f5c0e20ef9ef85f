"""Find named themes in passages of any language, without training data."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from polythemes.errors import PolythemesError
from polythemes.tables import check
from polythemes.themes.entries import REST

if TYPE_CHECKING:
    from sklearn.linear_model import LogisticRegression

Floats = NDArray[np.float64]

#: A text of the rest that is nearer than this to a theme's text (cosine) names no rest.
NEAR = 0.4


class ThemeModel:
    """Tell themes apart by the texts that name them, and say how much of a passage each takes.

    A logistic regression on the vectors of the naming texts (the rest has texts of its own) gives
    every passage a score for each theme; passages beside it in its article lend it a part of
    theirs; what all passages of the corpus share is taken off in part, so that a theme that is the
    whole corpus's background does not drown the others.

    Parameters
    ----------
    strength : float
        Inverse strength of the regression's penalty.
    lend : float
        Part of a passage's score that comes from the passages beside it, 0 to 1.
    level : float
        Part of the corpus's mean score that is taken off each theme, 0 to 1; a passage that stands
        several times counts once in it.
    sharpen : float
        What scores are multiplied by, so that a share of 0.7 is right in 7 of 10 passages; 2 fits
        best on SIB-200, whose themes play no part here.

    Attributes
    ----------
    themes_ : list of str
        Ids in the order they were named, the rest last.
    regression_ : sklearn.linear_model.LogisticRegression
        On vectors turned into the span of the naming texts.
    span_ : ndarray of float64, shape (d, m)
        Orthonormal axes of that span.
    """

    def __init__(
        self, strength: float = 60.0, lend: float = 0.3, level: float = 0.5, sharpen: float = 2.0
    ) -> None:
        self.strength = strength
        self.lend = lend
        self.level = level
        self.sharpen = sharpen

    def fit(self, vectors: NDArray[np.floating[Any]], themes: Sequence[str]) -> Self:
        """Learn the themes from the texts that name them.

        Parameters
        ----------
        vectors : ndarray of float, shape (m, d)
            One vector a naming text.
        themes : sequence of str, length m
            The theme that each names.

        Returns
        -------
        ThemeModel
            Itself.

        Raises
        ------
        PolythemesError
            If no text names the rest, or none a theme.
        """
        self.themes_ = [one for one in dict.fromkeys(themes) if one != REST] + [REST]
        if REST not in themes or len(self.themes_) < 2:
            msg = f"texts for {sorted(set(themes))} came; a theme or more and {REST!r} are needed"
            raise PolythemesError(msg)
        rows = _unit(vectors)
        order = np.array([self.themes_.index(one) for one in themes])
        rest = order == len(self.themes_) - 1
        near = np.round(rows @ rows[~rest].T, 6).max(axis=1) > NEAR
        if not (rest & ~near).any():
            near[:] = False
        rows, order = rows[~(rest & near)], order[~(rest & near)]
        # In the span of the examples the solution is the same, and Newton's steps end so near to it
        # that every machine agrees.
        self.span_ = np.linalg.qr(rows.T)[0]
        self.regression_ = _regress(rows @ self.span_, order, self.strength)
        return self

    def transform(self, vectors: NDArray[np.floating[Any]], passages: pd.DataFrame) -> pd.DataFrame:
        """Give the share of every theme in every passage.

        Parameters
        ----------
        vectors : ndarray of float, shape (n, d)
            One vector a passage.
        passages : pandas.DataFrame
            Columns ``passage_id``, ``article_id`` and ``start``, a row a passage.

        Returns
        -------
        pandas.DataFrame
            The table ``theme_shares``, sorted by passage, then in the themes' order; the shares of
            a passage sum to 1, the rest's included.
        """
        rows = _unit(vectors) @ self.span_
        scores = np.asarray(self.regression_.decision_function(rows), dtype=np.float64)
        if scores.ndim == 1:
            scores = np.stack([-scores / 2, scores / 2], axis=1)
        scores = _lend(np.round(scores, 6), passages, self.lend)
        means = np.average(scores[:, :-1], axis=0, weights=_singly(vectors))
        scores[:, :-1] -= self.level * (means - means.mean())
        weight = np.exp(self.sharpen * (scores - scores.max(axis=1, keepdims=True)))
        shares = np.round(weight / weight.sum(axis=1, keepdims=True), 4)
        table = pd.DataFrame(shares, columns=self.themes_)
        table.insert(0, "passage_id", passages["passage_id"].to_numpy())
        table = table.sort_values("passage_id", ignore_index=True)
        long = table.melt("passage_id", var_name="theme_id", value_name="share")
        long["order"] = long["theme_id"].map(self.themes_.index)
        long = long.sort_values(["passage_id", "order"], ignore_index=True).drop(columns="order")
        return check(long, "theme_shares")


def _regress(rows: Floats, order: NDArray[np.int64], strength: float) -> LogisticRegression:
    """Fit the regression, whose memory grows with the themes, not with their square."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(
        C=strength, class_weight="balanced", solver="newton-cg", tol=1e-12, max_iter=1000
    )
    with warnings.catch_warnings():
        # A theme may have one text; scikit-learn then asks whether numbers were meant.
        warnings.filterwarnings("ignore", "The number of unique classes", UserWarning)
        # The last steps to so small a tolerance are lost among the digits of a float.
        warnings.filterwarnings("ignore", "(?i)(the )?line search (algorithm did not|failed)")
        return model.fit(rows, order)


def _singly(vectors: NDArray[np.floating[Any]]) -> Floats:
    """Weigh passages so that one that stands several times counts once."""
    _, back, times = np.unique(vectors, axis=0, return_inverse=True, return_counts=True)
    return np.asarray(1 / times[back.ravel()], dtype=np.float64)


def _unit(vectors: NDArray[np.floating[Any]]) -> Floats:
    """Bring vectors to length 1; a vector of zeros stays."""
    rows = np.asarray(vectors, dtype=np.float64)
    length = np.sqrt(np.square(rows).sum(axis=1, keepdims=True))
    return np.asarray(rows / np.where(length == 0, 1, length))


def _lend(scores: Floats, passages: pd.DataFrame, part: float) -> Floats:
    """Mix each passage's scores with the mean of those beside it in its article."""
    mixed = scores.copy()
    places = passages.reset_index(drop=True).sort_values(["article_id", "start"])
    for _, own in places.groupby("article_id"):
        rows = own.index.to_numpy()
        for i, row in enumerate(rows):
            beside = [rows[j] for j in (i - 1, i + 1) if 0 <= j < len(rows)]
            if beside:
                mixed[row] = (1 - part) * scores[row] + part * scores[beside].mean(axis=0)
    return mixed
