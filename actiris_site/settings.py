"""Settings of the site, all read from the environment (table in the README).

`ENVIRONMENT` is `production` unless it says `development` or `test`. Production refuses to start without `SECRET_KEY`,
`ALLOWED_HOSTS`, `SITE_URL` and `DATABASE_URL`: a forgotten setting must be noticed by whoever deploys, not by a visitor.

One file: an operator finds each setting with one search, and sees what depends on it.
"""

import logging
from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from actiris_site.caches import build_caches
from actiris_site.uploads import build_storage

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

ENVIRONMENT = env.str("ENVIRONMENT", default="production")
if ENVIRONMENT not in {"production", "development", "test"}:
    raise ImproperlyConfigured("ENVIRONMENT must be production, development or test.")
DEBUG = ENVIRONMENT == "development"


def required_setting(name, loosened=""):
    """Return the setting `name`; outside production it may be missing and is then `loosened`."""
    value = env.str(name, default="" if ENVIRONMENT == "production" else loosened)
    if not value:
        raise ImproperlyConfigured(f"The environment must set {name}; see the table of settings in README.md.")
    return value


SECRET_KEY = required_setting("SECRET_KEY", loosened="only-for-development-and-tests")
# Keys of before, with which what they signed and the secrets of second factors can still be read.
SECRET_KEY_FALLBACKS = [key.strip() for key in env.str("SECRET_KEY_FALLBACKS", default="").split(",") if key.strip()]
ALLOWED_HOSTS = [
    host.strip() for host in required_setting("ALLOWED_HOSTS", loosened="localhost,127.0.0.1,[::1]").split(",") if host.strip()
]
if ENVIRONMENT == "production":
    if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 5 or SECRET_KEY.startswith("django-insecure-"):
        raise ImproperlyConfigured(
            "SECRET_KEY is too weak: whoever guesses it logs in as anybody. Take 50 random characters or more, such as "
            'python3 -c "import secrets; print(secrets.token_urlsafe(50))".'
        )
    if not ALLOWED_HOSTS or any("*" in host or host == "." for host in ALLOWED_HOSTS):
        raise ImproperlyConfigured("ALLOWED_HOSTS must name the hosts, separated by commas; * would answer to any name.")
SITE_URL = required_setting("SITE_URL", loosened="http://localhost:8000").rstrip("/")
if urlsplit(SITE_URL).scheme not in {"http", "https"} or not urlsplit(SITE_URL).hostname or urlsplit(SITE_URL).path:
    raise ImproperlyConfigured("SITE_URL must be an absolute address without a path, such as https://example.org.")
IS_HTTPS = SITE_URL.startswith("https:")

try:
    DATABASES = {"default": env.db_url_config(required_setting("DATABASE_URL"))}
    is_postgresql = DATABASES["default"].get("ENGINE") == "django.db.backends.postgresql"
except ValueError:  # such as a port that is no number
    is_postgresql = False
if not is_postgresql:
    raise ImproperlyConfigured("DATABASE_URL must be an address of PostgreSQL, such as postgres://user:password@host/name.")
