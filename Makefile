# Polythemes. `make` alone lists what can be asked for. Needs Python 3.11 to 3.13 with venv; fetches the rest.
.DEFAULT_GOAL := help
.PHONY: help setup figures report test lint lab benchmark benchmark-themes lock clean

BIN := .venv/bin
export UV_PYTHON := $(CURDIR)/$(BIN)/python
export UV_PYTHON_DOWNLOADS := never
# Every kernel and every test's process would compile all packages anew.
export PYTHONDONTWRITEBYTECODE :=
NOTEBOOKS := $(wildcard notebooks/*.ipynb)

# $(call step,NAME,COMMAND,CURE): say what runs and, where it fails, which step it was and what to do.
step = echo "== $(1)"; $(2) || { echo "make $@: $(1) failed; $(or $(3),mend the lines named above)" >&2; exit 1; }

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-16s  %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## make .venv and install what Polythemes needs (PYTHON=... names another Python)
	@sh requirements/install.sh default

figures: setup ## draw every figure anew, for all corpora or for one (CORPUS=press)
	@$(BIN)/polythemes figures $(CORPUS)

report: setup ## write the report and the explorer of all corpora or of one (CORPUS=press); needs the figures
	@$(BIN)/polythemes report $(CORPUS)

test: ## install what the tests need too, check the code, run the tests
	@sh requirements/install.sh test
	@$(MAKE) --no-print-directory lint
	@$(call step,pytest,OPENBLAS_NUM_THREADS=1 $(BIN)/pytest --numprocesses auto --dist worksteal)

lint: ## check style, types and that notebooks hold no output (after make test)
	@$(call step,ruff check,$(BIN)/ruff check --quiet .)
	@$(call step,ruff format,$(BIN)/ruff format --quiet --diff .,$(BIN)/ruff format . mends it)
	@$(call step,mypy,$(BIN)/mypy)
	@$(if $(NOTEBOOKS),$(call step,nbstripout,$(BIN)/nbstripout --verify $(NOTEBOOKS),$(BIN)/nbstripout notebooks/*.ipynb mends it))

lab: setup ## open the notebooks in JupyterLab
	@$(BIN)/jupyter lab notebooks

benchmark: setup ## compare topic models on a folder of <language>/*.tsv (DATA=folder, ONLY=polythemes, LIMIT=600)
	@$(BIN)/python -m benchmarks.topics "$(DATA)" $(if $(ONLY),--only "$(ONLY)") $(if $(LIMIT),--limit "$(LIMIT)")

benchmark-themes: setup ## find named themes in a folder of <language>/*.tsv (DATA=folder, THEMES=file.toml, ONLY=polythemes)
	@$(BIN)/python -m benchmarks.themes "$(DATA)" "$(THEMES)" $(if $(ONLY),--only "$(ONLY)")

lock: setup ## write requirements/*.txt and environment.yml from pyproject.toml (UPGRADE=1: newest versions)
	@sh requirements/lock.sh $(if $(UPGRADE),--upgrade)

clean: ## remove .venv and all that can be made again; texts and figures stay
	@rm -rf .venv .cache build dist report
	@find . -name __pycache__ -prune -exec rm -rf {} +
