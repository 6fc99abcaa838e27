# Every target sets up what it needs. PYTHON names the interpreter, Python 3.11 or later.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
REPORTS ?= examples/reports examples/facts
DATA ?= data
PORT ?= 8000
TIMES ?= 100
SECONDS ?= 600
SESSIONS ?= 100
SIZES ?= 10 100 1000
# The folder of the real reports, which the repository does not hold.
RECALLING_SHARED ?= ../shared

.PHONY: run test test-all check goldens terms facts accuracy conformance kills soak bench bench-many bench-growth lighthouse lock clean

run: $(VENV)/installed $(VENV)/packages  ## build the sample reports and the facts of two real sessions, and serve them
	$(BIN)/recalling build $(REPORTS) --data $(DATA)
	$(BIN)/recalling serve --data $(DATA) --port $(PORT)

test: $(VENV)/installed-dev  ## the first tier of the tests: minutes, and nothing beside Python
	$(BIN)/pytest -n 2 --dist loadfile -m "not slow"

test-all: $(VENV)/installed-dev $(VENV)/packages  ## all tests: real servers, reports, engines and browser besides
	$(BIN)/pytest -n 2 --dist loadfile

check: $(VENV)/installed-dev  ## lint, format, types, direction of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pyright
	$(BIN)/lint-imports

goldens: $(VENV)/installed-dev  ## rewrite the golden files; review the difference as the change itself
	$(BIN)/pytest -n 2 --dist loadfile --goldens

terms: $(VENV)/installed  ## write from the ontology the kinds of citation, the names in ontology/terms.py, ontology/rules.json and docs/classes.md
	$(BIN)/python -m ontology.generate

facts: $(VENV)/installed  ## write examples/facts anew from the real reports
	folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && \
	$(BIN)/recalling build $(RECALLING_SHARED)/reports --data "$$folder" && \
	$(BIN)/recalling export --facts-only --data "$$folder" --output examples/facts

accuracy: $(VENV)/installed-dev  ## every table against facts read by hand, against those of varied texts, and after each loss of a conversion
	$(BIN)/python -m tests.accuracy
	$(BIN)/python -m tests.variations
	$(BIN)/python -m tests.losses
	$(BIN)/python -m tests.other_reports
	$(BIN)/python -m tests.official
	$(BIN)/python -m tests.official_accuracy
	$(BIN)/python -m tests.sentences
	$(BIN)/python -m tests.said_accuracy

conformance: $(VENV)/installed-dev  ## the public suites by their manifests; the exceptions are listed with their reasons
	$(BIN)/python -m tests.conformance

kills: $(VENV)/installed-dev  ## writers killed between any two steps and at TIMES random moments
	$(BIN)/python -m tests.kills --times $(TIMES)

soak: $(VENV)/installed-dev  ## a real server for SECONDS under mixed load with malicious requests among it
	$(BIN)/python -m tests.soak --seconds $(SECONDS)

bench: $(VENV)/installed-dev  ## time, memory and ratios to named peers
	$(BIN)/python -m tests.bench

bench-many: $(VENV)/installed-dev  ## the same over SESSIONS reports: questions, pages, ratios
	$(BIN)/python -m tests.bench.many --sessions $(SESSIONS)

bench-growth: $(VENV)/installed-dev  ## what adding one report costs at SIZES reports held: time and memory, and their ratios
	$(BIN)/python -m tests.bench.growth --sizes $(SIZES)

lighthouse: $(VENV)/installed-dev $(VENV)/packages $(VENV)/lighthouse  ## performance, accessibility, practices, SEO of pages
	$(BIN)/python -m tests.scores $(VENV)/lighthouse

lock:  ## write the lock files anew from pyproject.toml (needs uv)
	uv pip compile -q --universal --generate-hashes --no-annotate --no-header --python-version 3.11 pyproject.toml --group build -o requirements.lock
	uv pip compile -q --universal --generate-hashes --no-annotate --no-header --python-version 3.11 pyproject.toml --group build --group dev -c requirements.lock -o requirements-dev.lock
	uv pip compile -q --universal --generate-hashes --no-annotate --no-header --python-version 3.11 --group frontend -o frontend/requirements.lock
	cd tests/sparql_llm && uv pip compile -q --universal --generate-hashes --no-annotate --no-header --python-version 3.11 requirements.in --override overrides.txt -o requirements.lock

$(VENV)/bin/pip:
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: requirements.lock pyproject.toml | $(VENV)/bin/pip
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/installed-dev: requirements-dev.lock $(VENV)/installed
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@

# Node.js comes as a wheel where the machine has no npm. Without the packages pages show plain forms, so go on.
$(VENV)/packages: frontend/package-lock.json frontend/install.py | $(VENV)/installed
	@{ command -v npm >/dev/null || \
	  $(BIN)/pip install -q --disable-pip-version-check --require-hashes -r frontend/requirements.lock; } && \
	$(BIN)/python frontend/install.py server/static/packages && touch $@ || \
	echo "The front-end packages could not be installed: pages show plain forms. The next make tries again." >&2

$(VENV)/lighthouse: frontend/lighthouse/package-lock.json | $(VENV)/packages
	$(BIN)/python frontend/install.py $@ frontend/lighthouse && touch $@

clean:
	rm -rf server/static/packages $(VENV) .node $(DATA) .pytest_cache .mypy_cache .ruff_cache .hypothesis
