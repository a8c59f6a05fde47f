"""Compile folders, or the standard library, while an image is built: its file system is read-only when it runs.

python3 compile_bytecode.py FOLDER... | --standard-library

Without .pyc files a cold start takes seconds longer, and official Python images ship the standard library without
them; where a base brings its own, those stay. Those made here are never compared with the source again, so no time
stamp of a layer can make them stale.
"""

import compileall
import re
import sys
import sysconfig
from pathlib import Path
from py_compile import PycInvalidationMode

_NEVER_IMPORTED = re.compile(r"/(test|tests|lib2to3|idlelib|turtledemo|site-packages|dist-packages|ensurepip)/")


def compiled(folder: str, *, skip: re.Pattern[str] | None = None) -> bool:
    """Whether every file compiled."""
    mode = PycInvalidationMode.UNCHECKED_HASH
    return compileall.compile_dir(folder, quiet=1, rx=skip, invalidation_mode=mode)


def main(arguments: list[str]) -> int:
    if arguments == ["--standard-library"]:
        return 0 if compiled(sysconfig.get_path("stdlib"), skip=_NEVER_IMPORTED) else 1
    missing = [folder for folder in arguments if not Path(folder).is_dir()]
    if missing or not arguments:
        sys.exit(f"compile_bytecode: expected folders, got {missing or 'none'}")
    return 0 if all(compiled(folder) for folder in arguments) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
