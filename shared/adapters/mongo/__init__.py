"""MongoDB: users of this package take MongoStores; only client.py knows the driver."""

from shared.adapters.mongo.client import MongoStores

__all__ = ["MongoStores"]
