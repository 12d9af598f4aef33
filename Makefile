# Two commands are all a newcomer needs: make run, make test. Both set up .venv first.
PYTHON ?= $(shell for p in python3.14 python3.13 python3.12 python3.11 python3 python; do command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
REPORTS ?= examples/reports
# the examples are stored in ./store, reports of one's own beside their folder: invented agencies do not mix with real ones
STORE ?= $(if $(filter-out examples/reports,$(REPORTS:/=)),$(REPORTS:/=).store,store)
PORT ?= 8000

.PHONY: help run test lint types slow bench clean

help: ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /make \1\t/'

$(VENV)/installed: pyproject.toml
	@test -n "$(PYTHON)" || { echo "gongkai needs Python 3.11 or newer on PATH (or: make PYTHON=/path/to/python3.12 $(MAKECMDGOALS))"; exit 1; }
	@echo "setting up $(VENV) with $(PYTHON) (once, a minute or two) …"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

run: $(VENV)/installed ## ingest the examples (or REPORTS=folder), show findings and a query, serve on 127.0.0.1:8000
	@$(BIN)/python -c 'import socket; socket.create_server(("127.0.0.1", $(PORT))).close()' 2>/dev/null || \
		{ echo "port $(PORT) is in use: choose another, such as make run PORT=8080"; exit 1; }
	@$(BIN)/gongkai ingest $(REPORTS) --store $(STORE) || \
		{ test $$? -eq 3 && echo "the refused files are named above, each with its reason; the others are served"; }
	@$(BIN)/gongkai check --store $(STORE) || true
	@$(BIN)/gongkai query requests-by-agency --store $(STORE)
	@$(BIN)/gongkai serve --store $(STORE) --port $(PORT)

test: lint types ## lint, types and the tests that take seconds
	@$(BIN)/python -m pytest -n 2 -q

lint: $(VENV)/installed ## style
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .

types: $(VENV)/installed ## strict typing
	@$(BIN)/mypy --no-error-summary

slow: $(VENV)/installed ## the tests that take minutes, or need a real server, browser or office
	@$(BIN)/python -m pytest -n 2 -q -m slow --ignore tests/api
	@$(BIN)/python -m pytest -q -m slow tests/api

bench: $(VENV)/installed ## benchmarks: ratios within one run (GONGKAI_BENCH_QUICK=1: smaller, some ten minutes)
	@$(BIN)/python -m bench

clean: ## remove what the other targets made
	rm -rf $(VENV) $(STORE) .mypy_cache .ruff_cache .pytest_cache .hypothesis
