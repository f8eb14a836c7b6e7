# Run `make` for a list of targets. Requires Python 3.11 or newer, git and make; everything else is in .venv.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
NODE := $(VENV)/node
INSTALL := $(BIN)/python scripts/install_packages.py

# Node.js programs look for `node` on PATH.
WITH_NODE := PATH="$(CURDIR)/$(NODE)/bin:$$PATH"
NPM := $(WITH_NODE) npm --no-audit --no-fund --no-update-notifier --ignore-scripts --loglevel=error

# The Node.js of Playwright needs a library that small systems do not have.
export PLAYWRIGHT_NODEJS_PATH := $(CURDIR)/$(NODE)/bin/node

# The tests start programs hundreds of times, so keep compiled Python files.
unexport PYTHONDONTWRITEBYTECODE

# $(call quietly,COMMAND) shows what a command printed only if it failed.
quietly = @out=$$($(1) 2>&1) || { status=$$?; printf '%s\n' "$$out" >&2; exit $$status; }

.DEFAULT_GOAL := help
.PHONY: help site serve test test-all tests lint types browser editor bench growth mutants fuzz rules words fonts lock clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

site: $(VENV)/site.stamp ## Build the site into site/
	@$(BIN)/handbook build --strict
	@echo "Built the site in site/index.html. To open it in a browser, run: make serve"

serve: $(VENV)/site.stamp ## Serve the site locally and reload on changes
	@$(BIN)/handbook serve

# What is independent runs at the same time: types take longest, so they are checked while the tests run.
test: ## Run every check for a change
	@$(MAKE) --no-print-directory --keep-going --jobs=4 types-python tests

tests: lint types-scripts browser editor
	@$(BIN)/pytest -n auto --dist worksteal

test-all: $(VENV)/properdocs.stamp $(VENV)/neighbours.stamp ## Run every check with all cases (takes much longer)
	@HANDBOOK_TEST_EFFORT=full $(MAKE) --no-print-directory test

# The steps before the tests, and those of types, print errors only.
lint: $(VENV)/dev.stamp ## Check style, formatting, import contracts and workflows
	@$(BIN)/ruff check -q
	@$(BIN)/ruff format -q --check
	@$(BIN)/typos --format brief
	@$(BIN)/python scripts/check_words.py
	$(call quietly,$(BIN)/lint-imports --no-logo)
	$(call quietly,$(BIN)/zizmor --offline --quiet --no-progress .github)
	$(call quietly,$(BIN)/jactionlint --shellcheck= --pyflakes=)

types: types-python types-scripts ## Check types

.PHONY: types-python types-scripts system-browser
types-python: $(VENV)/dev.stamp
	@$(BIN)/mypy --no-error-summary

types-scripts: $(VENV)/node.stamp
	@$(WITH_NODE) $(NODE)/node_modules/.bin/tsc

browser: $(VENV)/dev.stamp $(VENV)/node-program.stamp system-browser ## Install Chromium for the browser tests
	@$(BIN)/python scripts/install_browser.py

# A package of the system needs nothing of ours, so it is installed meanwhile.
system-browser:
	@"$(PYTHON)" scripts/install_browser.py --system >/dev/null 2>&1 || true

editor: $(VENV)/node.stamp ## Install the language server for the editor tests

bench: $(VENV)/bench.stamp browser ## Measure speed, memory and pages against their budgets (takes an hour)
	@$(BIN)/python scripts/bench.py $(RECORD)

growth: $(VENV)/dev.stamp ## Show what grows faster than the handbook (takes minutes)
	@$(BIN)/python scripts/bench_growth.py

mutants: $(VENV)/dev.stamp $(VENV)/node.stamp ## List small code changes that no fast test notices (takes an hour)
	@$(BIN)/python scripts/mutants.py

TIME ?= 300

fuzz: $(VENV)/fuzz.stamp ## Fuzz the reader and the checker (TIME=600: seconds for each)
	@$(BIN)/python -m scripts.fuzz reader -max_total_time=$(TIME)
	@$(BIN)/python -m scripts.fuzz checker -max_total_time=$(TIME)

rules: $(VENV)/dev.stamp ## Write the rules into the schema of the settings
	@$(BIN)/python scripts/write_rule_settings.py

words: $(VENV)/dev.stamp ## Update the catalogues of translated strings
	@$(BIN)/python scripts/update_words.py

fonts: $(VENV)/node-all.stamp ## Update the font, icons and libraries of the site from their locked versions
	@$(BIN)/python scripts/vendor_fonts.py
	@$(BIN)/python scripts/vendor_icons.py
	@$(BIN)/python scripts/vendor_scripts.py

