"""Group passages into topics, the same ones whatever the order they come in."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from polythemes.errors import PolythemesError
from polythemes.grid import STEPS, Floats, Whole, cosines
from polythemes.parameters import Parameters
from polythemes.topics import choice, draws, files, fitted, shares
from polythemes.topics.growth import Tree, grown
from polythemes.topics.odds import learned
from polythemes.topics.passages import Passages, passages

Vectors = NDArray[np.floating[Any]]


class TopicModel(Parameters):
    """Find topics in vectors by a tree of general subjects that go together in them.

    Every passage begins with the general subject that it is nearest to. Subjects that are near to
    the same passages are joined to a tree by Ward's rule, the tree is cut, and passages move to
    the topic with the nearest centre until none moves (spherical k-means). Identical vectors count
    once, work is done in the order of the vectors' values and with whole numbers, so that neither
    order, copies, threads nor the processor change a topic.

    Parameters
    ----------
    n_topics : int
        Number of topics; 0 chooses it, up to the square root of half the distinct passages.
    seed : int
        Seed of the draws that settle topics and measure their stability.

    Attributes
    ----------
    n_topics_ : int
        Number of topics found; fewer than asked for where one loses all passages to others.
    labels_ : ndarray of int64, shape (n,)
        Topic of each passage, from 1, the largest topic (in distinct passages) first.
    shares_ : ndarray of float64, shape (n, n_topics_)
        Soft share of each topic in each passage; a row sums to 1, but for rounding.
    weak_ : ndarray of bool, shape (n,)
        True for passages that belong to their topic only loosely; they have a topic all the same.
    centres_ : ndarray of float64, shape (n_topics_, d)
        Unit vectors, to 1/4000.
    tree_ : ndarray of float64, shape (leaves - 1, 4)
        Ward's tree (SciPy's linkage matrix) over small groups of passages.
    leaves_ : ndarray of int64, shape (n,)
        The leaf of ``tree_`` that each passage begins in, from 0.
    choice_ : pandas.DataFrame
        The table ``topic_choice``: a row for every number tried, with ``stability`` (mean ARI of
        topics settled by different draws) and ``separation`` (mean silhouette).
    languages_ : list of str
        The languages fitted on, sorted; empty if none were given.

    References
    ----------
    Ward (1963), Hierarchical grouping to optimize an objective function. Dhillon and Modha (2001),
    Concept decompositions. Ben-Hur et al. (2002), A stability based method for clustered data.
    """

    def __init__(self, n_topics: int = 0, *, seed: int = 0) -> None:
        self.n_topics = n_topics
        self.seed = seed

    def fit(
        self,
        vectors: Vectors,
        weights: Sequence[float] | Floats | None = None,
        languages: Sequence[str] | None = None,
    ) -> Self:
        """Find the topics of the passages.

        Parameters
        ----------
        vectors : ndarray of float, shape (n, d)
            One vector a passage; their lengths do not matter.
        weights : sequence of float of length n, optional
            How much each passage counts, above 0, to 0.001; of copies the largest counts.
        languages : sequence of str of length n, optional
            The language of each passage: what the vectors of a language have in common is then
            taken from them. Of no use where each language is on another subject.

        Returns
        -------
        TopicModel
            Itself.

        Raises
        ------
        PolythemesError
            If there are fewer distinct passages than topics, or a value is not finite.
        """
        self._asked = self.n_topics
        seen = passages(vectors, weights, languages, self.n_topics)
        tree = grown(seen.rows, self.n_topics)
        drawn = draws.drawn(seen.rows, self.n_topics, self.seed)
        self.choice_ = choice.measure(seen.rows, drawn, self.n_topics, self.seed)
        chosen = int(self.choice_["n_topics"][self.choice_["chosen"]].iloc[0])
        return self._settle(seen, tree, drawn, chosen)

    def fit_transform(
        self,
        vectors: Vectors,
        weights: Sequence[float] | Floats | None = None,
        languages: Sequence[str] | None = None,
    ) -> Floats:
        """Find the topics of the passages and give their shares.

        Parameters
        ----------
        vectors, weights, languages
            As in :meth:`fit`.

        Returns
        -------
        ndarray of float64, shape (n, n_topics_)
            ``shares_``.
        """
        return self.fit(vectors, weights, languages).shares_

    def transform(self, vectors: Vectors, languages: Sequence[str] | None = None) -> Floats:
        """Give the share of every topic in passages, seen before or not.

        Parameters
        ----------
        vectors : ndarray of float, shape (n, d)
            One vector a passage.
        languages : sequence of str of length n, optional
            The language of each; needed if the model was fitted with languages.

        Returns
        -------
        ndarray of float64, shape (n, n_topics_)
            Rounded to 4 decimals; the first of the largest shares is the passage's topic.

        Raises
        ------
        PolythemesError
            If the model is not fitted, or the vectors are of another width or not finite.
        """
        return shares.soft(self.closeness(vectors, languages))

    def predict(self, vectors: Vectors, languages: Sequence[str] | None = None) -> Whole:
        """Give the topic of passages, seen before or not.

        Parameters
        ----------
        vectors, languages
            As in :meth:`transform`.

        Returns
        -------
        ndarray of int64, shape (n,)
            The topic with the largest share, from 1.
        """
        return np.asarray(self.transform(vectors, languages).argmax(axis=1) + 1, dtype=np.int64)

    def closeness(self, vectors: Vectors, languages: Sequence[str] | None = None) -> Floats:
        """Give the cosines of passages with the topics' centres.

        Parameters
        ----------
        vectors, languages
            As in :meth:`transform`.

        Returns
        -------
        ndarray of float64, shape (n, n_topics_)
            -1 to 1, the same on every machine.
        """
        self._hold_fitted()
        return cosines(self._passages.seen(vectors, languages), self._topics.centres)

    def log_odds(self, vectors: Vectors) -> Floats:
        """Give what in passages speaks for every topic: more than shares tell a classifier.

        Parameters
        ----------
        vectors : ndarray of float, shape (n, d)
            One vector a passage, of whatever language.

        Returns
        -------
        ndarray of float64, shape (n, n_topics_)
            By a discriminant between the topics; rounded to 3 decimals.
        """
        self._hold_fitted()
        odds = learned(self._passages.raw, self._topics.labels)
        return odds.of(self._passages.snapped(vectors))

    def weak(self, vectors: Vectors, languages: Sequence[str] | None = None) -> NDArray[np.bool_]:
        """Tell which passages belong to their topic only loosely.

        Parameters
        ----------
        vectors, languages
            As in :meth:`transform`.

        Returns
        -------
        ndarray of bool, shape (n,)
            True where no topic has half of it, or one in twenty of the others' passages is nearer.
        """
        near = self.closeness(vectors, languages)
        return shares.weak(near, shares.soft(near), self._topics.edges)

    def at(self, n_topics: int) -> TopicModel:
        """Cut the same tree into another number of topics.

        Parameters
        ----------
        n_topics : int
            How many.

        Returns
        -------
        TopicModel
            A fitted model; this one stays as it is.

        Raises
        ------
        PolythemesError
            If the tree has fewer leaves, or the model is not fitted.
        """
        self._hold_fitted()
        if not 1 <= n_topics <= len(self.tree_) + 1:
            msg = (
                f"{n_topics} topics asked of a tree of {len(self.tree_) + 1} leaves; 1 to "
                f"{len(self.tree_) + 1} are allowed; for more fit with n_topics={n_topics}"
            )
            raise PolythemesError(msg)
        other = copy.copy(self)
        other.n_topics = n_topics
        return other._settle(self._passages, self._tree, self._drawn, n_topics)

    def save(self, path: Path) -> None:
        """Write the fitted model as one .npz file, with the vectors it was fitted on.

        Parameters
        ----------
        path : Path
            The file.
        """
        self._hold_fitted()
        cut = self.n_topics or self.n_topics_
        kept = files.Kept(
            self.get_params(), self._passages, self._tree, self.choice_, self._asked, cut
        )
        files.write(Path(path), kept)

    @classmethod
    def load(cls, path: Path) -> TopicModel:
        """Read a model that :meth:`save` wrote.

        Parameters
        ----------
        path : Path
            The file.

        Returns
        -------
        TopicModel
            With the same topics.

        Raises
        ------
        PolythemesError
            If the file is missing, damaged or of another version.
        """
        kept = files.read(Path(path))
        model = cls(**kept.params)
        model.choice_ = kept.choice
        model._asked = kept.asked
        drawn = draws.drawn(kept.passages.rows, kept.asked, model.seed)
        return model._settle(kept.passages, kept.tree, drawn, kept.cut)

    def _settle(self, seen: Passages, tree: Tree, drawn: list[draws.Draw], cut: int) -> Self:
        """Cut the tree and keep what was learned."""
        made = fitted.found(seen.rows, tree, drawn, cut)
        self._passages, self._tree, self._drawn, self._topics = seen, tree, drawn, made
        back = seen.raw.back
        self.languages_, self.tree_ = list(seen.languages), tree.joins
        self.leaves_ = tree.parts.argmax(axis=1)[back]
        self.n_topics_, self.centres_ = len(made.centres), made.centres.astype(np.float64) / STEPS
        self.labels_, self.shares_ = made.labels[back] + 1, made.shares[back]
        self.weak_ = made.weak[back]
        return self

    def _hold_fitted(self) -> None:
        """Hold the model to having been fitted."""
        if not hasattr(self, "n_topics_"):
            msg = "a model came that was never fitted; call `fit` or `load` first"
            raise PolythemesError(msg)