# The admin's views each stand in one transaction, so that a page and its redirects change together; public views read only.
DATABASES["default"].update(CONN_MAX_AGE=60, CONN_HEALTH_CHECKS=True, ATOMIC_REQUESTS=True)
# A host that does not answer counts as away; otherwise each thread would wait for two minutes.
DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
# A server that follows it, and is read where kept pages are made (page_cache/replica.py); one statement may take five seconds.
if env.str("REPLICA_URL", default=""):
    DATABASES["replica"] = env.db_url("REPLICA_URL") | {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    patience = {"connect_timeout": 2, "options": "-c statement_timeout=5000"}
    DATABASES["replica"]["OPTIONS"] = patience | DATABASES["replica"].get("OPTIONS", {})
    DATABASE_ROUTERS = ["page_cache.replica.ReplicaRouter"]
# Tests run beside each other, each process with its own database: what one remembers must not reach another.
OWN_CACHE = "locmemcache://" if ENVIRONMENT == "test" else f"filecache://{BASE_DIR / '.data' / 'cache'}"
CACHE = env.cache_url("CACHE_URL", default=OWN_CACHE)
CACHES = build_caches(CACHE, env.cache_url("PAGES_CACHE_URL") if env.str("PAGES_CACHE_URL", default="") else CACHE)
# While somebody develops, templates change without a start; tests of what is kept turn it on.
KEEP_PAGES = env.bool("KEEP_PAGES", default=ENVIRONMENT == "production")

# --- Applications: arrows only point down (docs/architecture.md)

INSTALLED_APPS = [
    "modeltranslation",
    "styleguide",
    "guide",
    "machine_drafts",
    "exchange",
    "worklists",
    "site_copy",
    "staff_search",
    "differences",
    "draft_links",
    "review",
    "translation_memory",
    "newsroom",
    "audience",
    "search",
    "notices",
    "interface_strings",
    "delivery",
    "mandates",
    "networks",
    "partnerships",
    "pages",
    "schedule",
    "directory",
    "assets",
    "staff_notes",
    "languages",
    "page_cache",
    "monitoring",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "newsroom.apps.PeopleConfig",  # wagtail.users
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.sites",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "axes",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",  # for its catalogue: Wagtail says "3 seconds ago" with its words
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "delivery.metrics.MetricsMiddleware",  # around those below, so that it counts what they answer
    "interface_strings.middleware.StringsMiddleware",  # before a language is chosen
    "delivery.at_hand.AtHandMiddleware",
    "delivery.call_stack.CallStackMiddleware",  # around all that makes an answer: one at hand needs no room
    "monitoring.request_ids.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "delivery.compression.CompressionMiddleware",
    "delivery.lifetime.LifetimeMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",  # within compression, which is not always the same bytes
    "languages.middleware.PathLanguageMiddleware",
    "csp.middleware.CSPMiddleware",
    "newsroom.middleware.AdminPolicyMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "delivery.middleware.SanePathMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "newsroom.accounts.admin_language.AdminLanguageMiddleware",
    "allauth.account.middleware.AccountMiddleware",  # before what asks for the second factor
    "newsroom.accounts.sessions.SessionEndMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "delivery.middleware.RedirectMiddleware",
    "newsroom.middleware.PublishingRefusedMiddleware",
    "newsroom.middleware.ExportMiddleware",
    "newsroom.middleware.ButtonAddressMiddleware",
    "newsroom.malformed_requests.MalformedRequestMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "actiris_site.urls"
WSGI_APPLICATION = "actiris_site.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

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
            ]
        },
    }
]

# --- Languages

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch")), ("fr", _("French")), ("en", _("English"))]
OFFICIAL_LANGUAGES = ("nl", "fr")  # of equal standing in the Brussels-Capital Region; English is extra
# Where a text is missing inside a page that exists, the next language in this order is shown, and named as such.
LANGUAGE_FALLBACKS = {"nl": ("fr", "en"), "fr": ("nl", "en"), "en": ("nl", "fr")}
# What translators edited in the admin: written from the database by each host for itself, and looked at before our catalogues.
OWN_STRINGS = BASE_DIR / ".data" / ("strings-of-tests" if ENVIRONMENT == "test" else "strings")
STRINGS_ROOT = env.path("STRINGS_ROOT", default=str(OWN_STRINGS))()
LOCALE_PATHS = [STRINGS_ROOT, BASE_DIR / "locale"]
TIME_ZONE = "Europe/Brussels"
USE_TZ = True
USE_I18N = True
FORMAT_MODULE_PATH = "actiris_site.formats"

MODELTRANSLATION_DEFAULT_LANGUAGE = "nl"
MODELTRANSLATION_ENABLE_FALLBACKS = False  # its fallback is silent; ours (languages/texts.py) is not

# What drafts texts in another language (docs/machine_drafts.md); without its key staff see nothing of it.
MACHINE_DRAFTS_SERVICE = "machine_drafts.deepl_service.DeepLService"
MACHINE_DRAFTS_MONTHLY_CHARACTERS = env.int("MACHINE_DRAFTS_MONTHLY_CHARACTERS", default=500_000)
DEEPL_AUTH_KEY = env.str("DEEPL_AUTH_KEY", default="")
DEEPL_SERVER_URL = env.str("DEEPL_SERVER_URL", default="")
DEEPL_GLOSSARY = env.str("DEEPL_GLOSSARY", default="")  # one kept with DeepL, in place of ours

