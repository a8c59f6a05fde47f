"""Tokens that this gateway signs: JSON Web Tokens, HS256, one secret for all gateways.

Every invalid token gets the same message, whatever is wrong with it.
"""

from types import MappingProxyType
from typing import Any

import jwt

from gateway.access.identity import Identity, Role
from shared.domain.errors import Refusal, RefusalCode
from shared.ports.clock import Clock

ALGORITHM = "HS256"
LIFETIME_S = 24 * 3_600
# A guest host is known by the token alone; its pages ask for a fresh one each time they are opened.
AUTHOR_LIFETIME_S = 365 * 24 * 3_600
HOST_SUBJECT = "host"
PRACTICE = "practice"
_LIFETIMES_S = MappingProxyType(
    {
        Role.PLAYER: LIFETIME_S,
        Role.HOST: LIFETIME_S,
        Role.VIEWER: LIFETIME_S,
        Role.AUTHOR: AUTHOR_LIFETIME_S,
    }
)


class Tokens:
    """Mints and checks. Expiry goes by the one clock, not by this machine's."""

    def __init__(self, *, secret: str, clock: Clock) -> None:
        self._secret = secret
        self._clock = clock

    def mint(self, identity: Identity) -> str:
        """A token for a player, a session's host or an author."""
        claims = {
            "sub": identity.player_id or identity.host_id or HOST_SUBJECT,
            "sid": identity.session_id,
            "role": identity.role.value,
            "nick": identity.nickname,
            "exp": self.expiry_ms(identity.role) // 1_000,
        }
        return jwt.encode(claims, self._secret, algorithm=ALGORITHM)

    def mint_practice(self, quiz_id: str, version: int) -> str:
        """A token for whoever may practise this quiz; it proves nobody and opens no session but their own."""
        claims = {
            "sub": quiz_id,
            "ver": version,
            "role": PRACTICE,
            "exp": self._now_s() + AUTHOR_LIFETIME_S,
        }
        return jwt.encode(claims, self._secret, algorithm=ALGORITHM)

    def practised_quiz(self, token: str) -> tuple[str, int]:
        """Quiz id and version. Raises Refusal TOKEN_INVALID."""
        try:
            claims = self._claims(token, require=["exp", "sub", "ver", "role"])
            if claims["role"] != PRACTICE:
                raise ValueError("another role")
            return str(claims["sub"]), int(claims["ver"])
        except (jwt.InvalidTokenError, ValueError):
            raise Refusal(RefusalCode.TOKEN_INVALID, "expected a valid link to practise with") from None

    def expiry_ms(self, role: Role) -> int:
        """Until when a token of this role holds that is minted now."""
        return (self._now_s() + _LIFETIMES_S[role]) * 1_000

    def identity_of(self, token: str) -> Identity:
        """Raises Refusal TOKEN_INVALID."""
        try:
            return self._identity(self._claims(token, require=["exp", "sub", "sid", "role"]))
        except (jwt.InvalidTokenError, ValueError):
            raise refused() from None

    def _claims(self, token: str, *, require: list[str]) -> dict[str, Any]:
        """Raises jwt.InvalidTokenError, or ValueError when the token is past its time."""
        claims: dict[str, Any] = jwt.decode(
            token,
            self._secret,
            algorithms=[ALGORITHM],
            options={"verify_exp": False, "require": require},
        )
        if int(claims["exp"]) < self._now_s():
            raise ValueError("expired")
        return claims

    @staticmethod
    def _identity(claims: dict[str, Any]) -> Identity:
        """Raises ValueError. The signature holds, so the claims are as `mint` wrote them."""
        role = Role(claims["role"])
        is_player = role is Role.PLAYER
        return Identity(
            session_id=claims["sid"],
            role=role,
            player_id=claims["sub"] if is_player else "",
            nickname=claims.get("nick", "") if is_player else "",
            host_id=claims["sub"] if role is Role.AUTHOR else "",
        )

    def _now_s(self) -> int:
        return self._clock.now_ms() // 1_000


def refused() -> Refusal:
    """The one answer to every token that is not good for a session."""
    return Refusal(RefusalCode.TOKEN_INVALID, "expected a valid token of this session")


def author_refused() -> Refusal:
    """The one answer to every token that is not good where an author's is asked for."""
    return Refusal(RefusalCode.TOKEN_INVALID, "expected a valid token of a host")
