"""Answers: the first of a player to a question stands, whoever comes later."""

import asyncio
from dataclasses import replace

from shared.domain.player import Answer
from shared.domain.quiz import AnswerValue
from tests.contract.parts import Parts


def _answer(session_id: str, answer_id: str = "first", *, question: int = 0, player_id: str = "ada") -> Answer:
    return Answer(
        id=answer_id,
        session_id=session_id,
        player_id=player_id,
        question=question,
        value=AnswerValue(choices=(2, 0)),
        received_at_ms=1_767_607_214_000,
        elapsed_ms=4_000,
    )


async def test_answer_added_is_found(parts: Parts, twin: Parts, session_id: str) -> None:
    """Its value comes back as it was, choices or text."""
    answer = _answer(session_id)
    typed = replace(_answer(session_id, question=1), value=AnswerValue(text="Émile $Zola."))
    assert await parts.answers.add(answer) == answer
    assert await parts.answers.add(typed) == typed
    assert list(await twin.answers.given(session_id, 0, "ada")) == [answer]
    assert list(await twin.answers.given(session_id, 1, "ada")) == [typed]


async def test_answer_unknown_is_none(parts: Parts, session_id: str) -> None:
    """Not given yet."""
    assert list(await parts.answers.given(session_id, 0, "ada")) == []
    assert list(await parts.answers.all(session_id)) == []


async def test_second_answer_gets_the_first(parts: Parts, session_id: str) -> None:
    """Whoever is later learns what stands; nothing is overwritten."""
    first = await parts.answers.add(_answer(session_id))
    assert await parts.answers.add(_answer(session_id, "second")) == first
    assert list(await parts.answers.all(session_id)) == [first]


async def test_answer_raced_by_a_hundred_has_one_winner_whom_all_get(
    parts: Parts, twin: Parts, session_id: str
) -> None:
    """A hundred different answers to one question at once, through two processes."""
    rivals = [_answer(session_id, f"answer-{number}") for number in range(100)]
    outcomes = await asyncio.gather(
        *((parts, twin)[number % 2].answers.add(rival) for number, rival in enumerate(rivals))
    )
    assert set(outcomes) == set(await parts.answers.given(session_id, 0, "ada"))


async def test_answers_of_a_hundred_players_at_once_are_all_kept(parts: Parts, session_id: str) -> None:
    """What is written together is answered apart: duplicates among them take nothing from the others."""
    answers = [_answer(session_id, player_id=f"player-{number}") for number in range(100)]
    outcomes = await asyncio.gather(*(parts.answers.add(answer) for answer in answers + answers))
    assert outcomes == answers + answers
    assert set(await parts.answers.all(session_id)) == set(answers)


async def test_answers_listed_are_those_of_the_session(parts: Parts, session_id: str) -> None:
    """Others' are left out."""
    answer = await parts.answers.add(_answer(session_id))
    await parts.answers.add(_answer(f"{session_id}-2"))
    assert list(await parts.answers.all(session_id)) == [answer]


async def test_changed_answers_are_all_kept_in_the_order_in_which_they_came(parts: Parts, session_id: str) -> None:
    """Where a session lets players change their answer: the last one counts, each is stored once."""
    first = _answer(session_id)
    second = replace(_answer(session_id, "second"), received_at_ms=first.received_at_ms + 500)
    for answer in (second, first, second):
        assert await parts.answers.add(answer, changeable=True) == answer
    assert list(await parts.answers.given(session_id, 0, "ada")) == [first, second]


async def test_answers_of_a_question_are_its_alone(parts: Parts, twin: Parts, session_id: str) -> None:
    """Neither another question's nor another session's."""
    answer = await parts.answers.add(_answer(session_id, question=1))
    await parts.answers.add(_answer(session_id, question=0))
    await parts.answers.add(_answer(session_id, question=11))
    await parts.answers.add(_answer(f"{session_id}-2", question=1))
    assert list(await twin.answers.of_question(session_id, 1)) == [answer]
    assert list(await twin.answers.of_question(session_id, 2)) == []
