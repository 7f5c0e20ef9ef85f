"""Chinese words and how often they are met, from jieba's dictionary."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from sys import intern

#: What jieba's tags of little words begin with.
LITTLE_KINDS = frozenset("rmqdpcufy")
#: A word is looked for up to this length.
LONGEST = 5
#: The dictionary lost a digit of the commonest word's count.
LOST = {"的": 3_188_252}
#: A name of the field counts as often as this among the dictionary's 60 million words.
NAME = (20_000, "2nz")
#: Surnames that most Chinese bear, without those that are little words (于, 任, 万, 向).
SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁沈姚卢姜崔"
    "钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵钱严覃武戴莫孔汤"
)


@dataclass(frozen=True)
class Lexicon:
    """Hold what is known of Chinese words.

    Parameters
    ----------
    words : mapping of str to (int, str)
        How often each word is met, and its kind: 1 for one character, 2 for more, and jieba's tag
        of its part of speech.
    names : frozenset of str
        Names of the field, which are words too.
    total : int
        Sum of the counts.
    """

    words: Mapping[str, tuple[int, str]]
    names: frozenset[str]
    total: int

    def weigh(self, word: str) -> tuple[float, str] | None:
        """Give the natural logarithm of a word's share and its kind, None for what is no word."""
        found = self.words.get(word)
        if word in self.names and (found is None or found < NAME):
            found = NAME
        return found and (math.log(found[0] / self.total), found[1])

    def little(self, word: str) -> bool:
        """Tell whether a word is a pronoun, number, measure, adverb, preposition or the like."""
        return self.words.get(word, (0, "1x"))[1][1] in LITTLE_KINDS

    def inside_word(self, text: str, place: int) -> bool:
        """Tell whether a character stands in a word of two characters or more."""
        for start in range(max(0, place - LONGEST + 1), place + 1):
            for end in range(max(place + 1, start + 2), min(len(text), start + LONGEST) + 1):
                word = text[start:end]
                if word in self.words or word in self.names:
                    return True
        return False


def level(character: str) -> int:
    """Tell how common a character is, by the levels of GB 2312.

    Parameters
    ----------
    character : str
        One character.

    Returns
    -------
    int
        1 for the 3,755 common ones, 2 for the 3,008 others of that standard, 0 for the rest.

    Examples
    --------
    >>> level("合"), level("囿"), level("匼")
    (1, 2, 0)
    """
    try:
        lead = character.encode("gb2312")[0]
    except UnicodeEncodeError:
        return 0
    return 1 if lead < 0xD8 else 2


def lexicon(names: Sequence[str] = ()) -> Lexicon:
    """Load the words, with the names of the field among them.

    Parameters
    ----------
    names : sequence of str
        Names of the field.

    Returns
    -------
    Lexicon
        The words.
    """
    words, total = _dictionary()
    return Lexicon(words, frozenset(name for name in names if len(name) > 1), total)


@cache
def _dictionary() -> tuple[Mapping[str, tuple[int, str]], int]:
    """Read jieba's dictionary itself: the cache that jieba keeps of it may be another's."""
    found: dict[str, tuple[int, str]] = {}
    total = 0
    with (resources.files("jieba") / "dict.txt").open(encoding="utf-8") as lines:
        for line in lines:
            word, written, tag = line.split()
            # Rare characters have counts under "zg" that no text bears out.
            if len(word) > 1 or tag != "zg" or level(word) == 1:
                count = LOST.get(word) or max(int(written), 1)
                found[word] = count, intern(f"{min(len(word), 2)}{tag}")
                total += count
    return found, total


@cache
def following() -> Mapping[str, Mapping[str, float]]:
    """Load what kinds of words follow each other.

    Returns
    -------
    mapping of str to mapping of str to float
        For a kind and the next, how much likelier they are together than by chance (natural
        logarithm), after the transitions of jieba's tagger.
    """
    kinds: dict[str, Mapping[str, float]] = {}
    for line in (resources.files(__package__) / "kinds.tsv").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            kind, *cells = line.split("\t")
            pairs = (cell.split(" ") for cell in cells)
            kinds[intern(kind)] = {intern(following): int(gain) / 10 for following, gain in pairs}
    return kinds
