"""Bring scores to one level and spread."""

from __future__ import annotations

import numpy as np

from polythemes.grid import Floats

#: Scores that vary by less are taken to vary by this much.
LEAST = 0.02


def level(values: Floats, usual: Floats, own: float = 0.0) -> Floats:
    """Standardise columns by what is usual in them.

    Parameters
    ----------
    values : ndarray of float64, shape (n, k)
        What is to be standardised.
    usual : ndarray of float64, shape (s, k)
        The same of things that are no passages; NaN is passed over.
    own : float
        How much the values themselves tell what is usual, 0 to 1.

    Returns
    -------
    ndarray of float64, shape (n, k)
        Rounded; as they came where nothing tells what is usual.
    """
    if not own and (len(usual) < 2 or np.isnan(usual).all(axis=0).any()):
        return values
    mean, wide = (1 - own) * np.nanmean(usual, axis=0), (1 - own) * np.nanvar(usual, axis=0)
    if own:
        mean = mean + own * values.mean(axis=0)
        wide = wide + own * ((values - mean) ** 2).mean(axis=0)
    return np.asarray(np.round((values - mean) / np.maximum(np.sqrt(wide), LEAST), 6))
