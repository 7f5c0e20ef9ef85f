"""Take the words of a Markdown text, line by line, and what it tells of itself."""

from __future__ import annotations

import re
from collections.abc import Mapping

from markdown_it import MarkdownIt
from markdown_it.token import Token

from polythemes.articles.html import visible

#: Lines between two of hyphens, at the very beginning.
MATTER = re.compile(r"\s*---[ \t]*\n(?P<lines>(?:.*\n){0,99}?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
#: A name, and its value on the same line.
VALUE = re.compile(r"(?P<name>\w[\w-]*):[ \t]+(?P<value>\S.*)")
#: Strong marks that CommonMark leaves beside the marks of Chinese and Japanese.
STRONG = re.compile(r"\*\*(?=\S)([^*\n]*[^*\s])\*\*")
#: What stands for the mark of an item, as plain texts have it.
BULLET = "• "
# Blanks in front of a paragraph are no code in a text of the press.
_PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"]).disable("code")


def read(text: str) -> tuple[str, Mapping[str, str]]:
    r"""Take the words of a text, and what it tells of itself.

    Parameters
    ----------
    text : str
        The text, with Unix line ends.

    Returns
    -------
    text : str
        As many lines, each without its marks, addresses and pictures (CommonMark with tables). An
        item keeps a bullet or its number, ``|`` parts the cells of a row, front matter is gone. The
        text as it came where no word is left.
    told : mapping of str to str
        Every name of its front matter with its value, a list in brackets with commas; ``title``
        from the first heading of the first level where the matter has none.

    Examples
    --------
    >>> read("---\nauthor: [Ada, \"Bo\"]\n---\n# *One*\n- [Text](http://a.org).")
    ('\n\n\nOne\n• Text.', {'title': 'One', 'author': 'Ada, Bo'})
    """
    matter = MATTER.match(text)
    before, body = (matter.group(), text[matter.end() :]) if matter else ("", text)
    lines, title = _lines(body)
    found = (VALUE.fullmatch(line) for line in (matter["lines"] if matter else "").split("\n"))
    told = ({"title": title} if title else {}) | {
        one["name"].lower(): _plain(one["value"]) for one in found if one
    }
    words = "\n" * before.count("\n") + "\n".join(lines)
    return words if words.strip() else text, told


def _lines(body: str) -> tuple[list[str], str]:
    """Give the words of every line, and the first heading of the first level."""
    found, title = [""] * (body.count("\n") + 1), ""
    item = block = ""
    for token in _PARSER.parse(body):
        if token.type == "list_item_open":
            item = f"{token.info}{token.markup} " if token.info else BULLET
        if token.map and token.content:
            lines = _block(token)
            for number, line in enumerate(lines, token.map[0] + (token.type == "fence")):
                found[number] += (" | " if found[number] else item) + line
                item = ""
            title = title or (lines[0] if block == "h1" else "")
        block = token.tag
    return found, title


def _block(token: Token) -> list[str]:
    """Give the words of a block, no more lines than it has."""
    if token.type == "inline":
        return STRONG.sub(r"\1", "".join(map(_seen, token.children or ()))).split("\n")
    lines = token.content.removesuffix("\n").split("\n")
    if token.type != "html_block":
        return lines
    seen = visible(token.content).split("\n")
    return seen if len(seen) <= len(lines) else [" ".join(seen)]


def _seen(token: Token) -> str:
    """Give what a reader sees of a piece of a line."""
    if token.type in ("softbreak", "hardbreak"):
        return "\n"
    if token.type == "html_inline":
        return " " if token.content.lower().startswith("<br") else ""
    return "" if token.type == "image" else token.content.replace("\n", " ")


def _plain(value: str) -> str:
    """Take the marks of a list, and of a text, off a value."""
    value = value.strip()
    if value.startswith("[") and value.endswith("]"):
        return ", ".join(filter(None, map(_plain, value[1:-1].split(","))))
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if quoted else value
