# The gateway with its pages: docker build -f docker/gateway.Dockerfile .
# See function.Dockerfile for the base and the bytecode.
ARG BASE_IMAGE=python:3.11-slim-bookworm

FROM ${BASE_IMAGE} AS packages
COPY docker/compile_bytecode.py requirements-gateway.txt /build/
RUN ["python3", "-m", "pip", "install", "--no-cache-dir", "--disable-pip-version-check", "--require-hashes", \
     "--no-compile", "--target", "/app/packages", "--requirement", "/build/requirements-gateway.txt"]
RUN ["python3", "/build/compile_bytecode.py", "/app/packages"]

# The web client, built with the Node of a wheel: no other image is needed, and nothing of this stage stays but dist/.
FROM ${BASE_IMAGE} AS web
COPY requirements-web.txt /build/
RUN ["python3", "-m", "pip", "install", "--no-cache-dir", "--disable-pip-version-check", "--require-hashes", \
     "--no-compile", "--target", "/build/packages", "--requirement", "/build/requirements-web.txt"]
# Node has certificates of its own: those of the base count as well, as they do for pip.
ENV PYTHONPATH=/build/packages \
    NODE_USE_SYSTEM_CA=1
COPY gateway/web /web
RUN ["python3", "/web/build.py"]

FROM ${BASE_IMAGE} AS code
COPY docker/compile_bytecode.py /build/
COPY shared /own/shared
COPY gateway /own/gateway
RUN ["rm", "-r", "/own/shared/adapters/memory", "/own/shared/client", "/own/gateway/web"]
COPY --from=web /web/dist /own/gateway/web/dist
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
USER 65532:65532
EXPOSE 8080
CMD ["python3", "-m", "gateway"]
COPY --from=code /own ./
ARG VERSION=0.0.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="quizline/gateway" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
