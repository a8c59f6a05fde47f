"""Is what the system did right? Recomputed from the accepted answers in the log, trusting none of its stores.

Pure: the log, the quiz and the bots' evidence come in, findings go out. Owns no connection: audit.py does.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from knative.local.play.bots import Evidence
from shared.client.outbox import SentAnswer
from shared.domain.quiz import Quiz
from shared.domain.ranking import TOP_ENTRIES, Entry, Leaderboard, Result, leaderboard_of
from shared.domain.teams import TeamEntry
from shared.events.event import Event
from shared.events.payloads import AnswerAccepted, AnswerRefused, BoardEntry
from shared.events.scored import scored_answer


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptedAnswers:
    """What the log says was accepted, by player, question and answer. `redeliveries`: records whose event id was
    there already.

    `duplicates`: acceptances beyond the first, under other event ids, for one player and question; where answers
    may be changed, for one answer.
    """

    answers: Mapping[tuple[str, int, str], AnswerAccepted]
    duplicates: int
    redeliveries: int

    @property
    def answer_ids(self) -> frozenset[str]:
        return frozenset(answer.answer_id for answer in self.answers.values())


def accepted_answers(events: Iterable[Event]) -> AcceptedAnswers:
    """The acceptances among `events`, in whatever order and number they come."""
    ids: Counter[str] = Counter()
    answers: dict[tuple[str, int, str], AnswerAccepted] = {}
    ids_of: defaultdict[tuple[str, int, str], set[str]] = defaultdict(set)
    for event in events:
        if isinstance(event.data, AnswerAccepted):
            answer = event.data
            ids[event.id] += 1
            one_of_many = answer.answer_id if answer.changeable else ""
            ids_of[answer.player_id, answer.question, one_of_many].add(event.id)
            answers.setdefault((answer.player_id, answer.question, answer.answer_id), answer)
    return AcceptedAnswers(
        answers=answers,
        duplicates=sum(len(found) - 1 for found in ids_of.values()),
        redeliveries=ids.total() - len(ids),
    )


def refused_answer_ids(events: Iterable[Event]) -> frozenset[str]:
    """The answers that the log says a rule refused."""
    return frozenset(event.data.answer_id for event in events if isinstance(event.data, AnswerRefused))


def recomputed_results(quiz: Quiz, accepted: AcceptedAnswers) -> list[Result]:
    """Every accepted answer marked and scored anew, with the quiz as it was imported."""
    return [scored_answer(quiz, answer) for answer in accepted.answers.values()]


def recomputed_board(quiz: Quiz, accepted: AcceptedAnswers) -> Leaderboard:
    """The board that everybody should see in the end."""
    return leaderboard_of(recomputed_results(quiz, accepted))


def lost_answers(bots: Sequence[Evidence], accepted: AcceptedAnswers) -> list[str]:
    """Acknowledged answers with neither an acceptance in the log nor a refusal that reached their player.

    Of two answers to one question the player is shown what the one that counts gave: that is the outcome of both.
    """
    known = accepted.answer_ids
    counted = {(player_id, question) for player_id, question, _ in accepted.answers}
    return [
        f"{bot.nickname}: the acknowledged answer to question {answer.question + 1} has no outcome"
        for bot in bots
        for answer in bot.answers
        if answer.acked_s is not None and answer.id not in known and answer.refusal is None
        if answer.covered_s is None or (bot.player_id, answer.question) not in counted
    ]


def strange_answers(bots: Sequence[Evidence], accepted: AcceptedAnswers) -> list[str]:
    """Acceptances of what nobody sent, or of another value than was sent."""
    sent = {answer.id: (bot.player_id, answer) for bot in bots for answer in bot.answers}
    problems = []
    for answer in accepted.answers.values():
        player_id, original = sent.get(answer.answer_id, ("", None))
        if original is None or player_id != answer.player_id:
            problems.append(f"an acceptance for question {answer.question + 1} of an answer that nobody sent")
        elif (original.question, original.value) != (answer.question, answer.value):
            problems.append(f"{answer.nickname}: question {answer.question + 1} was accepted with another value")
    return problems


def wrong_views(bots: Sequence[Evidence], board: Leaderboard, *, teams: Sequence[TeamEntry] = ()) -> list[str]:
    """Bots whose last board, own place, or teams are not the recomputed ones."""
    own = {entry.player_id: entry for entry in board.entries}
    return [
        problem
        for bot in bots
        for problem in (*_view_problems(bot, board, own.get(bot.player_id)), *_team_problems(bot, teams))
    ]


def wrong_entries(name: str, entries: Sequence[Entry | BoardEntry], board: Leaderboard) -> list[str]:
    """Where the whole board of the store called `name` differs from the recomputed one."""
    got = [_line(entry) for entry in entries]
    expected = [_line(entry) for entry in board.entries]
    return [] if got == expected else [_difference(name, expected, got)]


def wrong_results(name: str, results: Iterable[Result], expected: Iterable[Result]) -> list[str]:
    """Where stored scores differ from the recomputed ones."""
    got_of = {(result.player_id, result.question, result.answer_id): result for result in results}
    expected_of = {(result.player_id, result.question, result.answer_id): result for result in expected}
    wrong = [place for place in got_of.keys() | expected_of.keys() if got_of.get(place) != expected_of.get(place)]
    if not wrong:
        return []
    return [f"{name}: expected the {len(expected_of)} recomputed scores, got {len(wrong)} that differ"]


def board_delays_ms(bots: Iterable[Evidence]) -> list[float]:
    """From sending each answer to the first board at its own bot that counts it."""
    return [
        (answer.covered_s - answer.created_s) * 1000
        for bot in bots
        for answer in bot.answers
        if answer.covered_s is not None
    ]


def sent_answers(bots: Iterable[Evidence]) -> list[SentAnswer]:
    """Those that left their bot at least once."""
    return [answer for bot in bots for answer in bot.answers if answer.attempts]


def _view_problems(bot: Evidence, board: Leaderboard, own: Entry | None) -> list[str]:
    if bot.leaderboard is None:
        return [f"{bot.nickname}: expected the board of version {board.version}, got none"]
    expected = [_line(entry) for entry in board.entries[:TOP_ENTRIES]]
    got = [_line(entry) for entry in bot.leaderboard.top]
    problems = []
    if bot.leaderboard.version != board.version:
        problems.append(
            f"{bot.nickname}: expected the board of version {board.version}, got {bot.leaderboard.version}"
        )
    elif got != expected:
        problems.append(_difference(bot.nickname, expected, got))
    if own is not None:
        place = (own.rank, own.points, own.total_ms)
        seen = None if bot.me is None else (bot.me.rank, bot.me.points, bot.me.total_ms)
        if seen != place:
            problems.append(f"{bot.nickname}: expected own rank, points and time {place}, got {seen}")
    return problems


def _team_problems(bot: Evidence, teams: Sequence[TeamEntry]) -> list[str]:
    expected = [(line.rank, line.team, line.points, line.players) for line in teams]
    lines = () if bot.leaderboard is None else bot.leaderboard.teams
    got = [(line.rank, line.team, line.points, line.players) for line in lines]
    return [] if got == expected else [f"{bot.nickname}: expected teams {expected}, got {got}"]


def _line(entry: Entry | BoardEntry) -> tuple[int, str, str, int, int]:
    return entry.rank, entry.player_id, entry.nickname, entry.points, entry.total_ms


def _difference(
    name: str, expected: Sequence[tuple[int, str, str, int, int]], got: Sequence[tuple[int, str, str, int, int]]
) -> str:
    for right, wrong in zip(expected, got, strict=False):
        if right != wrong:
            return f"{name}: expected {_shown(right)}, got {_shown(wrong)}"
    return f"{name}: expected {len(expected)} entries, got {len(got)}"


def _shown(line: tuple[int, str, str, int, int]) -> str:
    rank, _, nickname, points, total_ms = line
    return f"{rank}. {nickname} with {points} points in {total_ms} ms"
