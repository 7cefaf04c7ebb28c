"""Performance against baselines and peers, measured in one run: ``python -m bench NAME [--json FILE]``."""
