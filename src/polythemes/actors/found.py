"""Find the names of actors in passages: the longest, in the right case and script, in context."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import ahocorasick
import pandas as pd

from polythemes.actors.entries import Actor
from polythemes.actors.folding import Plain, fold, joined
from polythemes.languages import language
from polythemes.tables import CONTRACTS, check


@dataclass(frozen=True, order=True, slots=True)
class Hit:
    """Hold a name that stands in a passage; the best of those that overlap sorts first."""

    start: int
    shortness: int
    actor_id: str
    name: str
    sure: bool

    @property
    def end(self) -> int:
        """Offset behind its last character."""
        return self.start - self.shortness


def find(passages: pd.DataFrame, actors: Sequence[Actor], *, plain: Plain = str) -> pd.DataFrame:
    """Find every mention of an actor.

    A name counts where no letter or digit joins it, Han characters aside, and where its words begin
    with the capitals that they have in its entry; an unsure one wants its exact case, and its
    context anywhere in the article, in which a word mostly has one sense (Gale, Church and Yarowsky
    1992). Of names that overlap the first counts, and of those that begin together the longest.

    Parameters
    ----------
    passages : pandas.DataFrame
        Columns ``passage_id``, ``article_id``, ``language`` and ``repaired``, the text.
    actors : sequence of Actor
        The actors.
    plain : callable
        Takes a text and gives it in simplified characters.

    Returns
    -------
    pandas.DataFrame
        The table ``mentions``, sorted by passage and place. ``start`` and ``end`` are offsets into
        ``repaired``; ``name`` is the name as the actor's entry has it.

    References
    ----------
    Aho and Corasick (1975), Efficient string matching.
    """
    rows = []
    automaton, needs = _automaton(actors, plain), _needs(actors, plain)
    for article_id, own in passages.groupby("article_id"):
        texts = [fold(text, plain) for text in own["repaired"]]
        found = [
            list(_hits(automaton, text, one))
            for text, one in zip(texts, own.itertuples(), strict=True)
        ]
        context = _context(found, needs, texts)
        for one, hits in zip(own.itertuples(), found, strict=True):
            for hit in _apart(hit for hit in hits if hit.sure or hit.actor_id in context):
                place = (one.passage_id, article_id, hit.start, hit.end)
                rows.append((hit.actor_id, *place, hit.name))
    table = pd.DataFrame(rows, columns=list(CONTRACTS["mentions"]))
    order = ["passage_id", "start"]
    return check(table.sort_values(order, ignore_index=True), "mentions")


def _automaton(actors: Sequence[Actor], plain: Plain) -> Any:
    """Build what finds all names in one pass."""
    names: dict[str, list[tuple[str, str, bool]]] = {}
    for actor in actors:
        for name in dict.fromkeys([*actor.sure, *actor.unsure]):
            known = names.setdefault(fold(name, plain), [])
            known.append((actor.actor_id, name, name in actor.sure))
    automaton = ahocorasick.Automaton()
    for key, known in names.items():
        automaton.add_word(key, (len(key), known))
    if names:
        automaton.make_automaton()
    return automaton


def _needs(actors: Sequence[Actor], plain: Plain) -> dict[str, list[str]]:
    """List the words that unsure names of an actor need."""
    return {one.actor_id: [fold(word, plain) for word in one.needs] for one in actors if one.unsure}


def _hits(automaton: Any, text: str, passage: Any) -> Iterator[Hit]:
    """Give the names in a folded text that stand as words of their own, in the right case."""
    if not len(automaton):
        return
    endings = language(passage.language).name_endings
    for last, (length, known) in automaton.iter(text):
        start, end = last + 1 - length, last + 1
        if joined(text, start) or not _ends(text, end, endings):
            continue
        written = passage.repaired[start:end]
        for actor_id, name, sure in known:
            if _cased(written, name, exact=not sure):
                yield Hit(start, -length, actor_id, name, sure)


def _ends(text: str, end: int, endings: Sequence[str]) -> bool:
    """Tell whether a name ends here, or with an ending that names take in the language."""
    return not joined(text, end) or any(
        text.startswith(one, end) and not joined(text, end + len(one)) for one in endings
    )


def _cased(written: str, name: str, *, exact: bool) -> bool:
    """Tell whether the words of a name begin with the capitals that they want."""
    for place, (one, wanted) in enumerate(zip(written, name, strict=True)):
        begins = place == 0 or name[place - 1] in " -"
        if begins and wanted.isupper() and not one.isupper():
            return False
        if exact and place and one.isupper() != wanted.isupper():
            return False
    return True


def _context(
    found: Sequence[Sequence[Hit]], needs: Mapping[str, Sequence[str]], texts: Sequence[str]
) -> set[str]:
    """Name the actors whose unsure names count in an article."""
    sure = {hit.actor_id for hits in found for hit in hits if hit.sure}
    unsure = {hit.actor_id for hits in found for hit in hits if not hit.sure} - sure
    return sure | {
        actor_id
        for actor_id in unsure
        if any(_begins(text, word) for word in needs[actor_id] for text in texts)
    }


def _begins(text: str, word: str) -> bool:
    """Tell whether a word of a text begins so."""
    place = text.find(word)
    while place >= 0 and joined(text, place):
        place = text.find(word, place + 1)
    return place >= 0


def _apart(hits: Iterator[Hit]) -> Iterator[Hit]:
    """Leave out what overlaps a hit that begins earlier, or is longer."""
    end = 0
    for hit in sorted(hits):
        if hit.start >= end:
            yield hit
            end = hit.end
