"""Whether an embedded server answers its protocol. False, never an exception, while it does not."""

import asyncio
import logging

_WITHIN_S = 2.0
_ANY_GROUP = "quizline-probe"
LOOPBACK = "127.0.0.1"


async def answers(port: int, *, request: bytes, reply: bytes, host: str = LOOPBACK) -> bool:
    """Send `request` on a new connection; whether what comes back starts with `reply`."""
    try:
        async with asyncio.timeout(_WITHIN_S):
            reader, writer = await asyncio.open_connection(host, port)
            try:
                writer.write(request)
                return await reader.readexactly(len(reply)) == reply
            finally:
                writer.close()
    except (OSError, TimeoutError, asyncio.IncompleteReadError):
        return False


async def redis_answers(port: int, *, host: str = LOOPBACK) -> bool:
    """PING. A server that is still loading says -LOADING."""
    return await answers(port, request=b"PING\r\n", reply=b"+PONG", host=host)


async def mongodb_answers(url: str) -> bool:
    """`ping`, by PyMongo's blocking client in a thread: the asyncio one, closed while its monitor connects to a
    server that is slow to answer, leaks that socket (pymongo 4.20, _async_create_connection on cancellation).
    """
    return await asyncio.to_thread(_mongodb_answers, url)


def _mongodb_answers(url: str) -> bool:
    from pymongo import MongoClient
    from pymongo.errors import PyMongoError

    milliseconds = int(_WITHIN_S * 1000)
    with MongoClient[dict[str, object]](
        url,
        serverSelectionTimeoutMS=milliseconds,
        connectTimeoutMS=milliseconds,
        socketTimeoutMS=milliseconds,
        serverMonitoringMode="poll",
    ) as client:
        try:
            client.admin.command("ping")
        except PyMongoError:
            return False
    return True


async def kafka_answers(bootstrap: str) -> bool:
    """Whether topics can be made (the broker is registered and unfenced) and consumer groups can be joined."""
    from aiokafka.admin import AIOKafkaAdminClient
    from aiokafka.errors import KafkaError

    host, _, port = bootstrap.rpartition(":")
    if not await _accepts(host, int(port)):
        return False  # aiokafka would log an error for a refused connection
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap, request_timeout_ms=int(_WITHIN_S * 1000))
    try:
        await admin.start()
        cluster = await admin.describe_cluster()
        if not cluster["brokers"]:
            return False
        await admin.find_coordinator(_ANY_GROUP)  # on a fresh broker this creates the topic of the offsets
        return True
    except (KafkaError, OSError, TimeoutError) as error:
        logging.getLogger(__name__).debug("kafka is not ready: %r", error)
        return False
    finally:
        await admin.close()


async def _accepts(host: str, port: int) -> bool:
    try:
        async with asyncio.timeout(_WITHIN_S):
            _, writer = await asyncio.open_connection(host, port)
    except (OSError, TimeoutError):
        return False
    writer.close()
    return True
