"""``python -m polythemes`` is ``polythemes``."""

from polythemes.cli import main

main()
