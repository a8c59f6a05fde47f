"""I6: a key reaches nobody before its question closed: not a player, not a screen, not a log, not a metric.

A session is played while bare clients note every frame, strangers ask every GET of the API, and the logs of all
processes are read to the end. The keys of typed questions are texts that stand nowhere else.
"""

import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.overhearing import leaks, logged_secrets, points_told
from tests.e2e.running_system import RunningSystem
from tests.e2e.secret_session import WITHIN_S, Scene, scene
from tests.e2e.system import until

SETTINGS: dict[str, dict[str, Any]] = {
    "at-once": {"results": "at_once", "streak_bonus": True},
    "at-close": {"results": "at_close", "streak_bonus": True, "shuffle_choices": True},
    "changed-answers": {"answer_change": True, "shuffle_choices": True},
}


async def _is_conclusive(scene: Scene) -> bool:
    """What shows that an ear was there at all: everybody was told every key in the end, after its close."""
    told = {
        (heard.who, question["index"])
        for heard in scene.overheard.frames
        if heard.text.startswith("{")
        for body in [json.loads(heard.text).get("session")]
        if body and body.get("reveal") is not None
        for question in [body["question"]]
    }
    expected = {
        (who, index) for who in (*scene.players, "the screen", "the host") for index in range(len(scene.keys))
    }
    return told == expected


@pytest.mark.timeout(180)
@pytest.mark.parametrize("name", SETTINGS)
async def test_key_of_an_open_question_leaves_for_nobody(running_system: RunningSystem, name: str) -> None:
    """Every frame, every reply, every line of every log."""
    settings = SETTINGS[name]
    hides_results = name != "at-once"
    logs = {path: path.stat().st_size for path in running_system.logs.glob("*.log")}
    async with scene(running_system, settings) as played:
        await played.play()
        await until(partial(_is_conclusive, played), what="every key with everybody in the end", within_s=WITHIN_S)
    assert leaks(played.overheard, played.secrets, hides_results=hides_results) == []
    if hides_results:
        for secret, opened_s in zip(played.secrets, played.opened_s, strict=True):
            told = points_told(played.overheard.frames, after_s=opened_s, before_s=secret.closing_s)
            assert all(len(points) == 1 for points in told.values()), f"question {secret.index + 1}"
    assert _logged(played, logs) == []


@pytest.mark.timeout(180)
@pytest.mark.parametrize("results", ["at_once", "at_close"])
async def test_key_at_everybodys_own_pace_leaves_for_nobody(running_system: RunningSystem, results: str) -> None:
    """Nobody is told a key: others may have the question before them. With results at close, no points either."""
    hides_results = results == "at_close"
    logs = {path: path.stat().st_size for path in running_system.logs.glob("*.log")}
    settings = {"pacing": "player", "results": results, "shuffle_choices": True}
    async with scene(running_system, settings) as played:
        await played.play_at_own_pace()
        await until(partial(_is_over, played), what="the end with everybody", within_s=WITHIN_S)
    assert leaks(played.overheard, played.secrets, hides_results=hides_results) == []
    if hides_results:
        (opened_s,), closing_s = played.opened_s, played.secrets[0].closing_s
        told = points_told(played.overheard.frames, after_s=opened_s, before_s=closing_s)
        assert all(points == {0} for points in told.values())
    assert _logged(played, logs) == []


async def _is_over(scene: Scene) -> bool:
    """Every ear has heard the end, and Ada's points."""
    ended = {heard.who for heard in scene.overheard.frames if '"phase":"finished"' in heard.text}
    told = points_told(scene.overheard.frames, after_s=0.0, before_s=float("inf"))
    ada = scene.players["Ada"].joined.player_id
    return ended == {*scene.players, "the screen", "the host"} and max(told.get(ada, {0})) > 0


def _logged(played: Scene, began: dict[Path, int]) -> list[str]:
    typed = [text for key in played.keys for text in (*key.texts, key.wrong) if text]
    tokens = [client.joined.token for client in played.players.values()]
    texts = [*typed, *tokens, played.opened.host_token, played.opened.code]
    return [
        problem
        for path, size in began.items()
        for problem in logged_secrets(path.name, path.read_bytes()[size:].decode(errors="replace"), texts)
    ]