lock: $(VENV)/uv.stamp $(VENV)/node-program.stamp ## Update requirements/ from pyproject.toml (UPGRADE=1: with the latest versions)
	@$(call compile,uv,--group installer)
	@$(call compile,node,--group node)
	@$(call compile,site,pyproject.toml --extra word --group editable)
	@$(call compile,dev,pyproject.toml --group dev --extra word --extra zensical --constraint requirements/site.txt)
	@$(call compile,bench,pyproject.toml --group bench --constraint requirements/dev.txt)
	@$(call compile,properdocs,pyproject.toml --group editable --group properdocs --constraint requirements/site.txt)
	@$(call compile,neighbours,pyproject.toml --group editable --group neighbours)
	@$(call compile,fuzz,pyproject.toml --group fuzz --constraint requirements/dev.txt)
	$(call quietly,$(NPM) --prefix requirements install --package-lock-only --omit-lockfile-registry-resolved)
	$(call quietly,$(NPM) --prefix requirements/chromium install --package-lock-only --omit-lockfile-registry-resolved)

clean: ## Remove all build output
	@rm -rf $(VENV) .cache .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache build dist site
	@find macros scripts src tests -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

# $(call compile,NAME,OPTIONS) resolves for every supported Python and platform at once.
compile = $(BIN)/uv --system-certs pip compile -q $(2) $(if $(UPGRADE),--upgrade) \
	--universal --python-version 3.11 --generate-hashes \
	--no-header --no-emit-index-url --no-emit-find-links --output-file requirements/$(1).txt \
	&& { printf '%s\n' '\# Written by `make lock` from pyproject.toml; not to be edited.' \
	'\# Newest versions of everything: `make lock UPGRADE=1`.'; cat requirements/$(1).txt; } \
	> $(VENV)/lock.tmp && cat $(VENV)/lock.tmp > requirements/$(1).txt && rm $(VENV)/lock.tmp

$(VENV)/venv.stamp:
	@command -v "$(PYTHON)" >/dev/null || { echo "Missing $(PYTHON): install Python 3.11 or newer, or pass its name, as in 'make PYTHON=python3.12 ...'." >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$(PYTHON) is older than Python 3.11: pass a newer one, as in 'make PYTHON=python3.12 ...'." >&2; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) has no venv module: install it (on Debian and Ubuntu: apt-get install python3-venv)." >&2; exit 1; }
	@"$(PYTHON)" -m venv --clear $(VENV)
	@touch $@

$(VENV)/uv.stamp: $(VENV)/venv.stamp requirements/uv.txt
	@$(BIN)/python -m pip --disable-pip-version-check install --quiet --no-compile --require-hashes -r requirements/uv.txt
	@touch $@

$(VENV)/site.stamp: $(VENV)/uv.stamp requirements/site.txt pyproject.toml
	@$(INSTALL) --project requirements/site.txt
	@touch $@

# requirements/dev.txt includes requirements/site.txt, so it also updates the installation for the site.
$(VENV)/dev.stamp: $(VENV)/uv.stamp requirements/dev.txt pyproject.toml
	@$(INSTALL) --project requirements/dev.txt
	@touch $(VENV)/site.stamp $@

$(VENV)/node-program.stamp: $(VENV)/uv.stamp requirements/node.txt
	@$(BIN)/python scripts/install_node.py
	@touch $@

# The locked Node.js packages of the tests. The others are large, and only the benchmark and `make fonts` need them.
$(VENV)/node.stamp: $(VENV)/node-program.stamp requirements/package.json requirements/package-lock.json
	@cp requirements/package.json requirements/package-lock.json $(NODE)/
	$(call quietly,$(NPM) --prefix $(NODE) ci --omit=dev)
	@touch $@

# The peer shares the handbook's environment, so both are based on the same jsonschema.
$(VENV)/bench.stamp: $(VENV)/dev.stamp $(VENV)/node-all.stamp requirements/bench.txt
	@$(INSTALL) requirements/bench.txt
	@touch $@

$(VENV)/node-all.stamp: $(VENV)/node.stamp
	$(call quietly,$(NPM) --prefix $(NODE) ci)
	@touch $@

# Environments of their own, because ProperDocs replaces MkDocs in the one and other plugins join it in the other.
$(VENV)/properdocs.stamp $(VENV)/neighbours.stamp: $(VENV)/%.stamp: $(VENV)/venv.stamp requirements/uv.txt requirements/%.txt pyproject.toml
	@"$(PYTHON)" -m venv --clear $(VENV)/$*
	@$(VENV)/$*/bin/python -m pip --disable-pip-version-check install --quiet --no-compile --require-hashes -r requirements/uv.txt
	@$(VENV)/$*/bin/python scripts/install_packages.py --project requirements/$*.txt
	@touch $@

$(VENV)/fuzz.stamp: $(VENV)/dev.stamp requirements/fuzz.txt
	@$(INSTALL) requirements/fuzz.txt
	@touch $@
