# Two commands: `make run` and `make test`. The rest is for the engineers.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CONSTRAINTS ?= constraints.txt
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c $(CONSTRAINTS)

.PHONY: run test gate bench docs reader pin clean

run: $(VENV)/run.stamp
	@$(BIN)/footnote ingest seeds
	@$(BIN)/footnote serve

test: $(VENV)/test.stamp
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy
	@$(BIN)/python -m pytest --numprocesses 3 --dist loadfile

# The bar: our own gold pairs on the seeds, and the floors of everything that is measured on sets of
# ours. It fails with the figure that falls short.
gate: $(VENV)/test.stamp
	@rm -rf build/gate && mkdir -p build/gate
	@$(BIN)/footnote ingest seeds --archive build/gate/archive
	@$(BIN)/footnote evaluate seeds/gold.jsonl --archive build/gate/archive --name build/gate/run \
	  --baseline --report build/gate/run.html \
	  --require "quotes_verified>=1" --require "hit@5>=0.97" --require "first_citation>=0.85" \
	  --require "citation_precision>=0.83" --require "holds>=0.62" --require "answer_f1>=0.55" \
	  --require "refusal_recall>=0.79" --require "refusal_f1>=0.5"
	@$(BIN)/python -m pytest -m figures --numprocesses 2 --dist load

bench: $(VENV)/test.stamp
	@$(BIN)/python -m tests.bench

# Writes the reference of the command line anew.
docs: $(VENV)/test.stamp
	@$(BIN)/python -m typer qa.__main__ utils docs --name footnote --output docs/cli.md

# Trains a network of the reader from ../shared (SHARED=path for another place); hours on a CPU, and
# a run that was cut goes on. KIND=quick for the small one.
SHARED ?= ../shared
KIND ?= careful
reader: $(VENV)/test.stamp
	@$(INSTALL) -e '.[test,encoder]'
	@$(BIN)/python -m qa.training $(KIND) --shared $(SHARED)

# Writes constraints.txt anew from what the ranges in pyproject.toml resolve to today.
pin:
	@rm -rf build/pin && $(PYTHON) -m venv build/pin
	@build/pin/bin/python -m pip install --quiet torch==2.13.0 && build/pin/bin/python -m pip install --quiet -e '.[test]'
	@build/pin/bin/python -m pip freeze --all --exclude pip --exclude-editable | sed 's/+cpu//' > constraints.txt

clean:
	@rm -rf $(VENV) build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Footnote needs Python 3.11 or newer: make PYTHON=python3.12 run" >&2; exit 2; }
	@$(PYTHON) -m venv $(VENV) || \
	  { rm -rf $(VENV); echo "Python has no venv module here: apt install python3-venv, then make again." >&2; exit 2; }

$(VENV)/run.stamp: pyproject.toml $(CONSTRAINTS) | $(BIN)/python
	@echo "Installing the pinned packages into $(VENV) (a minute or two, once) …"
	@$(INSTALL) -e .
	@touch $@

$(VENV)/test.stamp: pyproject.toml $(CONSTRAINTS) | $(BIN)/python
	@echo "Installing the pinned packages and the test tools into $(VENV) (a minute or two, once) …"
	@$(INSTALL) -e '.[test]'
	@touch $@
