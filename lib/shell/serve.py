"""Start the app: ``python -m lib.shell.serve [streamlit's own options]``. ``make run`` calls it.

It is ``streamlit run Home.py`` with three things said first. Until ``st.navigation`` has run once in a process,
Streamlit takes any folder called ``pages`` for its older kind of multipage app, looks for the deep link there, and
opens a dialog that says the page does not exist (docs/decisions/0005).

And what a person uploads stays in memory: the parser of uploads would put a file of more than 1 MiB into a temporary
file on disk, and a photo of a person is promised never to be written. Nor does the log quote what somebody typed.
"""

from __future__ import annotations

import os
import sys

from lib import quiet_log
from lib.settings import ROOT, one_thread


def main() -> None:
    """Serve Home.py; returns when the server stops."""
    quiet_log.install()
    one_thread()
    from starlette.formparsers import MultiPartParser
    from streamlit.runtime.pages_manager import PagesManager
    from streamlit.web import cli

    PagesManager.uses_pages_directory = False
    MultiPartParser.spool_max_size = sys.maxsize  # never to disk; server.maxUploadSize bounds what one upload may hold
    # Log-in reads its secrets where the rest of the settings comes from.
    secrets = [f"--secrets.files={os.environ['TOILE_SECRETS']}"] if os.environ.get("TOILE_SECRETS") else []
    sys.argv = ["streamlit", "run", str(ROOT / "Home.py"), *secrets, *sys.argv[1:]]
    cli.main()


if __name__ == "__main__":
    main()
