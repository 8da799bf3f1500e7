"""The two terminals of the tutorial: one for commands, one in which the platform is served."""

import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

READY, PATIENCE = "Ready after", 300
_MARK = "-- typed --"
_BASH = "/bin/bash"


class Terminal:
    """A shell that stays where it was left, as its reader does."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self.said = ""
        self._shell = subprocess.Popen(  # noqa: S603 - the words of our own page
            [_BASH, "--norc"],
            cwd=folder,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._write("trap 'failed=$BASH_COMMAND' ERR")

    def _write(self, line: str) -> None:
        assert self._shell.stdin is not None
        self._shell.stdin.write(f"{line}\n")
        self._shell.stdin.flush()

    def type(self, commands: str) -> None:
        """Run commands and keep what they say; one that fails is an error."""
        self._write(f"{{\n{commands}}} < /dev/null\nprintf '\\n{_MARK}%s\\n' \"$failed\"")
        assert self._shell.stdout is not None
        lines: list[str] = []
        for line in self._shell.stdout:
            if line.startswith(_MARK):
                assert line.strip() == _MARK, f"{line}{''.join(lines)}"
                break
            lines.append(line)
        self.said = "".join(lines)

    def close(self) -> None:
        """Leave."""
        assert self._shell.stdin is not None
        assert self._shell.stdout is not None
        self._shell.stdin.close()
        self._shell.wait(20)
        self._shell.stdout.close()


class Serving:
    """The second terminal: what is typed there ends with the server, which Ctrl-C ends."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self._folder, self._environment = folder, environment
        self._out = folder / "second.txt"
        self._before = ""
        self._server: subprocess.Popen[bytes] | None = None

    @property
    def said(self) -> str:
        """What stands on the screen since the server was started."""
        return self._out.read_text(encoding="utf-8")

    def type(self, commands: str) -> None:
        """Press Ctrl-C where something runs, run commands, and wait until the platform is ready."""
        self.close()
        *before, serve = commands.splitlines()
        self._before += "".join(f"{line}\n" for line in before)
        with self._out.open("wb") as out:
            self._server = subprocess.Popen(  # noqa: S603 - the words of our own page
                [_BASH, "-ec", f"{self._before}exec {serve}"],
                cwd=self._folder,
                env=self._environment,
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        until = time.monotonic() + PATIENCE
        while READY not in self.said:
            assert self._server.poll() is None, self.said
            assert time.monotonic() < until, self.said
            time.sleep(0.1)

    def close(self) -> None:
        """Press Ctrl-C and wait until everything has stopped."""
        if self._server is not None:
            self._server.send_signal(signal.SIGINT)
            assert self._server.wait(60) == 0
            self._server = None
