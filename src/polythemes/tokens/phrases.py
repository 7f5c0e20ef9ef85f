"""Join words that go together into phrases: live stream, social commerce."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from gensim.models.phrases import Phrases

#: A phrase stands so often, in so many passages, and its words keep to each other (NPMI, -1 to 1).
OFTEN, PASSAGES, TOGETHER = 2, 2, 0.62
LONGEST = 3
#: Stands between the words of a phrase, and in no text.
JOINT = "\x1f"

Run = Sequence[str]


def learn(runs: Sequence[Sequence[Run]]) -> Callable[[Run], list[str]]:
    """Learn which words go together.

    Parameters
    ----------
    runs : sequence of sequence of sequence of str
        For each passage its runs of words that have nothing between them.

    Returns
    -------
    callable
        Turns a run into terms that cover it in order: words, or phrases of two or three words
        with ``JOINT`` between.

    References
    ----------
    Bouma (2009), Normalized (pointwise) mutual information in collocation extraction.
    """
    flat = [list(run) for passage in runs for run in passage]
    if not flat:
        return list
    two = _model(flat)
    three = _model([two[run] for run in flat])

    def join(run: Run) -> list[str]:
        pairs = two[list(run)]
        return [
            part
            for term in three[pairs]
            for part in ([term] if term.count(JOINT) < LONGEST else two[term.split(JOINT)])
        ]

    spread = Counter(
        term
        for passage in runs
        for term in {term for run in passage for term in join(run) if JOINT in term}
    )
    known = {term for term, passages in spread.items() if passages >= PASSAGES}
    return lambda run: [
        part
        for term in join(run)
        for part in (term.split(JOINT) if JOINT in term and term not in known else [term])
    ]


def _model(runs: list[list[str]]) -> Phrases:
    """Count words and pairs of words."""
    return Phrases(
        runs,
        min_count=OFTEN,
        threshold=TOGETHER,
        scoring="npmi",
        delimiter=JOINT,
        # Beyond this size gensim would forget what is rare.
        max_vocab_size=2**40,
    )
