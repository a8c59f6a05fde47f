# The gateway with its pages: docker build -f docker/gateway.Dockerfile .
# See function.Dockerfile for the base and the bytecode.
ARG BASE_IMAGE=python:3.11-slim-bookworm

FROM ${BASE_IMAGE} AS build
COPY requirements-gateway.txt /build/
RUN python3 -m pip install --no-cache-dir --disable-pip-version-check --require-hashes --compile \
    --target /app/packages --requirement /build/requirements-gateway.txt
COPY shared /app/shared
COPY gateway /app/gateway
RUN rm -rf /app/shared/adapters/memory /app/shared/client /app/shared/importers \
    && python3 -m compileall -q --invalidation-mode unchecked-hash /app/shared /app/gateway

FROM ${BASE_IMAGE}
ARG VERSION=0.0.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="quizline/gateway" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
COPY --from=build /app /app
WORKDIR /app
ENV PYTHONPATH=/app:/app/packages \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PORT=8080
USER 65532:65532
EXPOSE 8080
CMD ["python3", "-m", "gateway"]
