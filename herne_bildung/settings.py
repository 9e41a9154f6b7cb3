"""Settings of the portal. Every value that differs between installations comes
from an environment variable; docs/operations.md explains each of them.
"""

import os
import sys
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF

from herne_bildung.beat import BEAT_SCHEDULE
from herne_bildung.lib import languages
from herne_bildung.lib.environment import (
    kept_secret,
    mail_settings,
    names,
    number,
    redis_database,
    switch,
)
from herne_bildung.lib.language_names import said_in
from herne_bildung.log_settings import LOG
from herne_bildung.offer_settings import OFFERS
from herne_bildung.sign_in_settings import SIGN_IN
from herne_bildung.start.addresses import web_address

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(os.environ.get("VAR_DIR", BASE_DIR / "var"))

TESTING = "pytest" in sys.modules
DEBUG = switch("DEBUG")
PRODUCTION = switch("PRODUCTION")
SECRET_KEY = os.environ.get("SECRET_KEY") or kept_secret(VAR_DIR / "secret_key")
ALLOWED_HOSTS = names("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = names("CSRF_TRUSTED_ORIGINS")
PUBLIC_ADDRESS = (os.environ.get("PUBLIC_ADDRESS") or web_address().url).rstrip("/")
WSGI_APPLICATION = "herne_bildung.wsgi.application"
ROOT_URLCONF = "herne_bildung.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "city.User"

INSTALLED_APPS = [
    "modeltranslation",
    "herne_bildung.city.admin_config.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_filters",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "herne_bildung.portal.sign_in_records.SignInRecordsConfig",
    "csp",
    "herne_bildung.portal",
    "herne_bildung.city",
    "herne_bildung.freshness",
    "offerings",
    "counselling",
    "goals",
    "monitoring",
]

MIDDLEWARE = [
    "herne_bildung.portal.middleware.PageCacheMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "herne_bildung.portal.middleware.PublicPageMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "herne_bildung.portal.accounts.second_factor.SecondFactorMiddleware",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "herne_bildung.portal.context.page",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
            ],
        },
    }
]

# --- database, broker, cache -------------------------------------------------

DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL", "postgresql://localhost/herne"),
        conn_max_age=600,
        conn_health_checks=True,
    )
}
DATABASES["default"]["OPTIONS"] = {
    **DATABASES["default"].get("OPTIONS", {}),
    "options": "-c jit=off -c pg_trgm.similarity_threshold=0.4",
    # Statements seen three times are prepared; only the server's binding allows that.
    "server_side_binding": True,
    "prepare_threshold": 3,
    "connect_timeout": 5,
}

REDIS_URL = os.environ.get("REDIS_URL", "redis://localhost:6379")
CELERY_BROKER_URL = redis_database(REDIS_URL, 1, broker=True)
CACHE_URL = redis_database(REDIS_URL, 0)
# Counts of attempts, used codes; the page cache has its own way to Redis.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    if TESTING
    else {
        "BACKEND": "herne_bildung.lib.patient_cache.PatientCache",
        "LOCATION": CACHE_URL,
        "KEY_PREFIX": "django",
    }
}

# --- background work ---------------------------------------------------------

CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_DEFAULT_QUEUE = "default"
# A worker for each queue, so that mails and what takes long wait for nothing else.
CELERY_TASK_ROUTES = {
    "herne_bildung.freshness.tasks.send_waiting_mails": {"queue": "mail"},
    "herne_bildung.portal.tasks.work_on_imports": {"queue": "tables"},
    "offerings.tasks.work_on_prints": {"queue": "tables"},
}
# Seconds; tasks, and kB of memory, until a worker begins anew: start.worker_limits.
CELERY_TASK_TIME_LIMIT = 600
CELERY_WORKER_MAX_TASKS_PER_CHILD = 1000
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 240_000
CELERY_TASK_ACKS_LATE = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# Pages do not wait for a broker that is away; beat finds what lies there.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "max_retries": 0,
    "interval_start": 0,
    "interval_step": 0,
    "socket_connect_timeout": 2,
}
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "Europe/Berlin"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "run" / "beat")
CELERY_BEAT_SCHEDULE = BEAT_SCHEDULE

# --- languages and time ------------------------------------------------------

languages.register_leichte_sprache()
LANGUAGE_CODE = languages.DEFAULT_LANGUAGE
LANGUAGES = [(entry.code, entry.native_name) for entry in languages.LANGUAGES]
MODELTRANSLATION_DEFAULT_LANGUAGE = languages.DEFAULT_LANGUAGE
MODELTRANSLATION_LANGUAGES = languages.CODES
MODELTRANSLATION_ENABLE_FALLBACKS = False
MODELTRANSLATION_BUILD_LOCALIZED_VERBOSE_NAME = said_in
LOCALE_PATHS = [BASE_DIR / "herne_bildung" / "locale"]
USE_I18N = True
TIME_ZONE = "Europe/Berlin"
USE_TZ = True

# --- files -------------------------------------------------------------------

