"""Settings: an embedded database in one folder by default, everything else through the environment."""

import os
import secrets
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

PACKAGE = Path(__file__).resolve().parent.parent

# One folder holds all that an office must back up: database, files as they arrived, key.
DATA = Path(os.environ.get("SAFEMONTH_DATA", "safemonth-data")).resolve()

# Where the site is reached: numbers in the Word and PDF summary link there.
SITE = os.environ.get("SAFEMONTH_SITE", "http://127.0.0.1:8000").rstrip("/")

# Whether the office stated it; else a phone is answered with the address that it asked.
SITE_IS_STATED = "SAFEMONTH_SITE" in os.environ

DEBUG = os.environ.get("SAFEMONTH_DEBUG") == "1"
ALLOWED_HOSTS = os.environ.get("SAFEMONTH_HOSTS", "127.0.0.1,localhost,[::1],testserver").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("SAFEMONTH_ORIGINS", "").split(",") if origin]


def _secret_key() -> str:
    """Return the key from the environment, else the one kept in the data folder (made at first need)."""
    given = os.environ.get("SAFEMONTH_SECRET_KEY")
    if given:
        return given
    kept = DATA / "secret-key"
    try:
        if kept.exists():
            return kept.read_text().strip()
        if DATA.exists():
            key = secrets.token_urlsafe(48)
            kept.touch(mode=0o600)
            kept.write_text(key)
            return key
    except OSError:
        pass  # A read-only folder: sessions then last as long as the process.
    return secrets.token_urlsafe(48)


SECRET_KEY = _secret_key()

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "safemonth.ledger",
    "safemonth.messaging",
    "safemonth.organisation",
    "safemonth.plan",
    "safemonth.collect",
    "safemonth.verify",
    "safemonth.figures",
    "safemonth.appraisal",
    "safemonth.summary",
    "safemonth.desk",
    "safemonth.worker",
    "safemonth.demo",
    "safemonth.bench",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "safemonth.desk.gate.PermissionMiddleware",
    "safemonth.desk.gate.RefusedMiddleware",
]

ROOT_URLCONF = "safemonth.config.urls"
WSGI_APPLICATION = "safemonth.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "safemonth.desk.gate.navigation",
            ],
        },
    }
]

DATABASES = {"default": dj_database_url.config(default=f"sqlite:///{DATA / 'safemonth.sqlite3'}", conn_max_age=60)}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # WAL lets people read while one writes; IMMEDIATE takes the write lock at the start, so that two
    # writers wait for each other instead of failing half-way.
    DATABASES["default"]["OPTIONS"] = {
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-64000;",
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

STORAGES = {
    # Files as they arrived, by SHA-256.
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(DATA / "files")},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
WHITENOISE_USE_FINDERS = True

AUTH_USER_MODEL = "organisation.User"
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign-in"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = os.environ.get("SAFEMONTH_HTTPS") == "1"

LANGUAGE_CODE = os.environ.get("SAFEMONTH_LANGUAGE", "zh-hans")
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = os.environ.get("SAFEMONTH_TIME_ZONE", "Asia/Shanghai")
USE_THOUSAND_SEPARATOR = False

# No screen asks anything of another host.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"

# A return is a few hundred KB; a letter with photos a few MB. More is refused with a sentence.
DATA_UPLOAD_MAX_MEMORY_SIZE = 32 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
# A filled form may have a photo for each of its turns.
DATA_UPLOAD_MAX_NUMBER_FILES = 500

# Addresses of proxies whose word on where a request came from is taken (limits on strangers go by it); none: none is.
TRUSTED_PROXIES = [each for each in os.environ.get("SAFEMONTH_PROXIES", "").split(",") if each]
