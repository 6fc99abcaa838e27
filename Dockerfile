# Serves the volume /data at port 8000; `docker run … recalling build /reports` publishes into it. See docs/operating.md.
FROM python:3.11-slim AS packages

COPY frontend /frontend
RUN pip install --no-cache-dir --require-hashes -r /frontend/requirements.lock \
 && python /frontend/install.py /packages

FROM python:3.11-slim

WORKDIR /opt/recalling
COPY requirements.lock ./
RUN python -m venv /opt/venv \
 && /opt/venv/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY mappings mappings
COPY ontology ontology
COPY server server
COPY shapes shapes
COPY --from=packages /packages server/static/packages
RUN /opt/venv/bin/pip install --no-cache-dir --no-deps --no-build-isolation . \
 && groupadd --gid 10001 recalling \
 && useradd --uid 10001 --gid 10001 --no-create-home recalling \
 && install -d -o recalling -g recalling /data

ENV PATH=/opt/venv/bin:$PATH RECALLING_DATA=/data RECALLING_HOST=0.0.0.0 RECALLING_HEALTH_PORT=8001
USER 10001:10001
WORKDIR /
VOLUME /data
EXPOSE 8000
HEALTHCHECK --start-period=10s \
  CMD ["python", "-c", "import httpx; httpx.get('http://127.0.0.1:8001/health/ready', timeout=5).raise_for_status()"]
ENTRYPOINT ["recalling"]
CMD ["serve"]
