"""The console command `quizline`. Each command imports its own module when it is called, so that help is quick."""

from pathlib import Path
from typing import Annotated

import typer

from knative.local.deadletters.cli import dead_letters

app = typer.Typer(
    name="quizline",
    help="Live quizzes on a scale-to-zero pipeline: run all of it on this machine.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(dead_letters)


@app.command()
def up() -> None:
    """Start the whole system and stay until Ctrl-C.

    Example: QUIZLINE_PORT=9000 quizline up

    QUIZLINE_PORT names the players' port; QUIZLINE_KAFKA_BOOTSTRAP, QUIZLINE_MONGODB_URL and QUIZLINE_REDIS_URL
    each bring a server of your own; QUIZLINE_HOME keeps the data elsewhere.
    """
    from knative.local.commands.up import up as command

    command()


@app.command()
def down() -> None:
    """Stop the running system, from another terminal. Data are kept.

    Example: quizline down
    """
    from knative.local.commands.down import down as command

    command()


@app.command()
def status(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object instead of tables.")] = False,
) -> None:
    """Show processes and each function's instances, events in flight, lag and dead letters.

    Example: quizline status --json
    """
    from knative.local.commands.status import status as command

    command(as_json=as_json)


@app.command()
def invoke(
    function: Annotated[str, typer.Argument(metavar="FN", help="join, submit, score, rank or broadcast.")],
    path: Annotated[Path, typer.Argument(metavar="EVENT", help="A file in CloudEvents' JSON format.")],
    *,
    seeds: Annotated[
        bool, typer.Option("--seed/--no-seed", help="First run the seed.py beside the event, if there is one.")
    ] = True,
    json_only: Annotated[bool, typer.Option("--json", help="One JSON object instead of text.")] = False,
) -> None:
    """Post one event to one function; show the reply, the events it emitted, and what it changed.

    Example: quizline invoke score tests/events/answer.accepted.json

    Uses the running system, or starts an empty one for this call.
    """
    from knative.local.commands.invoke import invoke as command

    command(function, path, seeds=seeds, json_only=json_only)


@app.command()
def clean() -> None:
    """Remove data, logs, downloaded jars and caches. Refused while the system runs.

    Example: quizline clean
    """
    from knative.local.commands.clean import clean as command

    command()


@app.command()
def play(
    *,
    players: Annotated[int, typer.Option(help="How many bots.", min=1, max=5_000)] = 50,
    quiz: Annotated[
        str, typer.Option(help="A shipped quiz by name, or a file that `quizline import` reads.")
    ] = "",
    questions: Annotated[int | None, typer.Option(help="Only the first so many.", min=1)] = None,
    settings: Annotated[
        str, typer.Option(help='The session\'s settings as JSON, as in the API: {"pacing": "player"}.')
    ] = "{}",
    seed: Annotated[int | None, typer.Option(help="Repeats what the bots think and choose.")] = None,
    home: Annotated[Path | None, typer.Option(help="Keep this play's data and logs here.")] = None,
    gateways: Annotated[int | None, typer.Option(help="How many gateways.", min=1, max=8)] = None,
    url: Annotated[str | None, typer.Option(help="Play against the running system at this address.")] = None,
    kafka: Annotated[
        str,
        typer.Option(help="Its Kafka, host:port, where `quizline up` did not start it; QUIZLINE_KAFKA_* say how."),
    ] = "",
    mongodb: Annotated[str, typer.Option(help="Its MongoDB's URL, likewise.")] = "",
    json_only: Annotated[bool, typer.Option("--json", help="Print nothing but the JSON result.")] = False,
) -> None:
    """Let bots play a whole quiz on a system of its own, and check the result against Kafka's log.

    Example: quizline play --players 200 --quiz bank.gift
    """
    from knative.local.commands.play import play as command

    command(
        players=players,
        quiz=quiz,
        questions=questions,
        settings=settings,
        seed=seed,
        home=home,
        gateways=gateways,
        url=url,
        kafka=kafka,
        mongodb=mongodb,
        json_only=json_only,
    )


@app.command()
def chaos(
    *,
    players: Annotated[int, typer.Option(help="How many bots.", min=2, max=5_000)] = 30,
    questions: Annotated[int, typer.Option(help="How many questions each play has.", min=1, max=500)] = 6,
    seed: Annotated[int | None, typer.Option(help="Repeats what bots do and when blows fall.")] = None,
    fault: Annotated[str, typer.Option(help="Only these, comma-separated.")] = "",
    home: Annotated[Path | None, typer.Option(help="Keep data and logs here.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="A JSON object per row.")] = False,
) -> None:
    """Let bots play on a system of its own under one fault after the other; a row each says what held.

    Example: quizline chaos --players 200 --fault kill-redis,rollout

    Parts are killed, cut off, emptied and lied to; then the board is recomputed from Kafka's log and compared with
    everybody's. docs/reliability.md has the table.
    """
    from knative.local.commands.chaos import chaos as command

    command(players=players, questions=questions, seed=seed, fault=fault, home=home, as_json=as_json)


@app.command()
def fuzz(
    *,
    seconds: Annotated[float, typer.Option(help="Begin no new play after so long.", min=1.0)] = 60.0,
    seed: Annotated[int | None, typer.Option(help="Repeats the noise.")] = None,
    players: Annotated[int, typer.Option(help="Bots of the session that must not notice.", min=2, max=500)] = 5,
    home: Annotated[Path | None, typer.Option(help="Keep data and logs here.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="A JSON object per play.")] = False,
) -> None:
    """Let bots play amid malformed frames, HTTP bodies and records: nobody may notice, nothing may break.

    Example: quizline fuzz --seconds 300 --seed 7

    At most a million pieces. docs/reliability.md says what is sent and what is checked.
    """
    from knative.local.commands.fuzz import fuzz_command as command

    command(seconds=seconds, seed=seed, players=players, home=home, as_json=as_json)


@app.command(name="import")
def import_(
    path: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="A question bank: our JSON or CSV, Kahoot's .xlsx, GIFT, Open Trivia."
        ),
    ],
    *,
    format: Annotated[str | None, typer.Option(help="The file's format, where its name does not tell.")] = None,
    check: Annotated[bool, typer.Option("--check", help="Only say what would be taken; publish nothing.")] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="One question that cannot be taken refuses all.")
    ] = False,
) -> None:
    """Read a question bank and publish it in the running system; what cannot be taken is named by line.

    Example: quizline import --check bank.gift
    """
    from knative.local.commands.import_quiz import import_quiz as command

    command(path, format=format, check=check, strict=strict)


@app.command()
def export(
    quiz_id: Annotated[str, typer.Argument(metavar="QUIZ_ID", help="As `quizline import` printed it.")],
    *,
    format: Annotated[str, typer.Option(help="json or csv.")] = "json",
    out: Annotated[Path | None, typer.Option(help="The file to write, instead of standard output.")] = None,
) -> None:
    """Write a published quiz of the running system as a file that `quizline import` takes back unchanged.

    Example: quizline export 6f1c… --format csv --out geography.csv
    """
    from knative.local.commands.export_quiz import export_published as command

    command(quiz_id, format=format, out=out)


@app.command()
def backing(
    *,
    host: Annotated[str, typer.Option(help="Address to listen on: one that the cluster's pods reach.")],
    kafka_port: Annotated[int, typer.Option(help="Kafka's.", min=1, max=65_535)] = 9092,
    mongodb_port: Annotated[int, typer.Option(help="MongoDB's.", min=1, max=65_535)] = 27017,
    redis_port: Annotated[int, typer.Option(help="Redis's.", min=1, max=65_535)] = 6379,
    sink_url: Annotated[
        str, typer.Option(help="Also deliver events: where Services are, {name} for the function's name.")
    ] = "",
    sink_host: Annotated[str, typer.Option(help="Host header of every delivery; {name} as in --sink-url.")] = "",
) -> None:
    """Start what a cluster for trying lacks: Kafka, MongoDB, Redis, topics, and sources; stay until Ctrl-C.

    Example: quizline backing --host 10.0.0.1 --sink-url 'http://{name}.quizline.svc.cluster.local'

    No server asks for a password: listen only where the cluster's pods and nobody else can come.
    """
    from knative.local.commands.backing import backing as command

    command(
        host=host,
        ports=(kafka_port, mongodb_port, redis_port),
        sink_url=sink_url,
        sink_host=sink_host,
    )


@app.command()
def deploy(
    overlay: Annotated[str, typer.Argument(metavar="OVERLAY", help="A folder of knative/overlays.")],
) -> None:
    """Install an overlay on the cluster of kubectl's current context; return when all of it is ready.

    Example: quizline deploy cluster
    """
    from knative.local.commands.deploy import deploy as command

    command(overlay)


@app.command()
def undeploy(
    overlay: Annotated[str, typer.Argument(metavar="OVERLAY", help="A folder of knative/overlays.")],
) -> None:
    """Remove an overlay from that cluster; topics, Secrets and the namespace stay.

    Example: quizline undeploy cluster
    """
    from knative.local.commands.deploy import undeploy as command

    command(overlay)
