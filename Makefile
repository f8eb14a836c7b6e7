# `make` lists what there is. Needs Python 3.11 or newer, git and make; everything else goes into .venv.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
NODE := $(VENV)/node/node_modules
PIP := $(BIN)/python -m pip --disable-pip-version-check install -q
UV := uv==0.13.9

NPM := npm --no-audit --no-fund --no-update-notifier --ignore-scripts --loglevel=error

# $(call quietly,COMMAND) shows what a command printed only if it failed.
quietly = @out=$$($(1) 2>&1) || { status=$$?; printf '%s\n' "$$out" >&2; exit $$status; }

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help site serve test lint types browser editor bench fuzz fonts lock clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

site: $(VENV)/site.stamp ## Build the website into site/
	@$(BIN)/handbook build --strict
	@echo "The website is in site/index.html. To read it in a browser: make serve"

serve: $(VENV)/site.stamp ## Show the website in a browser and follow every change
	@$(BIN)/handbook serve

test: browser editor lint types ## Run every check that CI runs
	@$(BIN)/pytest -n auto --dist worksteal

lint: $(VENV)/dev.stamp ## Check style, formatting and who imports whom
	@$(BIN)/ruff check -q
	@$(BIN)/ruff format -q --check
	$(call quietly,$(BIN)/lint-imports --no-logo)

types: $(VENV)/dev.stamp $(VENV)/node.stamp ## Check types
	@$(BIN)/mypy --no-error-summary
	@$(NODE)/.bin/tsc

browser: $(VENV)/dev.stamp ## See that there is a Chromium for the browser tests
	@$(BIN)/python scripts/install_browser.py

editor: $(VENV)/node.stamp ## See that there is a language server for the editor tests

bench: $(VENV)/bench.stamp browser ## Compare speed, memory and the pages with their budgets (takes minutes)
	@$(BIN)/python scripts/bench.py
	@$(BIN)/python scripts/bench_pages.py

TIME ?= 300

fuzz: $(VENV)/fuzz.stamp ## Hunt for input that breaks reader and checker (TIME=600: seconds for each)
	@$(BIN)/python -m scripts.fuzz reader -max_total_time=$(TIME)
	@$(BIN)/python -m scripts.fuzz checker -max_total_time=$(TIME)

fonts: $(VENV)/node.stamp ## Put the locked version of the font beside the pages
	@$(BIN)/python scripts/vendor_fonts.py

lock: $(VENV)/uv/bin/uv ## Write requirements/ from pyproject.toml (UPGRADE=1: with the newest versions)
	@$(call compile,site,--group editable)
	@$(call compile,dev,--group dev --extra zensical --constraint requirements/site.txt)
	@$(call compile,bench,--group bench --constraint requirements/dev.txt)
	@$(call compile,fuzz,--group fuzz --constraint requirements/dev.txt)
	$(call quietly,$(NPM) --prefix requirements install --package-lock-only --omit-lockfile-registry-resolved)

clean: ## Remove everything that was made
	@rm -rf $(VENV) .cache .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache build dist site
	@find macros scripts src tests -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

# $(call compile,NAME,OPTIONS) resolves for every supported Python and platform at once.
compile = $(VENV)/uv/bin/uv pip compile -q pyproject.toml $(2) $(if $(UPGRADE),--upgrade) \
	--universal --python-version 3.11 --generate-hashes \
	--no-header --no-emit-index-url --no-emit-find-links --output-file requirements/$(1).txt \
	&& { printf '%s\n' '\# Written by `make lock` from pyproject.toml; not to be edited.' \
	'\# Newest versions of everything: `make lock UPGRADE=1`.'; cat requirements/$(1).txt; } \
	> $(VENV)/lock.tmp && cat $(VENV)/lock.tmp > requirements/$(1).txt && rm $(VENV)/lock.tmp

$(VENV)/venv.stamp:
	@command -v "$(PYTHON)" >/dev/null || { echo "No $(PYTHON) here: install Python 3.11 or newer, or name one, as in 'make PYTHON=python3.12 ...'." >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$(PYTHON) is older than Python 3.11: name a newer one, as in 'make PYTHON=python3.12 ...'." >&2; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) has no venv module: install it (on Debian and Ubuntu: apt-get install python3-venv)." >&2; exit 1; }
	@"$(PYTHON)" -m venv --clear $(VENV)
	@touch $@

$(VENV)/site.stamp: $(VENV)/venv.stamp requirements/site.txt pyproject.toml
	@$(PIP) --require-hashes -r requirements/site.txt
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

# requirements/dev.txt holds all of requirements/site.txt, so it makes the site's installation up to date too.
$(VENV)/dev.stamp: $(VENV)/venv.stamp requirements/dev.txt pyproject.toml
	@$(PIP) --require-hashes -r requirements/dev.txt
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $(VENV)/site.stamp $@

# What is locked for Node.js serves the tests only. Lighthouse is large, and only the benchmark needs it.
$(VENV)/node.stamp: $(VENV)/venv.stamp requirements/package.json requirements/package-lock.json
	@command -v npm >/dev/null || { echo "No npm here: install Node.js 20 or newer; the tests of the pages and of what editors show need it." >&2; exit 1; }
	@mkdir -p $(VENV)/node
	@cp requirements/package.json requirements/package-lock.json $(VENV)/node/
	$(call quietly,$(NPM) --prefix $(VENV)/node ci --omit=dev)
	@touch $@

# The peer shares the handbook's environment, so both stand on the same jsonschema.
$(VENV)/bench.stamp: $(VENV)/dev.stamp $(VENV)/node.stamp requirements/bench.txt
	@$(PIP) --require-hashes -r requirements/bench.txt
	$(call quietly,$(NPM) --prefix $(VENV)/node ci)
	@touch $@

$(VENV)/fuzz.stamp: $(VENV)/dev.stamp requirements/fuzz.txt
	@$(PIP) --require-hashes -r requirements/fuzz.txt
	@touch $@

$(VENV)/uv/bin/uv: $(VENV)/venv.stamp
	@$(PIP) --target $(VENV)/uv --upgrade '$(UV)'
	@touch $@
