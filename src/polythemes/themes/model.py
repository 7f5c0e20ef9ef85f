"""Find named themes in passages of any language, without training data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.special import expit

from polythemes.errors import PolythemesError
from polythemes.grid import STEPS, Floats, Steps, Whole, cosines, shrunk, snap, sums
from polythemes.neighbours import lent, nearest
from polythemes.tables import check
from polythemes.themes.beside import beside
from polythemes.themes.entries import REST
from polythemes.themes.level import level
from polythemes.themes.profile import apart, profiles
from polythemes.themes.rest import distance

Vectors = NDArray[np.floating[Any]]

#: So many passages, and so many for each naming text of a theme, speak for themselves as much as
#: the texts that name the themes do.
TRUST, EACH = 100, 8
#: How much the nearest of a theme's naming texts weigh more than the others (0: all the same).
NEAREST = 10
#: How fast what passages share with general subjects counts less, the more of them themes share.
APART = 3
#: As many passages as tell what is usual for a theme as much as the general subjects do.
USUAL = 15
#: Part of a passage's scores that comes from the passages beside it.
BESIDE = 0.35
#: Rounds in which half of the scores of the rest comes from the nearest passages.
SMOOTH, PART = 2, 0.5
#: Rounds in which labels spread to the nearest passages, and how much of them is spread.
SPREAD, FAR = 10, 0.9
#: Rounds of spreading labels and learning from them.
ROUNDS = 2
#: What standardised scores are multiplied by before they become labels, and shares.
SHARP, CALM = 2.0, 2.3
#: A passage this much nearer to a subject of the rest than to any theme is half of the rest (in
#: standard deviations), and how fast its part grows from there.
EDGE, STEEP = 0.2, 6.0
#: Variance in a direction at the least, where passages are learned from.
LEAST = 1e-6
#: Part of the mean of its counter-examples that is taken off a theme.
AGAINST = 0.5


class ThemeModel:
    """Tell themes apart by the texts that name them, and say how much of a passage each takes.

    A passage is scored by its cosines with the texts that name a theme, the nearest of which weigh
    the most, standardised over the passages and, where these are few, over general subjects; and
    by how alike its nearness to the general subjects is to that of these texts, which counts as
    much where themes have no subjects in common, and little where they have many. The
    passages beside it in its article lend it a part of their scores, the nearest ones of the corpus
    too; the best themes are then taken for labels, spread along the graph of nearest neighbours,
    and learned by a linear discriminant, whose scores give the shares. The fewer passages there are
    beside the texts that name the themes, the less is taken from the corpus. What is nearer to a
    general subject of the rest than to any theme is the rest.

    Vectors are whole steps, identical ones count once and in the order of their values, and what is
    not whole is rounded, so that order, copies, threads and processors change no share.

    Attributes
    ----------
    themes_ : list of str
        Ids in the order they were named, the rest last.
    texts_, against_ : list of ndarray of float32, shapes (m_i, d)
        The texts that name each theme, and its counter-examples, in whole steps.
    centres_ : ndarray of float32, shape (k, d)
        The mean of the texts that name each theme, in whole steps.
    subjects_ : ndarray of float32, shape (s, d)
        The texts of the rest, in whole steps.

    References
    ----------
    Zhou et al. (2004), Learning with local and global consistency. Friedman (1989), Regularized
    discriminant analysis.
    """

    def fit(
        self, vectors: Vectors, themes: Sequence[str], against: Sequence[bool] | None = None
    ) -> Self:
        """Learn the themes from the texts that name them.

        Parameters
        ----------
        vectors : ndarray of float, shape (m, d)
            One vector a naming text.
        themes : sequence of str, length m
            The theme that each names.
        against : sequence of bool of length m, optional
            True for a counter-example.

        Returns
        -------
        ThemeModel
            Itself.

        Raises
        ------
        PolythemesError
            If no text names the rest, or none a theme.
        """
        contra = np.zeros(len(themes), bool) if against is None else np.asarray(against, bool)
        named = [one for one, no in zip(themes, contra, strict=True) if not no]
        self.themes_ = [one for one in dict.fromkeys(named) if one != REST] + [REST]
        if REST not in named or len(self.themes_) < 2:
            msg = f"texts for {sorted(set(named))} came; a theme or more and {REST!r} are needed"
            raise PolythemesError(msg)
        steps, many = snap(vectors), len(self.themes_)
        order = np.array([self.themes_.index(one) for one in themes], dtype=np.int64)
        centres = _means(steps[~contra], order[~contra], many)
        away = _means(steps[contra], order[contra], many)
        self.centres_ = snap(centres - AGAINST * away)[:-1]
        self.texts_ = [steps[~contra & (order == one)] for one in range(many - 1)]
        self.against_ = [steps[contra & (order == one)] for one in range(many - 1)]
        self.subjects_ = steps[(order == many - 1) & ~contra]
        return self

    def transform(self, vectors: Vectors, passages: pd.DataFrame) -> pd.DataFrame:
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
        steps, back = np.unique(snap(vectors), axis=0, return_inverse=True)
        back = np.asarray(back, dtype=np.int64).ravel()
        near, close = nearest(steps), beside(passages, back, len(steps))
        named = self._named(steps, near, close)
        rest = self._rest(steps, near, close)
        shares = np.round(np.column_stack([named * (1 - rest), rest]), 4)[back]
        table = pd.DataFrame(shares, columns=self.themes_)
        table.insert(0, "passage_id", passages["passage_id"].to_numpy())
        table = table.sort_values("passage_id", ignore_index=True)
        long = table.melt("passage_id", var_name="theme_id", value_name="share")
        long["order"] = long["theme_id"].map({one: i for i, one in enumerate(self.themes_)})
        long = long.sort_values(["passage_id", "order"], ignore_index=True).drop(columns="order")
        return check(long, "theme_shares")

    def _named(self, steps: Steps, near: csr_array, close: csr_array) -> Floats:
        """Part passages among the themes, as if there were no rest."""
        naming = sum(map(len, self.texts_)) / len(self.texts_)
        trust = len(steps) / (len(steps) + TRUST + EACH * naming)
        begun = _even(lent(lent(self._begun(steps), close, BESIDE), near, PART * trust))
        learned, labels = begun, _soft(SHARP * begun)
        for _ in range(ROUNDS):
            spread = labels
            for _ in range(SPREAD):
                spread = np.round(FAR * trust * (near @ spread) + (1 - FAR * trust) * labels, 6)
            learned = lent(
                _discriminant(steps, spread.argmax(axis=1), spread.shape[1]), close, BESIDE
            )
            labels = _soft(learned)
        return _soft(CALM * ((1 - trust) * begun + trust * _even(learned)))

    def _begun(self, steps: Steps) -> Floats:
        """Score passages by their vectors, and by what they share with general subjects."""
        own = len(steps) / (len(steps) + USUAL)
        plain = _scores(steps, self.texts_, self.against_)
        usual = _scores(self.subjects_, self.texts_, self.against_)
        texts, against = self._profiles(self.texts_), self._profiles(self.against_)
        seen = _scores(profiles(steps, self.subjects_, own), texts, against)
        seen = _even(seen - own * seen.mean(axis=0))
        return _even(level(plain, usual, own)) + apart(texts) ** APART * seen

    def _profiles(self, texts: list[Steps]) -> list[Steps]:
        """Give the profiles of every theme's texts."""
        ends = np.cumsum([len(one) for one in texts])[:-1]
        return np.split(profiles(np.concatenate(texts), self.subjects_), ends)

    def _rest(self, steps: Steps, near: csr_array, close: csr_array) -> Floats:
        """Give the part of every passage that is on no theme."""
        trust = len(steps) / (len(steps) + TRUST)
        away = lent(distance(steps, self.centres_, self.subjects_), close, BESIDE)
        for _ in range(SMOOTH):
            away = lent(away, near, PART * trust)
        return np.asarray(np.round(expit(STEEP * (away - EDGE)), 6))


def _means(steps: Steps, groups: Whole, many: int) -> Floats:
    """Average the rows of every group; one without rows is 0."""
    if not len(steps):
        return np.zeros((many, steps.shape[1]))
    count = np.bincount(groups, minlength=many)[:, None]
    return sums(steps, groups, np.ones(len(steps)), many) / np.maximum(count, 1)


def _scores(steps: Steps, naming: Sequence[Steps], contrary: Sequence[Steps]) -> Floats:
    """Score rows by each theme: a soft maximum of the cosines with its naming texts."""
    found = []
    for texts, against in zip(naming, contrary, strict=True):
        score = np.log(np.exp(NEAREST * cosines(steps, texts)).mean(axis=1)) / NEAREST
        if len(against):
            score = score - AGAINST * cosines(steps, against).mean(axis=1)
        found.append(score)
    return np.asarray(np.round(np.column_stack(found), 6))


def _even(values: Floats) -> Floats:
    """Bring all values together to a spread of 1 around each row's mean."""
    values = values - values.mean(axis=1, keepdims=True)
    return np.asarray(np.round(values / max(float(values.std()), 1e-3), 6))


def _soft(values: Floats) -> Floats:
    """Turn scores into parts of 1."""
    weight = np.exp(values - values.max(axis=1, keepdims=True))
    return np.asarray(np.round(weight / weight.sum(axis=1, keepdims=True), 6))


def _discriminant(steps: Steps, labels: Whole, many: int) -> Floats:
    """Score rows by a linear discriminant learned from their labels.

    The fewer the rows, the more the common covariance is drawn to a ball. All sums are whole
    numbers and exact; what the solver does to the last digits is rounded away.
    """
    rows, width = steps.astype(np.float64), steps.shape[1]
    size = np.bincount(labels, minlength=many)
    total = sums(steps, labels, np.ones(len(steps)), many)
    means = total / np.maximum(size, 1)[:, None]
    spread = (rows.T @ rows - means.T @ total) / len(steps) / STEPS**2
    spread = shrunk(spread, width / (width + len(steps)), LEAST)
    means /= STEPS
    axes = np.linalg.solve(spread, means.T)
    scores = rows @ axes / STEPS - (means * axes.T).sum(axis=1) / 2
    scores = scores + np.log(np.maximum(size, 1) / len(steps))
    scores[:, size == 0] = scores.min(axis=1, keepdims=True)
    return np.asarray(np.round(scores, 6))
