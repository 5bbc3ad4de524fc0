# What a developer does, in one word each; `make check` is what CI runs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Tests wait for no disk, where memory has room for their files; hard tests do.
MEMORY := $(shell test -w /dev/shm && df -Pk /dev/shm | awk 'END {if ($$4 > 2000000) print "PYTEST_DEBUG_TEMPROOT=/dev/shm"}')
PYTEST := $(BIN)/pytest -n auto --dist worksteal --durations 10
EVERYDAY := not slow and not hard and not long
ON_DAY := $(BIN)/python -m tests.support.another_day
# Only the files with such tests: reading all of them takes twenty seconds of each worker.
DATED := $(shell grep -rl --include='test_*.py' 'mark\.dated' tests)
HARD := $(shell grep -rl --include='test_*.py' 'mark\.hard' tests)
LONG := $(shell grep -rlE --include='test_*.py' 'mark\.(long|sweep)' tests)
DAYS ?= 2026-12-15 2027-02-28 2028-02-29

.PHONY: help install check check-hard test test-days test-slow fix demo guide migration frozen templates reference bench bench-rollup mutants pictures

help:  ## show this help
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

install: $(VENV)/installed  ## a virtual environment with partyctl and the tools

$(VENV)/installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	touch $@

# For trying it out: without the tools.
$(BIN)/partyctl: pyproject.toml constraints.txt
	@echo 'Setting up $(VENV), a minute or two … 正在安装，要一两分钟……'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	@touch $@

check: install  ## formatting, lint, import contracts, types beside the tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	@mkdir -p .cache; $(BIN)/mypy > .cache/types.txt 2>&1 & types=$$!; \
	$(MEMORY) $(PYTEST) -m "$(EVERYDAY)"; tests=$$?; \
	wait $$types || { cat .cache/types.txt; exit 1; }; exit $$tests

check-hard: install  ## another day, long tests, kills, load, failing disks, a real cron; needs strace and cron
	$(MEMORY) $(ON_DAY) 2028-02-29 -q -n auto -m "dated and not slow and not hard" $(DATED)
	$(MEMORY) $(PYTEST) -m "long and not hard and not slow" $(LONG)
	$(PYTEST) -m "hard and not slow" $(HARD)

test: install  ## the tests without those of check-hard
	$(MEMORY) $(PYTEST) -m "$(EVERYDAY)"

test-days: install  ## all tests of check and check-hard, as if it were another day
	for day in $(DAYS); do \
	$(ON_DAY) $$day -n auto --dist worksteal -m "not slow" || exit; done

test-slow: install  ## all tests, at full size too
	$(PYTEST)

fix: install  ## format, and mend what lint can
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

demo: $(BIN)/partyctl  ## the first month of the README, from the beginning; all of it is in demo/
	@rm -rf demo
	@mkdir -m 700 demo && printf '%s\n' '#!/bin/sh' '# partyctl on the ledger of the demo; it writes nothing outside of this folder.' \
	'here=$$(cd "$$(dirname "$$0")" && pwd)' \
	'PARTYCTL_LEDGER="$$here/ledger.db" XDG_STATE_HOME="$$here/state" XDG_CONFIG_HOME="$$here/config" \' \
	'exec "$$here/../$(BIN)/partyctl" "$$@"' > demo/partyctl && chmod +x demo/partyctl
	@demo/partyctl batch docs/examples/first-month.txt > demo/first-month.log || test $$? -eq 3
	@demo/partyctl check --as-of 2026-04-10 || test $$? -eq 3
	@echo
	@echo '台账在 demo/ledger.db，刚才的回答在 demo/first-month.log。接着试：demo/partyctl status'
	@echo '不要了：rm -r demo（连同 .venv 就什么也不剩）'
	@echo 'The ledger is demo/ledger.db, the answers are in demo/first-month.log. Go on: demo/partyctl status'
	@echo 'Remove it: rm -r demo (and .venv, and nothing is left)'

guide: install  ## the answers on the guide's pages anew: make guide, or make guide pages=03-dues
	$(BIN)/python -m tests.docs.following $(pages)

migration: install  ## draft the next migration: make migration m="what changes"
	$(BIN)/python scripts/draft_migration.py "$(m)"

frozen: install  ## freeze a ledger of a new schema for the tests; commands=FILE to fill a new table
	$(BIN)/python scripts/freeze_ledger.py $(commands)

templates: install  ## draw the Word templates anew that the wheel brings
	$(BIN)/python scripts/draw_templates.py

pictures: install  ## draw the pictures of the README anew; needs chromium and fonts-noto-cjk
	$(BIN)/python scripts/draw_pictures.py

reference: install  ## write docs/reference and the man pages from the commands, rules and exit codes
	$(BIN)/python -m scripts.reference

bench: install  ## measure commands and growth into docs/performance.md; print startup, scale against SQL, and how long writers wait (twenty quiet minutes)
	$(BIN)/python benchmarks/instructions.py
	$(BIN)/python benchmarks/growth.py --write
	$(BIN)/python benchmarks/startup.py
	$(BIN)/python benchmarks/scale.py --rounds 1
	$(BIN)/python benchmarks/waits.py

bench-rollup: install  ## measure many ledgers and their hub, at nice 10, into docs/rollup-scale.md (half an hour)
	nice -n 10 $(BIN)/python benchmarks/rollup.py --write

mutants: install  ## change the law in 300 small ways; what no test notices is listed (some ten minutes of a processor)
	$(BIN)/python scripts/mutate_law.py --sample 300 --seed 1
