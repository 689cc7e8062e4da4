# `make demo` and `make test` do all of their own set-up; a second run finds it done. ARGS reaches the command:
#   make test ARGS="-k deactivate -n 0"      make demo ARGS="--help"
.DEFAULT_GOAL := help
.PHONY: help setup demo test test-more test-conformance test-faults test-kills test-schedules test-disturbed test-components bench bench-scim recordings check lint format clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-15s %s\n", $$1, $$2 }' Makefile

setup: ## .venv, the pinned dependencies and a browser, where any of them is missing
	@bash scripts/set_up.sh

demo: setup ## the main job, end to end, on the embedded mock console
	@.venv/bin/workramp demo $(ARGS)

# One more than this takes cores at least: who waits for a page leaves its core to another.
PARALLEL := -n 3 --dist worksteal

# What `make test-more` runs; all else is `make test`'s, but for what has a target of its own.
MORE := $(addprefix tests/,consoles runs contracts surveys mock/dialects mock/doors unit/runs unit/scim_service \
	unit/test_plan_properties.py screens/test_masking.py screens/test_capture.py)

test: setup ## the tests, in parallel: the main job in the people edition, and what needs no console; eleven minutes on two cores
	@.venv/bin/python -m pytest $(PARALLEL) $(addprefix --ignore=,$(MORE)) \
		$(addprefix --ignore=tests/,components/flows conformance disturbed faults) $(ARGS)

test-more: setup ## what takes longer: every edition and dialect (or COMBINATIONS="people-aria legacy-div"), sign-ins, plans, runs, the SCIM service
	@.venv/bin/python -m pytest $(PARALLEL) $(MORE) $(ARGS)

test-conformance: setup ## outsiders' SCIM testers ask `workramp serve` in front of the mock console; four minutes
	@.venv/bin/python -m pytest $(PARALLEL) tests/conformance $(ARGS)

test-faults: setup ## the console at its worst: ended sessions, lost answers, lost browsers, interruptions, drift
	@.venv/bin/python -m pytest $(PARALLEL) tests/faults $(ARGS)

test-kills: setup ## a run of thirty operations killed at fifty random moments and gone on with; about an hour
	@KILLS=50 .venv/bin/python -m pytest $(PARALLEL) tests/faults/test_kills.py $(ARGS)

test-schedules: setup ## runs that one fault after the other befalls, from twenty seeds; FAULT_SEEDS=200 makes that many
	@FAULT_SEEDS=$${FAULT_SEEDS:-20} .venv/bin/python -m pytest $(PARALLEL) tests/faults/test_fault_schedule.py $(ARGS)

test-disturbed: setup ## every flow on slow, failing, late consoles that end sessions, compared with calm ones; a quarter of an hour
	@.venv/bin/python -m pytest $(PARALLEL) tests/disturbed $(ARGS)

test-components: setup ## every flow on consoles of real component libraries, or of LIBRARIES="mui radix"; needs npm
	@bash scripts/build_components.sh
	@.venv/bin/python -m pytest $(PARALLEL) tests/components $(ARGS)

bench: setup ## the connector beside what people write otherwise, and docs/benchmarks.md anew from it; three quarters of an hour
	@bash scripts/set_up_bench.sh
	@.bench/venv/bin/python -m tests.benchmarks --browser "$$(.venv/bin/python -m connector.browser)" \
		--bench-python .bench/venv/bin/python --chromedriver .bench/driver/usr/bin/chromedriver \
		--output docs/benchmarks.json --report docs/benchmarks.md $(ARGS)

check: lint test ## what CI runs: lint, types, import rules, then the same tests

bench-scim: setup ## reads through `workramp serve` while it writes, 25 a second; ARGS="--output scim.json --people 2000"
	@.venv/bin/python -m tests.benchmarks.scim_reads $(ARGS)

lint: setup ## ruff, mypy and the import rules
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports

recordings: setup ## recordings/ anew from the mock console, every edition and dialect
	@.venv/bin/python scripts/record_mock.py $(ARGS)

format: setup ## put the code into its format
	@.venv/bin/ruff check --fix-only .
	@.venv/bin/ruff format .

clean: ## remove .venv and what tools left behind; evidence and reports stay
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist *.egg-info
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
