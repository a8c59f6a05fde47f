"""The check after a play: gathers log, stores and what the bots saw, waits until all of it is in, compares.

Each wait has a deadline and ends as soon as what it waits for is there; what is not there then is a finding.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

import aiohttp
import msgspec

from knative.local.play.bots import Evidence, Witness
from knative.local.play.event_log import EventLog
from knative.local.play.results_check import ToldResults, wrong_told
from knative.local.play.rules import PlayRules
from knative.local.play.verify import (
    AcceptedAnswers,
    accepted_answers,
    lost_answers,
    recomputed_board,
    recomputed_results,
    strange_answers,
    wrong_entries,
    wrong_results,
    wrong_views,
)
from shared.client.errors import ClientError
from shared.client.host import HostClient, OpenedSession
from shared.client.http import Gateways
from shared.config import KafkaSecurity
from shared.domain.errors import TransientFailure
from shared.domain.quiz import Quiz
from shared.domain.ranking import Leaderboard, Result, leaderboard_of
from shared.events.catalog import ANSWERS_ACCEPTED
from shared.events.payloads import BoardEntry

POLL_S = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """Where a running system is reached."""

    gateway_urls: tuple[str, ...]
    kafka: str
    mongodb: str
    mongodb_database: str = "quizline"
    runner_url: str | None = None
    kafka_security: KafkaSecurity = field(default_factory=KafkaSecurity)


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """`unequal`: where somebody's board is not the recomputed one. `strange`: acceptances that nobody caused."""

    accepted: AcceptedAnswers
    evidence: tuple[Evidence, ...]
    lost: tuple[str, ...]
    strange: tuple[str, ...]
    unequal: tuple[str, ...]


class _Board(msgspec.Struct):
    entries: list[BoardEntry]


async def audit(
    addresses: Addresses,
    *,
    http: aiohttp.ClientSession,
    opened: OpenedSession,
    quiz: Quiz,
    rules: PlayRules,
    bots: Sequence[Witness],
    patience_s: float = 30.0,
) -> Findings:
    """Everything that can be wrong after a play. `patience_s` is that of each single wait."""
    security, session_id = addresses.kafka_security, opened.session_id
    async with EventLog(
        addresses.kafka, session_id=session_id, topics=(ANSWERS_ACCEPTED,), security=security
    ) as log:
        await log.read_until(lambda: not _lost(log, bots), timeout_s=patience_s)
        board = recomputed_board(quiz, accepted_answers(log.events))
        unequal = await _settled(partial(_views, bots, board, rules), patience_s=patience_s)
        for url in addresses.gateway_urls:
            unequal += await _settled(partial(_gateway, http, url, session_id, board), patience_s=patience_s)
        results = recomputed_results(quiz, accepted_answers(log.events))
        unequal += await _settled(
            partial(_told, http, addresses.gateway_urls[0], opened, results), patience_s=patience_s
        )
        unequal += await _stores(addresses, session_id, quiz, accepted_answers(log.events), patience_s)
        if not await log.read_to_end(timeout_s=patience_s):
            unequal.append("Kafka: expected to read the log to its end, got no further")
        accepted = accepted_answers(log.events)
        if recomputed_board(quiz, accepted) != board:
            unequal.append("Kafka: expected no acceptance after the last board, got some")
    evidence = tuple(bot.evidence() for bot in bots)
    return Findings(
        accepted=accepted,
        evidence=evidence,
        lost=tuple(lost_answers(evidence, accepted)),
        strange=tuple(strange_answers(evidence, accepted)),
        unequal=tuple(unequal),
    )


def _lost(log: EventLog, bots: Sequence[Witness]) -> list[str]:
    return lost_answers([bot.evidence() for bot in bots], accepted_answers(log.events))


async def _settled(problems: Callable[[], Awaitable[list[str]]], *, patience_s: float) -> list[str]:
    """Ask for problems until there are none, or for `patience_s`; then those that stay."""
    give_up_s = time.monotonic() + patience_s
    while True:
        found = await problems()
        if not found or time.monotonic() > give_up_s:
            return found
        await asyncio.sleep(POLL_S)


async def _views(bots: Sequence[Witness], board: Leaderboard, rules: PlayRules) -> list[str]:
    return wrong_views([bot.evidence() for bot in bots], board, teams=rules.team_lines(board))


async def _gateway(http: aiohttp.ClientSession, url: str, session_id: str, board: Leaderboard) -> list[str]:
    try:
        body = await HostClient(Gateways(http, [url])).leaderboard(session_id, deadline_s=5.0)
        return wrong_entries(f"gateway {url}", msgspec.convert(body, _Board).entries, board)
    except (ClientError, msgspec.ValidationError) as error:
        return [f"gateway {url}: expected the leaderboard, got {error}"]


async def _told(
    http: aiohttp.ClientSession, url: str, opened: OpenedSession, results: Sequence[Result]
) -> list[str]:
    """What the host takes home."""
    try:
        body = await HostClient(Gateways(http, [url])).results(opened, deadline_s=15.0)
        told = msgspec.convert(body, ToldResults)
    except (ClientError, msgspec.ValidationError) as error:
        return [f"gateway {url}: expected the results, got {error}"]
    return wrong_told(f"gateway {url}", told, results=results, board=leaderboard_of(results))


async def _stores(
    addresses: Addresses,
    session_id: str,
    quiz: Quiz,
    accepted: AcceptedAnswers,
    patience_s: float,
) -> list[str]:
    from shared.adapters.mongo.client import MongoStores

    results = recomputed_results(quiz, accepted)
    board = recomputed_board(quiz, accepted)
    stores = MongoStores(addresses.mongodb, addresses.mongodb_database)

    async def problems() -> list[str]:
        try:
            stored = await stores.scores.all(session_id)
            snapshot = await stores.snapshots.get(session_id)
        except TransientFailure as failure:
            return [f"MongoDB: expected scores and leaderboard, got {failure}"]
        entries = () if snapshot is None else snapshot.entries
        return wrong_results("MongoDB", stored, results) + wrong_entries("MongoDB", entries, board)

    try:
        return await _settled(problems, patience_s=patience_s)
    finally:
        stores.close()
