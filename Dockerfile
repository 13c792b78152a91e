# The image of every role; TURNERO_ROLES says which it plays.
FROM python:3.11-slim-bookworm AS build

ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/turnero
COPY requirements.lock /src/
RUN /opt/turnero/bin/pip install --require-hashes -r /src/requirements.lock
COPY . /src
RUN /opt/turnero/bin/pip install --no-deps /src


FROM python:3.11-slim-bookworm

RUN apt-get update && apt-get install -y --no-install-recommends espeak-ng && rm -rf /var/lib/apt/lists/*
RUN useradd --system --create-home --home-dir /var/lib/turnero turnero
COPY --from=build /opt/turnero /opt/turnero
ENV PATH=/opt/turnero/bin:$PATH PYTHONUNBUFFERED=1 TURNERO_HOST=0.0.0.0
USER turnero
WORKDIR /var/lib/turnero
EXPOSE 8080
HEALTHCHECK --interval=5s --timeout=3s --start-period=20s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8080/healthz', timeout=2)"]
ENTRYPOINT ["turnero"]
CMD ["serve"]
