# `make run` and `make test` do everything on a fresh machine; see README.md.
SHELL := /bin/bash
PY := .venv/bin/python

.PHONY: run test check bench lock screenshots clean

.venv/.installed: requirements-dev.txt pyproject.toml
	@bash app/bootstrap.sh

run: .venv/.installed
	@$(PY) -m app.main

test: .venv/.installed
	$(PY) -m pytest

check: .venv/.installed
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	.venv/bin/lint-imports

# make bench FOOTAGE=DIR OUT=FILE.json
FOOTAGE ?= ../shared/footage
OUT ?= out/bench.json
bench: .venv/.installed
	$(PY) -m tests.benchmarks --footage $(FOOTAGE) --out $(OUT)

LOCK := uv pip compile pyproject.toml --universal --python-version 3.11 --no-emit-index-url \
	--no-emit-find-links --no-annotate --no-header --no-emit-package jax --no-emit-package jaxlib
lock:
	$(LOCK) -o requirements.txt
	$(LOCK) --group dev -o requirements-dev.txt
