"""A function that does nothing, as functions-framework runs it: the floor of a hop."""

import functions_framework.aio

from shared.events.codec import ReceivedEvent


@functions_framework.aio.cloud_event
async def empty(event: ReceivedEvent) -> None:
    """Take the event, and that is all."""
