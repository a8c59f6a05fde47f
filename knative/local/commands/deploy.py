"""`quizline deploy` and `quizline undeploy`: an overlay on the cluster of kubectl's current context."""

from collections.abc import Iterator
from contextlib import contextmanager

from knative.local.commands.failure import CommandFailed, CommandRefused, failures
from knative.local.deployment import Deployment, KubectlFailed, NoOverlay

READY_WITHIN_S = 180.0


def deploy(overlay: str) -> None:
    """Returns when everything is ready. Refused while a Secret is missing: whoever deploys knows what is in it."""
    with failures(), _kubectl_failures():
        deployment = Deployment(overlay)
        missing = deployment.missing_secrets()
        if missing:
            raise CommandRefused(
                f"expected the Secrets {', '.join(missing)} in the namespace {deployment.namespace}, got none of "
                f"them; make them first: {_folder(overlay)}/kustomization.yaml says how"
            )
        _say(f"applying {_folder(overlay)} in the namespace {deployment.namespace}")
        deployment.install(ready_within_s=READY_WITHIN_S)
        _say("every function and the gateways are ready")


def undeploy(overlay: str) -> None:
    """Data stay: stores are not the overlay's, and topics are kept."""
    with failures(), _kubectl_failures():
        kept = Deployment(overlay).remove()
        _say(f"{_folder(overlay)} is gone; kept: {', '.join(kept)}")


@contextmanager
def _kubectl_failures() -> Iterator[None]:
    try:
        yield
    except NoOverlay as error:
        raise CommandRefused(str(error)) from error
    except KubectlFailed as error:
        raise CommandFailed(str(error)) from error


def _folder(overlay: str) -> str:
    return f"knative/overlays/{overlay}"


def _say(text: str) -> None:
    print(f"quizline | {text}", flush=True)
