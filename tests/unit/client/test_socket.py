"""The WebSocket client: resume, sending again, and what ends it."""

import asyncio

import pytest

from shared.client.errors import Refused
from shared.client.http import Gateways
from shared.client.player import Joined, PlayerClient
from shared.client.watcher import Watcher
from shared.domain.session import Phase
from tests.unit.client.scripted_gateway import (
    WAIT_S,
    ScriptedGateway,
    leaderboard,
    own_place,
    session_changed,
    snapshot,
)

JOINED = Joined(player_id="p1", session_id="s1", nickname="Ada", token="token")


async def test_watcher_welcomed_follows_the_feed(gateways: Gateways, gateway: ScriptedGateway) -> None:
    """A screen says its code, gets a snapshot, and sees what follows."""
    async with Watcher(gateways, code="ABCDEF") as watcher:
        connection = await gateway.connection()
        hello = await connection.hello()
        assert (hello.code, hello.token, hello.last_seq) == ("ABCDEF", None, None)
        await connection.send(snapshot(5))
        opened = session_changed(2, "question_open", 0)
        await connection.send({"type": "session", "seq": 6, "session": opened})
        await watcher.until(lambda view: view.phase is Phase.QUESTION_OPEN, timeout_s=WAIT_S)
        assert watcher.view.seq == 6
        assert watcher.reconnects == 0


async def test_watcher_connection_lost_resumes_by_last_number_at_another_gateway(
    gateways: Gateways, gateway: ScriptedGateway, other_gateway: ScriptedGateway
) -> None:
    """A dead gateway costs a reconnect, which asks for exactly what is missing."""
    async with Watcher(gateways, code="ABCDEF") as watcher:
        first = await gateway.connection()
        await first.send(snapshot(5))
        await watcher.until(lambda view: view.seq == 5, timeout_s=WAIT_S)
        await first.close()
        second = await other_gateway.connection()
        assert (await second.hello()).last_seq == 5
        await second.send({"type": "leaderboard", "seq": 6, "leaderboard": leaderboard(1)})
        await watcher.until(lambda view: view.seq == 6, timeout_s=WAIT_S)
        assert watcher.reconnects == 1
        assert watcher.view.violations == []


async def test_watcher_nothing_missed_is_welcomed_by_the_pong(
    gateways: Gateways, gateway: ScriptedGateway, other_gateway: ScriptedGateway
) -> None:
    """A server that has nothing newer sends no feed message: its pong is word enough."""
    async with Watcher(gateways, code="ABCDEF") as watcher:
        first = await gateway.connection()
        await first.send(snapshot(5))
        await watcher.until(lambda view: view.seq == 5, timeout_s=WAIT_S)
        await first.close()
        await other_gateway.connection()
        await watcher.until(lambda _: watcher.reconnects == 1, timeout_s=WAIT_S)


async def test_watcher_gap_in_the_feed_reconnects(
    gateways: Gateways, gateway: ScriptedGateway, other_gateway: ScriptedGateway
) -> None:
    """Messages that do not follow one another are never folded in: the client asks again, and notes it."""
    async with Watcher(gateways, code="ABCDEF") as watcher:
        first = await gateway.connection()
        await first.send(snapshot(5))
        await first.send({"type": "leaderboard", "seq": 8, "leaderboard": leaderboard(3)})
        second = await other_gateway.connection()
        assert (await second.hello()).last_seq == 5
        assert len(watcher.view.violations) == 1


async def test_watcher_sent_away_fails_its_waiters(gateways: Gateways, gateway: ScriptedGateway) -> None:
    """An error without an id before any welcome is final."""
    async with Watcher(gateways, code="ABCDEF") as watcher:
        connection = await gateway.connection()
        await connection.send({"type": "error", "code": "session_unknown", "message": "no such session"})
        with pytest.raises(Refused, match="session_unknown"):
            await watcher.until(lambda view: view.seq is not None, timeout_s=WAIT_S)


async def test_watcher_unknown_message_type_is_passed_over(gateways: Gateways, gateway: ScriptedGateway) -> None:
    """A newer server may say more than this client understands."""
    async with Watcher(gateways, code="ABCDEF") as watcher:
        connection = await gateway.connection()
        await connection.send(snapshot(5))
        await connection.send({"type": "applause", "volume": 11})
        await connection.send({"type": "leaderboard", "seq": 6, "leaderboard": leaderboard(1)})
        await watcher.until(lambda view: view.seq == 6, timeout_s=WAIT_S)


