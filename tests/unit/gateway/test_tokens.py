"""Tokens: what they prove, and that nothing else does."""

import jwt
import pytest

from gateway.access.identity import Identity, Role
from gateway.access.tokens import LIFETIME_S, Tokens
from shared.adapters.memory import ManualClock
from shared.domain.errors import Refusal, RefusalCode
from tests.unit.gateway.stage import SECRET

PLAYER = Identity(session_id="s", role=Role.PLAYER, player_id="p", nickname="Ada / “Lovelace”")
HOST = Identity(session_id="s", role=Role.HOST)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.mark.parametrize("identity", [PLAYER, HOST])
def test_a_token_proves_who_it_was_minted_for(clock: ManualClock, identity: Identity) -> None:
    """At every gateway with the same secret."""
    token = Tokens(secret=SECRET, clock=clock).mint(identity)
    assert Tokens(secret=SECRET, clock=clock).identity_of(token) == identity


def _claims(**changed: object) -> dict[str, object]:
    return {"sub": "p", "sid": "s", "role": "player", "nick": "Ada", "exp": 2**40, **changed}


def _signed(claims: dict[str, object], *, secret: str = SECRET, algorithm: str = "HS256") -> str:
    return jwt.encode(claims, secret, algorithm=algorithm)


@pytest.mark.parametrize(
    "token",
    [
        "",
        "a.b.c",
        _signed(_claims(), secret="another secret of at least thirty-two"),
        _signed(_claims(), secret=SECRET * 2, algorithm="HS512"),
        jwt.encode(_claims(), "", algorithm="none"),
        _signed(_claims(role="admin")),
        _signed(_claims(role="viewer", exp=1)),
        _signed({name: value for name, value in _claims().items() if name != "sid"}),
        _signed({name: value for name, value in _claims().items() if name != "exp"}),
    ],
    ids=["empty", "no token", "another secret", "another algorithm", "unsigned", "no such role", "expired",
         "no session", "no expiry"],
)  # fmt: skip
def test_a_token_that_is_no_good_is_refused_with_one_message(clock: ManualClock, token: str) -> None:
    """Whoever tries learns nothing from the refusal."""
    with pytest.raises(Refusal) as refused:
        Tokens(secret=SECRET, clock=clock).identity_of(token)
    assert refused.value.code is RefusalCode.TOKEN_INVALID
    assert refused.value.message == "expected a valid token of this session"


def test_a_token_expires_by_the_one_clock(clock: ManualClock) -> None:
    """This machine's own clock may be wrong by any amount."""
    tokens = Tokens(secret=SECRET, clock=clock)
    token = tokens.mint(PLAYER)
    clock.advance(LIFETIME_S * 1_000)
    assert tokens.identity_of(token) == PLAYER
    clock.advance(1_000)
    with pytest.raises(Refusal):
        tokens.identity_of(token)
