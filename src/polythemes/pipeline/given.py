"""What a run is given, and who is told of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field

import pandas as pd

from polythemes import features, paths
from polythemes.actors import Actor
from polythemes.encoders import Encoder
from polythemes.paths import Corpus
from polythemes.settings import Settings

Say = Callable[[str], None]
Bar = Callable[[], AbstractContextManager[Callable[[int, int], None] | None]]


@dataclass
class Teller:
    """Tell of the work: a line a stage, and how far the embedding is.

    Parameters
    ----------
    say : callable
        Takes one line.
    bar : callable
        Gives a context manager of what takes how many texts of how many are embedded, or of None.
    told : dict of str to None
        What was told to be left out, each once and in order.
    """

    say: Say = field(default=lambda _line: None)
    bar: Bar = nullcontext
    told: dict[str, None] = field(default_factory=dict)

    @property
    def faults(self) -> list[str]:
        """What was left out, and why."""
        return list(self.told)

    def left_out(self, what: str, *, of: str) -> None:
        """Tell of a file, row or article that is left out, once.

        Parameters
        ----------
        what : str
            Its name, what is wrong with it and what to do.
        of : str
            The corpus.
        """
        told = f"left out of {of}: {what}"
        if told not in self.told:
            self.told[told] = None
            self.say(told)


@dataclass(frozen=True)
class Given:
    """Hold what a run is given.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    settings : Settings
        Its settings.
    catalogue : pandas.DataFrame
        Its catalogue.
    examples : pandas.DataFrame
        Columns ``theme_id`` and ``text``: the texts that name its themes.
    encoder : Encoder
        What makes vectors.
    teller : Teller
        Is told what is being done.
    actors : sequence of Actor
        Whom to look for.
    """

    corpus: Corpus
    settings: Settings
    catalogue: pd.DataFrame
    examples: pd.DataFrame
    encoder: Encoder
    teller: Teller
    actors: Sequence[Actor] = ()

    @property
    def encoder_named(self) -> str:
        """Name and version of the encoder, as features hold them."""
        return f"{self.encoder.name} {self.encoder.version}"

    def embed(self, texts: Sequence[str], *, quiet: bool = False) -> features.Vectors:
        """Embed texts, telling how far it is unless they are few."""
        from polythemes import vectors

        cache = paths.cache() / "vectors"
        with nullcontext() if quiet else self.teller.bar() as told:
            return vectors.embed(texts, self.encoder, cache=cache, progress=told)
