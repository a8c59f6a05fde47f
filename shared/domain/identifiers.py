"""Identifiers and how one derives from another. Deterministic: entropy comes in as an argument."""

import uuid

NAMESPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "quizline.app")

# Without I, L, O, U, 0 and 1: read aloud across a hall, none is taken for another (after Crockford's base 32).
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 6


def derived_id(cause: str, step: str) -> str:
    """The id of what `step` makes of the event `cause`: UUIDv5, the same for every redelivery."""
    return str(uuid.uuid5(NAMESPACE, f"{step}:{cause}"))


def player_id(session_id: str, request_id: str) -> str:
    """The player that a join request makes. A request sent twice makes one player."""
    return derived_id(f"{session_id}/{request_id}", "player")


def answer_key(session_id: str, question: int, player: str, *, answer_id: str = "") -> str:
    """`_id` of the one answer, and of the one score, that a player can have for a question.

    With `answer_id`, of one of several: where a session lets players change their answer.
    """
    key = f"{session_id}/{question}/{player}"
    return f"{key}/{answer_id}" if answer_id else key


def partition_key(session_id: str, player: str) -> str:
    """Kafka key that spreads one session's players over the partitions."""
    return f"{session_id}/{player}"


def session_code(entropy: bytes) -> str:
    """A session's code from at least CODE_LENGTH random bytes: 30⁶, about 7 × 10⁸, of them."""
    if len(entropy) < CODE_LENGTH:
        raise ValueError(f"expected at least {CODE_LENGTH} bytes of entropy, got {len(entropy)}")
    return "".join(CODE_ALPHABET[byte % len(CODE_ALPHABET)] for byte in entropy[:CODE_LENGTH])


def folded_code(typed: str) -> str:
    """The code a player meant: spaces, hyphens and case do not count."""
    return "".join(typed.split()).replace("-", "").upper()
