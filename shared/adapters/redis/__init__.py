"""Redis: users of this package take RedisStores; what is kept there can be lost at any moment and rebuilt."""

from shared.adapters.redis.client import RedisStores

__all__ = ["RedisStores"]
