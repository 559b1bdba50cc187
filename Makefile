# make demo   a county's whole month, its summary, and the site at 127.0.0.1:8000
# make test   every check and test
# make check  the quick part of it: format, lint, types, order of folders, translations
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMPS := .stamps
SHELL := /bin/bash
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links

.PHONY: demo test check bench install clean messages lock

demo: install
	@bash tools/machine.sh pdf
	$(BIN)/safemonth demo --out demo-out

test: check
	@bash tools/machine.sh pdf browser r
	@echo "── tests on SQLite"
	$(BIN)/pytest -n 2
	@echo "── the tests that use a database, on PostgreSQL"
	$(BIN)/python tools/postgres.py $(BIN)/pytest -n 2 --only-database

check: install
	@echo "── checks"
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tools/messages.py check

bench: install
	@bash tools/machine.sh pdf kannel
	$(BIN)/safemonth bench

install: $(STAMPS)/python $(STAMPS)/frontend $(STAMPS)/messages

# uv installs in seconds what pip installs in a minute; both by hash.
$(STAMPS)/python: requirements/bootstrap.txt requirements/dev.txt pyproject.toml
	@mkdir -p $(STAMPS)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed: make PYTHON=python3.12 …"; exit 1; }
	@PYTHON=$(PYTHON) bash tools/machine.sh compiler
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { echo "On Debian and Ubuntu venv is a package of its own: apt-get install python3-venv"; exit 1; }
	@echo "── installing (hashes checked)"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bootstrap.txt
	$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes requirements/dev.txt requirements/bootstrap.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

$(STAMPS)/frontend: package.json package-lock.json tools/frontend.py $(wildcard frontend/*.js frontend/src/* frontend/public/*) $(STAMPS)/python
	$(BIN)/python tools/frontend.py
	@touch $@

$(STAMPS)/messages: safemonth/locale/zh_Hans/LC_MESSAGES/django.po tools/messages.py $(STAMPS)/python
	$(BIN)/python tools/messages.py compile
	@touch $@

messages: install
	$(BIN)/python tools/messages.py update
	$(BIN)/python tools/messages.py compile

# After a change to requirements/*.in.
lock:
	for name in bootstrap base build dev node; do $(LOCK) requirements/$$name.in -o requirements/$$name.txt; done

clean:
	rm -rf $(STAMPS) $(VENV) node_modules demo-out safemonth/desk/static/vendor safemonth/collect/static/field