MEDIA_ROOT = VAR_DIR / "media"
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [VAR_DIR / "static-build"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "herne_bildung.lib.static_files.StaticFiles"},
}
WHITENOISE_MAX_AGE = 60 * 60 * 24 * 365
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# --- mail --------------------------------------------------------------------

globals().update(mail_settings(os.environ.get("EMAIL_URL", ""), VAR_DIR / "mail"))
DEFAULT_FROM_EMAIL = os.environ.get("MAIL_FROM", "portal@localhost")
# Where reports about barriers go; empty: they wait in var/mail under this name.
BARRIER_MAILBOX = os.environ.get("BARRIER_MAILBOX") or "barrierefreiheit@localhost"
# Contact in the catalogue of open data, and the city's key at GovData; empty: neither.
OPEN_DATA_MAILBOX = os.environ.get("OPEN_DATA_MAILBOX", "")
OPEN_DATA_CONTRIBUTOR = os.environ.get("OPEN_DATA_CONTRIBUTOR", "")

# Days of the rhythm of reminders (herne_bildung.freshness.rhythm): the first mail
# before an entry is due; reminder, second contact, responsible body, call list after
# that; hidden when the call list had no success for so long.
CARE_ASK_BEFORE_DAYS = number("CARE_ASK_BEFORE_DAYS", 21, least=7, most=60)
CARE_REMIND_AFTER_DAYS = number("CARE_REMIND_AFTER_DAYS", 7, least=3, most=60)
CARE_STEP_AFTER_DAYS = number("CARE_STEP_AFTER_DAYS", 7, least=3, most=60)
CARE_HIDE_AFTER_DAYS = number("CARE_HIDE_AFTER_DAYS", 28, least=14, most=365)
# The office that answers for all entries: copies of reports, what was hidden.
CARE_MAILBOX = os.environ.get("CARE_MAILBOX") or "bildungsbuero@localhost"
# Months that a reader's subscription lasts; before it ends a mail offers to go on.
SUBSCRIPTION_MONTHS = number("SUBSCRIPTION_MONTHS", 12, least=1, most=36)
SURVEY_REPORT_WEEKS = number("SURVEY_REPORT_WEEKS", 26, least=1, most=104)
SUPPLY_LEAST_CHILDREN = number("SUPPLY_LEAST_CHILDREN", 100, least=10, most=10_000)
# Days that the log of sign-ins, rights, publications and exports is kept.
AUDIT_KEPT_DAYS = number("AUDIT_KEPT_DAYS", 730, least=90, most=3650)
# Days that former versions of entries are kept; the newest one stays.
VERSIONS_KEPT_DAYS = number("VERSIONS_KEPT_DAYS", 1095, least=90, most=3650)
# Tables that people hand in (herne_bildung.portal.exchange): bytes, rows, days.
IMPORT_MOST_BYTES = number("IMPORT_MOST_MB", 10, least=1, most=100) * 1_000_000
IMPORT_MOST_BYTES_UNPACKED = 6 * IMPORT_MOST_BYTES
IMPORT_MOST_ROWS = number("IMPORT_MOST_ROWS", 20_000, least=100, most=200_000)
IMPORT_FILES_KEPT_DAYS = number("IMPORT_FILES_KEPT_DAYS", 14, least=1, most=90)
# Rows of a list that go into one file.
EXPORT_MOST_ROWS = number("EXPORT_MOST_ROWS", 20_000, least=100, most=1_000_000)
globals().update(OFFERS)
IMPORTS_KEPT_DAYS = number("IMPORTS_KEPT_DAYS", 180, least=30, most=730)
# Files of values for the monitoring (monitoring.imports); columns: 200.
MONITORING_IMPORT_MOST_BYTES = (
    number("MONITORING_IMPORT_MOST_MB", 25, least=1, most=100) * 1_000_000
)
MONITORING_IMPORT_MOST_ROWS = number(
    "MONITORING_IMPORT_MOST_ROWS", 200_000, least=100, most=1_000_000
)

# Council papers (goals.oparl): hosts inside our own network that may be asked, as
# "host" or "host:port", and seconds to wait before each further attempt.
OPARL_INTERNAL_HOSTS = names("OPARL_INTERNAL_HOSTS")
OPARL_RETRY_SECONDS = [float(part) for part in names("OPARL_RETRY_SECONDS", "2,10,30")]

# --- safety ------------------------------------------------------------------

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "herne_bildung.portal.sign_in.PeopleBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
globals().update(SIGN_IN)
# Browsers allow passkeys without TLS on "localhost" only.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
SESSION_COOKIE_PATH = "/verwaltung/"
CSRF_COOKIE_PATH = "/verwaltung/"
CSRF_FAILURE_VIEW = "herne_bildung.city.typed_views.form_refused"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = ACCOUNT_SESSION_COOKIE_AGE = 60 * 60 * 12

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
# Proxies of ours in front that add to X-Forwarded-For; 0: the peer is the visitor.
PROXY_COUNT = int(os.environ.get("PROXY_COUNT", "0"))
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

if PRODUCTION:
    SECURE_SSL_REDIRECT = True
    # The watchman of an installation asks from inside, without TLS.
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True

DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
LOGGING = LOG
