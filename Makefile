# Everything runs from a virtual environment of its own; the first command makes it.
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# A module is compiled when it is first imported: of the libraries' thousands most never are.
INSTALL := $(PY) -m pip install --quiet --no-compile
# Two processes, a file in one of them, in the order that tests/conftest.py gives.
BESIDE := -n 2 --dist loadfile --no-loadscope-reorder

.PHONY: run test check fix bench clean

run: $(VENV)/.run  ## serve the dashboard with the bundled figures
	$(VENV)/bin/streamlit run server.py

test: $(VENV)/.dev  ## all tests; those in a browser need Debian's chromium
	$(PY) -m pytest $(BESIDE) --ignore tests/browser
	@# Two browsers on two processors may be late: what failed beside the other is tried once more, alone.
	$(PY) -m pytest $(BESIDE) tests/browser || $(PY) -m pytest --last-failed tests/browser

check: $(VENV)/.dev  ## form, lint and types; changes nothing
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy
	$(PY) -m indices catalogue check

fix: $(VENV)/.dev  ## put form and simple findings right
	$(PY) -m ruff format .
	$(PY) -m ruff check --fix .

bench: $(VENV)/.bench  ## measure speed and memory in one run
	$(PY) -m benchmarks

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.txt | $(VENV)/bin/python
	$(INSTALL) -r requirements.txt
	touch $@

$(VENV)/.dev: requirements.txt requirements-dev.txt | $(VENV)/bin/python
	$(INSTALL) -r requirements-dev.txt
	touch $@ $(VENV)/.run

$(VENV)/.bench: requirements-bench.txt $(VENV)/.dev
	$(INSTALL) -r requirements-bench.txt
	touch $@

clean:  ## remove the environment and caches, not the store
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache
