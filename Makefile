# `make run` and `make test` do everything on a fresh machine; see README.md.
SHELL := /bin/bash
PY := .venv/bin/python

.PHONY: run test check bench bench-live bench-start bench-desk bench-round-trip soak screenshots translations \
	lock clean

run: .venv/.installed
	@$(PY) -m app.main

# Two processes, a file of tests in one of them.
test: .venv/.installed-test
	$(PY) -m pytest -n 2 --dist loadfile --benchmark-disable

check: .venv/.installed-test
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	.venv/bin/lint-imports

# The set-up; a no-op while the lock files are older than the stamp.
.venv/.installed: requirements.txt pyproject.toml app/bootstrap.sh
	@bash app/bootstrap.sh run

.venv/.installed-test: requirements-dev.txt pyproject.toml app/bootstrap.sh
	@bash app/bootstrap.sh test

# Accuracy and speed: make bench FOOTAGE=DIR OUT=FILE.json [RESULTS=PAGE.md]
FOOTAGE ?= ../shared/footage
OUT ?= out/bench.json
bench: .venv/.installed-test
	$(PY) -m tests.benchmarks --footage $(FOOTAGE) --out $(OUT) $(if $(RESULTS),--results $(RESULTS))

# The live session through a network camera and a virtual microphone: make bench-live SECONDS_LIVE=60
SECONDS_LIVE ?= 60
bench-live: .venv/.installed-test
	$(PY) -m tests.benchmarks.live --seconds $(SECONDS_LIVE)

# Cold start to Home and to a picture in the self-check, beside an empty window: make bench-start
bench-start: .venv/.installed-test
	$(PY) -m tests.benchmarks.cold_start

# The trainer's desk with an hour of film and 2,000 events: paints and seeks, on an X server
bench-desk: .venv/.installed-test
	$(PY) -m tests.benchmarks.desk

# The round trip by keyboard alone, timed: make bench-round-trip VIDEO=FILE (a film with speech)
VIDEO ?= $(FOOTAGE)/talking/obama_cspan_61s.mp4
bench-round-trip: .venv/.installed-test
	$(PY) -m tests.benchmarks.round_trip --video $(VIDEO)

# Hours: thousands of kills, long sessions, large files.
soak: .venv/.installed-test
	$(PY) -m pytest -m soak --timeout 14400

screenshots: .venv/.installed-test
	$(PY) -m tests.screenshots

# What there is to translate, for Qt Linguist, and what the program reads of it: make translations LANGUAGE=de
translations: .venv/.installed-test
	$(PY) -m tests.translations $(LANGUAGE)

NOT_NEEDED := jax jaxlib ml-dtypes opt-einsum sentencepiece opencv-contrib-python
LOCK := uv pip compile pyproject.toml --universal --python-version 3.11 --no-emit-index-url \
	--no-emit-find-links --no-annotate --no-header $(addprefix --no-emit-package ,$(NOT_NEEDED))
lock:
	$(LOCK) -o requirements.txt
	$(LOCK) --group dev -o requirements-dev.txt

clean:
	rm -rf build dist out .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
