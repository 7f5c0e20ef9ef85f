"""Counting models on concepts: LDA, LSI and NMF, which so find themes and not languages."""

from polythemes.counting.lda import LDA
from polythemes.counting.lsi import LSI
from polythemes.counting.matrix import counted
from polythemes.counting.near import concept_languages, concept_vectors, parted, parts, spread
from polythemes.counting.nmf import NMF
from polythemes.counting.tables import near_table, parts_of, terms_table

__all__ = [
    "LDA",
    "LSI",
    "NMF",
    "concept_languages",
    "concept_vectors",
    "counted",
    "near_table",
    "parted",
    "parts",
    "parts_of",
    "spread",
    "terms_table",
]
