# Two commands are enough: `make run` starts the bot, `make test` proves it.
PYTHON ?= python3
VENV   := .venv
PY     := $(VENV)/bin/python
# So many processes share the files of tests; 1 is one after another.
JOBS   ?= 1

.PHONY: run test check fix lint types arrows needs audit permissions train lock clean help

help:           ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/ –/'

run: $(VENV)/.runtime  ## set up and start the bot (with the playground while no token is set)
	@$(PY) -m bot run

test: $(VENV)/.dev     ## set up and run every test
	@$(PY) -m pytest $(if $(filter-out 1,$(JOBS)),-n $(JOBS) --dist loadfile)

check: $(VENV)/.dev lint types arrows needs test  ## all that CI runs

lint: $(VENV)/.dev
	@$(PY) -m ruff format --check .
	@$(PY) -m ruff check .

types: $(VENV)/.dev
	@$(PY) -m mypy

arrows: $(VENV)/.dev
	@$(VENV)/bin/lint-imports

needs: $(VENV)/.dev    ## every package that is imported is declared, every declared one is used
	@$(VENV)/bin/deptry .

audit: $(VENV)/.dev    ## known weaknesses of the locked packages (asks a service on the internet)
	@$(PY) .ci/audit.py $(ARGS)

fix: $(VENV)/.dev      ## format and mend what can be mended
	@$(PY) -m ruff format .
	@$(PY) -m ruff check --fix .

permissions: $(VENV)/.dev  ## write docs/permissions.md anew from the tested tables
	@$(PY) -m tests.bot.permission_page

train: $(VENV)/.runtime  ## train the reader anew
	@$(PY) -m nlu train

lock: $(VENV)/.dev     ## renew the locked dependencies from pyproject.toml
	@$(PY) -m pip install --quiet uv
	@UV_CUSTOM_COMPILE_COMMAND="make lock" $(PY) -m uv pip compile --quiet --universal --generate-hashes --python-version 3.11 pyproject.toml -o requirements.lock
	@UV_CUSTOM_COMPILE_COMMAND="make lock" $(PY) -m uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --extra dev pyproject.toml -o requirements-dev.lock

$(VENV)/bin/python:
	@echo "正在创建虚拟环境 …"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.lock | $(VENV)/bin/python
	@echo "正在安装依赖（第一次约需一两分钟）…"
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

$(VENV)/.dev: requirements-dev.lock | $(VENV)/bin/python
	@echo "正在安装开发依赖 …"
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@ $(VENV)/.runtime

clean:          ## remove the environment and caches (never the data)
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache
