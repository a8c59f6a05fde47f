# One of the five functions: docker build -f docker/function.Dockerfile --build-arg FUNCTION=score .
# `make images` builds them all; all but the last layer are the same for the five, so they cost one installation.
# The base is an argument, so that the same file builds where only another one is to be had: it needs python3 (3.11 or
# newer) and pip. Nothing in the result needs a shell.
ARG BASE_IMAGE=python:3.11-slim-bookworm

FROM ${BASE_IMAGE} AS packages
COPY docker/compile_bytecode.py requirements-functions.txt /build/
# Only what the lock names, checked by hash.
RUN ["python3", "-m", "pip", "install", "--no-cache-dir", "--disable-pip-version-check", "--require-hashes", \
     "--no-compile", "--target", "/app/packages", "--requirement", "/build/requirements-functions.txt"]
RUN ["python3", "/build/compile_bytecode.py", "/app/packages"]

FROM ${BASE_IMAGE} AS code
COPY docker/compile_bytecode.py /build/
COPY shared /common/shared
COPY functions/*.py /common/functions/
# The fakes, the players' client and the question banks are not for production.
RUN ["rm", "-r", "/common/shared/adapters/memory", "/common/shared/client", "/common/shared/importers", \
     "/common/shared/exporters", "/common/shared/results"]
RUN ["python3", "/build/compile_bytecode.py", "/common"]
ARG FUNCTION
COPY functions/${FUNCTION} /own/functions/${FUNCTION}
RUN ["python3", "/build/compile_bytecode.py", "/own"]

FROM ${BASE_IMAGE}
COPY docker/compile_bytecode.py /build/
RUN ["python3", "/build/compile_bytecode.py", "--standard-library"]
WORKDIR /app
ENV PYTHONPATH=/app:/app/packages \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PORT=8080
COPY --from=packages /app/packages packages
COPY --from=code /common ./
USER 65532:65532
EXPOSE 8080
# The same command stands in the Knative Service, which also sets the port.
CMD ["python3", "-m", "uvicorn", "functions_framework.aio:app", "--host", "0.0.0.0", "--port", "8080", \
     "--lifespan", "on", "--timeout-keep-alive", "620", "--no-access-log", "--log-level", "warning"]

# What differs between the functions comes last: the layers above are shared.
ARG FUNCTION
COPY --from=code /own ./
ENV FUNCTION_SOURCE=functions/${FUNCTION}/main.py \
    FUNCTION_TARGET=${FUNCTION} \
    FUNCTION_SIGNATURE_TYPE=cloudevent
ARG VERSION=0.0.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="quizline/functions-${FUNCTION}" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
