"""Find themes in press articles across languages, with evidence that can be cited."""

__version__ = "0.1.0"
