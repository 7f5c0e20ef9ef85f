"""Find themes with BERTopic's zero-shot topics: `python -m benchmarks.themes.worker FOLDER`.

Runs in the environment of the peers. Its threshold is 0: at its own, 0.7, nothing is assigned.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np


def main() -> None:
    """Read FOLDER/data.json and data.npz, write FOLDER/found.json."""
    from bertopic import BERTopic
    from bertopic.backend import BaseEmbedder

    folder = Path(sys.argv[1])
    given = json.loads((folder / "data.json").read_text("utf-8"))
    arrays = np.load(folder / "data.npz", allow_pickle=False)
    texts = dict(zip(given["texts"], arrays["texts"], strict=True))
    known = texts | dict(zip(given["lines"], arrays["themes"], strict=True))

    class Known(BaseEmbedder):
        """Look vectors up."""

        def embed(self, documents: list[str], verbose: bool = False) -> np.ndarray:  # noqa: ARG002
            """Give the vectors of texts."""
            return np.array([known[one] for one in documents])

    ids, found = dict(zip(given["lines"], given["ids"], strict=True)), []
    for rows in given["rows"]:
        model = BERTopic(
            embedding_model=Known(),
            zeroshot_topic_list=given["lines"],
            zeroshot_min_similarity=0.0,
            min_topic_size=2,
        )
        topics, _ = model.fit_transform(
            [given["texts"][row] for row in rows], arrays["texts"][rows]
        )
        names = {topic: model.topic_labels_[topic] for topic in set(topics)}
        found.append([ids.get(names[topic], "") for topic in topics])
    (folder / "found.json").write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main()
