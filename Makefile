# Every target sets up what it needs, from Python 3.11 and make alone.
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for p in python3 python3.11 python3.12 python3.13; do \
	$$p -c '$(NEW_ENOUGH)' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
READY := .venv/.ready
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: demo test test-full lint bench golden clean

demo: $(READY)
	$(BIN)/onrecord check
	$(BIN)/onrecord show holding-facility-to-jic

test: $(READY)
	$(BIN)/python -m pytest -n auto

test-full: $(READY)
	ONRECORD_FULL=1 $(BIN)/python -m pytest -n auto

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(READY)
	$(BIN)/python -m benchmarks.citation_checking
	$(BIN)/python -m benchmarks.sourced_queries

golden: $(READY)
	ONRECORD_UPDATE=1 $(BIN)/python -m pytest -n auto

$(READY): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo 'Python 3.11 or later is needed: make PYTHON=/path/to/it' >&2; exit 2; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	@touch $(READY)

clean:
	rm -rf .venv .mypy_cache .ruff_cache .hypothesis dist build
