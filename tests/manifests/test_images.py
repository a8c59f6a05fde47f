"""The Dockerfiles and the manifests say the same, and what may be said of an image without building it."""

import json
import re

import pytest

from tests.manifests.documents import FUNCTIONS, ROOT, containers

BUILT = {"function": "score", "gateway": "gateway"}
by_dockerfile = pytest.mark.parametrize("built", BUILT)


def instructions(built: str) -> list[tuple[str, str]]:
    """Keyword and argument of each, continued lines joined."""
    text = (ROOT / "docker" / f"{built}.Dockerfile").read_text().replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [(keyword, rest.strip()) for keyword, _, rest in (line.partition(" ") for line in lines)]


def arguments(built: str, keyword: str) -> list[str]:
    return [rest for found, rest in instructions(built) if found == keyword]


@by_dockerfile
def test_image_starts_by_the_command_of_its_manifest(built: str) -> None:
    """Whoever runs the image by hand runs what the cluster runs."""
    [stated] = arguments(built, "CMD")
    container = containers()[BUILT[built]]
    expected = [part.replace("$(PORT)", "8080") for part in (*container["command"], *container["args"])]
    assert json.loads(stated) == expected
    assert arguments(built, "ENTRYPOINT") == []


@by_dockerfile
def test_image_needs_no_shell(built: str) -> None:
    """Every instruction that runs something is a list of words: a base without a shell builds as well."""
    for keyword in ("RUN", "CMD"):
        for stated in arguments(built, keyword):
            assert isinstance(json.loads(stated), list)


@by_dockerfile
def test_image_runs_as_the_user_of_its_manifest(built: str) -> None:
    """Not root, also where nobody says so."""
    user = containers()[BUILT[built]]["securityContext"]["runAsUser"]
    assert arguments(built, "USER") == [f"{user}:{user}"]


@by_dockerfile
def test_image_takes_its_base_and_says_what_it_is(built: str) -> None:
    """The base can be replaced; version and revision can be read off."""
    assert set(arguments(built, "FROM")) <= {
        "${BASE_IMAGE} AS packages",
        "${BASE_IMAGE} AS web",
        "${BASE_IMAGE} AS code",
        "${BASE_IMAGE}",
    }
    [labels] = arguments(built, "LABEL")
    assert set(re.findall(r"org\.opencontainers\.image\.(\w+)=", labels)) == {"title", "version", "revision"}


@by_dockerfile
def test_image_leaves_out_what_is_not_for_production(built: str) -> None:
    """The fakes, the players' client, what reads and writes question banks, the sources of the pages."""
    removed = [json.loads(stated)[2:] for stated in arguments(built, "RUN") if json.loads(stated)[0] == "rm"]
    unused = {"adapters/memory", "client"}
    if built == "function":
        unused |= {"exporters", "importers", "results"}  # the gateway takes uploads and gives results
    assert {path.partition("/shared/")[2] for path in removed[0] if "/shared/" in path} == unused
    if built == "gateway":
        assert "/own/gateway/web" in removed[0]
        assert "--from=web /web/dist /own/gateway/web/dist" in arguments(built, "COPY")
    assert not [path for path in arguments(built, "COPY") if "tests" in path or "knative" in path]


def test_image_of_a_function_shares_all_but_what_is_its_own() -> None:
    """The name of the function comes after every layer that the five have in common."""
    found = instructions("function")
    last_stage = max(place for place, (keyword, _) in enumerate(found) if keyword == "FROM")
    named = next(place for place in range(last_stage, len(found)) if found[place] == ("ARG", "FUNCTION"))
    copied = [rest for keyword, rest in found[named:] if keyword == "COPY"]
    assert copied == ["--from=code /own ./"]


def test_makefile_builds_an_image_for_every_function() -> None:
    """It finds them by their main.py."""
    assert {path.parent.name for path in (ROOT / "functions").glob("*/main.py")} == set(FUNCTIONS)
    assert "$(wildcard functions/*/main.py)" in (ROOT / "Makefile").read_text()
