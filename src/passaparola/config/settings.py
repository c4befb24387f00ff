"""Django's settings. What may be set from outside stands in `environment`."""

import os
import sys
from pathlib import Path
from typing import Any

from passaparola.config import environment, secret_key
from passaparola.kernel.http import shown_elsewhere

try:
    ENV = environment.read(os.environ)
except environment.BadSettingError as error:
    sys.exit(str(error))

PACKAGE = Path(__file__).resolve().parent.parent
DATA = ENV.data.resolve()
SECRET_KEY = ENV.secret_key or secret_key.of(DATA)
DEBUG = False
PUBLIC_URL = ENV.url
ALLOWED_HOSTS = [
    ENV.url.split("://")[1].split(":")[0],
    "127.0.0.1",
    "localhost",
    "[::1]",
    *(ENV.allowed_hosts or ()),
]

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_cotton.apps.SimpleAppConfig",
    "template_partials.apps.SimpleAppConfig",
    "django_htmx",
    "lucide",
    # What it brings along (requests) is an eighth of starting a process: only for those who send through a provider.
    *(["anymail"] if ENV.mail and ENV.mail.provider else []),
    "passaparola.kernel",
    "passaparola.kernel.ui",
    "passaparola.stores",
    "passaparola.customers",
    "passaparola.products",
    "passaparola.inbound",
    "passaparola.orders",
    "passaparola.tracking",
    "passaparola.promises",
    "passaparola.cases",
    "passaparola.messages",
    "passaparola.guides",
    "passaparola.returns",
    "passaparola.segments",
    "passaparola.journeys",
    "passaparola.campaigns",
    "passaparola.timemachine",
    "passaparola.account",
    "passaparola.office",
]
AUTH_USER_MODEL = "stores.Member"

MIDDLEWARE = [
    "passaparola.kernel.http.security.SecurityHeaders",
    "passaparola.stores.hosts.Hosts",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "passaparola.config.urls"
WSGI_APPLICATION = "passaparola.config.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django_cotton.cotton_loader.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
                "django.templatetags.i18n",
                "django.templatetags.static",
                "passaparola.kernel.ui.templatetags.ui",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "passaparola.kernel.ui.context.look",
                "passaparola.office.context.office",
            ],
        },
    }
]

if ENV.database:
    DATABASES = {"default": ENV.database.as_django()}
else:
    # The private server: commands start or join it before they touch the database.
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": "passaparola",
            "USER": "passaparola",
            "HOST": str(DATA / "postgres"),
            "OPTIONS": {},
        }
    }
DATABASES["default"] |= {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = ENV.language
LANGUAGES = [("en", "English"), ("it", "Italiano")]
TIME_ZONE = str(ENV.time_zone)
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # whitenoise warns of a folder that is not there
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_ADD_HEADERS_FUNCTION = shown_elsewhere.allow_pictures
MEDIA_ROOT = DATA / "media"

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENV.url.startswith("https://")
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [ENV.url]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 365 * 24 * 3600  # sent over https only, and for this host only
X_FRAME_OPTIONS = "DENY"
TRUSTED_PROXIES = ENV.trusted_proxy or ()
if ENV.trusted_proxy:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
OUTGOING_ALLOWED = ENV.allow_private or ()
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/office/sign-in/"
LOGIN_REDIRECT_URL = "/office/"

# Mails to the team itself; what customers get goes through the outbox.
_BACKENDS = {"": "dummy", "console": "console"}
EMAIL_BACKEND = (
    f"django.core.mail.backends.{_BACKENDS.get(ENV.mail.scheme if ENV.mail else '', 'smtp')}.EmailBackend"
)
if ENV.mail and ENV.mail.provider:
    EMAIL_BACKEND = f"anymail.backends.{ENV.mail.provider}.EmailBackend"
    ANYMAIL: dict[str, object] = {
        f"{ENV.mail.provider}_{name}".upper(): value
        for name, value in ENV.mail.options.items()
        if name != "webhook_secret"
    }
    ANYMAIL["IGNORE_UNSUPPORTED_FEATURES"] = True  # one that can't keep our number still sends
    if "webhook_secret" in ENV.mail.options:  # `USER:PASSWORD`; without it nobody is heard
        ANYMAIL["WEBHOOK_SECRET"] = ENV.mail.options["webhook_secret"]
elif ENV.mail:
    EMAIL_HOST, EMAIL_PORT = ENV.mail.host, ENV.mail.port
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = ENV.mail.user, ENV.mail.password
    EMAIL_USE_TLS, EMAIL_USE_SSL = ENV.mail.scheme == "smtp+tls", ENV.mail.scheme == "smtps"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = f"Passaparola <passaparola@{ALLOWED_HOSTS[0]}>"

COTTON_DIR = "cotton"
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname:7} {name}: {message}", "style": "{"}},
    "filters": {"without_keys": {"()": "passaparola.config.logs.WithoutKeys"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["without_keys"]}
    },
    # The level is ours: what libraries find worth telling at INFO is their own inner life
    # (the font, cut to size at the first start, tells of every glyph).
    "root": {"handlers": ["stderr"], "level": "ERROR" if ENV.log == "error" else "WARNING"},
    "loggers": {"passaparola": {"level": ENV.log.upper()}},
}
