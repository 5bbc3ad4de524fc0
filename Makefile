# What a developer does, in one word each; `make check` is what CI runs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help install check test test-slow fix migration templates bench

help:  ## show this help
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

install: $(VENV)/installed  ## a virtual environment with partyctl and the tools

$(VENV)/installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	touch $@

check: install  ## formatting, lint, types, import contracts, tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n auto --dist worksteal -m "not slow"

test: install  ## the tests
	$(BIN)/pytest -n auto --dist worksteal -m "not slow"

test-slow: install  ## the tests at full size
	$(BIN)/pytest -n auto --dist worksteal

fix: install  ## format, and mend what lint can
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

migration: install  ## draft a migration: make migration n=0002 m="what changes"
	rm -f .cache/migration.db && mkdir -p .cache
	$(BIN)/partyctl --ledger .cache/migration.db init --organ o --branch b --since 2026-01-01
	$(BIN)/alembic -x ledger=.cache/migration.db revision --autogenerate --rev-id "$(n)" -m "$(m)"

templates: install  ## draw the Word templates anew that the wheel brings
	$(BIN)/python scripts/draw_templates.py

bench: install  ## measure start-up and scale, as ratios against baselines
	$(BIN)/python benchmarks/startup.py
	$(BIN)/python benchmarks/scale.py
