"""`quizline dead-letters`: its options and help. Each command imports its own module when it is called."""

from typing import Annotated

import typer

dead_letters = typer.Typer(
    name="dead-letters",
    help="What could not be delivered: list it, show one whole, replay it once the cause is gone.",
    no_args_is_help=True,
)

Kafka = Annotated[
    str, typer.Option(help="Kafka, host:port, where `quizline up` did not start it; QUIZLINE_KAFKA_* say how.")
]
Function = Annotated[str, typer.Option(help="Only those that this function did not take.")]
Type = Annotated[str, typer.Option(help="Only events of this type; answer.accepted will do.")]
Session = Annotated[str, typer.Option(help="Only those of this session, by its id.")]
Code = Annotated[str, typer.Option(help="Only those with this status as the last answer, 422 for instance.")]
Json = Annotated[bool, typer.Option("--json", help="JSON instead of text.")]


@dead_letters.command(name="list")
def list_(
    *,
    function: Function = "",
    type: Type = "",
    session: Session = "",
    code: Code = "",
    kafka: Kafka = "",
    json_only: Json = False,
) -> None:
    """List them: where each stands, since when, which function did not take which event, and why.

    Example: quizline dead-letters list --function score
    """
    from knative.local.commands.dead_letters import list_letters as command

    command(function=function, type=type, session=session, code=code, kafka=kafka, json_only=json_only)


@dead_letters.command()
def show(
    place: Annotated[str, typer.Argument(metavar="PLACE", help="PARTITION/OFFSET, as list shows it.")],
    *,
    kafka: Kafka = "",
    json_only: Json = False,
) -> None:
    """Show one whole: its attributes, what the function said, its data.

    Example: quizline dead-letters show 0/17
    """
    from knative.local.commands.dead_letters import show_letter as command

    command(place, kafka=kafka, json_only=json_only)


@dead_letters.command()
def replay(
    places: Annotated[
        list[str] | None, typer.Argument(metavar="[PLACE]...", help="PARTITION/OFFSET, as list shows them.")
    ] = None,
    *,
    everything: Annotated[bool, typer.Option("--all", help="Every dead letter that there is.")] = False,
    function: Function = "",
    type: Type = "",
    session: Session = "",
    code: Code = "",
    kafka: Kafka = "",
    json_only: Json = False,
) -> None:
    """Put events back into their topics, with their own ids and attributes, once the cause is gone.

    Example: quizline dead-letters replay --function score --code 422

    Harmless to repeat: every function finds what it did and does it once. A replayed letter stays in the list,
    which is a log; one that fails again comes as a new letter. All readers of the topic get the event again.
    """
    from knative.local.commands.dead_letters import replay_letters as command

    command(
        places or [],
        everything=everything,
        function=function,
        type=type,
        session=session,
        code=code,
        kafka=kafka,
        json_only=json_only,
    )
