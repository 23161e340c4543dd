# The site as a container image: `docker build --tag actiris-site .`, or `docker compose up --build` for everything.

FROM python:3.13-slim-trixie AS builder

WORKDIR /build
COPY requirements.txt .
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.txt


FROM python:3.13-slim-trixie

ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=actiris_site.settings \
    MEDIA_ROOT=/srv/media \
    CACHE_URL=filecache:///srv/cache \
    STRINGS_ROOT=/srv/strings \
    PORT=8000

# pg_dump and pg_restore of the server's version (compose.yaml), for `manage.py backup`: Debian's own are older. What leads to
# them is in postgresql-client-common; postgresql-common is for servers, and would leave a private key in the image.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates postgresql-client-common \
    && /usr/share/postgresql-common/pgdg/apt.postgresql.org.sh -y \
    && apt-get install --yes --no-install-recommends postgresql-client-18 \
    && rm -rf /var/lib/apt/lists/*

# The code stays root's: the site can write uploads, its cache and what translators edited, and nothing else.
RUN useradd --no-log-init --uid 10001 --no-create-home --shell /usr/sbin/nologin site \
    && install --directory --owner site --mode 0750 /srv/cache /srv/strings \
    && install --directory --owner site --mode 0755 /srv/media /srv/static /srv/copy

COPY --from=builder /opt/venv /opt/venv
WORKDIR /srv/site
COPY . .

# The settings insist on values that only a running site has; none of these reaches the image.
RUN export SECRET_KEY=only-to-build-the-image-and-never-to-serve-anything-from-it \
    ALLOWED_HOSTS=build SITE_URL=http://build DATABASE_URL=postgres://build/build \
    && python -m compileall -q . \
    && python -m deploy.catalogues \
    && python manage.py collectstatic --noinput --verbosity 0 \
    && python manage.py write_error_pages

USER 10001
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-m", "deploy.healthcheck"]
CMD ["gunicorn", "--config", "deploy/gunicorn.conf.py"]
