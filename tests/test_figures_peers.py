"""The figure of topic models side by side, from what was measured and is kept with the program."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from polythemes.figures import peers


def test_what_was_measured_is_whole():
    found = peers.measured()
    assert {"method", "form", "k", *peers.PANELS} <= set(found)
    assert set(found["form"]) == set(peers.FORMS)
    assert peers.OURS in set(found["method"])
    assert found["nmi"].dropna().between(0, 1).all()
    # A method without numbers says why.
    assert found.loc[found["nmi"].isna(), "note"].str.len().gt(0).all()


def test_every_method_that_was_measured_has_a_line():
    found = pd.DataFrame(
        [("ours", "parallel", "given", 0.5), ("theirs", "parallel", "found", 0.4)],
        columns=["method", "form", "k", "nmi"],
    ).assign(leakage=0.0, shuffle_ari=1.0, seconds=2.0, peak_mb=300.0)
    none = found.assign(method="broken", nmi=float("nan"))
    figure = peers.figure(pd.concat([found, none]), "two texts")
    assert isinstance(figure, Figure)
    said = [text.get_text() for text in figure.findobj(lambda a: hasattr(a, "get_text"))]
    assert {"ours, given", "theirs, found"} <= set(said)
    assert not any("broken" in text for text in said)
