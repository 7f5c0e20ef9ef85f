"""Take the article out of a web page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html.parser import HTMLParser

CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.-]+)""")
LANGUAGE = re.compile(r"""<html[^>]*\slang\s*=\s*["']?([A-Za-z]{2,3})\b""", re.IGNORECASE)
#: What trafilatura puts around the rows of a table, and below its header.
TABLE = re.compile(r"^\|(?:---\|)+(?:\n|\Z)|^\| ?| \|[ |]*$", re.MULTILINE)
#: Bytes at the beginning of a page in which it names its encoding (the HTML standard's number).
HEAD = 1024
#: A date outside these is none of an article. Fixed, so that no answer hangs on today's date.
EARLIEST, LATEST = "1980-01-01", "2100-01-01"
#: Elements whose text no reader sees.
UNSEEN = frozenset({"head", "script", "style", "template", "noscript", "svg", "select", "textarea"})
#: Elements that stand within a line.
INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font"}
    | {"i", "ins", "kbd", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike"}
    | {"strong", "sub", "sup", "time", "tt", "u", "var", "wbr"}
)


def charset(data: bytes) -> str:
    """Give the encoding that a page names.

    Parameters
    ----------
    data : bytes
        The page.

    Returns
    -------
    str
        Its name in small letters; "" if the page names none.
    """
    found = CHARSET.search(data[:HEAD])
    return found.group(1).decode("ascii").lower() if found else ""


def read(page: str) -> tuple[str, Mapping[str, str]]:
    """Take the text of the article and what is told of it out of a page.

    Parameters
    ----------
    page : str
        The page.

    Returns
    -------
    text : str
        The article as trafilatura finds it, more rather than less, as the cleaning sorts its
        lines; all visible text where it finds nothing.
    told : mapping of str to str
        ``title``, ``author``, ``date``, ``source`` and ``language``, "" where the page is silent.
    """
    # It takes a second to load, and most corpora hold no page.
    from trafilatura import bare_extraction

    dates = {"original_date": True, "extensive_search": False}
    found = bare_extraction(
        page,
        favor_recall=True,
        include_comments=False,
        with_metadata=True,
        date_extraction_params={**dates, "min_date": EARLIEST, "max_date": LATEST},
    )
    told = found.as_dict() if found is not None and not isinstance(found, dict) else {}
    language = LANGUAGE.search(page)
    return TABLE.sub("", told.get("text") or "") or visible(page), {
        "title": told.get("title") or "",
        "author": told.get("author") or "",
        "date": told.get("date") or "",
        "source": told.get("sitename") or "",
        "language": language.group(1) if language else "",
    }


def visible(page: str) -> str:
    r"""Give all text of a page that a reader sees.

    Parameters
    ----------
    page : str
        The page.

    Returns
    -------
    str
        Its text, a line for every block.

    Examples
    --------
    >>> visible("<head><title>No</title></head><p>One <b>line</b>.<p>Another.<script>no</script>")
    'One line.\nAnother.'
    """
    parser = _Visible()
    parser.feed(page)
    parser.close()
    lines = (" ".join(line.split()) for line in "".join(parser.found).split("\n"))
    return "\n".join(line for line in lines if line)


class _Visible(HTMLParser):
    """Gather the text that stands in no unseen element."""

    def __init__(self) -> None:
        """Begin with nothing found."""
        super().__init__()
        self.found: list[str] = []
        self.unseen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Break the line at a block; go silent at what is not seen."""
        del attrs
        if tag in UNSEEN:
            self.unseen.append(tag)
        elif tag == "body":
            self.unseen = []
        if tag not in INLINE:
            self.found.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """Break the line behind a block; go on behind what is not seen."""
        if tag in self.unseen:
            del self.unseen[self.unseen.index(tag) :]
        if tag not in INLINE:
            self.found.append("\n")

    def handle_data(self, data: str) -> None:
        """Keep what is seen; a line end in the source is a blank."""
        if not self.unseen:
            self.found.append(data.replace("\n", " "))
