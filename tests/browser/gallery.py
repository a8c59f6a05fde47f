"""Every screen there is, as messages that lead to it: for whoever looks at all of them."""

from dataclasses import dataclass, field
from typing import Any

from tests.browser.scripted_pages import open_question
from tests.unit.client.scripted_gateway import session_changed, snapshot

Message = dict[str, Any]

PLANETS = ("Jupiter", "Saturn", "Neptune", "Mars")
LONG = (
    "The Treaty of Westphalia, which ended the Thirty Years’ War in 1648",
    "The Peace of Augsburg, which let princes choose their lands’ confession",
    "The Congress of Vienna, which redrew the map after Napoleon",
    "The Golden Bull, which fixed how the emperor was elected",
    "The Edict of Nantes, which gave the Huguenots their rights",
    "The Diet of Worms, where Luther would not recant",
)
NAMES = (
    "Ada",
    "Grace",
    "Emmy",
    "محمد",
    "Nguyễn Thị Minh",
    "Katherine",
    "Rosalind",
    "Chien-Shiung",
    "Hedy",
    "Sofja",
)
PROMPT: Message = {"prompt": "Which planet has the most moons that we know of?"}
TEAMS = ("Red", "Blue", "Die fröhlichen Vier", "Équipe du fond")
# As wide as a photograph, and of this very page.
PICTURE = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='800' height='500'%3E%3Crect width='800' "
    "height='500' fill='%23123'/%3E%3Ccircle cx='400' cy='250' r='160' fill='%23e90'/%3E%3C/svg%3E"
)
PLAYER = {"player_id": "p3", "session_id": "s1", "nickname": "Emmy", "token": "a-token", "code": "ABCDEF"}
HOSTED = {"session_id": "s1", "code": "ABCDEF", "host_token": "h-token", "version": 1}