# --- People

AUTH_USER_MODEL = "newsroom.User"
AUTHENTICATION_BACKENDS = [
    "newsroom.accounts.login_limits.AddressLimit",
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
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
AUTH_PASSWORD_VALIDATORS[1]["OPTIONS"] = {"min_length": 12}
LOGIN_URL = "wagtailadmin_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"
# On name and address together: locking on the name alone would let anyone lock an editor out. One password tried on many
# names is limited by address (newsroom/accounts/login_limits.py).
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25  # hours
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
AXES_CLIENT_IP_CALLABLE = "delivery.client.client_address"
AXES_LOCKOUT_CALLABLE = "delivery.errors.too_many_attempts"
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
# Whether publishers and administrators must log in in two steps; everybody else may (newsroom/accounts/second_factor.py).
SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", default=ENVIRONMENT == "production")
ACCOUNT_ADAPTER = "newsroom.accounts.factor_adapters.AccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_FORMS = {"reauthenticate": "newsroom.accounts.factor_forms.PasswordAgainForm"}
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False  # ours count wrong passwords and codes
ACCOUNT_REAUTHENTICATION_METHODS = ("password", "mfa")
MFA_ADAPTER = "newsroom.accounts.factor_adapters.FactorAdapter"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # administrators write the addresses
MFA_FORMS = {
    "activate_totp": "newsroom.accounts.factor_forms.NewAppForm",
    "add_webauthn": "newsroom.accounts.factor_forms.NewKeyForm",
    "reauthenticate": "newsroom.accounts.factor_forms.CodeForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Actiris"
MFA_TOTP_TOLERANCE = 1  # a clock may be half a minute off
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_HTTPS  # browsers allow it for localhost alone
# Single sign-on by OpenID Connect (newsroom/accounts/sign_on.py); off without an issuer.
OIDC_ISSUER = env.str("OIDC_ISSUER", default="").rstrip("/")
OIDC_NAME = env.str("OIDC_NAME", default="Actiris")  # on the button
OIDC_GROUPS_CLAIM = env.str("OIDC_GROUPS_CLAIM", default="groups")
OIDC_GROUPS = env.json("OIDC_GROUPS", default={})  # group -> a role, then the languages of translators and reviewers
OIDC_SECOND_FACTOR_TRUSTED = env.bool("OIDC_SECOND_FACTOR_TRUSTED", default=False)
LOCAL_LOGIN = env.bool("LOCAL_LOGIN", default=True)
if ENVIRONMENT == "production" and OIDC_ISSUER and not OIDC_ISSUER.startswith("https:"):
    raise ImproperlyConfigured("OIDC_ISSUER must be an address with https.")
if not isinstance(OIDC_GROUPS, dict) or not all(isinstance(role, str) and role.split() for role in OIDC_GROUPS.values()):
    raise ImproperlyConfigured('OIDC_GROUPS must be JSON such as {"cms-nl": "Translators nl", "cms-admin": "Administrators"}.')
if not LOCAL_LOGIN and not (OIDC_ISSUER and "Administrators" in OIDC_GROUPS.values()):
    raise ImproperlyConfigured("LOCAL_LOGIN=false needs OIDC_ISSUER, and a group of Administrators in OIDC_GROUPS.")
SIGN_ON = {
    "provider_id": "sso",
    "name": OIDC_NAME,
    "client_id": env.str("OIDC_CLIENT_ID", default=""),
    "secret": env.str("OIDC_CLIENT_SECRET", default=""),
    "settings": {"server_url": OIDC_ISSUER, "oauth_pkce_enabled": True},
}
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [SIGN_ON] if OIDC_ISSUER else []}}
SOCIALACCOUNT_ADAPTER = "newsroom.accounts.sign_on.SignOnAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = True  # a form may not lead to another site; the answer is bound to the session that asked

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
SENDS_MAIL = not EMAIL_CONFIG["EMAIL_BACKEND"].endswith(("console.EmailBackend", "dummy.EmailBackend"))
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default=f"noreply@{urlsplit(SITE_URL).hostname}")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_TIMEOUT = 10  # seconds: nobody waits for a mail server that does not answer

