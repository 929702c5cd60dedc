# Everything runs from .venv, which the pinned lock fills: with uv when it is there, with plain pip otherwise.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: brief test lint types layers eval clean

.venv/.ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "summarizer needs Python 3.11 or newer; set PYTHON=…")'
	@if command -v uv >/dev/null 2>&1; then \
		uv venv --quiet --allow-existing --python "$$(command -v $(PYTHON))" .venv && \
		uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock && \
		uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e . ; \
	else \
		$(PYTHON) -m venv .venv && \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock && \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e . ; \
	fi
	@touch $@

brief: .venv/.ready  ## write out/briefing.md and .json from the example documents
	@mkdir -p out
	$(BIN)/summarizer brief eval/fixtures/documents -o out/briefing.md -o out/briefing.json

eval: .venv/.ready  ## model and rules beside each other over all fixtures, floors held; asks no model
	$(BIN)/summarizer eval run -o out/eval
	$(BIN)/summarizer eval gate out/eval/documents out/eval/dev out/eval/test out/eval/stress

test: lint types layers  ## everything that must hold before a commit
	$(BIN)/python -m pytest -n auto

lint: .venv/.ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/.ready
	$(BIN)/mypy

layers: .venv/.ready
	$(BIN)/lint-imports --no-cache

clean:
	rm -rf .venv out dist
