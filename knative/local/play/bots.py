"""Bot players: each a whole client that joins, thinks, answers and keeps what it saw."""

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from knative.local.play.choosing import as_shown, chosen_value
from knative.local.play.rules import PlayRules
from knative.local.play.tally import Tally
from shared.client.errors import Refused
from shared.client.http import Gateways
from shared.client.outbox import SentAnswer
from shared.client.player import Joined, PlayerClient, request_join
from shared.client.view import FeedView
from shared.domain.quiz import Question
from shared.domain.session import Phase
from shared.events.feed_bodies import OutcomeBody, ResultBody
from shared.events.payloads import LeaderboardUpdated, QuestionView
from shared.protocol import LeaderboardMessage, Me, ServerMessage, SessionMessage, Snapshot

JOIN_DEADLINE_S = 90.0
# A bot that has no ack this long after its question closed goes on; its client still sends the answer again.
ACK_GRACE_S = 20.0
OPEN_DEADLINE_S = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What one bot did and saw: the verification's only source on the players' side."""

    player_id: str
    nickname: str
    answers: tuple[SentAnswer, ...]
    leaderboard: LeaderboardUpdated | None
    me: Me | None
    violations: tuple[str, ...]
    reconnects: int


class Witness(Protocol):
    """A player whose word the verification hears."""

    def evidence(self) -> Evidence:
        """As of now."""


def evidence_of(client: PlayerClient) -> Evidence:
    """What this player did and saw until now."""
    return Evidence(
        player_id=client.joined.player_id,
        nickname=client.joined.nickname,
        answers=tuple(client.outbox.answers.values()),
        leaderboard=client.view.leaderboard,
        me=client.view.me,
        violations=tuple(client.view.violations),
        reconnects=client.reconnects,
    )


class Bot:
    """`number` names it and seeds it. It knows the quiz's key, which no player's message ever carries."""

    def __init__(
        self,
        gateways: Gateways,
        *,
        number: int,
        questions: Sequence[Question],
        seed: int,
        think_s: float,
        tally: Tally,
        rules: PlayRules,
    ) -> None:
        self.number = number
        self._gateways = gateways
        self._questions = questions
        self._rng = random.Random(f"{seed}/{number}")
        self._skill = self._rng.uniform(0.35, 0.95)
        self._think_s = think_s
        self._tally = tally
        self._rules = rules
        self._client: PlayerClient | None = None

    @property
    def view(self) -> FeedView:
        assert self._client is not None
        return self._client.view

    async def play(self, code: str, *, dismissed: asyncio.Event) -> None:
        """Join, play until the session is finished, and stay to watch until dismissed."""
        joined = await self._join(code)
        async with PlayerClient(self._gateways, joined, listener=self._heard) as client:
            self._client = client
            await client.until(lambda view: view.seq is not None)
            self._tally.join(self.number)
            if self._rules.is_self_paced:
                await self._play_alone(client)
            else:
                await self._play_along(client)
            await dismissed.wait()

    async def _play_along(self, client: PlayerClient) -> None:
        """Each question as it opens for everybody."""
        asked = -1
        while True:
            await client.until(partial(_goes_on, asked))
            question = client.view.open_question
            if question is None:
                return
            asked = question.index
            await self._answer(client, question)

    async def _play_alone(self, client: PlayerClient) -> None:
        """One's own questions one after the other, then wait for the end."""
        await client.until(lambda view: view.phase in {Phase.RUNNING, Phase.FINISHED})
        for index in range(len(self._questions)):
            try:
                opened = await client.open_question(index, timeout_s=OPEN_DEADLINE_S)
            except Refused:
                return
            await self._answer(client, opened.question)
        await client.until(lambda view: view.phase is Phase.FINISHED)

    @property
    def client(self) -> PlayerClient | None:
        """None before it has joined."""
        return self._client

    def evidence(self) -> Evidence:
        """As of now; of a bot that never joined, nothing."""
        if self._client is not None:
            return evidence_of(self._client)
        return Evidence(
            player_id="",
            nickname=self._nickname(),
            answers=(),
            leaderboard=None,
            me=None,
            violations=(),
            reconnects=0,
        )

    async def _join(self, code: str) -> Joined:
        request_id = f"{self._rng.getrandbits(128):032x}"
        return await request_join(
            self._gateways,
            code=code,
            nickname=self._nickname(),
            request_id=request_id,
            team=self._rules.picked_team(self._rng),
            deadline_s=JOIN_DEADLINE_S,
        )

    def _nickname(self) -> str:
        return f"Bot {self.number:03d}"

    async def _answer(self, client: PlayerClient, question: QuestionView) -> None:
        self._tally.begin(question.index, self.number)
        await asyncio.sleep(self._rng.uniform(0.05, 1.0) * self._think_s)
        known = as_shown(self._questions[question.index], question)
        wait_s = (question.opened_at_ms - client.clock.now_ms()) / 1000
        await asyncio.sleep(max(0.0, wait_s))
        try:
            for _ in range(self._rules.answers(self._rng)):
                value = chosen_value(known, self._rng, skill=self._skill)
                await client.answer(
                    question.index,
                    choices=value.choices,
                    text=value.text,
                    timeout_s=question.time_limit_ms / 1000 + ACK_GRACE_S,
                )
        except Refused:
            self._tally.know(question.index, self.number)
        except TimeoutError:
            pass
        self._tally.settle(question.index, self.number)

    def _heard(self, message: ServerMessage) -> None:
        match message:
            case OutcomeBody() | ResultBody():
                self._tally.know(message.question, self.number)
            case LeaderboardMessage() | SessionMessage() | Snapshot():
                me = message.me
                if me is not None and me.question is not None and me.gained is not None:
                    self._tally.know(me.question, self.number)
            case _:
                pass


def _goes_on(asked: int, view: FeedView) -> bool:
    """There is another question than the `asked` one, or the end."""
    question = view.open_question
    return view.phase is Phase.FINISHED or (question is not None and question.index > asked)
