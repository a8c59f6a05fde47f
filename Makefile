# Thin: each target is one command of the project, run from .venv, which is made by the first target that needs it.
# A fresh clone needs Python 3.11 or newer and make. PYTHON names an interpreter, if the first one found will not do.

VENV := .venv
BIN := $(VENV)/bin
WEB := $(BIN)/python gateway/web/build.py
INSTALLED := $(VENV)/.installed
FOLDERS := docker functions gateway knative shared tests

PLAYERS ?= 50
QUIZ ?=
SETTINGS ?= {}
FORMAT ?= json
QUESTIONS ?= 6
SEED ?=
SECONDS ?= 60
FAULT ?=
TARGET ?= local
OVERLAY ?= cluster

IS_FIT := import sys, venv, ensurepip, ssl; sys.exit(sys.version_info < (3, 11))
CANDIDATES := python3 python3.14 python3.13 python3.12 python3.11 python
PYTHON ?= $(shell for p in $(CANDIDATES); do $$p -c '$(IS_FIT)' >/dev/null 2>&1 && echo $$p && break; done)

.DEFAULT_GOAL := help
.PHONY: help up down status play chaos fuzz invoke import export test web e2e deploy undeploy lint format lock images image-gateway clean

help: ## Show this
	@sed -n 's/^\([a-z0-9]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20
	@echo '  More: $(BIN)/quizline --help'

up: web ## Start everything; prints the addresses; Ctrl-C ends it
	@$(BIN)/quizline up

down: $(INSTALLED) ## Stop what runs in another terminal; data are kept
	@$(BIN)/quizline down

status: $(INSTALLED) ## Processes and functions of the running system
	@$(BIN)/quizline status

play: web ## Bots play a whole quiz, checked: PLAYERS=50 QUIZ=file SETTINGS={...}
	@$(BIN)/quizline play --players '$(PLAYERS)' --quiz '$(QUIZ)' --settings '$(SETTINGS)'

chaos: web ## Faults in the middle of play, a row each: PLAYERS=30 QUESTIONS=6 SEED= FAULT=kill-redis
	@$(BIN)/quizline chaos --players '$(if $(filter file,$(origin PLAYERS)),30,$(PLAYERS))' \
		--questions '$(QUESTIONS)' $(if $(SEED),--seed '$(SEED)') --fault '$(FAULT)'

fuzz: web ## A session amid noise on every socket, path and topic: SECONDS=60 SEED=
	@$(BIN)/quizline fuzz --seconds '$(SECONDS)' $(if $(SEED),--seed '$(SEED)')

invoke: web ## Post an event to one function: FN=score EVENT=tests/events/answer.accepted.json
	@$(BIN)/quizline invoke '$(FN)' '$(EVENT)'

import: $(INSTALLED) ## Import a question bank into the running system: FILE=bank.gift
	@$(BIN)/quizline import '$(FILE)'

export: $(INSTALLED) ## Write a published quiz as a file on standard output: QUIZ=id FORMAT=json
	@$(BIN)/quizline export '$(QUIZ)' --format '$(FORMAT)'

test: web ## All tests, on real servers and a real browser
	@$(WEB) test --silent
	@$(BIN)/python -m tests.browser.chromium
	@$(BIN)/pytest -n 2 --dist loadfile

web: $(INSTALLED) ## Build the web client, if its sources changed
	@$(WEB) build

e2e: web ## The end-to-end tests alone: TARGET=local, or cluster for kubectl's context (docs/cluster-test.md)
	@QUIZLINE_E2E_TARGET='$(TARGET)' $(BIN)/pytest tests/e2e

deploy: $(INSTALLED) ## Install on the cluster of kubectl's context: OVERLAY=cluster
	@$(BIN)/quizline deploy '$(OVERLAY)'

undeploy: $(INSTALLED) ## Remove it again; topics, Secrets and the namespace stay: OVERLAY=cluster
	@$(BIN)/quizline undeploy '$(OVERLAY)'

lint: $(INSTALLED) ## Format, lint, types, forbidden imports
	@$(BIN)/ruff format --check $(FOLDERS)
	@$(BIN)/ruff check $(FOLDERS)
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(WEB) lint

format: $(INSTALLED) ## Let ruff and Biome format and fix
	@$(BIN)/ruff format $(FOLDERS)
	@$(BIN)/ruff check --fix $(FOLDERS)
	@$(WEB) format

# No index and no host stand in the lock files: whoever installs uses the index that they have configured.
LOCK := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --python-version 3.11 \
	--custom-compile-command 'make lock'

lock: $(INSTALLED) ## Renew the lock files from pyproject.toml, and the jars of Kafka
	@$(LOCK) pyproject.toml --extra functions --extra gateway --extra local --group dev --group web \
		--output-file requirements-dev.txt
	@$(LOCK) pyproject.toml --extra functions --output-file requirements-functions.txt
	@$(LOCK) pyproject.toml --extra gateway --output-file requirements-gateway.txt
	@$(LOCK) --group web --output-file requirements-web.txt
	@$(BIN)/python -m knative.local.servers.jars

# Images are named $(IMAGE_PREFIX)functions-NAME:$(TAG) and $(IMAGE_PREFIX)gateway:$(TAG).
BUILDER ?= docker
BUILD_OPTIONS ?=
BASE_IMAGE ?= python:3.11-slim-bookworm
IMAGE_PREFIX ?= quizline/
VERSION := $(shell sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml)
TAG ?= $(VERSION)
REVISION := $(shell git describe --always --dirty --exclude '*' 2>/dev/null || echo unknown)
FUNCTIONS := $(patsubst functions/%/main.py,%,$(wildcard functions/*/main.py))
BUILD = $(BUILDER) build $(BUILD_OPTIONS) --build-arg 'BASE_IMAGE=$(BASE_IMAGE)' --build-arg 'VERSION=$(VERSION)' \
	--build-arg 'REVISION=$(REVISION)'

images: $(FUNCTIONS:%=image-%) image-gateway ## Container images: BUILDER=docker BASE_IMAGE=... IMAGE_PREFIX=... TAG=...

image-gateway:
	@$(BUILD) --file docker/gateway.Dockerfile --tag '$(IMAGE_PREFIX)gateway:$(TAG)' .

image-%:
	@$(BUILD) --file docker/function.Dockerfile --build-arg 'FUNCTION=$*' --tag '$(IMAGE_PREFIX)functions-$*:$(TAG)' .

clean: ## Remove data, logs, downloads and caches
	@if [ -x $(BIN)/quizline ]; then $(BIN)/quizline clean; else rm -rf .quizline; fi
	@rm -rf gateway/web/dist gateway/web/node_modules
	@find $(FOLDERS) -name __pycache__ -type d -prune -exec rm -rf {} +

$(INSTALLED): pyproject.toml requirements-dev.txt
	@[ -n '$(PYTHON)' ] || { echo 'quizline: expected Python 3.11 or newer with its venv module, found none of:' \
		'$(CANDIDATES). Install one (on Debian: python3 and python3-venv), or name one: make PYTHON=...' >&2; exit 2; }
	@echo 'quizline | installing into $(VENV), once: about half a minute' >&2
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
