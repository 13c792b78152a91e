# One word for each thing that people do here. `make` alone prints them.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready
LOCK := $(BIN)/uv pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" --extra fast pyproject.toml

# A test run starts many processes: where Python may not keep what it compiled, each compiles everything again.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help setup demo serve check types lint units test suites campaign bench docs shots baselines pictures lock security supply audit postman dashboard soak

help:
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 16

setup: $(READY) ## make .venv with everything that is needed, as the lock files say
	@tests/services.sh voice || echo "Without it screens chime, but do not speak."

demo: $(READY) ## open a branch with customers and agents at http://127.0.0.1:8080
	$(BIN)/turnero demo

serve: $(READY) ## run the server at http://127.0.0.1:8080, keeping its data in ./turnero.db
	$(BIN)/turnero serve

check: $(READY) ## format, lint, floors, types and the tests that need nothing: in seconds
	$(MAKE) --jobs=2 --output-sync=target types lint units

types: $(READY)
	$(BIN)/mypy

lint: $(READY)
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/lint-imports

units: $(READY)
	$(BIN)/pytest -n 2 tests/unit

test: $(READY) ## what check does beside every suite, with PostgreSQL, Redis and Chromium
	$(MAKE) --jobs=2 suites types lint

suites: $(READY)
	tests/services.sh
	$(BIN)/pytest -n 5 --dist=loadfile --no-loadscope-reorder

campaign: $(READY) ## what takes longer than a commit can wait; with WRITE=1 into docs/reliability.md
	tests/services.sh
	TURNERO_TEST_EXAMPLES=50 $(BIN)/pytest -n 2 --every-case tests/http tests/e2e/pages
	$(BIN)/pytest -n 2 -m campaign tests/unit tests/rehearsed tests/db tests/e2e
	TEST_SHAPE=seven $(BIN)/pytest -n 2 --dist=loadfile tests/e2e
	$(BIN)/python -m tests.faults $(if $(WRITE),--write)

bench: $(READY) ## measure, on a machine that has nothing else to do; with WRITE=1 into docs/benchmarks.md
	$(BIN)/python -m tests.bench $(if $(WRITE),--write)
	$(BIN)/pytest tests/bench -s

soak: $(READY) ## two hours of a branch at work with four pages open, and whether anything grows; with WRITE=1 into docs/soak.md
	$(BIN)/python -m tests.soak $(if $(WRITE),--write)

docs: $(READY) ## write the documentation as a site to build/site
	$(BIN)/python tools/site.py

security: $(READY) ## what ruff's security rules leave out, with bandit
	$(BIN)/bandit --quiet --configfile pyproject.toml --recursive acd desk kiosk qms qms_gateway screens server tools

supply: $(READY) ## the bill of materials (CycloneDX) and the licences of what comes along, to build/; asks the network
	mkdir -p build
	$(BIN)/uv tool run --from cyclonedx-bom==7.5.0 cyclonedx-py requirements requirements.lock --output-file build/turnero.cdx.json
	$(BIN)/python tools/licences.py

audit: $(READY) ## known vulnerabilities in what is locked; says so where the network cannot be asked, and fails with STRICT=1
	$(BIN)/python tools/audit.py $(if $(STRICT),--strict)

postman: $(READY) ## the interfaces as a Postman collection, to build/; asks the network
	$(BIN)/python tools/postman.py

dashboard: $(READY) ## write the Grafana dashboard anew
	$(BIN)/python tools/dashboard.py

shots: $(READY) ## contact sheets of every page and state to build/shots; TO=folder, ONLY="lobby" for some of them
	$(BIN)/python -m tests.e2e.scenes $(or $(TO),build/shots) $(if $(ONLY),--only "$(ONLY)")

baselines: $(READY) ## keep what lobby, kiosk and receipt look like now, to be looked at before it is committed
	$(BIN)/pytest -m campaign tests/e2e/scenes/test_baselines.py --update-baselines

pictures: $(READY) ## draw the pictures of the README anew, with Chromium
	$(BIN)/python -m tests.e2e.scenes.pictures

lock: $(READY) ## renew the lock files; with UPGRADE=1 to the newest releases
	$(LOCK) $(if $(UPGRADE),--upgrade) --output-file requirements.lock
	$(LOCK) $(if $(UPGRADE),--upgrade) --output-file requirements-dev.lock --extra dev --constraint requirements.lock

# Debian keeps venv's pip in a package of its own (python3-venv): without it, pip comes from the system's pip.
# uv, which comes from the lock file too, takes seconds where pip takes minutes. It does not read pip's settings: it is told
# pip's index, and where that is not enough, pip does it all.
$(READY): requirements-dev.lock pyproject.toml
	test -x $(BIN)/pip || $(PYTHON) -m venv .venv >/dev/null 2>&1 || \
		{ $(PYTHON) -m venv --clear --without-pip .venv && $(PYTHON) -m pip --python $(BIN)/python install --quiet pip; }
	sed -n '/^uv==/,/^[^ ]/{/^uv==/p;/^    --hash/p}' requirements-dev.lock >.venv/uv.lock
	$(BIN)/pip install --quiet --require-hashes -r .venv/uv.lock
	index=$${PIP_INDEX_URL:-$$($(BIN)/pip config get global.index-url 2>/dev/null || echo https://pypi.org/simple)}; \
		$(BIN)/uv pip install --quiet --require-hashes --default-index "$$index" --python $(BIN)/python \
			-r requirements-dev.lock || \
		$(BIN)/pip install --quiet --require-hashes -r requirements-dev.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation -e .
	touch $@
