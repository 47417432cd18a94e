# One command for each thing, the same names here and in CI. `make demo` and `make test` create what they need.
.PHONY: demo test lint types layers docs bench bench-groundtruth bench-agents bench-peers draw-findings package clean
.DEFAULT_GOAL := test

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

$(READY): pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "nhilint needs Python 3.11 or newer; set PYTHON=python3.x")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable . --group dev
	touch $@

demo: $(READY)
	$(BIN)/nhilint check --root examples/acme-agents || test $$? -eq 1

test: lint types layers docs-check
	$(BIN)/python -m pytest -q --numprocesses auto --dist loadfile
	$(BIN)/nhilint check .

lint: $(READY)
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --quiet --check .

types: $(READY)
	$(BIN)/mypy

layers: $(READY)
	$(BIN)/lint-imports --no-cache

docs: $(READY)
	$(BIN)/python tools/generate.py

docs-check: $(READY)
	$(BIN)/python tools/generate.py --check

bench: $(READY)
	$(BIN)/python -m pytest -q tests/bench --benchmark-only -p no:randomly

# TABLE=cases.tsv REPOSITORIES=folder of checkouts (owner__name) [PEERS=folder of virtual environments]; see docs/groundtruth.md
bench-groundtruth: $(READY)
	$(BIN)/python tools/groundtruth --table "$(TABLE)" --repositories "$(REPOSITORIES)" $(if $(PEERS),--peers "$(PEERS)")

# REPOSITORIES=folder of checkouts (owner__name) PEERS=folder of virtual environments; see docs/groundtruth.md
bench-agents: $(READY)
	$(BIN)/python tools/bench_agents.py --repositories "$(REPOSITORIES)" --peers "$(PEERS)"

# REPOSITORIES=folder of checkouts (owner__name) PEERS=folder of virtual environments; see docs/performance.md
bench-peers: $(READY)
	$(BIN)/python tools/bench_peers.py --repositories "$(REPOSITORIES)" --peers "$(PEERS)"

# REPOSITORIES=folder of checkouts (owner__name) SHEET=sheet.json; see docs/precision.md
draw-findings: $(READY)
	$(BIN)/python tools/precision.py draw --repositories "$(REPOSITORIES)" --output "$(SHEET)"

package: $(READY)
	rm -rf dist
	NHILINT_BUNDLE=require $(BIN)/python -m build --no-isolation --outdir dist

clean:
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis
