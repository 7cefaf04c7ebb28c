"""Which heavy packages are loaded once Home is drawn: none should be."""

from __future__ import annotations

import json
import subprocess
import sys

from bench.model import Result

HEAVY = (
    "torch", "diffusers", "transformers", "cv2", "sklearn", "scipy", "ortools", "duckdb", "openai", "anthropic",
    "mediapipe", "trimesh", "presidio_analyzer", "py3langid", "openpyxl", "statsmodels", "playwright",
)  # fmt: skip
PROGRAM = """
import json, os, sys, tempfile
os.environ["TOILE_DB"] = os.path.join(tempfile.mkdtemp(), "toile.db")
from streamlit.testing.v1 import AppTest
app = AppTest.from_file("Home.py", default_timeout=60).run()
assert not app.exception, app.exception
print("MODULES" + json.dumps(sorted({name.split(".")[0] for name in sys.modules})))
"""


def run() -> Result:
    """Draw Home in a process of its own and look at what it loaded."""
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    loaded = set(json.loads(done.stdout.split("MODULES")[-1]))
    heavy = sorted(loaded & set(HEAVY))
    return Result("home_imports", "heavy packages loaded", len(heavy), 0, "packages", {"loaded": heavy})
