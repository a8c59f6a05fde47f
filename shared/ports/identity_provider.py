"""Who a host is."""

from typing import Protocol


class IdentityProvider(Protocol):
    """What lets people in as hosts. The gateway then signs them a token of its own."""

    async def host_id(self, proof: str, *, from_machine: bool) -> str:
        """The host whom `proof` is proof of, under an id that stays the same for good.

        `from_machine`: whoever asks sits at the machine that the gateway runs on.

        Raises Refusal HOST_NOT_ADMITTED when it proves nothing, TransientFailure when the provider is away.
        """
