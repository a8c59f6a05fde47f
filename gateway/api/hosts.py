"""Hosts: who writes quizzes and opens sessions."""

from typing import Annotated

from msgspec import Meta, Struct

from gateway.access.identity import Identity, Role
from gateway.access.tokens import Tokens
from gateway.api.operation import Call, Reply
from shared.ports.identity_provider import IdentityProvider


class HostBody(Struct, frozen=True, kw_only=True):
    """`proof`: what the identity provider asks for; guests have none."""

    proof: Annotated[str, Meta(max_length=8_192)] = ""


class HostAdmitted(Struct, frozen=True, kw_only=True):
    """Keep the token: it is the host. Ask for a fresh one before it expires."""

    host_id: str
    token: str
    expires_at_ms: int


class HostFound(Struct, frozen=True, kw_only=True):
    """Whom a token belongs to."""

    host_id: str


class HostHandlers:
    """The identity provider says who somebody is; the gateway signs it."""

    def __init__(self, *, provider: IdentityProvider, tokens: Tokens) -> None:
        self._provider = provider
        self._tokens = tokens

    async def admit(self, call: Call) -> Reply:
        body: HostBody = call.body
        return self._admitted(await self._provider.host_id(body.proof, from_machine=call.from_machine))

    async def renew(self, call: Call) -> Reply:
        return self._admitted(host_of(call))

    async def show(self, call: Call) -> Reply:
        return Reply(200, HostFound(host_id=host_of(call)))

    def _admitted(self, host_id: str) -> Reply:
        identity = Identity(session_id="", role=Role.AUTHOR, host_id=host_id)
        token = self._tokens.mint(identity)
        expires_at_ms = self._tokens.expiry_ms(Role.AUTHOR)
        return Reply(201, HostAdmitted(host_id=host_id, token=token, expires_at_ms=expires_at_ms))


def host_of(call: Call) -> str:
    """The host whose token an operation for authors has checked."""
    assert call.identity is not None
    assert call.identity.host_id
    return call.identity.host_id
