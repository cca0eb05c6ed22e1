# `make try` and `make test` do all set-up themselves; `make help` lists the rest.

PYTHON ?= python3
BIN := .venv/bin
EXTENSION := vscode-extension

.DEFAULT_GOAL := help
.PHONY: help try test test-toolchains test-differential test-editors test-more-editors check lint types contracts
.PHONY: vsix extension check-extension bench bench-detection clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1 \2/p' $(MAKEFILE_LIST) \
		| while read -r target about; do printf '%-18s %s\n' "$$target" "$$about"; done

try: .venv/test.stamp ## fix some leaky files through the real server, and show each step
	@$(BIN)/python examples/editor_session.py

test: .venv/test.stamp ## run the tests
	$(BIN)/python -m pytest -n 2

test-toolchains: .venv/test.stamp ## run the tests that fetch kits, servers and checkers
	$(BIN)/python -m pytest tests/run tests/checkers

test-differential: .venv/test.stamp ## run random programs before and after fix
	$(BIN)/python -m pytest tests/differential

test-editors: .venv/test.stamp build/vsix.stamp ## run the tests that drive real editors
	$(BIN)/python -m pytest tests/editors -m 'not optional' $(AGAIN)

test-more-editors: .venv/test.stamp ## run those of the editors that nothing depends on
	$(BIN)/python -m pytest tests/editors -m optional

check: test lint types contracts ## run all that has to pass

lint: .venv/dev.stamp ## look for mistakes and for what is not formatted
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: .venv/dev.stamp ## check the types
	$(BIN)/mypy

contracts: .venv/dev.stamp ## check who may import whom
	$(BIN)/lint-imports

vsix: build/vsix.stamp ## package the VS Code extension for this platform

extension: .venv/test.stamp $(EXTENSION)/node_modules/.stamp ## build the VS Code extension, to run it with F5
	cd $(EXTENSION) && npm run --silent build

check-extension: $(EXTENSION)/node_modules/.stamp ## lint the VS Code extension, and run its tests
	cd $(EXTENSION) && npm run --silent lint
	cd $(EXTENSION) && npm run --silent test

bench: .venv/dev.stamp ## measure, and write BENCHMARKS.md
	$(BIN)/python -m benchmarks

bench-detection: .venv/dev.stamp ## measure what is found in the corpus, beside peers
	$(BIN)/python -m benchmarks detection

clean: ## remove all that is not in git's care
	rm -rf .venv .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache build dist
	rm -rf $(addprefix $(EXTENSION)/,dist node_modules out server)

build/vsix.stamp: $(shell git ls-files notion_lsp $(EXTENSION) scripts/vsix.py)
build/vsix.stamp: .venv/bundle.stamp $(EXTENSION)/node_modules/.stamp
	$(BIN)/python -m scripts.vsix
	@mkdir -p build && touch $@

$(EXTENSION)/node_modules/.stamp: $(EXTENSION)/package-lock.json
	cd $(EXTENSION) && npm ci --no-audit --no-fund --ignore-scripts
	@touch $@

# A group of dependencies is installed once, and again when pyproject.toml has changed.
.venv/%.stamp: pyproject.toml | .venv/bin/pip
	$(BIN)/pip install --quiet --editable . --group $*
	@touch $@

# pip reads dependency groups from 25.1 on; Python 3.11 brings an older one.
.venv/bin/pip:
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'
