"""A short-lived child process for heavy work: it costs this one neither memory nor the interpreter's lock."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Mapping
from pathlib import Path


async def run(
    module: str, given: bytes, *, seconds: float, settings: Mapping[str, str] | None = None
) -> bytes:
    """What `python -m module` writes when it is given this. `settings` join its environment.

    Raises RuntimeError when it fails or says nothing, TimeoutError after so many seconds.
    """
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        module,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        cwd=Path(__file__).parent.parent,
        env={**os.environ, **(settings or {})},
    )
    try:
        async with asyncio.timeout(seconds):
            answer, complaint = await child.communicate(given)
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    if child.returncode or not answer:
        lines = complaint.decode(errors="replace").strip().splitlines()
        raise RuntimeError(f"{module}: {lines[-1] if lines else child.returncode}")
    return answer