# --- Wagtail

WAGTAIL_SITE_NAME = "Actiris"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAIL_I18N_ENABLED = False  # one page holds its three languages; Wagtail's own trees per language stay out
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
# Our own panels ask for the password and count wrong ones (newsroom/accounts/account_page.py).
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAILADMIN_USER_LOGIN_FORM = "newsroom.accounts.login_limits.LoginForm"
WAGTAILADMIN_USER_PASSWORD_RESET_FORM = "newsroom.accounts.login_limits.PasswordResetForm"  # noqa: S105  (a class, and no password)
# Without mail, links that open an account would stand in the log.
WAGTAIL_PASSWORD_RESET_ENABLED = LOCAL_LOGIN and (SENDS_MAIL or ENVIRONMENT != "production")
# With addresses of our own Wagtail's automation finds no changed address, and its empty batch deletes every redirect.
WAGTAILREDIRECTS_AUTO_CREATE = False
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_WORKFLOW_ENABLED = True
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False  # mails go to those who are asked (review/mails.py)
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
# What calendars write into fields: day first in each language, as people type it.
WAGTAIL_DATE_FORMAT = "%d/%m/%Y"
WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y %H:%M"
WAGTAILIMAGES_IMAGE_MODEL = "assets.SiteImage"
WAGTAILDOCS_DOCUMENT_MODEL = "assets.SiteDocument"
WAGTAILIMAGES_EXTENSIONS = ["avif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 60_000_000
WAGTAILIMAGES_IMAGE_FORM_BASE = "assets.forms.PictureForm"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "assets.forms.DocumentForm"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "ods", "pdf", "pptx", "txt", "xlsx"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 25 * 1024 * 1024
WAGTAILADMIN_RICH_TEXT_EDITORS = {"default": {"WIDGET": "languages.rich_text.RichTextArea"}}
TASKS = {"default": {"BACKEND": "newsroom.tasks.AfterCommit"}}
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "simple"}}
TAGGIT_CASE_INSENSITIVE = True
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # the longest page, in three languages
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

# --- Readers

FEEDBACK_MONTHS = env.int("FEEDBACK_MONTHS", default=24)  # the privacy page says so too
MESSAGES_MONTHS = env.int("MESSAGES_MONTHS", default=12)  # after the answer; the contact form and the privacy page say so too
MESSAGES_MONTHS_AT_MOST = env.int("MESSAGES_MONTHS_AT_MOST", default=24)  # answered or not
# Where messages go until staff choose a mailbox, for development and trials: nobody may miss what readers write.
CONTACT_EMAIL = env.str("CONTACT_EMAIL", default="contact@example.org" if DEBUG else "")
SEARCHES_MONTHS = env.int("SEARCHES_MONTHS", default=24)  # the privacy page says so too
DRAFT_LINKS_MONTHS = env.int("DRAFT_LINKS_MONTHS", default=3)  # after their end; the privacy page says so too
MEMORY_MONTHS = env.int("MEMORY_MONTHS", default=24)  # translations of what no longer exists
VISITS_LOGS = env.str("VISITS_LOGS", default="")  # a pattern, such as /var/log/visits/*.log*
VISITS_MONTHS = env.int("VISITS_MONTHS", default=36)  # the privacy page says so too

# What crawlers need not read: the admin, and the answers to searches, of which there is no end.
NOT_FOR_CRAWLERS = ["/admin/", "/nl/zoeken/?", "/fr/recherche/?", "/en/search/?"]

