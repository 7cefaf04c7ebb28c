"""Start the app: ``python -m lib.shell.serve [streamlit's own options]``. ``make run`` calls it.

It is ``streamlit run Home.py`` with one thing said first. Until ``st.navigation`` has run once in a process, Streamlit
takes any folder called ``pages`` for its older kind of multipage app, looks for the deep link there, and opens a dialog
that says the page does not exist (docs/decisions/0005).
"""

from __future__ import annotations

import os
import sys

from lib.settings import ROOT

# One thread each for the numerical libraries, said before any of them is loaded: their own threads spin while they wait
# for each other, and two people's analyses on two cores then take ten times as long as one after the other.
ONE_THREAD = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


def main() -> None:
    """Serve Home.py; returns when the server stops."""
    for name in ONE_THREAD:
        os.environ.setdefault(name, "1")
    from streamlit.runtime.pages_manager import PagesManager
    from streamlit.web import cli

    PagesManager.uses_pages_directory = False
    sys.argv = ["streamlit", "run", str(ROOT / "Home.py"), *sys.argv[1:]]
    cli.main()


if __name__ == "__main__":
    main()
