"""Draw the figures: one module a family, each from the tables of a run.

Every drawing function takes tables and returns the pair of a :class:`matplotlib.figure.Figure` and
the :class:`pandas.DataFrame` of what it shows; :func:`polythemes.figures.files.save` writes both.
"""
