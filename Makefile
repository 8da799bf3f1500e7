# What people type here. `make help` lists it; each line does the set-up that it needs.

SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
UV := .cache/lock/bin/uv pip compile --quiet --generate-hashes --no-emit-index-url \
	--universal --python-version 3.11
# Tests wait for browsers, databases and each other as much as they compute, so there is one more
# at once than there are cores. Files go out in their own order, those that last longest first.
PYTEST := $(BIN)/pytest --numprocesses 3 --dist loadfile --no-loadscope-reorder

.DEFAULT_GOAL := help
.PHONY: help run test tests test-server check bench demo-reset docs pictures gallery api-names assets lock clean

help: ## Say what can be done here
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 14

run: assets ## Serve the demonstration at http://maehia.localhost:8000 (PORT changes it)
	@exec $(BIN)/thongthin serve --demo

test: assets ## Check, and meanwhile run every test on the embedded PostgreSQL
	@$(MAKE) --no-print-directory --jobs 2 check tests

tests:
	$(PYTEST)

test-server: assets ## Run every test on PostgreSQL from Debian's packages
	$(BIN)/python -m tools.server $(PYTEST)

check: .venv/.stamp ## Look at format, lint and types only
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

bench: assets ## Measure, and print what was measured as ratios
	$(BIN)/python -m tools.bench

demo-reset: assets ## Begin the demonstration anew; what was entered there is lost
	$(BIN)/thongthin demo --reset

docs: assets ## Build the documentation into site/; a broken link fails
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict

pictures: assets ## Take the pictures of the README anew, from the demonstration
	$(BIN)/python -m tools.pictures

gallery: assets ## Renew the pictures of the gallery that the tests compare with
	RENEW_PICTURES=1 $(BIN)/pytest -q tests/browser/test_pictures.py

api-names: .venv/.stamp ## List the public names of this level, which none may leave
	$(BIN)/python -m tools.api_names

assets: .venv/.stamp ## Make ready htmx and fonts from npm
	@umask 022 && $(BIN)/python -m tools.assets

lock: ## Choose new versions of what we depend on and lock them
	$(PYTHON) -m venv .cache/lock
	.cache/lock/bin/python -m pip --disable-pip-version-check --quiet install uv
	$(UV) --upgrade pyproject.toml -o requirements.txt
	$(UV) --upgrade --group dev pyproject.toml -c requirements.txt -o requirements-dev.txt
	$(UV) --upgrade --group node -o requirements-node.txt
	npm install --package-lock-only

clean: ## Remove everything that was made here, except the data
	rm -rf .venv .cache assets node_modules site *.egg-info \
		.hypothesis .mypy_cache .pytest_cache .ruff_cache

# The database's user must be able to run the programs that are installed here.
.venv/.stamp: requirements-dev.txt pyproject.toml
	@echo "Installing the locked dependencies into .venv …"
	@umask 022 && { test -x $(BIN)/pip || $(PYTHON) -m venv .venv || \
		{ test "$$(id -u)" = 0 && apt-get install -qy python3-venv && $(PYTHON) -m venv .venv; }; }
	@umask 022 && $(PIP) install --no-deps --require-hashes -r requirements-dev.txt
	@umask 022 && $(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@
