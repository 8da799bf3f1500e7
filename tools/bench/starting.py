"""How fast the server starts, and how much memory one worker takes."""

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=1) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _memory(pid: int) -> float:
    """Return the megabytes that a process holds in memory (RSS)."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    return int(re.findall(r"^Rss:\s+(\d+)", text, re.MULTILINE)[0]) / 1024


def _children(pid: int) -> list[int]:
    text = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    return [int(one) for one in text.split()]


def measure() -> list[str]:
    """Return the line about the start: from the database being up to the first answer."""
    with tempfile.TemporaryDirectory() as folder:
        port = _free_port()
        environ = os.environ | {"THONGTHIN_DATA": folder, "PORT": str(port)}
        command = [sys.executable, "-m", "core", "serve"]
        with open(Path(folder) / "log", "w+", encoding="utf-8") as log:
            server = subprocess.Popen(command, env=environ, stdout=log, stderr=log)  # noqa: S603
            try:
                while not _answers(port):
                    if server.poll() is not None:
                        raise RuntimeError(Path(log.name).read_text(encoding="utf-8")[-2000:])
                    time.sleep(0.02)
                below = _children(server.pid)
                below += [one for child in below for one in _children(child)]
                largest = max(_memory(one) for one in below)
            finally:
                server.send_signal(signal.SIGINT)
                server.wait(30)
            ready = re.search(r"Ready after ([\d.]+) s", Path(log.name).read_text(encoding="utf-8"))
    said = ready[1] if ready else "?"
    return [
        f"start: {said} s from the database being up (asked: at most 3)",
        f"memory: {largest:.0f} MB the largest process (asked: at most 200)",
    ]
