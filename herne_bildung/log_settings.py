"""What the processes of the portal write into their logs: one line each, no secrets."""

import os

LOG = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}
    },
    "filters": {
        "refusals": {"()": "herne_bildung.lib.refusals.OneLine"},
        "tokens": {"()": "herne_bildung.lib.token_addresses.HideTokens"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["refusals", "tokens"],
        }
    },
    # Its own handler would pass the filters by.
    "loggers": {"django.server": {"handlers": ["console"], "propagate": False}},
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "INFO")},
}
