"""Identity providers that know nobody: they let everybody in as a guest, or nobody."""

import uuid

from shared.domain.errors import Refusal, RefusalCode
from shared.domain.identifiers import derived_id

MACHINE_HOST = derived_id("this machine", "host")


class GuestHosts:
    """Implements shared.ports.identity_provider.IdentityProvider: whoever asks is a new host.

    A guest is known by the token alone: with it gone, so is the library. With `one_for_machine`, whoever sits at
    the gateway's own machine is always the same host: what the terminal imports, the browser finds.
    """

    def __init__(self, *, one_for_machine: bool = False) -> None:
        self._one_for_machine = one_for_machine

    async def host_id(self, proof: str, *, from_machine: bool) -> str:
        """A new one each time, but for the machine's own."""
        if proof:
            raise Refusal(RefusalCode.HOST_NOT_ADMITTED, "expected no proof: hosts are guests here")
        return MACHINE_HOST if from_machine and self._one_for_machine else uuid.uuid4().hex


class NoHosts:
    """Implements shared.ports.identity_provider.IdentityProvider where guests are not wanted."""

    async def host_id(self, proof: str, *, from_machine: bool) -> str:
        """Refuses."""
        raise Refusal(RefusalCode.HOST_NOT_ADMITTED, "guest hosts are switched off here")
