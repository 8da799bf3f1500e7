"""How fast the server starts, and how much memory one worker takes."""

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def free_port() -> int:
    """Return a port at which nobody listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _seconds_until_ready(log: Path, server: "subprocess.Popen[bytes]") -> float:
    """Wait until the server says that it is ready, and return after how long it was."""
    while True:
        said = log.read_text(encoding="utf-8")
        if ready := re.search(r"Ready after ([\d.]+) s", said):
            return float(ready[1])
        if server.poll() is not None:
            raise RuntimeError(said[-2000:])
        time.sleep(0.05)


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
        port = free_port()
        environ = os.environ | {"THONGTHIN_DATA": folder, "PORT": str(port)}
        command = [sys.executable, "-m", "core", "serve"]
        with open(Path(folder) / "log", "wb") as log:
            server = subprocess.Popen(command, env=environ, stdout=log, stderr=log)  # noqa: S603
            try:
                seconds = _seconds_until_ready(Path(log.name), server)
                below = _children(server.pid)
                below += [one for child in below for one in _children(child)]
                largest = max(_memory(one) for one in below)
            finally:
                server.send_signal(signal.SIGINT)
                server.wait(30)
    return [
        f"start: {seconds} s from the database being up (asked: at most 3)",
        f"memory: {largest:.0f} MB the largest process (asked: at most 200)",
    ]
