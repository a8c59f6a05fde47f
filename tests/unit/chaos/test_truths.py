"""The check of the log after a fault: silent about a good log, and finds each planted error."""

import dataclasses
import random
from collections.abc import Sequence

import msgspec

from knative.local.chaos.truths import (
    false_promises,
    inconstant_refusals,
    unlike_repetitions,
    wrong_scores,
    wrong_times,
)
from knative.local.play.verify import accepted_answers
from shared.domain.errors import RefusalCode
from shared.domain.quiz import QuestionType
from shared.domain.session import Phase
from shared.events.catalog import (
    ANSWER_REFUSED,
    ANSWER_SUBMITTED,
    PLAYER_JOIN_REQUESTED,
    QUESTION_OPENED,
    SCORE_UPDATED,
    EventType,
)
from shared.events.event import Event, derive
from shared.events.payloads import (
    AnswerAccepted,
    AnswerRefused,
    AnswerSubmitted,
    Payload,
    PlayerJoinRequested,
    QuestionView,
    ScoreUpdated,
    SessionChanged,
)
from shared.events.scored import scored_answer
from tests.unit.play.planted import PLAYERS, QUIZ, accepted

OPENED_AT_MS = 4_000


def _event(event_type: EventType, data: Payload, event_id: str) -> Event:
    return Event(id=event_id, type=event_type, source="/test", subject="session", time="", data=data)


def _opened(question: int) -> Event:
    view = QuestionView(
        index=question,
        type=QuestionType.SINGLE,
        prompt="Which?",
        choices=("a", "b"),
        time_limit_ms=20_000,
        points=1_000,
        image_url="",
        opened_at_ms=OPENED_AT_MS,
        closes_at_ms=OPENED_AT_MS + 20_000,
    )
    data = SessionChanged(
        version=question + 2, phase=Phase.QUESTION_OPEN, title="", question_count=2, question=view
    )
    return _event(QUESTION_OPENED, data, f"opened {question}")


def _score(answer: Event) -> Event:
    assert isinstance(answer.data, AnswerAccepted)
    result = scored_answer(QUIZ, answer.data)
    data = ScoreUpdated(
        player_id=result.player_id,
        nickname=result.nickname,
        joined_at_ms=result.joined_at_ms,
        question=result.question,
        correct=result.correct,
        points=result.points,
        elapsed_ms=result.elapsed_ms,
        answer_id=result.answer_id,
        received_at_ms=result.received_at_ms,
    )
    return derive(answer, SCORE_UPDATED, data, source="/test")


def good_log() -> list[Event]:
    """Two questions, three players, and everything that follows."""
    answers = [accepted(player, question) for question in (0, 1) for player in range(len(PLAYERS))]
    return [_opened(0), _opened(1), *answers, *(_score(answer) for answer in answers)]


def _refused(answer_id: str, code: RefusalCode, *, message: str = "too late", event_id: str = "refusal") -> Event:
    data = AnswerRefused(answer_id=answer_id, player_id="p0", question=0, code=code, message=message)
    return _event(ANSWER_REFUSED, data, event_id)


def _problems(events: Sequence[Event]) -> list[str]:
    accepted_ones = accepted_answers(events)
    return [
        *unlike_repetitions(events),
        *wrong_scores(QUIZ, accepted_ones, events),
        *wrong_times(accepted_ones, events),
        *inconstant_refusals(events),
    ]


def test_truths_of_a_good_log_in_any_order_and_number_hold() -> None:
    """Three copies of everything, shuffled, are no finding."""
    log = good_log() * 3
    random.Random(3).shuffle(log)
    assert _problems(log) == []


def test_truths_repetition_that_says_something_else_is_found() -> None:
    """One id, two outcomes: whoever made it did not repeat itself."""
    log = good_log()
    score = log[-1]
    assert isinstance(score.data, ScoreUpdated)
    other = dataclasses.replace(score, data=msgspec.structs.replace(score.data, points=score.data.points + 1))
    assert len(unlike_repetitions([*log, other])) == 1


def test_truths_request_that_is_sent_again_comes_at_another_time() -> None:
    """A client asks until it has its outcome."""
    tries = [
        _event(
            PLAYER_JOIN_REQUESTED,
            PlayerJoinRequested(
                request_id="r1", player_id="p0", nickname="Ada", gateway="gateway-0", received_at_ms=received_at_ms
            ),
            "join",
        )
        for received_at_ms in (1, 2)
    ]
    assert unlike_repetitions(tries) == []


def test_truths_refusal_in_other_words_is_the_same_refusal() -> None:
    """How late an answer came is another number at each try; the reason is not."""
    tries = [_refused("a", RefusalCode.QUESTION_CLOSED, message=f"closed {ms} ms earlier") for ms in (10, 20)]
    assert unlike_repetitions(tries) == []
    assert inconstant_refusals(tries) == []


def test_truths_refusal_for_another_reason_is_found() -> None:
    """The same answer, refused as late once and as unknown another time."""
    tries = [
        _refused("a", RefusalCode.QUESTION_CLOSED),
        _refused("a", RefusalCode.PLAYER_UNKNOWN, event_id="another"),
    ]
    assert inconstant_refusals(tries) == ["an answer was refused as player_unknown and as question_closed"]


def test_truths_wrong_score_is_found() -> None:
    """A score that the accepted answer does not give."""
    log = good_log()
    score = log[-1]
    assert isinstance(score.data, ScoreUpdated)
    log[-1] = dataclasses.replace(score, data=msgspec.structs.replace(score.data, correct=True, points=7))
    assert len(wrong_scores(QUIZ, accepted_answers(log), log)) == 1


def test_truths_missing_score_is_found() -> None:
    """An accepted answer that nobody scored."""
    log = good_log()[:-1]
    assert wrong_scores(QUIZ, accepted_answers(log), log) == [
        "Bot 2: question 2 was accepted, expected a score, got none"
    ]


def test_truths_answer_with_another_time_is_found() -> None:
    """Five minutes more or less: somebody read a wall clock."""
    log = good_log()
    answer = log[2]
    assert isinstance(answer.data, AnswerAccepted)
    data = msgspec.structs.replace(answer.data, elapsed_ms=answer.data.elapsed_ms + 300_000)
    log[2] = dataclasses.replace(answer, data=data)
    assert wrong_times(accepted_answers(log), log) == [
        f"Bot 0: question 1 counts {data.elapsed_ms} ms, which is not its time"
    ]


def test_truths_answer_after_the_close_is_found() -> None:
    """Accepted though it arrived when its question was over."""
    log = good_log()
    answer = log[2]
    assert isinstance(answer.data, AnswerAccepted)
    late_ms = OPENED_AT_MS + 20_001
    data = msgspec.structs.replace(answer.data, received_at_ms=late_ms, elapsed_ms=20_001)
    log[2] = dataclasses.replace(answer, data=data)
    assert len(wrong_times(accepted_answers(log), log)) == 1


def test_truths_acknowledgement_of_what_kafka_does_not_have_is_found() -> None:
    """A 202 that was a lie."""
    answer = accepted(0, 0).data
    assert isinstance(answer, AnswerAccepted)
    submitted = AnswerSubmitted(
        answer_id="kept", player_id="p0", question=0, value=answer.value, received_at_ms=5_000
    )
    log = [_event(ANSWER_SUBMITTED, submitted, "1")]
    assert false_promises({"kept": "Bot 0", "gone": "Bot 1"}, log) == [
        "Bot 1: an answer was acknowledged and is not in Kafka"
    ]
