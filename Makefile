# make run    the app at http://localhost:8501 (PORT=8600 make run for another port)
# make test   everything that a change must pass
SHELL := /bin/bash
PORT ?= 8501
VENV ?= .venv
# The first Python that runs and is 3.11 or 3.12: a name on the path may be a stand-in for a version that isn't installed.
FITS := import sys; sys.exit(sys.version_info[:2] not in ((3, 11), (3, 12)))
PYTHON ?= $(shell for p in python3.12 python3.11 python3; do $$p -c '$(FITS)' 2>/dev/null && echo $$p && break; done)
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input -q
WORKERS ?= 2

.PHONY: run install dev browser lint fix types layers test test-all bench analyses proofs clean

run: install
	$(BIN)/python -m lib.shell.serve --server.port $(PORT)

install: $(VENV)/.installed

$(VENV)/.python:
	@test -n "$(PYTHON)" && $(PYTHON) -c '$(FITS)' || { echo "Toile needs Python 3.11 or 3.12. Install one, or name it: make PYTHON=/path/to/python3.11 ..."; exit 1; }
	$(PYTHON) -m venv $(VENV)
	touch $@

$(VENV)/.installed: requirements.txt requirements-nodeps.txt $(VENV)/.python
	$(PIP) install -r requirements.txt
	$(PIP) install --no-deps -r requirements-nodeps.txt
	touch $@

dev: $(VENV)/.dev

$(VENV)/.dev: requirements-dev.txt $(VENV)/.installed
	$(PIP) install -r requirements-dev.txt
	touch $@

# A Chromium that is there, else the system's package, else Playwright's own.
browser: dev
	$(BIN)/python -m tests.browser

lint: dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

fix: dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: dev
	$(BIN)/mypy

layers: dev
	$(BIN)/lint-imports

test: browser lint types layers
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile -m "not long"

test-all: browser lint types layers
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile

bench: browser
	$(BIN)/python -m bench all

# What a page shows to its first visitor at once; holds for exactly the code and the sample of now.
analyses: dev
	$(BIN)/python -m bench analyses

proofs: analyses
	$(BIN)/python -m bench stale_proofs

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
