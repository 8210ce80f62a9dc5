# One image for web, workers and migrations; docker-compose.yml says which process a container runs.
FROM python:3.12-slim

ENV PYTHONUNBUFFERED=1 \
    PARC_FERME_VAR=/data \
    STATIC_ROOT=/app/staticfiles

RUN useradd --system --uid 10001 --home-dir /app --no-create-home parcferme \
    && install --directory --owner=parcferme /data

WORKDIR /app
COPY requirements/base.txt requirements/base.txt
RUN pip install --no-cache-dir --require-hashes -r requirements/base.txt

COPY manage.py ./
COPY racing racing
COPY standings standings
COPY templates templates
COPY static static
COPY locale locale
# The key is only for this step; a container without SECRET_KEY makes its own in /data.
RUN SECRET_KEY=only-to-collect PARC_FERME_VAR=/tmp/var python manage.py collectstatic --noinput -v0 \
    && python -m compileall -q racing standings

USER parcferme
VOLUME /data
EXPOSE 8000
CMD ["granian", "--interface=wsgi", "--host=0.0.0.0", "--port=8000", "--respawn-failed-workers", "--no-ws", "racing.wsgi:application"]
