"""Measure topics: each score is a row of the table ``scores``, with a bootstrap interval."""

from polythemes.scores.by_language import leakage
from polythemes.scores.by_passage import coverage, silhouette
from polythemes.scores.coherent import coherence, diversity
from polythemes.scores.labelled import agreement
from polythemes.scores.models import Model, side_by_side, wide
from polythemes.scores.nearest import aligned, neighbours
from polythemes.scores.resampled import stability
from polythemes.scores.translated import cross_coherence

__all__ = [
    "Model",
    "agreement",
    "aligned",
    "coherence",
    "coverage",
    "cross_coherence",
    "diversity",
    "leakage",
    "neighbours",
    "side_by_side",
    "silhouette",
    "stability",
    "wide",
]
