# Everything a newcomer needs: `make demo` and `make test` set up what they use, in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready

.PHONY: help setup demo serve test check lint bench agreement docs clean

help: ## Say what can be made
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/'

$(STAMP): pyproject.toml uv.lock
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv sync --quiet --frozen --all-extras --python $(BIN)/python
	@touch $(STAMP)

setup: $(STAMP) ## Install everything, locked, into .venv

demo: $(STAMP) ## Assess 32,230 real people and show one of them in three languages
	@$(BIN)/python samples/demo.py

serve: $(STAMP) ## Open the pages on http://127.0.0.1:8012/
	@$(BIN)/cobalamin serve

test: $(STAMP) ## Run every test that this machine can run
	$(BIN)/python -m pytest -ra

check: $(STAMP) ## Check the knowledge and prove its tables
	$(BIN)/cobalamin check

lint: $(STAMP) ## Style and types
	$(BIN)/ruff check src tests bench samples docs
	$(BIN)/mypy

bench: $(STAMP) ## Measure, side by side with other engines, and write bench/RESULTS.md
	npm ci --prefix bench/cql --no-fund --no-audit --loglevel=error
	$(BIN)/python bench/run.py
	$(BIN)/python bench/run.py --point-of-care

agreement: $(STAMP) ## Both engines on a million generated patients (about an hour)
	COBALAMIN_AGREEMENT_PATIENTS=1000000 $(BIN)/python -m pytest tests/agreement

docs: $(STAMP) ## Write the generated pages of docs/
	$(BIN)/python docs/generate.py

clean: ## Remove what was made
	rm -rf $(VENV) out .pytest_cache .mypy_cache .ruff_cache .hypothesis