async def test_player_answer_returns_once_acknowledged(gateways: Gateways, gateway: ScriptedGateway) -> None:
    """The ack ends the sending; the board that counts the answer is noted when it comes."""
    async with PlayerClient(gateways, JOINED) as player:
        connection = await gateway.connection()
        assert (await connection.hello()).token == "token"
        await connection.send(snapshot(5))
        await player.until(lambda view: view.seq == 5, timeout_s=WAIT_S)
        answering = asyncio.create_task(player.answer(0, choices=[1]))
        answer = await connection.answer()
        assert (answer.question, answer.value.choices) == (0, (1,))
        await connection.send({"type": "ack", "id": answer.id, "question": 0})
        sent = await answering
        assert sent.acked_s is not None
        board = {"type": "leaderboard", "seq": 6, "leaderboard": leaderboard(1), "me": own_place(0, 900)}
        await connection.send(board)
        await player.until(lambda _: sent.covered_s is not None, timeout_s=WAIT_S)


async def test_player_place_that_comes_with_the_closing_of_the_question_counts(
    gateways: Gateways, gateway: ScriptedGateway
) -> None:
    """Of a board and a closing sent at once, only the closing carries the player's place."""
    async with PlayerClient(gateways, JOINED) as player:
        connection = await gateway.connection()
        await connection.hello()
        await connection.send(snapshot(5))
        await player.until(lambda view: view.seq == 5, timeout_s=WAIT_S)
        answering = asyncio.create_task(player.answer(0, choices=[1]))
        answer = await connection.answer()
        await connection.send({"type": "ack", "id": answer.id, "question": 0})
        sent = await answering
        await connection.send({"type": "leaderboard", "seq": 6, "leaderboard": leaderboard(1)})
        closed = session_changed(3, "question_closed", 0)
        await connection.send({"type": "session", "seq": 7, "session": closed, "me": own_place(0, 900)})
        await player.until(lambda _: sent.covered_s is not None, timeout_s=WAIT_S)


async def test_player_connection_lost_before_ack_sends_the_same_answer_again(
    gateways: Gateways, gateway: ScriptedGateway, other_gateway: ScriptedGateway
) -> None:
    """What was not acknowledged goes out again under its id, on the next connection."""
    async with PlayerClient(gateways, JOINED) as player:
        first = await gateway.connection()
        await first.hello()
        await first.send(snapshot(5))
        await player.until(lambda view: view.seq == 5, timeout_s=WAIT_S)
        answering = asyncio.create_task(player.answer(0, text="42"))
        answer = await first.answer()
        await first.close()
        second = await other_gateway.connection()
        await second.hello()
        await second.send(snapshot(9))
        again = await second.answer()
        assert again == answer
        await second.send({"type": "ack", "id": again.id, "question": 0})
        assert (await answering).attempts == 2


async def test_player_connection_lost_after_ack_asks_for_the_outcome_again(
    gateways: Gateways, gateway: ScriptedGateway, other_gateway: ScriptedGateway
) -> None:
    """An outcome that came while away is not told again by itself: the same answer is, and counts once."""
    opened = session_changed(2, "question_open", 0)
    async with PlayerClient(gateways, JOINED) as player:
        first = await gateway.connection()
        await first.hello()
        await first.send(snapshot(5, session=opened))
        await player.until(lambda view: view.seq == 5, timeout_s=WAIT_S)
        answering = asyncio.create_task(player.answer(0, choices=[1]))
        answer = await first.answer()
        await first.send({"type": "ack", "id": answer.id, "question": 0})
        await answering
        await first.close()
        second = await other_gateway.connection()
        await second.hello()
        await second.send(snapshot(9, session=opened))
        assert await second.answer() == answer


async def test_player_no_ack_on_an_open_connection_sends_again(
    gateways: Gateways, gateway: ScriptedGateway
) -> None:
    """A retryable error, or silence, is answered by the same answer after a while."""
    async with PlayerClient(gateways, JOINED) as player:
        connection = await gateway.connection()
        await connection.hello()
        await connection.send(snapshot(5))
        await player.until(lambda view: view.seq == 5, timeout_s=WAIT_S)
        answering = asyncio.create_task(player.answer(0, choices=[0]))
        answer = await connection.answer()
        await connection.send(
            {"type": "error", "code": "unavailable", "message": "away", "id": answer.id, "retry": True}
        )
        assert await connection.answer() == answer
        await connection.send({"type": "ack", "id": answer.id, "question": 0})
        await answering


async def test_player_answer_refused_raises_refused(gateways: Gateways, gateway: ScriptedGateway) -> None:
    """An outcome before the ack ends the waiting as well."""
    async with PlayerClient(gateways, JOINED) as player:
        connection = await gateway.connection()
        await connection.hello()
        await connection.send(snapshot(5))
        await player.until(lambda view: view.seq == 5, timeout_s=WAIT_S)
        answering = asyncio.create_task(player.answer(0, choices=[0]))
        answer = await connection.answer()
        await connection.send(
            {
                "type": "outcome",
                "answer_id": answer.id,
                "question": 0,
                "code": "question_closed",
                "message": "too late",
            }
        )
        with pytest.raises(Refused, match="question_closed"):
            await answering
