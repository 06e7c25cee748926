"""All settings, one sentence each. Read once at start; nothing here starts a server or writes a row."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from django.http.request import split_domain_port

from leitstand import __version__
from leitstand.config import env, postgres
from leitstand.config.home import home, secret_key

PACKAGE = Path(__file__).resolve().parent.parent

# --- where things are -------------------------------------------------------------------------
# The folder of all data: database, uploads, keys.
HOME = home()
# The port web pages are served on.
PORT = env.port("PORT", 8000)
# The address the web server binds; 0.0.0.0 opens it to the network.
BIND = env.text("LEITSTAND_BIND", "127.0.0.1")
# The address people type, used in links of e-mails and by the practice network.
PUBLIC_URL = env.address("LEITSTAND_URL", f"http://127.0.0.1:{PORT}", whole_site=True)
# The database: a PostgreSQL address, or empty for the embedded server in HOME.
DATABASE_URL = env.text("DATABASE_URL")
# Hosts ("name" or "name:port") on private addresses that channels, sources and alarms may reach.
PRIVATE_HOSTS = frozenset(env.words("LEITSTAND_PRIVATE_HOSTS"))
# The version shown at the foot of the pages.
VERSION = __version__

# --- security ---------------------------------------------------------------------------------
# Signs sessions and links; kept in HOME/session.key.
SECRET_KEY = secret_key(HOME)
# Shows tracebacks in the browser; for developers only.
DEBUG = env.switch("LEITSTAND_DEBUG", False)
# Names the server answers to: that of PUBLIC_URL and this machine's own, or those of the setting.
ALLOWED_HOSTS = env.words(
    "LEITSTAND_HOSTS", f"{split_domain_port(urlsplit(PUBLIC_URL).netloc)[0]},localhost,127.0.0.1,[::1]"
)
_HTTPS = PUBLIC_URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _HTTPS
SESSION_COOKIE_NAME = "leitstand_session"
CSRF_COOKIE_NAME = "leitstand_csrf"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
# A proxy in front that speaks https names it in this header.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _HTTPS else None
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024

# --- the house --------------------------------------------------------------------------------
ROOMS = [
    "leitstand.web",
    "leitstand.api",
    "leitstand.community",
    "leitstand.publishing",
    "leitstand.listening",
    "leitstand.strategy",
    "leitstand.rules",
    "leitstand.channels",
    "leitstand.practice",
    "leitstand.core",
]
INSTALLED_APPS = [
    *ROOMS,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "ninja",
    "template_partials",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "leitstand.core.text.null_characters.WithoutNullCharacters",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "leitstand.core.middleware.language_and_time_zone",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "leitstand.core.middleware.content_security_policy",
    "leitstand.core.middleware.way_back",
    "leitstand.core.middleware.ExplainDeclined",
]
ROOT_URLCONF = "leitstand.config.urls"
WSGI_APPLICATION = "leitstand.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "leitstand.core.context.shell",
            ]
        },
    }
]

# --- data -------------------------------------------------------------------------------------
DATABASES = {"default": postgres.address(HOME, DATABASE_URL)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Uploaded files; served only through views that check permission.
MEDIA_ROOT = HOME / "media"
# Other accounts of the machine read no image that is not published.
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o600, 0o700
# Largest image a person may upload, in bytes.
UPLOAD_LIMIT = env.number("LEITSTAND_UPLOAD_LIMIT", 20 * 1024 * 1024, least=1)
# The cache holds the locks of sign-in. Beyond this size entries are thrown out, and with Django's 300 anybody could
# lift a lock by a few hundred requests; these are a few megabytes.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "core_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
# Bytes left on the disk of HOME below which the board warns, and below which it counts as full: PostgreSQL asks for
# 16 MB at a time.
SPACE_SHORT, SPACE_FULL = 1024**3, 32 * 1024**2
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

# --- language and time ------------------------------------------------------------------------
LANGUAGES = [("de", "Deutsch"), ("en", "English")]
LANGUAGE_CODE = "en"
LANGUAGE_COOKIE_NAME = "leitstand_language"
USE_TZ = True
# English dates as in Europe: 21 February 2027, 14:05.
FORMAT_MODULE_PATH = "leitstand.core.formats"
# Until the company has chosen its own.
TIME_ZONE = "Europe/Berlin"

# --- files ------------------------------------------------------------------------------------
STATIC_URL = "static/"
_VENDOR = PACKAGE / "vendor"
STATICFILES_DIRS = [("vendor", _VENDOR if _VENDOR.exists() else PACKAGE.parent.parent / "node_modules")]
STATICFILES_FINDERS = [
    "leitstand.config.libraries.LibraryFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

# --- people -----------------------------------------------------------------------------------
AUTH_USER_MODEL = "core.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "web:home"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "leitstand.core.people.accounts.InvitedOnly"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_FORMS = {"add_email": "leitstand.core.forms.addresses.AddressForm"}
ACCOUNT_EMAIL_VERIFICATION = "none"
# How many proxies of ours stand in front: the visitor's address is that many from the end of X-Forwarded-For.
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("LEITSTAND_PROXIES", 0)
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key", "login": "60/m/ip"}
ACCOUNT_SESSION_REMEMBER = True
SOCIALACCOUNT_ADAPTER = "leitstand.core.people.accounts.InvitedOnlyByOidc"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
# Single sign-on: address, client id and secret of an OpenID Connect server; off when empty.
OIDC_URL = env.address("LEITSTAND_OIDC_URL")
OIDC_CLIENT_ID = env.text("LEITSTAND_OIDC_CLIENT_ID")
OIDC_CLIENT_SECRET = env.text("LEITSTAND_OIDC_CLIENT_SECRET")
# Domains whose e-mail addresses that server owns: they count as verified though it does not say so.
OIDC_DOMAINS = env.words("LEITSTAND_OIDC_DOMAINS")
OIDC_NAME = env.text("LEITSTAND_OIDC_NAME", "Single sign-on")
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "APPS": [
            {
                "provider_id": "company",
                "name": OIDC_NAME,
                "client_id": OIDC_CLIENT_ID,
                "secret": OIDC_CLIENT_SECRET,
                "settings": {"server_url": OIDC_URL, "verified_email": OIDC_DOMAINS},
            }
        ]
        if OIDC_URL
        else []
    }
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Leitstand"
# Nobody signs up here, so no stranger's address can be taken by a second factor.
MFA_ALLOW_UNVERIFIED_EMAIL = True

# --- e-mail -----------------------------------------------------------------------------------
# The mail server; without a host no mail is sent and links are shown in the page instead.
EMAIL_HOST = env.text("LEITSTAND_MAIL_HOST")
EMAIL_PORT = env.port("LEITSTAND_MAIL_PORT", 587)
EMAIL_HOST_USER = env.text("LEITSTAND_MAIL_USER")
EMAIL_HOST_PASSWORD = env.text("LEITSTAND_MAIL_PASSWORD")
EMAIL_USE_TLS = env.switch("LEITSTAND_MAIL_TLS", True)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("LEITSTAND_MAIL_FROM", "leitstand@localhost")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'dummy'}.EmailBackend"

# --- work -------------------------------------------------------------------------------------
# Jobs a worker does at the same time.
WORKER_CONCURRENCY = env.number("LEITSTAND_WORKER_CONCURRENCY", 8, least=1)
# Threads of the web server.
WEB_THREADS = env.number("LEITSTAND_WEB_THREADS", 8, least=1)
# Days third-party mentions are kept when nothing came of them.
MENTION_DAYS = env.number("LEITSTAND_MENTION_DAYS", 90, least=1, most=36_500)

# --- log --------------------------------------------------------------------------------------
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"without_keys": {"()": "leitstand.core.secrets.unlogged.WithoutKeys"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["without_keys"]}},
    "root": {"handlers": ["console"], "level": env.one_of("LEITSTAND_LOG", LOG_LEVELS, "WARNING")},
    # Writes topics and addresses, which are secrets; what failed stands on the jobs page.
    "loggers": {"apprise": {"level": "CRITICAL"}},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
