"""``python -m diplograph_cli`` is the command ``diplograph``."""

from diplograph_cli import main

main()
