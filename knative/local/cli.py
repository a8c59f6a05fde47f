"""The console command `quizline`. Each command imports its own module when it is called, so that help is quick."""

from typing import Annotated

import typer

app = typer.Typer(
    name="quizline",
    help="Live quizzes on a scale-to-zero pipeline: run all of it on this machine.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


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
def clean() -> None:
    """Remove data, logs, downloaded jars and caches. Refused while the system runs.

    Example: quizline clean
    """
    from knative.local.commands.clean import clean as command

    command()
