"""Identity providers that know nobody: one lets everybody in as a guest, the other nobody."""

import uuid

from shared.domain.errors import Refusal, RefusalCode


class GuestHosts:
    """Implements shared.ports.identity_provider.IdentityProvider: whoever asks is a new host.

    A guest is known by the token alone: with it gone, so is the library.
    """

    async def host_id(self, proof: str) -> str:
        """A new one each time."""
        if proof:
            raise Refusal(RefusalCode.HOST_NOT_ADMITTED, "expected no proof: hosts are guests here")
        return uuid.uuid4().hex


class NoHosts:
    """Implements shared.ports.identity_provider.IdentityProvider where guests are not wanted."""

    async def host_id(self, proof: str) -> str:
        """Refuses."""
        raise Refusal(RefusalCode.HOST_NOT_ADMITTED, "guest hosts are switched off here")
