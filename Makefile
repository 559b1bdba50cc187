# make demo   a county's whole month, its summary, and the site at 127.0.0.1:8000
# make test   every check and test
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMPS := .stamps
SHELL := /bin/bash

.PHONY: demo test check bench install clean messages lock

demo: install
	@bash tools/chromium.sh
	$(BIN)/safemonth demo --out demo-out

test: check
	@bash tools/chromium.sh
	@echo "── tests on SQLite"
	$(BIN)/pytest -n 2
	@echo "── tests on PostgreSQL"
	$(BIN)/python tools/postgres.py $(BIN)/pytest -n 2 -m "not browser" tests/ledger tests/organisation tests/plan tests/collect tests/figures tests/summary tests/desk tests/demo

check: install
	@echo "── checks"
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy safemonth tests tools
	$(BIN)/lint-imports
	$(BIN)/python tools/messages.py check

bench: install
	$(BIN)/safemonth bench

install: $(STAMPS)/python $(STAMPS)/frontend $(STAMPS)/messages

# uv installs in seconds what pip installs in a minute; both by hash.
$(STAMPS)/python: requirements/bootstrap.txt requirements/dev.txt pyproject.toml
	@mkdir -p $(STAMPS)
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "── installing"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bootstrap.txt
	$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes requirements/dev.txt requirements/bootstrap.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

$(STAMPS)/frontend: package-lock.json tools/frontend.py $(STAMPS)/python
	$(BIN)/python tools/frontend.py
	@touch $@

$(STAMPS)/messages: safemonth/locale/zh_Hans/LC_MESSAGES/django.po $(STAMPS)/python
	$(BIN)/python tools/messages.py compile
	@touch $@

messages: install
	$(BIN)/python tools/messages.py update
	$(BIN)/python tools/messages.py compile

lock:
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url requirements/bootstrap.in -o requirements/bootstrap.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url requirements/base.in -o requirements/base.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url requirements/dev.in -o requirements/dev.txt

clean:
	rm -rf $(STAMPS) $(VENV) node_modules demo-out safemonth/desk/static/vendor
