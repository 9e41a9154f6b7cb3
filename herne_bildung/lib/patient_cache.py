"""Django's cache in Redis, for limits of sign-in: without Redis nothing is limited by
it, but people can sign in. (Wrong passwords are counted in the database.)
"""

import logging
from typing import Any

import redis
from django.core.cache.backends.redis import RedisCache

logger = logging.getLogger(__name__)


class PatientCache(RedisCache):
    """Forgets everything while Redis is away, instead of failing."""

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        return self._tried("get", default, key, default, version=version)

    def add(self, key: str, value: Any, *more: Any, **options: Any) -> bool:
        return self._tried("add", True, key, value, *more, **options)

    def set(self, key: str, value: Any, *more: Any, **options: Any) -> None:
        return self._tried("set", None, key, value, *more, **options)

    def delete(self, key: str, version: int | None = None) -> bool:
        return self._tried("delete", False, key, version=version)

    def _tried(self, method: str, without: Any, *values: Any, **options: Any) -> Any:
        try:
            return getattr(super(), method)(*values, **options)
        except redis.RedisError as error:
            logger.warning("Redis does not answer: %s", error)
            return without
