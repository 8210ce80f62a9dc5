"""Settings. Everything that differs between installations comes from the environment; `.env.example` lists it."""

import json
import os
import secrets
from decimal import Decimal
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
#: All that a running installation writes: database, originals, broker folders, secret key.
VAR_DIR = Path(os.environ.get("PARC_FERME_VAR", BASE_DIR / "var"))


def flag(name: str, default: bool = False) -> bool:
    """Read a yes-or-no variable of the environment."""
    return os.environ.get(name, str(default)).strip().lower() in ("1", "true", "yes", "on")


def names(name: str) -> list[str]:
    """Read a comma-separated variable of the environment."""
    return [part.strip() for part in os.environ.get(name, "").split(",") if part.strip()]


def secret_key() -> str:
    """Take the key from the environment; an installation without one makes its own once and keeps it to itself."""
    if key := os.environ.get("SECRET_KEY"):
        return key
    path = VAR_DIR / "secret-key"
    if not path.exists():
        VAR_DIR.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(64))
    return path.read_text()


DEBUG = flag("DEBUG")
#: Served over HTTPS: cookies, redirects and HSTS follow.
HTTPS = flag("HTTPS")
SECRET_KEY = secret_key()
ALLOWED_HOSTS = names("ALLOWED_HOSTS") or ["127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = names("CSRF_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "racing",
    "standings",
    "racing.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_tables2",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
]

ROOT_URLCONF = "racing.urls"
WSGI_APPLICATION = "racing.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# --- database: SQLite beside the program, or PostgreSQL by DATABASE_URL -------------------------------------------------

