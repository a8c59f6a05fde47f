"""A player's answers on their way: sent, acknowledged, refused, on the board; and which to send again.

Pure: times come in (seconds of a monotonic clock). An answer leaves by an ack or a refusal, never by itself.
"""

from dataclasses import dataclass, field

from shared.client.errors import Refused
from shared.events.payloads import Value
from shared.protocol import Answer


@dataclass(slots=True, kw_only=True)
class SentAnswer:
    """One answer's life. `covered_s`: when a board that counts it first arrived here."""

    id: str
    question: int
    value: Value
    created_s: float
    sent_s: float | None = None
    attempts: int = 0
    acked_s: float | None = None
    covered_s: float | None = None
    refusal: Refused | None = None

    @property
    def is_settled(self) -> bool:
        """Needs no sending any more."""
        return self.acked_s is not None or self.refusal is not None

    @property
    def has_outcome(self) -> bool:
        """The player knows whether it counts."""
        return self.covered_s is not None or self.refusal is not None

    def message(self) -> Answer:
        return Answer(id=self.id, question=self.question, value=self.value)


@dataclass(slots=True)
class Outbox:
    """All answers of one player, in the order of sending; a session's questions bound it."""

    answers: dict[str, SentAnswer] = field(default_factory=dict)

    def add(self, answer: SentAnswer) -> None:
        self.answers[answer.id] = answer

    def mark_sent(self, answer: SentAnswer, now_s: float) -> None:
        answer.sent_s = now_s
        answer.attempts += 1

    def unsettled(self) -> list[SentAnswer]:
        """To be sent again on a new connection."""
        return [answer for answer in self.answers.values() if not answer.is_settled]

    def uncertain(self, *, but_of: int | None) -> list[SentAnswer]:
        """To be sent again on a new connection too: an outcome that came while away is not told again by itself.
        Not of the question `but_of`, whose answer is known to be in.

        Harmless: an answer counts once, and its repetition brings the outcome.
        """
        return [
            answer
            for answer in self.answers.values()
            if answer.question != but_of and answer.is_settled and not answer.has_outcome
        ]

    def untold(self, now_s: float, *, patience_s: float, but_of: int | None) -> list[SentAnswer]:
        """The uncertain ones that wait for `patience_s` and more, times their attempts: to be sent again on this
        connection. An outcome is told once, and the telling can be lost where a gateway's channel was."""
        return [
            answer
            for answer in self.uncertain(but_of=but_of)
            if answer.sent_s is not None and now_s - answer.sent_s >= patience_s * answer.attempts
        ]

    def overdue(self, now_s: float, *, patience_s: float) -> list[SentAnswer]:
        """To be sent again on this connection: no word of them for `patience_s`."""
        return [
            answer for answer in self.unsettled() if answer.sent_s is None or now_s - answer.sent_s >= patience_s
        ]

    def acknowledge(self, answer_id: str, now_s: float) -> None:
        answer = self.answers.get(answer_id)
        if answer is not None and answer.acked_s is None:
            answer.acked_s = now_s

    def refuse(self, answer_id: str, refusal: Refused) -> None:
        """Take a refusal; one that comes after the board counted the answer changes nothing."""
        answer = self.answers.get(answer_id)
        if answer is not None and answer.covered_s is None and answer.refusal is None:
            answer.refusal = refusal

    def cover(self, question: int, now_s: float) -> None:
        """A board counts the player's answer to `question`: that outweighs the refusal of its repetition."""
        sent = [answer for answer in self.answers.values() if answer.question == question and answer.attempts]
        if not sent or any(answer.covered_s is not None for answer in sent):
            return
        counted = next((answer for answer in sent if answer.refusal is None), sent[0])
        counted.covered_s = now_s
        counted.refusal = None