STATISTICS = {
    "index": 0,
    "type": "single",
    "prompt": "Which planet has the most moons that we know of?",
    "players": 38,
    "answered": 36,
    "not_answered": 2,
    "correct": 21,
    "share_correct": 21 / 36,
    "median_ms": 4_100,
    "distribution": [
        {"answer": planet, "count": count, "correct": planet == "Saturn"}
        for planet, count in zip(PLANETS, (11, 21, 0, 4), strict=True)
    ],
    "other_answers": 0,
}
ROWS = [
    {
        "rank": n + 1 if n < 8 else None,
        "player_id": f"p{n + 1}",
        "nickname": name,
        "team": "",
        "points": 4_873 - 431 * n if n < 8 else 0,
        "streak_bonus": 0,
        "answered": 1,
        "correct": 1,
        "not_answered": 0,
        "total_ms": 9_000,
        "joined_at": "2026-11-25T10:00:00Z",
        "removed": False,
    }
    for n, name in enumerate((*NAMES, "Alan", "Barbara", "Mary Anne Wollstonecraft Godwin"))
]
PEOPLE = {
    "players": [
        {
            "player_id": row["player_id"],
            "nickname": row["nickname"],
            "team": None,
            "seat": seat,
            "joined_at_ms": 1_767_612_600_000,
            "removed": False,
        }
        for seat, row in enumerate(ROWS)
    ],
    "next": None,
}
DRAFT = {
    "draft_id": "d-1111111111111111",
    "quiz_id": "q9",
    "revision": 4,
    "saved_at_ms": 1_767_612_600_000,
    "title": "The sky",
    "published_revision": 0,
    "published_version": 0,
    "problems": [{"question": 1, "message": "expected a prompt, got an empty one"}],
    "questions": [
        {"type": "single", "prompt": "The largest planet?", "choices": list(PLANETS), "correct": [0]},
        {"type": "text", "prompt": "", "accepted": ["Hanoi"]},
        {"type": "order", "prompt": "From the sun outwards", "choices": list(PLANETS), "correct": [3, 0, 1, 2]},
    ],
}
RESULTS = {
    "session": {
        "session_id": "s1",
        "quiz_id": "q1",
        "quiz_version": 1,
        "title": "A taste of everything",
        "phase": "finished",
        "created_at": "2026-11-25T10:00:00Z",
        "policy": "speed.v1",
    },
    "answers": [],
    "players": ROWS,
    "questions": [STATISTICS],
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """`stored`: what the page finds in its storage. `told`: what the gateway says then; none, no session.

    `found`: what is different about the session of the code.
    `replies`: what its API replies, by method and path. `pressed`: buttons that lead to the screen, one after
    another; in English only. `written`: what is typed into which field (and sent with Enter, where it ends a
    line), `chosen`: the file chosen in which. `is_cut`: the connection is lost then, and the gateway silent.
    `later_s`: how long one waits for the screen. `stands`: what of it is seen last.
    """

    name: str
    path: str
    stored: dict[str, Message] = field(default_factory=dict)
    told: tuple[Message, ...] = ()
    found: Message = field(default_factory=dict)
    replies: dict[str, tuple[int, Any]] = field(default_factory=dict)
    pressed: tuple[str, ...] = ()
    written: dict[str, str] = field(default_factory=dict)
    chosen: dict[str, str] = field(default_factory=dict)
    is_cut: bool = False
    later_s: int = 0
    stands: str = "h1"


def closed(kind: str, choices: tuple[str, ...], **reveal: Any) -> Message:
    key = {"correct": [], "accepted": [], **reveal}
    return open_question(kind, choices, version=3) | {"phase": "question_closed", "reveal": key}


def board(size: int = len(NAMES)) -> Message:
    top = [
        {
            "rank": n + 1,
            "player_id": f"p{n + 1}",
            "nickname": NAMES[n],
            "points": 4_873 - 431 * n,
            "total_ms": 9_000,
        }
        for n in range(size)
    ]
    return {"version": 40, "players": 38, "question": 0, "answered": 27, "top": top}


def own(rank: int = 3, *, correct: bool = True) -> Message:
    return {
        "player_id": f"p{rank}",
        "nickname": NAMES[rank - 1],
        "rank": rank,
        "points": 4_873 - 431 * (rank - 1),
        "total_ms": 9_000,
        "answered": 0,
        "question": 0,
        "gained": 873 if correct else 0,
        "correct": correct,
        "streak": 3 if correct else 0,
        "ahead": 431,
        "team": 1,
    }


def as_player(
    name: str,
    session: Message,
    *then: Message,
    me: Message | None = None,
    players: int = 38,
    answers: tuple[Message, ...] = (),
    pressed: tuple[str, ...] = (),
) -> Screen:
    """`then`: what follows the snapshot. `answers`: what the page has kept."""
    me = me or {"player_id": "p3", "nickname": "Emmy"}
    stored: dict[str, Any] = {"player": PLAYER, "answers": list(answers)}
    return Screen(
        name=f"player-{name}",
        path="",
        stored=stored,
        told=(_snapshot(session, players=players) | {"me": me}, *then),
        pressed=pressed,
    )


def running(*, results: str = "at_once", teams: tuple[str, ...] = ()) -> Message:
    """A self-paced session, until noon of a day."""
    settings = {"pacing": "player", "results": results, "teams": list(teams)}
    return session_changed(2, "running") | {"settings": settings, "ends_at_ms": 1_767_612_600_000}


def opened(index: int, *, answered: bool = False) -> Message:
    """One's own question."""
    question = open_question("single", PLANETS, **PROMPT)["question"] | {"index": index}
    return {"type": "question", "request_id": "r", "answered": answered, "question": question}


def acked(question: int) -> Message:
    return {"id": "a", "question": question, "value": {"choices": [1]}, "state": "acked", "refusal": None}


def as_host(name: str, session: Message, *pressed: str, then: tuple[Message, ...] = ()) -> Screen:
    return Screen(
        name=f"host-{name}",
        path="host",
        stored={"host": HOSTED},
        told=(_snapshot(session, players=38), *then),
        replies={
            "GET /api/sessions/s1/questions/0/statistics": (200, STATISTICS),
            "GET /api/sessions/s1/players": (200, PEOPLE),
        },
        pressed=pressed,
    )


def as_author(name: str, where: str, *, library: int = 3, status: int = 200) -> Screen:
    """A host with nothing being played. `status`: of the list of quizzes."""
    quizzes = [
        {
            "quiz_id": f"q{n}",
            "version": 1,
            "title": ("A taste of everything", "Donaudampfschifffahrtsgesellschaft", "عواصم العالم")[n],
            "question_count": 7 + n,
            "published_at_ms": 1_767_612_600_000,
            "image_url": "",
        }
        for n in range(library)
    ]
    draft = {"draft_id": "d1", "quiz_id": "q9", "revision": 3, "saved_at_ms": 1_767_612_600_000, "title": ""}
    session = {
        "session_id": "s1",
        "code": "ABCDEF",
        "quiz_id": "q0",
        "quiz_version": 1,
        "title": "A taste of everything",
        "cancelled": False,
        "question": 2,
        "question_count": 7,
        "players": 38,
        "pacing": "host",
        "created_at_ms": 1_767_612_600_000,
    }
    phases = ("question_open", "finished") if library else ()
    sessions = [session | {"phase": phase, "session_id": f"s{n}"} for n, phase in enumerate(phases)]
    drafts = [draft | {"question_count": 2, "published_revision": 0, "published_version": 0}] if library else []
    return Screen(
        name=f"host-{name}",
        path=f"host{where}",
        stands=".desk" if where.startswith("#edit/") else "h1",
        replies={
            "POST /api/hosts": (201, {"host_id": "h1", "token": "author-token", "expires_at_ms": 1}),
            "POST /api/hosts/me/tokens": (201, {"host_id": "h1", "token": "author-token", "expires_at_ms": 1}),
            "GET /api/quizzes": (status, {"quizzes": quizzes, "next": None}),
            "GET /api/drafts": (200, {"drafts": drafts, "next": None}),
            "GET /api/sessions": (200, {"sessions": sessions, "next": None}),
            "GET /api/quizzes/q0/versions": (200, {"versions": quizzes[:1]}),
            "POST /api/sessions/s1/host-tokens": (201, HOSTED),
            "GET /api/sessions/s1/results.json": (200, RESULTS),
            "GET /api/drafts/d-1111111111111111": (200, DRAFT),
            "GET /api/drafts/new-draft-of-nothing": (404, {"error": {"code": "draft_unknown", "message": ""}}),
        },
    )


def in_the_room(name: str, session: Message, *then: Message) -> list[Screen]:
    return [
        as_host(name, session, then=then),
        on_the_wall(name, session, *then),
    ]


def on_the_wall(name: str, session: Message, *then: Message) -> Screen:
    told = (_snapshot(session, players=38), *then)
    replies = {"GET /api/sessions/ABCDEF/questions/0/counts": (200, _counts(session))}
    return Screen(name=f"screen-{name}", path="screen?code=ABCDEF", told=told, replies=replies)


def _counts(session: Message) -> Message:
    """As the statistics have them; none of what is arranged."""
    question = session.get("question") or {"type": "", "choices": ()}
    is_arranged = question["type"] in {"order", "match"}
    picked = [] if is_arranged else [11, 21, 0, 4, 108, 1][: len(question["choices"])]
    correct = None if question["type"] == "poll" else 21
    return {"index": 0, "answered": 36, "correct": correct, "picked": picked}


def reacting(session: Message) -> Message:
    return session | {"settings": {"reactions": True}}


def with_teams(session: Message) -> Message:
    return session | {"settings": {"teams": list(TEAMS)}}


def _snapshot(session: Message, *, players: int) -> Message:
    told = snapshot(1, session={"title": "A taste of everything", **session, "question_count": 7}, version=1)
    told["session"]["title"] = "A taste of everything"
    told["lobby"] = {"players": players, "nicknames": list(NAMES)}
    told["leaderboard"] = board() if session["phase"] != "lobby" else told["leaderboard"]
    settings = session.get("settings", {})
    if settings.get("teams"):
        told["leaderboard"] |= {"teams": team_lines(len(settings["teams"]))}
    if settings.get("results") == "at_close":
        told["leaderboard"] |= {"held": True}
    return told


def team_lines(size: int) -> list[Message]:
    return [{"rank": n + 1, "team": n, "points": 9_120 - 1_200 * n, "players": 9 + n} for n in range(size)]


LONG_PROMPT: Message = {
    "prompt": "Which of these agreements came last, counted by the year in which it was signed by the last of its "
    "parties, and not by the year in which its negotiations began or in which it came into force?"
}
FINISHED = session_changed(9, "finished", 0)
APPLAUSE: Message = {
    "type": "reactions",
    "counts": {"bravo": 1_204, "heart": 12, "laugh": 3, "wow": 27, "tricky": 8},
}
RESULT: Message = {"type": "result", "answer_id": "a", "question": 2, "correct": True, "points": 873}
SCREENS = (
    Screen(name="player-join", path="?code=ABCDEF"),
    Screen(
        name="player-join-teams",
        path="?code=ABCDEF",
        found={"nicknames": "roster", "teams": TEAMS},
    ),
    Screen(name="player-join-locked", path="?code=ABCDEF", found={"nicknames": "generated", "locked": True}),
    Screen(name="player-practice", path="#practice=token"),
    as_player("menu", session_changed(), pressed=("More", "Go on on another device")),
    as_player("picture", open_question("single", PLANETS, **PROMPT, image_url=PICTURE)),
    as_player("picture-long", open_question("multiple", LONG[:4], **PROMPT, image_url=PICTURE)),
    as_player(
        "picture-large",
        open_question("single", PLANETS, **PROMPT, image_url=PICTURE),
        pressed=("Picture of the question enlarge",),
    ),
    as_player("cancelled", FINISHED | {"cancelled": True}, me=own()),
    as_player("teams", with_teams(closed("single", PLANETS, correct=[1])), me=own()),
    as_player("final-teams", with_teams(FINISHED), me=own()),
    as_player("pace-before", running()),
    as_player("pace-question", running(), opened(2)),
    as_player("pace-after", running(), opened(2), RESULT, me=own(), answers=(acked(2),)),
    as_player("pace-last", running(results="at_close"), opened(6), answers=(acked(6),)),
    as_player("lobby", session_changed()),
    as_player("single", open_question("single", PLANETS, **PROMPT)),
    as_player("true-false", open_question("true_false", ("True", "False"), prompt="Bananas are berries.")),
    as_player("long", open_question("single", LONG, **LONG_PROMPT)),
    as_player("multiple", open_question("multiple", ("2", "9", "17", "21", "29", "51"), **PROMPT)),
    as_player("number", open_question("number", prompt="How many keys does a full-size piano have?")),
    as_player(
        "match",
        open_question("match", PLANETS, prompt="Which god?", targets=["Zeus", "Kronos", "Poseidon", "Ares"]),
    ),
    as_player("standing", session_changed(3, "leaderboard", 0), me=own()),
    as_player("order", open_question("order", LONG[:4], prompt="Put these in order, the oldest first.")),
    as_player("right", closed("single", PLANETS, correct=[1]), me=own()),
    as_player("wrong", closed("single", PLANETS, correct=[1]), me=own(correct=False)),
    as_player("text-result", closed("text", (), accepted=["Hanoi", "Ha Noi"]), me=own()),
    as_player("final", FINISHED, me=own()),
    as_player("lobby-reactions", reacting(session_changed())),
    as_player("right-reactions", reacting(closed("single", PLANETS, correct=[1])), me=own()),
    as_author("empty", "", library=0),
    as_author("library", ""),
    as_author("away", "", status=404),
    as_author("open", "#open/q0"),
    as_author("results", "#results/s1"),
    as_author("editor-empty", "#edit/new-draft-of-nothing"),
    as_author("editor", "#edit/d-1111111111111111"),
    *in_the_room("lobby", session_changed()),
    *in_the_room("single", open_question("single", PLANETS, **PROMPT)),
    *in_the_room("long", open_question("single", LONG, **LONG_PROMPT)),
    *in_the_room("standing", session_changed(3, "leaderboard", 0)),
    *in_the_room("result", closed("single", PLANETS, correct=[1])),
    on_the_wall("long-result", closed("multiple", LONG, correct=[1, 4])),
    on_the_wall("poll-result", closed("poll", PLANETS)),
    *in_the_room("order-result", closed("order", LONG[:4], correct=[3, 1, 0, 2])),
    *in_the_room("final", FINISHED),
    *in_the_room("reactions", reacting(closed("single", PLANETS, correct=[1])), APPLAUSE),
    as_host("more", session_changed(), "More", "Show the QR code"),
    as_host("players", session_changed(3, "leaderboard", 0), "Players", "Remove Grace…"),
    as_host("cancel", session_changed(), "More", "Cancel session"),
    as_host("self-paced", running()),
    Screen(name="screen-ask", path="screen"),
    on_the_wall("picture", open_question("single", PLANETS, **PROMPT, image_url=PICTURE)),
    on_the_wall("teams", with_teams(session_changed(3, "leaderboard", 0))),
    on_the_wall("final-teams", with_teams(FINISHED)),
    on_the_wall("cancelled", FINISHED | {"cancelled": True}),
    on_the_wall("running", running()),
    on_the_wall("running-held", running(results="at_close")),
)
