"""Topics, themes and evidence, from passages, terms and vectors."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from polythemes import features, themes
from polythemes.features import Features
from polythemes.pipeline.compared import Meant, models, numbers
from polythemes.pipeline.given import Teller
from polythemes.settings import Settings
from polythemes.topic_names import Entry

Tables = dict[str, pd.DataFrame]


def analyse(
    found: Features,
    chosen: Settings,
    examples: pd.DataFrame,
    meant: Meant,
    given_names: Sequence[Entry] = (),
    *,
    teller: Teller,
) -> Tables:
    """Find topics, their terms and names, themes and evidence.

    Parameters
    ----------
    found : Features
        Passages, terms and vectors.
    chosen : Settings
        The settings.
    examples : pandas.DataFrame
        Columns ``theme_id`` and ``text``: the texts that name the themes.
    meant : Meant
        Concepts, and which are near.
    given_names : sequence of Entry
        Names that a person gave to topics.
    teller : Teller
        Is told of named topics that moved.

    Returns
    -------
    dict of str to pandas.DataFrame
        All tables that are made of these.
    """
    from polythemes import layout, scores

    passages = found.passages
    # Threads of small products wait for each other longer than they work.
    with threadpool_limits(1):
        places = layout.layout(found.vectors)
        return {
            **_topics(found, chosen, meant, given_names, teller),
            **_themes(found, chosen, examples),
            "neighbours": scores.neighbours(found.vectors, passages),
            "layout": passages[["passage_id"]].assign(x=places[:, 0], y=places[:, 1]),
        }


def _topics(
    found: Features,
    chosen: Settings,
    meant: Meant,
    given_names: Sequence[Entry],
    teller: Teller,
) -> Tables:
    """Find topics: a passage that stands again, or in another language, counts once in them."""
    from polythemes import concepts, duplicates, scores, topic_names, topic_terms, topics

    passages = found.passages
    again = {"resamples": chosen.resamples, "seed": chosen.seed}
    # One that stands several times counts once in the terms too.
    counted = found.terms[found.terms["passage_id"].isin(_once(passages))]
    group = duplicates.fold(passages, found.vectors)
    model = topics.TopicModel(chosen.topics, seed=chosen.seed)
    model.fit(duplicates.folded(found.vectors, group))
    placed = passages[["passage_id"]].assign(place=np.unique(group, return_inverse=True)[1])
    members = topics.members(model, found.vectors, passages["passage_id"])
    labels = members[["passage_id", "topic_id"]]
    terms = topic_terms.rank(counted, labels, meant.concepts, most=chosen.terms)
    names = _names(terms, counted, members, passages, given_names, teller)
    parts = topics.table(model.transform(found.vectors), passages["passage_id"])
    measured = [scores.leakage(labels, passages, **again), scores.coherence(terms, counted)]
    tables = {
        "topics": topic_names.topics(members, passages, names),
        "topic_members": members,
        "topic_names": names,
        "topic_shares": parts,
        "topic_choice": numbers(model, placed, counted, meant.concepts, most=chosen.terms),
        "topic_tree": topics.merges(model),
        "article_topics": topics.by_article(parts, passages, **again),
        "topic_terms": terms,
        "concept_counts": concepts.counts(found.terms, meant.concepts),
        "scores": pd.concat(measured, ignore_index=True),
    }
    return tables | {"models": models(found, chosen, meant, tables, teller=teller)}


def _names(
    topic_terms: pd.DataFrame,
    terms: pd.DataFrame,
    members: pd.DataFrame,
    passages: pd.DataFrame,
    given: Sequence[Entry],
    teller: Teller,
) -> pd.DataFrame:
    """Name the topics, by what a person said where there is such."""
    from polythemes import topic_names

    middle = topic_names.central(members, passages)
    matches = topic_names.match(given, members, passages)
    for one in matches:
        if one.told:
            teller.say(f"topics.toml: {one.told}")
    return topic_names.named(topic_names.found(topic_terms, terms, middle), matches)


def _themes(found: Features, chosen: Settings, examples: pd.DataFrame) -> Tables:
    """Find the themes that a researcher named, and what speaks for them."""
    from polythemes import evidence

    passages = found.passages
    vector_of = dict(zip(found.examples["sha256"], found.examples["vector"], strict=True))
    naming = np.stack([vector_of[features.key(text)] for text in examples["text"]])
    against = examples["kind"].eq("counter-example")
    named = themes.ThemeModel().fit(naming, list(examples["theme_id"]), list(against))
    shares = named.transform(found.vectors, passages)
    # The rest's subjects and counter-examples speak for no theme; frames repeat words.
    told = examples["kind"].isin(["word", "example"]).to_numpy()
    meaning = evidence.Meaning(found.vectors, examples[told], naming[told])
    return {
        "theme_shares": shares,
        "article_themes": themes.by_article(
            shares, passages, resamples=chosen.resamples, seed=chosen.seed
        ),
        "evidence": evidence.find(shares, passages, found.terms, meaning, most=chosen.evidence),
    }


def _once(passages: pd.DataFrame) -> pd.Series:
    """Give the ids of the passages, of those with the same text only the first."""
    return passages.sort_values("passage_id").drop_duplicates("sha256")["passage_id"]
