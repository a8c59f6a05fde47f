"""/openapi.json says what the routes do."""

import re
from typing import Any

from shared.domain.errors import RefusalCode
from tests.unit.gateway.stage import Running


async def _description(gateway: Running) -> dict[str, Any]:
    async with gateway.http.get(f"{gateway.url}/openapi.json") as response:
        description: dict[str, Any] = await response.json()
        return description


async def test_every_route_under_api_is_described(gateway: Running) -> None:
    """Made from the same table."""
    description = await _description(gateway)
    described = {(method.upper(), path) for path, methods in description["paths"].items() for method in methods}
    assert described == {
        ("POST", "/api/hosts"),
        ("GET", "/api/hosts/me"),
        ("POST", "/api/hosts/me/tokens"),
        ("POST", "/api/quizzes"),
        ("GET", "/api/quizzes"),
        ("POST", "/api/quizzes/import"),
        ("GET", "/api/quizzes/{quiz_id}"),
        ("DELETE", "/api/quizzes/{quiz_id}"),
        ("GET", "/api/quizzes/{quiz_id}/versions"),
        ("POST", "/api/quizzes/{quiz_id}/versions"),
        ("POST", "/api/quizzes/{quiz_id}/duplicates"),
        ("GET", "/api/quizzes/{quiz_id}/export"),
        ("POST", "/api/quizzes/{quiz_id}/practice-links"),
        ("POST", "/api/practices"),
        ("GET", "/api/drafts"),
        ("PUT", "/api/drafts/{draft_id}"),
        ("GET", "/api/drafts/{draft_id}"),
        ("DELETE", "/api/drafts/{draft_id}"),
        ("POST", "/api/drafts/{draft_id}/publish"),
        ("POST", "/api/images"),
        ("GET", "/api/limits"),
        ("GET", "/api/sessions/{code}/roster"),
        ("GET", "/api/sessions/{code}/players"),
        ("GET", "/api/sessions"),
        ("POST", "/api/sessions/{session_id}/host-tokens"),
        ("GET", "/api/sessions/{session_id}/results.json"),
        ("GET", "/api/sessions/{session_id}/results.csv"),
        ("GET", "/api/sessions/{session_id}/results.xlsx"),
        ("GET", "/api/sessions/{session_id}/questions/{index}/statistics"),
        ("GET", "/api/sessions/{code}/questions/{index}/counts"),
        ("POST", "/api/sessions"),
        ("GET", "/api/sessions/{code}"),
        ("POST", "/api/sessions/{code}/players"),
        ("GET", "/api/sessions/{code}/players/requests/{request_id}"),
        ("POST", "/api/sessions/{session_id}/commands"),
        ("POST", "/api/sessions/{session_id}/answers"),
        ("GET", "/api/sessions/{session_id}/leaderboard"),
    }


async def test_no_two_paths_differ_in_the_names_of_parameters_only(gateway: Running) -> None:
    """OpenAPI takes them for one; what a parameter is, its description says."""
    paths = (await _description(gateway))["paths"]
    assert len({re.sub(r"{\w+}", "{}", path) for path in paths}) == len(paths)
    [parameter, *_] = paths["/api/sessions/{code}/players"]["get"]["parameters"]
    assert (parameter["name"], parameter["description"]) == ("code", "session_id")


async def test_every_reference_of_the_description_resolves(gateway: Running) -> None:
    """A generated client can be generated."""
    async with gateway.http.get(f"{gateway.url}/openapi.json") as response:
        text = await response.text()
    components = (await _description(gateway))["components"]["schemas"]
    references = set(re.findall(r'"#/components/schemas/([^"]+)"', text))
    assert references
    assert references <= set(components)


async def test_operations_that_ask_for_a_token_say_so(gateway: Running) -> None:
    """And each operation has its own name."""
    operations = [
        operation for methods in (await _description(gateway))["paths"].values() for operation in methods.values()
    ]
    open_to_all = {operation["operationId"] for operation in operations if "security" not in operation}
    assert open_to_all == {
        "admit_host",
        "ask_join",
        "find_roster",
        "find_session",
        "join_session",
        "open_practice",
        "show_counts",
        "show_leaderboard",
        "show_limits",
    }
    assert len({operation["operationId"] for operation in operations}) == len(operations)


def test_every_refusal_has_a_status() -> None:
    """A new code cannot be forgotten here."""
    from gateway.api.errors import STATUSES

    assert set(STATUSES) == set(RefusalCode)
