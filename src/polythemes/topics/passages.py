"""The passages that a model is fitted on: distinct, and without what their language adds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from polythemes.errors import PolythemesError
from polythemes.grid import Floats, Steps, snap
from polythemes.topics.rows import Rows, centred, checked, coded, distinct, offsets, weighed


@dataclass(frozen=True)
class Passages:
    """The passages that a model is fitted on.

    Parameters
    ----------
    raw : Rows
        Their distinct vectors.
    languages : tuple of str
        Their languages, sorted; empty if none were given.
    """

    raw: Rows
    languages: tuple[str, ...]

    @cached_property
    def offsets(self) -> Floats:
        """What each language adds to its vectors: float64 of shape (languages, d)."""
        return offsets(self.raw, len(self.languages))

    @cached_property
    def rows(self) -> Rows:
        """The vectors without that."""
        steps = centred(self.raw.steps, self.raw.languages, self.offsets)
        return replace(self.raw, steps=steps)

    def snapped(self, vectors: NDArray[np.floating[Any]]) -> Steps:
        """Bring other vectors into whole steps, with what their language adds.

        Parameters
        ----------
        vectors : ndarray of float, shape (n, d)
            One vector a passage.

        Returns
        -------
        ndarray of float32, shape (n, d)
            In whole steps.

        Raises
        ------
        PolythemesError
            If they are of another width or not finite.
        """
        return snap(checked(vectors, width=self.raw.steps.shape[1]))

    def seen(
        self, vectors: NDArray[np.floating[Any]], languages: Sequence[str] | None = None
    ) -> Steps:
        """Bring other vectors into the same form.

        Parameters
        ----------
        vectors : ndarray of float, shape (n, d)
            One vector a passage.
        languages : sequence of str of length n, optional
            The language of each.

        Returns
        -------
        ndarray of float32, shape (n, d)
            In whole steps, without what their language adds.

        Raises
        ------
        PolythemesError
            If they are of another width or not finite, or languages are needed and missing.
        """
        steps = self.snapped(vectors)
        codes = coded(languages, self.languages, len(steps))
        return centred(steps, codes, self.offsets)


def passages(
    vectors: NDArray[np.floating[Any]],
    weights: Sequence[float] | Floats | None,
    languages: Sequence[str] | None,
    asked: int,
) -> Passages:
    """Check passages and fold those that are the same.

    Parameters
    ----------
    vectors, weights, languages
        As in :meth:`polythemes.topics.TopicModel.fit`.
    asked : int
        How many topics are asked for.

    Returns
    -------
    Passages
        The distinct ones.

    Raises
    ------
    PolythemesError
        If they are none, or fewer than topics.
    """
    wide = checked(vectors)
    heavy = weighed(weights, len(wide))
    known = () if languages is None else tuple(sorted({str(language) for language in languages}))
    found = distinct(snap(wide), heavy, coded(languages, known, len(wide)))
    many = len(found.steps)
    if not 0 <= asked <= many:
        msg = (
            f"{asked} topics asked of {many} distinct passages; 0 (choose) to "
            f"{many} are allowed; set `topics` in corpus.toml"
        )
        raise PolythemesError(msg)
    return Passages(found, known)
