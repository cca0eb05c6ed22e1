# `make try` and `make test` do all set-up themselves; `make help` lists the rest.

PYTHON ?= python3
BIN := .venv/bin
EXTENSION := vscode-extension

# One file for every platform, and every Python from 3.10 on; wheels only, so that none is built.
LOCK := UV_CUSTOM_COMPILE_COMMAND='make lock' $(BIN)/uv pip compile --quiet --universal --python-version 3.10 \
	--generate-hashes --only-binary :all: --emit-build-options pyproject.toml

.DEFAULT_GOAL := help
.PHONY: help try test test-toolchains test-differential fuzz test-editors test-more-editors check lint types contracts
.PHONY: dist lock vsix extension check-extension bench bench-detection clean

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

fuzz: .venv/test.stamp ## read random files, settings and messages; FUZZ_SECONDS is how long each kind
	$(BIN)/python -m pytest -n 2 tests/fuzz

test-editors: .venv/test.stamp build/vsix.stamp ## run the tests that drive real editors
	$(BIN)/python -m pytest tests/editors -m 'not optional' $(AGAIN)

test-more-editors: .venv/test.stamp ## run those of the editors that nothing depends on
	$(BIN)/python -m pytest tests/editors -m optional

check: test lint types contracts ## run all that has to pass

lint: .venv/dev.stamp ## look for mistakes and for what is not formatted
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: .venv/dev.stamp ## check the types, as each system sees them
	$(BIN)/mypy
	$(BIN)/mypy --platform win32 notion_lsp
	$(BIN)/mypy --platform darwin notion_lsp

contracts: .venv/dev.stamp ## check who may import whom
	$(BIN)/lint-imports

lock: .venv/dev.stamp ## write locks/ from pyproject.toml; UPGRADE=--upgrade takes what is newest
	$(LOCK) --group dev --output-file locks/dev.txt $(UPGRADE)
	$(LOCK) --group test --constraints locks/dev.txt --output-file locks/test.txt $(UPGRADE)
	$(LOCK) --group bundle --constraints locks/dev.txt --output-file locks/bundle.txt $(UPGRADE)
	$(LOCK) --constraints locks/dev.txt --output-file locks/server.txt $(UPGRADE)

dist: .venv/test.stamp ## build the package: a source distribution, and the wheel from it
	$(BIN)/python -m build --no-isolation --outdir dist .
	$(BIN)/python -m twine check --strict dist/*.tar.gz dist/*.whl

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
	rm -rf $(addprefix $(EXTENSION)/,dist node_modules out sbom server THIRD-PARTY-LICENCES.txt)

build/vsix.stamp: $(shell git ls-files notion_lsp $(EXTENSION) scripts/vsix.py scripts/carried.py)
build/vsix.stamp: .venv/bundle.stamp locks/server.txt $(EXTENSION)/node_modules/.stamp
	$(BIN)/python -m scripts.vsix
	@mkdir -p build && touch $@

$(EXTENSION)/node_modules/.stamp: $(EXTENSION)/package-lock.json
	cd $(EXTENSION) && npm ci --no-audit --no-fund --ignore-scripts
	@touch $@

# What a lock names is installed once, and again when the lock has changed: files with these hashes
# and no others, so that a build of the same commit is the same build.
.venv/%.stamp: locks/%.txt pyproject.toml | .venv/bin/pip
	$(BIN)/pip install --quiet --require-hashes --requirement $<
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

.venv/bin/pip:
	$(PYTHON) -m venv .venv
