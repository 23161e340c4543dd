# Every target needs only Python 3.11 or newer and make; `make` alone lists them.

PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
BESIDE_POSTGRES := $(BIN)/python -m deploy.postgres
PYTEST := $(BESIDE_POSTGRES) $(BIN)/python -m pytest
export PORT
# Whoever sets it has no use for it here: a run is hundreds of processes, and each would compile all modules anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run dev test sweep lint messages bench pictures sbom requirements catalogues npm

help: ## List the targets
	@sed -n 's/^\([a-z]*\):.*## /\1 /p' Makefile | while read name text; do printf '  make %-14s%s\n' "$$name" "$$text"; done

dev: export ENVIRONMENT = development
dev: export SITE_URL = http://localhost:$(PORT)
test sweep messages bench pictures: export ENVIRONMENT = test

# `exec` leaves no shell in between, which would die of a signal without handing it on.
run: $(BIN)/.installed ## Serve the site on http://localhost:8000 as in production (PORT=8001 changes the port)
	@exec $(BESIDE_POSTGRES) $(BIN)/python -m deploy.serve

dev: $(BIN)/.installed catalogues ## Serve it with reloading and debug pages
	@exec $(BESIDE_POSTGRES) sh -c '\
		$(BIN)/python manage.py prepare_site && \
		exec $(BIN)/python manage.py runserver $(PORT)'

test: $(BIN)/.installed catalogues ## Run the tests on PostgreSQL (ARGS="-k word" passes options on)
	exec $(PYTEST) -n 2 --dist worksteal -m "not sweep" --ignore=tests/browser $(ARGS)

# Three at once even on two cores, as each waits a third of its time for a browser or another process.
sweep: $(BIN)/.installed catalogues npm ## Run the long checks, which take some minutes
	exec $(PYTEST) -n 3 --dist worksteal -m sweep $(ARGS)

lint: $(BIN)/.installed ## Check the style of code and templates, and the catalogues
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint --quiet --lint templates
	find . -name '*.py' -not -path './.*' -not -path './node_modules/*' -not -path '*/migrations/*' \
		-exec $(BIN)/django-upgrade --target-version 5.2 --check {} +
	$(BIN)/python -m deploy.catalogues --check

messages: $(BIN)/.installed ## Bring the catalogues in locale/ in step with the code and the templates
	$(BIN)/python -m deploy.catalogues --update
	$(BIN)/python -m deploy.catalogues --check

bench: $(BIN)/.installed catalogues npm ## Measure the budgets and print the tables
	exec $(BESIDE_POSTGRES) $(BIN)/python -m tests.bench $(ARGS)

pictures: $(BIN)/.installed catalogues ## Take the pictures of the guide for staff anew (ARGS="publish --language fr" for some)
	exec $(BESIDE_POSTGRES) $(BIN)/python -m tests.guide_pictures $(ARGS)

sbom: $(BIN)/.installed ## List the components that the site runs with in sbom.json (CycloneDX)
	$(BIN)/cyclonedx-py requirements --pyproject pyproject.toml --output-reproducible --output-file sbom.json requirements.txt

requirements: $(BIN)/.installed ## Compile requirements*.in into requirements*.txt, each at its newest allowed release
	for name in requirements requirements-dev; do \
		$(BIN)/python -m piptools compile --quiet --upgrade --allow-unsafe --generate-hashes --strip-extras \
			--no-emit-find-links --no-emit-index-url --output-file=$$name.txt $$name.in || exit 1; \
	done

catalogues: $(BIN)/.installed
	@$(BIN)/python -m deploy.catalogues

# The engines of the long checks. Where npm is missing, the checks that need them say so and are skipped.
npm:
	@if command -v npm >/dev/null; then \
		$(MAKE) --silent --no-print-directory node_modules/.installed; \
	else \
		echo "npm is missing: the checks that need its packages are skipped."; \
	fi

node_modules/.installed: package.json package-lock.json
	@npm ci --ignore-scripts --no-audit --no-fund
	@touch $@

# The virtual environment, made again where it is broken and brought up to date where the requirements changed.
$(BIN)/.installed: requirements-dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Python 3.11 or newer is needed, and '$(PYTHON)' is not: name one with make PYTHON=python3.13."; exit 1; }
	@test -w . || { echo "This folder cannot be written: work as its owner, or in a copy of your own."; exit 1; }
	@$(BIN)/python -c '' 2>/dev/null || $(PYTHON) -m venv --clear .venv || { \
		echo "Python cannot make a virtual environment; on Debian and Ubuntu install python3-venv."; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@
