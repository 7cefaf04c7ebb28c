"""The Chromium that drives the browser tests: ``python -m tests.browser`` finds one or installs one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def playwrights_own() -> str | None:
    """Playwright's downloaded Chromium, where there is one."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).is_file() else None


def find() -> str | None:
    """The path of a Chromium: ``TOILE_CHROMIUM``, the system's, or Playwright's; None where there is none."""
    named = os.environ.get("TOILE_CHROMIUM")
    if named:
        return named
    return next((path for name in NAMES if (path := shutil.which(name))), None) or playwrights_own()


def _from_system() -> bool:
    """Install Debian's package where that is possible without asking for a password."""
    if not shutil.which("apt-get"):
        return False
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if prefix and not shutil.which("sudo"):
        return False
    return all(
        subprocess.run([*prefix, "apt-get", *command], check=False).returncode == 0
        for command in (["-q", "update"], ["-q", "install", "-y", "--no-install-recommends", "chromium"])
    )


def main() -> int:
    """Find or install a Chromium; 0 where there is one in the end."""
    if not find() and not _from_system():
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)
    path = find()
    print(
        f"Chromium: {path}" if path else "No Chromium could be found or installed: install one, or set TOILE_CHROMIUM."
    )
    return 0 if path else 1


if __name__ == "__main__":
    sys.exit(main())
