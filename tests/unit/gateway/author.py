"""A host as a client of the HTTP API."""

import io
import json
from dataclasses import dataclass
from typing import Any

from tests.unit.gateway.stage import Running

QUIZ_BODY = {
    "title": "The sky",
    "questions": [
        {"type": "single", "prompt": "The largest?", "choices": ["Mars", "Jupiter"], "correct": [1]},
        {"type": "number", "prompt": "How many?", "accepted": ["8"], "time_limit_ms": 10000},
    ],
}


@dataclass(frozen=True, slots=True)
class Author:
    """Sends its token with every request; each method gives the status and the body, None for an empty one."""

    gateway: Running
    token: str

    async def get(self, path: str, **query: str) -> tuple[int, Any]:
        return await self.call("GET", path, query=query)

    async def post(self, path: str, body: Any = None) -> tuple[int, Any]:
        return await self.call("POST", path, body=body)

    async def put(self, path: str, body: Any) -> tuple[int, Any]:
        return await self.call("PUT", path, body=body)

    async def delete(self, path: str) -> tuple[int, Any]:
        return await self.call("DELETE", path)

    async def call(
        self, method: str, path: str, *, body: Any = None, query: dict[str, str] | None = None
    ) -> tuple[int, Any]:
        headers = {"Authorization": f"Bearer {self.token}"}
        content = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        data = None if content is None else io.BytesIO(content)
        url = self.gateway.url + path
        async with self.gateway.http.request(method, url, data=data, params=query, headers=headers) as response:
            reply = await response.read()
            return response.status, json.loads(reply) if reply else None


async def published(author: Author, **changed: Any) -> str:
    """The id of a quiz that this host has published."""
    status, quiz = await author.post("/api/quizzes", {**QUIZ_BODY, **changed})
    assert status == 201, quiz
    quiz_id: str = quiz["quiz_id"]
    return quiz_id
