"""Train InfoCTM or NMTM (package topmost) on two languages for as long as a limit allows.

`python -m benchmarks.topics.neural_worker MODEL FOLDER OUT SECONDS`, in the environment of the
peers; FOLDER holds `{train,test}_texts_{en,cn}.txt` and `ch_en_dict.dat` (EC News). Settings are
the package's: batches of 200, Adam at 0.002, 500 epochs unless the limit ends them; 50 topics.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import torch
from gensim.models import Word2Vec
from gensim.parsing.porter import PorterStemmer
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import CountVectorizer
from topmost.models.crosslingual.InfoCTM.InfoCTM import InfoCTM
from topmost.models.crosslingual.NMTM import NMTM

TOPICS, TERMS, EPOCHS, BATCH, RATE, SEED = 50, 15, 500, 200, 0.002, 0
LANGUAGES = ("en", "cn")
Counts = dict[str, csr_matrix]


def main() -> None:
    """Train, then write OUT.json (top terms, epochs) and OUT.npz (topic scores of texts)."""
    name, folder, out, limit = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), float(sys.argv[4])
    begun = time.monotonic()
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    texts = {
        (part, language): (folder / f"{part}_texts_{language}.txt").read_text("utf-8").split("\n")
        for part in ("train", "test")
        for language in LANGUAGES
    }
    texts = {key: lines[:-1] if lines[-1] == "" else lines for key, lines in texts.items()}
    readers = {
        language: CountVectorizer(analyzer=str.split).fit(texts["train", language])
        for language in LANGUAGES
    }
    words = {language: list(readers[language].get_feature_names_out()) for language in LANGUAGES}
    counts = {
        key: readers[key[1]].transform(lines).astype(np.float32) for key, lines in texts.items()
    }
    model = build(name, words, texts, counts, translations(folder / "ch_en_dict.dat", words))
    train = {language: counts["train", language] for language in LANGUAGES}
    epochs = fit(model, train, begun + limit)
    with torch.no_grad():
        betas = dict(zip(LANGUAGES, (beta.numpy() for beta in model.get_beta()), strict=True))
    top = {
        language: [[words[language][i] for i in row.argsort()[::-1][:TERMS]] for row in beta]
        for language, beta in betas.items()
    }
    scores = {
        f"{part}_{language}": scored(model, rows, language)
        for (part, language), rows in counts.items()
    }
    np.savez_compressed(out.with_suffix(".npz"), **scores)
    cost = {"seconds": time.process_time(), "wall_seconds": time.monotonic() - begun}
    told = {"model": name, "epochs": round(epochs, 2), "of": EPOCHS, **cost, "top_words": top}
    out.with_suffix(".json").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")


def translations(path: Path, words: dict[str, list[str]]) -> np.ndarray:
    """Give 1 where the dictionary translates an English word (row) by a Chinese one (column)."""
    stem = PorterStemmer()
    english: dict[str, list[int]] = {}
    for place, word in enumerate(words["en"]):
        # The dictionary's English is stemmed; a word that equals an entry counts too.
        for form in {word, stem.stem(word)}:
            english.setdefault(form, []).append(place)
    chinese = {word: place for place, word in enumerate(words["cn"])}
    matrix = np.zeros((len(words["en"]), len(words["cn"])), dtype=np.float32)
    for line in path.read_text("utf-8").split("\n"):
        pair = line.split("\t")
        if len(pair) == 2 and pair[0] in chinese:
            matrix[english.get(pair[1].strip(), []), chinese[pair[0]]] = 1
    return matrix


def build(
    name: str, words: dict[str, list[str]], texts: Any, counts: Any, matrix: np.ndarray
) -> torch.nn.Module:
    """Make an untrained model."""
    sizes = [len(words[language]) for language in LANGUAGES]
    if name == "InfoCTM":
        vectors = [embedded(texts["train", language], words[language]) for language in LANGUAGES]
        return InfoCTM(matrix, *vectors, *sizes, num_topics=TOPICS)
    maps = []
    for translated, language in ((matrix, "en"), (matrix.T, "cn")):
        often = np.asarray(counts["train", language].sum(axis=0)).reshape(-1, 1)
        weight = translated * often + 1
        maps.append((weight / weight.sum(axis=1, keepdims=True)).astype(np.float32))
    return NMTM(*maps, *sizes, num_topics=TOPICS)


def embedded(texts: list[str], words: list[str]) -> np.ndarray:
    """Train word2vec on the texts: InfoCTM wants vectors of words to widen the dictionary by."""
    lines = [text.split() for text in texts]
    model = Word2Vec(lines, vector_size=100, min_count=1, epochs=10, seed=SEED, workers=1)
    return model.wv[words]


def fit(model: torch.nn.Module, counts: Counts, end: float) -> float:
    """Train until the last epoch or the end (of the monotonic clock); give the epochs made."""
    optimizer = torch.optim.Adam([p for p in model.parameters() if p.requires_grad], lr=RATE)
    draw = np.random.default_rng(SEED)
    longest = max(rows.shape[0] for rows in counts.values())
    steps = -(-longest // BATCH)
    model.train()
    for step in range(EPOCHS * steps):
        if step % steps == 0:
            order = draw.permutation(longest)
        if time.monotonic() > end:
            return step / steps
        places = order[step % steps * BATCH :][:BATCH]
        # The shorter language begins again, as in the package's own loader.
        batch = [rows[places % rows.shape[0]].toarray() for rows in counts.values()]
        loss = model(*map(torch.from_numpy, batch))["loss"]
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return float(EPOCHS)


def scored(model: torch.nn.Module, counts: csr_matrix, language: str) -> np.ndarray:
    """Give the topic scores of texts."""
    model.eval()
    with torch.no_grad():
        parts = [
            model.get_theta(torch.from_numpy(counts[i : i + BATCH].toarray()), language).numpy()
            for i in range(0, counts.shape[0], BATCH)
        ]
    return np.concatenate(parts).astype(np.float32)


if __name__ == "__main__":
    main()
