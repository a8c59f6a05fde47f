"""What the gateway does not load before somebody needs it: every start and every roll-out would wait for it."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize("library", ["openpyxl", "parsy", "markdown_it", "defusedxml", "PIL"])
def test_gateway_starts_without_what_only_an_upload_needs(library: str) -> None:
    """100 ms and 20 MB, for the first upload to pay."""
    code = f"import gateway.__main__, sys; sys.exit({library!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
