# Everything starts here: `make help` tells what there is.
# Needs Python 3.11 or newer and make; the rest is built from uv.lock into .venv.

PYTHON ?= python3
UV_VERSION := 0.13.9
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
export UV_SYSTEM_CERTS := 1
export UV_PYTHON_DOWNLOADS := never
WORKERS ?= auto
PG_URL ?= postgres://postgres@127.0.0.1:5432/lnpo_test_runner

.DEFAULT_GOAL := help
.PHONY: help start demo test test-postgres test-browser lint format types layers messages check bench clean

help: ## What you can do
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; say which with PYTHON=/path/to/python3"; exit 1; }
	@echo "Building the environment in $(VENV) …"
	@$(PYTHON) -m venv $(VENV) || { echo "Python's venv module is missing; on Debian or Ubuntu: apt install python3-venv"; exit 1; }

$(UV): | $(BIN)/python
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

$(VENV)/.runtime: uv.lock | $(UV)
	@echo "Installing what uv.lock says …"
	@$(UV) sync --quiet --frozen --no-dev --inexact
	@touch $@

$(VENV)/.development: uv.lock | $(UV)
	@echo "Installing what uv.lock says, with the tools for development …"
	@$(UV) sync --quiet --frozen --inexact
	@touch $@ $(VENV)/.runtime

start: $(VENV)/.runtime ## Start everything with demo content, on http://localhost:8000 (PORT, DATA_DIR, DATABASE_URL …)
	@exec $(BIN)/python manage.py start

demo: $(VENV)/.runtime ## Load the demo content once more; what stands is left alone
	@$(BIN)/python manage.py load_demo

test: $(VENV)/.development ## All tests on SQLite; needs no server and no browser
	@$(BIN)/python -m pytest -q -n $(WORKERS) --dist loadfile

test-postgres: $(VENV)/.development ## All tests on PostgreSQL (PG_URL)
	@DATABASE_URL=$(PG_URL) $(BIN)/python -m pytest -q -n $(WORKERS) --dist loadfile

test-browser: $(VENV)/.development ## Journeys through the running product in Chromium, with axe
	@$(BIN)/python -m pytest -q tests/journeys

lint: $(VENV)/.development ## Style of Python and templates
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/djade --check --target-version 5.2 $$(git ls-files '*.html')

format: $(VENV)/.development ## Put the style right
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format .
	@$(BIN)/djade --target-version 5.2 $$(git ls-files '*.html')

types: $(VENV)/.development ## Types
	@$(BIN)/mypy .

layers: $(VENV)/.development ## The direction of dependence between the apps
	@$(BIN)/lint-imports --no-logo

messages: $(VENV)/.development ## Collect texts for translation and compile them (needs gettext)
	@$(BIN)/python manage.py makemessages --locale nl --no-location --no-wrap --no-obsolete --ignore '.venv/*' --ignore 'tests/*'
	@$(BIN)/python manage.py compilemessages --locale nl

check: lint types layers ## Quick checks before a commit
	@$(BIN)/python manage.py makemigrations --check --dry-run
	@$(BIN)/python manage.py check

bench: $(VENV)/.development ## Measure beside bare Django, Wagtail and raw databases (ONLY=pages,rush chooses; WRITE=1 keeps the tables)
	@$(BIN)/python -m tests.bench

clean: ## Remove the environment and all local data
	rm -rf $(VENV) var
