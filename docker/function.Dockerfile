# One of the five functions: docker build -f docker/function.Dockerfile --build-arg FUNCTION=score .
# `make images` builds them all. The base is an argument, so that the same file builds where only another one is to
# be had; it needs python3 (3.11 or newer) and pip, the result needs no shell.
ARG BASE_IMAGE=python:3.11-slim-bookworm

FROM ${BASE_IMAGE} AS build
COPY requirements-functions.txt /build/
# Only what the lock names, checked by hash; compiled, for a cold start without .pyc files takes 1.4 s longer.
RUN python3 -m pip install --no-cache-dir --disable-pip-version-check --require-hashes --compile \
    --target /app/packages --requirement /build/requirements-functions.txt
COPY shared /app/shared
COPY functions/__init__.py functions/entrypoint.py functions/unexpected.py functions/wiring.py /app/functions/
ARG FUNCTION
COPY functions/${FUNCTION} /app/functions/${FUNCTION}
# unchecked-hash: never compared with the source again, so no time stamp of a layer can make it stale.
RUN rm -rf /app/shared/adapters/memory /app/shared/client /app/shared/importers \
    && python3 -m compileall -q --invalidation-mode unchecked-hash /app/shared /app/functions

FROM ${BASE_IMAGE}
ARG FUNCTION
ARG VERSION=0.0.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="quizline/functions-${FUNCTION}" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
COPY --from=build /app /app
WORKDIR /app
ENV PYTHONPATH=/app:/app/packages \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PATH=/app/packages/bin:/usr/local/bin:/usr/bin:/bin \
    FUNCTION_SOURCE=functions/${FUNCTION}/main.py \
    FUNCTION_TARGET=${FUNCTION} \
    FUNCTION_SIGNATURE_TYPE=cloudevent \
    PORT=8080
USER 65532:65532
EXPOSE 8080
# The same command stands in the Knative Service, which also sets the port.
CMD ["python3", "-m", "uvicorn", "functions_framework.aio:app", "--host", "0.0.0.0", "--port", "8080", \
     "--lifespan", "on", "--timeout-keep-alive", "620", "--no-access-log", "--log-level", "warning"]
