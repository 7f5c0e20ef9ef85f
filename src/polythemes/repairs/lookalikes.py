"""Chinese characters put for others that look or sound like them."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice

from polythemes.repairs import table
from polythemes.repairs.edits import Repair
from polythemes.repairs.lattice import Reading, words_of
from polythemes.repairs.lexicon import SURNAMES, Lexicon, level, lexicon
from polythemes.repairs.simplified import simplified
from polythemes.repairs.windows import HAN, Window, windows_of

#: Characters of written Cantonese, whose rare characters are its own.
CANTONESE = frozenset("嘅咗嚟喺佢嘢唔")
#: What a change must gain (natural logarithm) in a text that may be clean, ...
STRICT = 9.0
#: ... in one that is not, and for a character whose meaning the text has settled.
SPOOFED, SETTLED = 2.0, 0.5
#: ... and there for a common character, which is often meant; little words are swapped most, so one
#: that the character is close to is asked no more of than of others.
COMMON, CLOSE = 8.0, 3.5
LITTLE = frozenset("的了在是不我你他她它有和也就都上下中说要会去到来人大这个与及为把被从对之而以于")
#: Adverbs that follow 得 behind a verb or an adjective, and hardly ever 的 (which sounds alike).
DEGREE = ("很", "极", "非常", "十分", "格外")
#: So many sure changes, and one in at most so many Han characters, make a text a spoofed one.
SURE, DENSE = 3, 1000
#: A text of which so much changes in simplified characters is in traditional ones; and the last
#: lead byte of Big5's 5,401 common ones.
TRADITIONAL, BIG5_COMMON = 0.1, 0xC6
#: Places looked at to settle what a character stands for.
PLACES = 30
#: Logarithm of the share of a character that is hardly ever a word of its own.
SELDOM = -11.9
#: Names of places and things met less often than this are written in many ways.
KNOWN = 300

Readings = Callable[[str], Sequence[Reading]]


@dataclass(frozen=True)
class Change:
    """Hold one character read as another, and the word this makes.

    Parameters
    ----------
    place : int
        Offset in the article.
    before, after, word : str
        The character, the one meant, and the word it stands in.
    written : str
        What stands in the word's place.
    """

    place: int
    before: str
    after: str
    word: str
    written: str


def look_alikes(text: str, names: Sequence[str]) -> list[Repair]:
    """Find rare characters that stand for common ones.

    Parameters
    ----------
    text : str
        A Chinese article.
    names : sequence of str
        Names of the field, which count as words.

    Returns
    -------
    list of Repair
        A character is changed where it is in no word as it stands, and the likeliest cut of its
        surroundings reads it as another. Where a text proves to be spoofed less is asked, and one
        character stands for the same one throughout.
    """
    rare = (set(text) & table.characters().keys()) - SURNAMES - set("".join(names))
    rare -= _traditional(text, rare)
    if not rare or len(CANTONESE & set(text)) > 1:
        return []
    words = lexicon(names)
    windows = list(windows_of(text, rare, words))
    enough = max(SURE, math.ceil(sum(map(len, HAN.findall(text))) / DENSE))
    changes = list(islice(_changes(windows, _priced(STRICT), words), enough))
    if len(changes) == enough:
        loose = list(_changes(windows, _priced(SPOOFED), words))
        settled = _settled(windows, loose, words)
        free = _free(windows)
        changes = list(_changes(windows, lambda c: settled.get(c, ()), words, free))
    return [_repair(change) for change in changes]


def _traditional(text: str, rare: Set[str]) -> Set[str]:
    """Give the characters that only look rare, as the text is in traditional ones."""
    ours = [one for one in rare if level(one) == 0 and _common_in_big5(one)]
    han = "".join(HAN.findall(text)) if ours else ""
    changed = sum(a != b for a, b in zip(han, simplified(han), strict=False))
    return set(ours) if changed > TRADITIONAL * len(han) else set()


def _common_in_big5(character: str) -> bool:
    """Tell whether a character is one of the common ones of Big5."""
    try:
        return character.encode("big5")[0] <= BIG5_COMMON
    except UnicodeEncodeError:
        return False


def _repair(change: Change) -> Repair:
    """Make a repair of a change."""
    reason = f"{change.before} looks or sounds like {change.after}; "
    reason += (
        f"{change.written} is no word, {change.word} is"
        if len(change.word) > 1
        else f"{change.before} is in no word here, {change.after} is a word of its own"
    )
    end = change.place + 1
    return Repair(change.place, end, change.before, change.after, "look-alike", reason)


def _priced(price: float) -> Readings:
    """Give the readings of a character at a price."""

    @cache
    def readings(character: str) -> Sequence[Reading]:
        entry = table.entry(character)
        return tuple(Reading(one.character, one.cost + price) for one in entry.readings)

    return readings


def _read(window: Window, readings: Readings, words: Lexicon) -> tuple[list[str], float]:
    """Cut a window into words."""
    read = {place: readings(window.written[place]) for place in window.places}
    share = {place: table.entry(window.written[place]).share for place in window.places}
    return words_of(window.plain, read, share, words)


def _changes(
    windows: Sequence[Window], readings: Readings, words: Lexicon, free: Set[str] = frozenset()
) -> Iterator[Change]:
    """Find what the likeliest words read as another character."""
    for window in windows:
        found = _read(window, readings, words)[0]
        read = "".join(found)
        place = 0
        for index, word in enumerate(found):
            for inside, after in enumerate(word, start=place):
                if inside in window.places and after != window.plain[inside]:
                    before = window.written[inside]
                    written = window.written[place : place + len(word)]
                    change = Change(window.start + inside, before, after, word, written)
                    last = found[max(0, index - 2) : index]
                    part = _name(change, last, words) or _beside_rare(change, window, read)
                    if not part or (before in free and after in LITTLE):
                        ahead = read[place + len(word) :]
                        yield _degree(change, last[-1] if last else "", ahead, words)
            place += len(word)


def _degree(change: Change, last: str, ahead: str, words: Lexicon) -> Change:
    """Read 得 where 的 was taken between a verb or adjective and an adverb of degree."""
    other = "得" in (one.character for one in table.entry(change.before).readings)
    kind = words.words.get(last, (0, ""))[1][1:]
    if other and change.word == "的" and kind in ("v", "a") and ahead.startswith(DEGREE):
        return replace(change, after="得", word="得") if last not in ("是", "有") else change
    return change


def _free(windows: Sequence[Window]) -> Set[str]:
    """Find the rare characters in ever other company: parts of no name and no unlisted word."""
    before: dict[str, set[str]] = defaultdict(set)
    after: dict[str, set[str]] = defaultdict(set)
    for window in windows:
        for place in window.places:
            before[window.written[place]].add(window.plain[max(0, place - 1) : place])
            after[window.written[place]].add(window.plain[place + 1 : place + 2])
    return {c for c in before if level(c) == 0 and min(len(before[c]), len(after[c])) > 1}


def _name(change: Change, last: Sequence[str], words: Lexicon) -> bool:
    """Tell whether a character may well be meant, as names are written in many ways."""
    common = level(change.before)
    if len(change.word) == 1:
        # The given name behind a surname has one character or two.
        surname = last and (last[-1] in SURNAMES or (len(last[-1]) == 1 and last[0] in SURNAMES))
        # A name nobody listed is cut into characters that mean something.
        inside = common == 2 and last and len(last[-1]) == 1 and not words.little(last[-1])
        return bool(surname or inside) or (common == 1 and change.after not in LITTLE)
    if change.word in words.names:
        return False
    count, kind = words.words.get(change.word, (0, ""))
    person, other = kind[1:3] == "nr", kind[1:] in ("ns", "nz")
    return person or (common > 0 and other and count < KNOWN)


def _beside_rare(change: Change, window: Window, read: str) -> bool:
    """Tell whether the next character is rare too: together they may be a word nobody listed."""
    place = change.place - window.start
    start = place - change.word.index(change.after)
    for k in (place - 1, place + 1):
        if 0 <= k < len(read) and not start <= k < start + len(change.word):
            other = window.written[k]
            if other == change.before:
                return True
            if k in window.places:
                both = level(change.before) == level(other) == 2
                left = read[k] == window.plain[k] and table.entry(other).share < SELDOM
                if both or left:
                    return True
    return False


def _settled(
    windows: Sequence[Window], changes: Sequence[Change], words: Lexicon
) -> Mapping[str, Sequence[Reading]]:
    """Settle what each rare character of a spoofed text stands for, over all its places."""
    read = {change.place: change.after for change in changes}
    places: dict[str, list[tuple[Window, int]]] = defaultdict(list)
    for window in windows:
        for place in window.places:
            places[window.written[place]].append((window, place))
    settled = {}
    for character, found in places.items():
        entry = table.entry(character)
        if level(character) == 1:
            # What other places say is no evidence: it may be meant in some of them.
            settled[character] = tuple(_common(one) for one in entry.readings)
            continue
        totals = {one.character: -one.cost - SPOOFED for one in entry.readings}
        for window, place in found[:PLACES]:
            for after, gain in _gains(window, place, read, words):
                totals[after] += gain
        # Of equal ones the likelier, which comes first.
        best = max(totals, key=lambda after: totals[after])
        settled[character] = (Reading(best, SETTLED),) if totals[best] > 0 else ()
    return settled


def _common(one: Reading) -> Reading:
    """Price the reading of a common character in a spoofed text."""
    close = one.character in LITTLE and one.cost <= CLOSE
    return Reading(one.character, one.cost + (SPOOFED if close else COMMON))


def _gains(
    window: Window, place: int, read: Mapping[int, str], words: Lexicon
) -> Iterator[tuple[str, float]]:
    """Say what each reading of one doubtful character gains, all others being read as found."""
    entry = table.entry(window.written[place])
    plain = [read.get(window.start + k, c) for k, c in enumerate(window.plain)]
    plain[place] = window.plain[place]
    text, share = "".join(plain), {place: entry.share}
    without = words_of(text, {}, share, words)[1]
    for one in entry.readings:
        reading = {place: (Reading(one.character, SETTLED),)}
        yield one.character, words_of(text, reading, share, words)[1] - without