# --- Files

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.path("STATIC_ROOT", default=str(BASE_DIR / "staticfiles"))())
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "delivery.stylesheet.JoinedStylesheetFinder",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
MEDIA_URL = "/media/"
MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(BASE_DIR / "media"))()
# Or in a storage that speaks S3, which the application asks for what browsers may not ask themselves.
MEDIA_BUCKET = env.str("MEDIA_BUCKET", default="")
MEDIA_PUBLIC_URL = env.str("MEDIA_PUBLIC_URL", default="")
SERVE_MEDIA = bool(MEDIA_BUCKET) or env.bool("SERVE_MEDIA", default=ENVIRONMENT != "production")
COPY_ROOT = env.str("COPY_ROOT", default="")  # the site as files is kept here, for when nothing else answers
STORAGES = {
    "default": build_storage(
        MEDIA_BUCKET,
        env.str("MEDIA_PUBLIC_BUCKET", default=""),
        MEDIA_PUBLIC_URL,
        endpoint=env.str("MEDIA_ENDPOINT", default=""),
        region=env.str("MEDIA_REGION", default=""),
        access_key=env.str("MEDIA_ACCESS_KEY", default=""),
        secret_key=env.str("MEDIA_SECRET_KEY", default=""),
    ),
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if ENVIRONMENT == "production"
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

# --- Security

SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked by the machine itself, without TLS
# Browsers keep this promise whatever becomes of the site: it begins with an hour, and for this host alone.
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=3600) if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("HSTS_SUBDOMAINS", default=False)
# They ask for subdomains and browsers' own lists, which are the operator's to promise.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
# A name that browsers accept over https only. `__Host-` would need the path "/".
SESSION_COOKIE_NAME = "__Secure-sessionid" if IS_HTTPS else "sessionid"
CSRF_COOKIE_NAME = "__Secure-csrftoken" if IS_HTTPS else "csrftoken"
# Only the admin has cookies at all, so that no public page can come to depend on who is logged in.
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/admin/"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_COOKIE_HTTPONLY = True
# A session ends after so long without use, and after so long whatever happens (newsroom/accounts/sessions.py).
SESSION_MINUTES = env.int("SESSION_MINUTES", default=120)
SESSION_HOURS = env.int("SESSION_HOURS", default=12)
SESSION_COOKIE_AGE = SESSION_MINUTES * 60
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "delivery.errors.csrf_failure"
PICTURE_HOSTS = ["{0.scheme}://{0.netloc}".format(urlsplit(MEDIA_PUBLIC_URL))] if MEDIA_PUBLIC_URL else []
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "script-src": [SELF],
        "img-src": [SELF, *PICTURE_HOSTS],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
# Whom to write about a vulnerability (security.txt), and under which rules.
SECURITY_CONTACT = [contact.strip() for contact in env.str("SECURITY_CONTACT", default="").split(",") if contact.strip()]
SECURITY_POLICY = env.str("SECURITY_POLICY", default="")
PERMISSIONS_POLICY = {name: [] for name in ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")}

# Who may read /metrics from another machine than this one.
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")

# Lines for machines, or for people. Searches, tokens of drafts, browsers and readers' addresses stand in neither.
LOG_FORMAT = env.str("LOG_FORMAT", default="json" if ENVIRONMENT == "production" else "line")
if LOG_FORMAT not in {"json", "line"}:
    raise ImproperlyConfigured("LOG_FORMAT must be json or line.")
DJANGO_STRUCTLOG_STATUS_4XX_LOG_LEVEL = DJANGO_STRUCTLOG_STATUS_5XX_LOG_LEVEL = logging.INFO  # Django tells of errors itself

SENTRY_DSN = env.str("SENTRY_DSN", default="")
if SENTRY_DSN:
    from monitoring.errors import begin

    begin(SENTRY_DSN, ENVIRONMENT)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "outages": {"()": "monitoring.outages.OutageFilter"},  # a database that is away is told once
    },
    "formatters": {"line": {"()": "monitoring.logs.LineFormatter", "style": LOG_FORMAT}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["outages"]},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
    # Every bot that knocks with a made-up Host would otherwise fill the log.
    "loggers": {
        "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},
        "deepl": {"level": "WARNING"},  # it would log the texts that it sends
        "axes": {"level": "ERROR"},  # wrong passwords are told by django.security.login, with the name and the address
    },
}
