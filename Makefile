# `make run` needs Python >= 3.11 and make, nothing else; `make test` brings what the tests need.
# PORT, HOST, DATA, KEYS, DATABASE_URL, REDIS_URL and PUBLIC_URL reach the server from the environment
# or from the command line: `make run PORT=9000`.

.DEFAULT_GOAL := help
.NOTPARALLEL:

VENV := .venv
BIN := $(VENV)/bin
# Without compiling: what is never imported need not be.
INSTALL := $(BIN)/python -m pip --disable-pip-version-check --quiet install --no-compile --require-hashes --no-deps
PYTEST := $(BIN)/python -m pytest
# npm and the tools under node_modules start with `env node`: the wheel's Node answers.
export PATH := $(abspath $(BIN)):$(PATH)
# Compiled once, not by every process: starting the server costs 1.9 s of CPU then instead of 5.5.
export PYTHONDONTWRITEBYTECODE :=
# Behind a company's proxy, npm trusts what the rest of the machine trusts.
export NODE_USE_SYSTEM_CA := 1

.PHONY: help
help: ## Show this
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' Makefile

.PHONY: run
run: $(VENV)/run.stamp ## Start Popshot with a demo campaign on http://localhost:8000
	@$(BIN)/python -m server.run --demo

.PHONY: demo-embed
demo-embed: $(VENV)/run.stamp ## The demo in other people's pages: http://blog.localhost:8080, shop, town
	@$(BIN)/python -m tools.demo_embed

.PHONY: test
test: lint js unit race browser ## Everything that must hold before a merge

.PHONY: lint
lint: $(VENV)/test.stamp node_modules/.stamp ## Style, types, directions, browser floor, links
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tools.check_links
	$(BIN)/python -m tools.check_traces
	node_modules/.bin/eslint .
	node_modules/.bin/tsc --project tsconfig.json
	node_modules/.bin/tsc --project tsconfig.tests.json

.PHONY: js
js: node_modules/.stamp ## The game's own tests, in Node
	$(BIN)/node --test "tests/game/**/*.test.js"

.PHONY: unit
unit: node_modules/.stamp ## The Python tests, on SQLite and PostgreSQL
	$(PYTEST) tests --ignore tests/race --ignore tests/browser --numprocesses 3 --dist worksteal

.PHONY: race
race: $(VENV)/test.stamp ## Many at once for the same thing, on SQLite and PostgreSQL
	$(PYTEST) tests/race --numprocesses 2 --dist worksteal

.PHONY: browser
browser: $(VENV)/test.stamp ## A real Chromium plays
	$(BIN)/python -m tests.rig.chromium
	$(PYTEST) tests/browser --numprocesses 4 --dist loadscope --no-loadscope-reorder --timeout 240

.PHONY: bench
bench: node_modules/.stamp ## Measure, on an otherwise quiet machine
	$(BIN)/python -m bench.replay
	$(BIN)/node bench/cohorts.mjs
	$(BIN)/python -m tests.rig.chromium
	$(BIN)/python -m bench.first_frame
	$(BIN)/python -m bench.frame
	$(BIN)/python -m bench.lighthouse
	$(BIN)/python -m bench.share_card
	$(BIN)/python -m bench.forecast
	$(BIN)/python -m bench.winning_moments
	$(BIN)/python -m bench.draw
	$(BIN)/python -m bench.import_codes
	$(BIN)/python -m bench.screening
	$(BIN)/python -m bench.desk
	$(BIN)/python -m bench.office

.PHONY: chaos
chaos: $(VENV)/test.stamp ## Deeds in any order, at length; kill -9 while people play, 200 times on each database or KILLS=20
	POPSHOT_LONG=1 $(PYTEST) tests/prizes/test_machine.py tests/prizes/test_gift_machine.py \
		tests/comments/test_nothing_unruled_leaves.py tests/attacks/test_honest.py \
		tests/play/test_codes_and_keepsakes.py
	$(BIN)/python -m bench.chaos --kills $(or $(KILLS),200)

.PHONY: lock
lock: $(VENV)/test.stamp ## Pin the requirements again; UPGRADE=1 takes newer releases
	$(BIN)/python -m tools.lock $(if $(UPGRADE),--upgrade)

.PHONY: vendor
vendor: node_modules/.stamp ## Copy the pinned browser files and lists of words to where they are used
	$(BIN)/python -m tools.vendor
	$(BIN)/python -m tools.words

.PHONY: bundle
bundle: node_modules/.stamp ## Make the few small files of the game that visitors load
	$(BIN)/python -m tools.bundle

.PHONY: clean
clean: ## Remove what make installed; your data stays
	rm -rf $(VENV) node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# Python 3.11 or newer under whatever name this machine has it.
$(BIN)/python:
	@for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	  if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    echo "Making $(VENV) with $$python"; exec $$python -m venv --clear $(VENV); \
	  fi; \
	done; echo "Popshot needs Python 3.11 or newer." >&2; exit 1

$(VENV)/run.stamp: requirements/run.txt tools/link_commands.py | $(BIN)/python
	@echo "Installing the requirements (the first start only)"
	@$(INSTALL) -r requirements/run.txt
	@$(BIN)/python tools/link_commands.py
	@touch $@

$(VENV)/test.stamp: requirements/test.txt tools/link_commands.py | $(BIN)/python
	@echo "Installing what the tests need"
	@$(INSTALL) -r requirements/test.txt
	@$(BIN)/python tools/link_commands.py
	@touch $(VENV)/run.stamp $@

node_modules/.stamp: package-lock.json $(VENV)/test.stamp
	@$(BIN)/npm ci --loglevel=error
	@touch $@
