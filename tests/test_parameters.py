"""Parameters: read, set and written as scikit-learn does it."""

from __future__ import annotations

import pytest
from sklearn.base import clone

from polythemes.counting import LDA
from polythemes.errors import PolythemesError
from polythemes.topics import TopicModel


def test_parameters_are_read_set_and_written():
    model = TopicModel(4, seed=2)
    assert model.get_params() == {"n_topics": 4, "seed": 2}
    assert repr(model.set_params(seed=3)) == "TopicModel(n_topics=4, seed=3)"
    assert repr(LDA(2)) == "LDA(n_topics=2, seed=0)"


def test_copy_by_scikit_learn_has_them_and_nothing_learned():
    model = TopicModel(4, seed=2)
    model.labels_ = [1]
    copied = clone(model)
    assert (repr(copied), hasattr(copied, "labels_")) == (repr(model), False)


def test_unknown_parameter():
    with pytest.raises(PolythemesError, match="TopicModel has no topics; it has n_topics, seed"):
        TopicModel().set_params(topics=3)
