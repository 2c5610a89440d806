# Two commands do all set-up from a bare Python (3.11 or newer): make demo, make test.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
PAGE ?= china-russia.html

.PHONY: demo test test-all check format docs clean

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/demo: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

$(VENV)/dev: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $(VENV)/demo $@

demo: $(VENV)/demo  ## Ask which agreements link China and Russia, and draw them.
	$(BIN)/diplograph links China Russia
	@echo
	$(BIN)/diplograph draw China Russia -o $(PAGE)

test: $(VENV)/dev  ## Run the tests.
	$(BIN)/python -m pytest -n auto --dist loadgroup -q

test-all: $(VENV)/dev  ## Run those too that look at more of the same, which takes half as long again.
	$(BIN)/python -m pytest -n auto --dist loadgroup -q -m ""

check: $(VENV)/dev  ## Formatting, lint, types, import contracts.
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/dev  ## Bring the code into shape.
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

docs: $(VENV)/dev  ## Write the reference pages and the pictures again.
	$(BIN)/python docs/make_commands.py
	$(BIN)/python docs/make_ontology.py
	$(BIN)/python docs/make_pictures.py

clean:
	rm -rf $(VENV) dist build .pytest_cache .mypy_cache .ruff_cache $(PAGE)
