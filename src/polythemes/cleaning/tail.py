"""Where an article ends: what of the short lines after its last long paragraph is still its own."""

from __future__ import annotations

from collections.abc import Sequence

from polythemes.cleaning import shapes
from polythemes.cleaning.lines import Line, last_prose

#: Sorts that the short lines behind them share.
PARTS = ("teaser", "footer")
#: Words from which a sentence can be a paragraph by which the article goes on.
SENTENCE = 5


def tail(lines: Sequence[Line]) -> list[Line]:
    """Name the short lines after the last paragraph of prose.

    A closing sentence or list that comes before any sign of the page (navigation, a scrap, a
    counter) is still the article's; so is what goes on behind such a sign with several sentences.

    Parameters
    ----------
    lines : sequence of Line
        The lines of an article.

    Returns
    -------
    list of Line
        The lines.
    """
    lines = list(lines)
    last = last_prose(lines)
    if last < 0:
        return lines
    rest = [i for i in range(last + 1, len(lines)) if lines[i].kind != "blank"]
    kept, part = _closing([lines[i] for i in [last, *rest]]) if rest else 0, ""
    for place, i in enumerate(rest[kept:], kept):
        if lines[i].kind:
            part = lines[i].sort if lines[i].sort in PARTS else part if not lines[i].sort else ""
            continue
        broken = any(shapes.is_truncated(lines[k].text) for k in rest[place : place + 2])
        sort = "teaser" if broken else part or "navigation"
        why = "breaks off, as lists of other articles do" if broken else "no sentence"
        why = f"among lines of the sort {part}" if part and not broken else why
        lines[i] = lines[i].is_("boilerplate", f"after the last paragraph: {why}", sort)
    return lines


def _closing(lines: Sequence[Line]) -> int:
    """Count the lines after the last paragraph of prose, the first one, that are the article's."""
    alone = sum(shapes.is_truncated(line.text) for line in lines[1:]) == 1
    for i, line in enumerate(lines[1:], 1):
        after = lines[i + 1] if i + 1 < len(lines) else None
        announced = shapes.opens_list(lines[i - 1].text) or lines[i - 1].is_item
        item = line.is_item and announced
        own = not line.kind and (item or _closes(line, after, alone=alone))
        if line.kind in ("byline", "body"):  # neither a caption nor a list ends an article
            continue
        if not own and not _goes_on(lines[i:]):
            return i - 1
    return len(lines) - 1


def _goes_on(lines: Sequence[Line]) -> bool:
    """Tell whether the article goes on behind a heading, or a line of the page, of its own."""
    sentences = 3 if lines[0].kind else 2
    after = lines[1 : 1 + sentences]
    return (
        (bool(lines[0].kind) or lines[0].is_scrap)
        and len(after) == sentences
        and all(not line.kind and shapes.has_full_stop(line.text) for line in after)
        and all(line.words >= SENTENCE for line in after)
    )


def _closes(line: Line, after: Line | None, *, alone: bool) -> bool:
    """Tell whether a line after the last paragraph of prose closes as the article's lines do."""
    if shapes.BULLET.match(line.text) or not shapes.is_sentence(line.text):
        return False
    if shapes.is_truncated(line.text):
        return alone and line.words > 2
    if shapes.opens_list(line.text):
        return line.words > 3 and after is not None and (after.is_item or after.kind == "body")
    # A title that asks or calls stands over the abstract that breaks off.
    teased = after is not None and shapes.is_truncated(after.text)
    return shapes.has_full_stop(line.text) or not teased
