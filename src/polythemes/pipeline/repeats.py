"""Find what stands twice in the texts of a corpus."""

from __future__ import annotations

import pandas as pd

from polythemes import articles, encoders, paths, settings
from polythemes.errors import PolythemesError
from polythemes.paths import Corpus


def find(corpus: Corpus) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Group the lines of a corpus that say the same, and name the articles that are copies.

    Parameters
    ----------
    corpus : Corpus
        The corpus; its texts must be at hand.

    Returns
    -------
    groups : pandas.DataFrame
        What :func:`polythemes.duplicates.find` gives.
    copies : pandas.DataFrame
        What :func:`polythemes.duplicates.copies` gives.

    Raises
    ------
    PolythemesError
        If a text is missing.
    """
    from polythemes import cleaning, duplicates, vectors

    catalogue = articles.read_catalogue(corpus.catalogue)
    there = articles.present(catalogue, corpus.texts)
    if len(there) < len(catalogue) or not there:
        msg = (
            f"{len(there)} of {len(catalogue)} texts of {corpus.name} are at hand; all are needed "
            f"to find duplicates: `polythemes import {corpus.name} FOLDER` brings them in"
        )
        raise PolythemesError(msg)
    chosen = settings.load(corpus.settings)
    texts = articles.read(catalogue, corpus.texts, columns=chosen.columns)
    lines = cleaning.clean(texts)
    found = duplicates.pieces(texts, lines)
    encoder = encoders.load(chosen.encoder)
    embedded = vectors.embed(list(found["text"]), encoder, cache=paths.cache() / "vectors")
    groups = duplicates.find(found, embedded)
    return groups, duplicates.copies(groups, lines)
