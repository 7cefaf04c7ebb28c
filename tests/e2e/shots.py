"""Pictures of every page: ``python -m tests.e2e.shots OUT_DIR [--themes light,dark] [--pages home,workspace]``."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from tests.e2e.app import HEIGHTS, LOCALES, browsing, context, serving, slugs, visit


def main() -> None:
    """Save one PNG per page, language, width and theme."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--themes", default="light")
    parser.add_argument("--languages", default=",".join(LOCALES))
    parser.add_argument("--widths", default=",".join(map(str, HEIGHTS)))
    parser.add_argument("--pages", default="")
    wanted = parser.parse_args()
    wanted.out.mkdir(parents=True, exist_ok=True)
    pages = [slug for slug in slugs() if not wanted.pages or (slug or "home") in wanted.pages.split(",")]
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as address, browsing() as browser:
        with context(browser) as first:
            visit(first, address).open()
        for theme in wanted.themes.split(","):
            for language in wanted.languages.split(","):
                for width in map(int, wanted.widths.split(",")):
                    with context(browser, language, width, theme) as visitor:
                        for slug in pages:
                            someone = visit(visitor, address, language)
                            someone.open(slug)
                            name = f"{slug or 'home'}_{language}_{width}_{theme}.png"
                            someone.whole().screenshot(path=wanted.out / name)
                            someone.page.close()
                            print(name, *someone.complaints, sep="\n  ")


if __name__ == "__main__":
    main()