DATABASES = {"default": dj_database_url.config(default=f"sqlite:///{VAR_DIR / 'parc-ferme.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:
    # Of the statements that ask for it (`racing.statements`) a connection keeps the plans, of all others none, however often
    # they run: to plan a statement of a correction takes as long as to run it, and to start processes that help with it longer.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("prepare_threshold", 1_000_000)
    DATABASES["default"]["OPTIONS"].setdefault(
        "options", "-c plan_cache_mode=force_generic_plan -c max_parallel_workers_per_gather=0"
    )
    if flag("DATABASE_POOL"):
        # For the web: after a restart of PostgreSQL a pool with health checks loses next to no request. A pool smaller than
        # the number of threads is slower than none. Workers take none: Celery closes it after each task.
        DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
        DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": int(os.environ.get("WEB_THREADS", "8"))}

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Celery: folders beside the program, or Redis, Valkey, RabbitMQ by CELERY_BROKER_URL --------------------------------

CELERY_BROKER_URL = os.environ.get("CELERY_BROKER_URL", "filesystem://localhost")
if CELERY_BROKER_URL.startswith("filesystem"):
    _queue = VAR_DIR / "broker"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(_queue / "messages"),
        "data_folder_out": str(_queue / "messages"),
        "control_folder": str(_queue / "control"),
        "processed_folder": str(_queue / "processed"),
        "polling_interval": 0.1,
    }
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
#: Installations that share a broker take a queue each.
CELERY_TASK_DEFAULT_QUEUE = os.environ.get("CELERY_QUEUE", "parc-ferme")
# The job rows say what is done; messages only wake workers, so none is worth keeping for its own sake: acknowledged at once,
# a message whose worker dies is not delivered again and again, and the sweep finds the job.
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 180
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "Europe/Paris"

#: A job whose worker has not been heard of for this many seconds is taken up by another.
JOB_STALE_AFTER = float(os.environ.get("JOB_STALE_AFTER", "8"))
#: How often a worker says that it lives, and looks for jobs that nobody holds, in seconds.
JOB_HEARTBEAT = float(os.environ.get("JOB_HEARTBEAT", "2"))
#: How often a job is taken up before it is given up as failed.
JOB_ATTEMPTS = 3

# --- uploads -----------------------------------------------------------------------------------------------------------

ORIGINALS_ROOT = VAR_DIR / "originals"
UPLOAD_MAX_BYTES = 20 * 1024 * 1024
UPLOAD_MAX_FILES = 20
FILE_UPLOAD_HANDLERS = [
    "racing.uploading.LimitedUploads",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
#: Pasted text of DOCUMENT_MAX_CHARACTERS, whatever its alphabet; and a classification of a hundred cars in one form.
DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 6000
DATA_UPLOAD_MAX_NUMBER_FILES = 200
#: Limits of the process that reads one document.
DOCUMENT_SECONDS = 30
DOCUMENT_MEMORY_BYTES = 768 * 1024 * 1024
DOCUMENT_MAX_CHARACTERS = 1_000_000

# --- the model reader: off until an endpoint is named (docs/operating.md) -------------------------------------------------

#: Base address of a server that speaks the OpenAI chat-completions protocol, such as https://host/v1, and the model's name.
MODEL_READER_URL = os.environ.get("MODEL_READER_URL", "").strip()
MODEL_READER_MODEL = os.environ.get("MODEL_READER_MODEL", "").strip()
#: Comes from the environment only; it is neither stored nor shown nor logged.
MODEL_READER_KEY = os.environ.get("MODEL_READER_KEY", "").strip()
#: The time for one report, all attempts included; with the reading before it, it must stay under CELERY_TASK_TIME_LIMIT.
MODEL_READER_SECONDS = min(float(os.environ.get("MODEL_READER_SECONDS", "120")), CELERY_TASK_TIME_LIMIT - 40.0)
MODEL_READER_ATTEMPTS = int(os.environ.get("MODEL_READER_ATTEMPTS", "3"))
#: A text is sent in parts of at most this many characters, and no more parts than this.
MODEL_READER_PART_CHARACTERS = max(1_000, int(os.environ.get("MODEL_READER_PART_CHARACTERS", "24000")))
MODEL_READER_PARTS = int(os.environ.get("MODEL_READER_PARTS", "8"))
MODEL_READER_OUTPUT_TOKENS = int(os.environ.get("MODEL_READER_OUTPUT_TOKENS", "8000"))
#: Prices for a million tokens, in a currency that is only a word here.
MODEL_READER_PRICE_IN = Decimal(os.environ.get("MODEL_READER_PRICE_IN", "0"))
MODEL_READER_PRICE_OUT = Decimal(os.environ.get("MODEL_READER_PRICE_OUT", "0"))
MODEL_READER_CURRENCY = os.environ.get("MODEL_READER_CURRENCY", "EUR")
#: What may be spent within a calendar month, in money and in tokens; 0 asks nothing at all, empty sets no limit.
MODEL_READER_MONTHLY_COST = os.environ.get("MODEL_READER_MONTHLY_COST", "20").strip()
MODEL_READER_MONTHLY_TOKENS = os.environ.get("MODEL_READER_MONTHLY_TOKENS", "5000000").strip()
for _limit in (MODEL_READER_MONTHLY_COST, MODEL_READER_MONTHLY_TOKENS):
    Decimal(_limit or 0)  # a limit that is no number must stop the start, not be none
#: Fields of the request that a server wants otherwise, as JSON; null takes one out.
MODEL_READER_EXTRA = json.loads(os.environ.get("MODEL_READER_EXTRA", "{}"))

# --- languages ---------------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("French")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Paris"

# --- files that the web serves -----------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT", VAR_DIR / "static"))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
if DEBUG or flag("PLAIN_STATIC"):
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    WHITENOISE_USE_FINDERS = True

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 2000}},
}

# --- security ----------------------------------------------------------------------------------------------------------

# No nonce: it would make every page differ and no page could be answered with 304.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
if HTTPS:
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "racing:login"
LOGIN_REDIRECT_URL = "standings:home"
LOGOUT_REDIRECT_URL = "standings:home"

# --- logs --------------------------------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "INFO")},
}
