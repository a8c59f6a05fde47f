"""kubectl on the current context."""

import asyncio
import json
from typing import Any


class KubectlFailed(Exception):
    """What it printed."""


async def kubectl(*arguments: str) -> str:
    """What it says on standard output. Raises KubectlFailed."""
    process = await asyncio.create_subprocess_exec(
        "kubectl", *arguments, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    output, errors = await process.communicate()
    if process.returncode != 0:
        raise KubectlFailed(f"kubectl {' '.join(arguments)}: {errors.decode().strip()}")
    return output.decode()


async def kubectl_json(*arguments: str) -> Any:
    """The same, as JSON."""
    return json.loads(await kubectl(*arguments, "--output=json"))
