"""Topics found in vectors: the model, its tree and its choice, shares and files."""

from polythemes.topics.model import TopicModel
from polythemes.topics.overview import cuts, members, merges
from polythemes.topics.shares import by_article, table

__all__ = ["TopicModel", "by_article", "cuts", "members", "merges", "table"]
