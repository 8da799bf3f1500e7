import os
import re
import signal
import socket
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psycopg
import pytest

from core.commands.web import OverSocket

Installation = Any  # the class of conftest.py, which cannot be imported

STOPS_WITHIN = 30  # seconds; eight are the processes', then the database writes what it holds


def until(true: Any, within: float = 30) -> float:
    began = time.monotonic()
    while not true():
        assert time.monotonic() - began < within, "it did not happen in time"
        time.sleep(0.05)
    return time.monotonic() - began


def children(parent: int, name: str = "") -> list[int]:
    """Return the processes below ``parent``, or those of them that call themselves ``name``."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            stat = (entry / "stat").read_text()
        except OSError:
            continue
        comm, state, above = re.fullmatch(
            r"[0-9]+ \((.*)\) (.) ([0-9]+) .*", stat.strip(), re.DOTALL
        ).groups()  # type: ignore[union-attr]
        if int(above) == parent and state != "Z":
            found += [int(entry.name)] if name in comm else []
            found += children(int(entry.name), name)
    return found


def supervisor(served: Installation) -> int:
    return int(served.servers[-1].pid)


def is_up(served: Installation) -> bool:
    return bool(served.get("/")[0] == 200)


def database_number(served: Installation) -> int:
    text = (served.data / "postgres" / "postmaster.pid").read_text()
    return int(text.split("\n", 1)[0])


def test_pages_are_served_to_each_municipality_and_to_nobody_else(served: Installation) -> None:
    status, body = served.get("/")
    assert status == 200
    assert "เทศบาลเมืองแม่เหียะ" in body
    assert "เทศบาลนครยะลา" in served.get("/", "yala")[1]
    assert served.get("/", "nowhere")[0] == 404


def test_one_process_of_the_web_takes_less_than_200_megabytes(served: Installation) -> None:
    for _ in range(50):
        served.get("/")

    [master, *_] = children(supervisor(served), "thongthin-web")
    for process in children(master):
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
        assert pages * os.sysconf("SC_PAGE_SIZE") < 200_000_000


def test_a_plugin_switched_off_in_one_process_is_off_in_the_others_within_two_seconds(
    served: Installation,
) -> None:
    assert served.get("/parks/hello") == (200, "hello from the parks")
    [_, *answering] = children(supervisor(served), "thongthin-web")
    assert len(answering) == 2

    served.command("plugin", "disable", "parks", "--tenant", "maehia")
    assert until(lambda: everywhere(served, 404), 2) < 2
    served.command("plugin", "enable", "parks", "--tenant", "maehia")
    assert until(lambda: everywhere(served, 200), 2) < 2


def everywhere(served: Installation, status: int) -> bool:
    """Ask so often that both processes are asked; the kernel chooses by the connection."""
    return all(served.get("/parks/hello")[0] == status for _ in range(12))


def test_a_plugin_that_is_off_for_one_municipality_is_not_there(served: Installation) -> None:
    status, body = served.get("/parks/hello", "yala")

    assert status == 404
    assert "สวน" in body


@pytest.mark.parametrize("name", ["thongthin-web", "thongthin-work"])
def test_a_killed_process_is_started_again(served: Installation, name: str) -> None:
    before = children(supervisor(served), name)
    for process in before:
        os.kill(process, signal.SIGKILL)

    until(lambda: set(children(supervisor(served), name)) - set(before))
    until(lambda: is_up(served))


def test_a_killed_process_that_answers_is_replaced_by_its_sibling(served: Installation) -> None:
    [master, *_] = children(supervisor(served), "thongthin-web")
    answering = children(master)[0]
    os.kill(answering, signal.SIGKILL)

    until(lambda: is_up(served))
    assert master in children(supervisor(served), "thongthin-web")


def test_a_killed_database_is_started_again_and_nothing_is_lost(served: Installation) -> None:
    os.kill(database_number(served), signal.SIGKILL)

    until(lambda: is_up(served))
    served.command("plugin", "disable", "parks", "--tenant", "maehia")
    try:
        until(lambda: served.get("/parks/hello")[0] == 404)
    finally:
        served.command("plugin", "enable", "parks", "--tenant", "maehia")
    until(lambda: served.get("/parks/hello")[0] == 200)
    until(lambda: children(supervisor(served), "thongthin-work"))


def test_while_the_database_is_away_the_page_says_so(served: Installation) -> None:
    os.kill(database_number(served), signal.SIGKILL)
    seen: set[tuple[int, bool]] = set()

    def ask() -> bool:
        status, body = served.get("/", f"unknown{len(seen)}x{time.monotonic_ns() % 1000}")
        seen.add((status, "ลองอีกครั้ง" in body))
        return bool(status == 404)

    until(ask)
    assert seen - {(404, False), (0, False)} <= {(503, True)}
    until(lambda: is_up(served))


def test_a_job_whose_process_was_killed_is_done_by_the_next(served: Installation) -> None:
    slow, begun, done = (served.folder / name for name in ("slow", "begun", "done"))
    slow.touch()
    until(lambda: served.get("/parks/count")[0] == 200)
    until(lambda: begun.exists() and begun.read_text().strip())

    os.kill(int(begun.read_text()), signal.SIGKILL)
    slow.unlink()

    until(done.exists, 60)
    assert len(begun.read_text().split()) == 2
    assert done.read_text() == "done\n"


def test_a_page_that_holds_the_loop_is_cut_off_and_the_others_are_served_again(
    served: Installation,
) -> None:
    until(lambda: is_up(served))
    began = time.monotonic()

    status, body = served.get("/parks/hold")

    assert status == 500
    assert "ระบบขัดข้อง" in body
    assert time.monotonic() - began < 8
    assert served.get("/", "yala")[0] == 200


def test_a_plugin_that_holds_the_loop_is_put_to_rest_within_ten_seconds_and_named(
    served: Installation,
) -> None:
    hold = served.folder / "hold"
    hold.touch()
    began = time.monotonic()
    try:
        answers = [served.get("/")[0] for _ in range(3)]
        until(lambda: served.get("/parks/hello")[0] == 404, 10)
        assert time.monotonic() - began < 10
        assert answers == [200, 200, 200]
        assert served.get("/", "yala")[0] == 200
        assert "parks  rests after failures" in listed(served)
    finally:
        hold.unlink()
    assert "held the event loop" in served.logged()

    served.command("plugin", "enable", "parks", "--tenant", "maehia")
    until(lambda: served.get("/parks/hello")[0] == 200, 3)


def listed(served: Installation) -> str:
    return str(served.command("plugin", "list", "--tenant", "maehia").stdout)


def test_logs_are_lines_of_json_without_personal_data(served: Installation) -> None:
    served.get("/track?phone=0812345678&id=1101700230708&mail=somchai@example.com")

    lines = served.logged().splitlines()
    assert lines
    other = [line for line in lines if not line.startswith("{")]
    assert other == [], "\n".join(other)
    assert "somchai" not in served.logged()
    assert "0812345678" not in served.logged()


def test_a_second_server_on_the_same_port_is_refused_with_a_sentence(
    served: Installation,
) -> None:
    done = served.command("serve")

    assert done.returncode == 1
    assert f"Port {served.port}" in done.stderr
    assert "Traceback" not in done.stderr


def test_ctrl_c_stops_everything_and_a_second_start_keeps_the_data(ready: Installation) -> None:
    server = ready.serve()
    done = ready.command("tenant", "create", "khrueng", "--name", "เทศบาลตำบลครึ่ง")
    assert done.returncode == 0, done.stderr
    below = children(server.pid)
    assert below

    began = time.monotonic()
    server.send_signal(signal.SIGINT)
    assert server.wait(STOPS_WITHIN) == 0
    assert time.monotonic() - began < STOPS_WITHIN
    assert not [process for process in below if Path(f"/proc/{process}/cwd").exists()]
    assert not (ready.data / "postgres" / "postmaster.pid").exists()

    server = ready.serve()
    assert f"http://khrueng.localhost:{ready.port}  เทศบาลตำบลครึ่ง" in ready.said()
    assert ready.get("/", "khrueng")[0] == 200
    server.send_signal(signal.SIGTERM)
    assert server.wait(STOPS_WITHIN) == 0


def test_when_the_first_process_is_killed_the_others_end_and_the_next_start_works(
    ready: Installation,
) -> None:
    server = ready.serve()
    below = children(server.pid)

    server.kill()
    server.wait()
    until(lambda: not [one for one in below if Path(f"/proc/{one}/cwd").exists()], 12)

    server = ready.serve()
    assert ready.get("/health")[0] == 200
    server.send_signal(signal.SIGTERM)
    assert server.wait(STOPS_WITHIN) == 0
    assert not (ready.data / "postgres" / "postmaster.pid").exists()


def test_a_start_that_is_interrupted_leaves_nothing_behind(alone: Installation) -> None:
    server = alone.start()
    until(lambda: (alone.data / "postgres" / "postmaster.pid").exists())
    server.send_signal(signal.SIGTERM)

    assert server.wait(STOPS_WITHIN) == 0
    assert not (alone.data / "postgres" / "postmaster.pid").exists()
    with socket.socket() as line:
        assert line.connect_ex(("127.0.0.1", alone.port)) != 0


def test_a_server_on_a_unix_socket_hears_from_the_web_server_who_asks(
    alone: Installation, database: str
) -> None:
    path = alone.folder / "web.sock"
    alone.environment["THONGTHIN_DATABASE_URL"] = database
    alone.command("tenant", "create", "maehia", "--name", "เทศบาลเมืองแม่เหียะ")
    alone.serve("--address", str(path))
    assert path.stat().st_mode & 0o777 == 0o660

    line = OverSocket(str(path), "maehia.localhost")
    line.request("GET", "/register")
    answer = line.getresponse()
    cookie = str(answer.headers["Set-Cookie"]).partition(";")[0]
    answer.read()
    form = {"first_name": "ก", "last_name": "ข", "national_id": "1234545678781"}
    form |= {"_csrf_token": cookie.partition("=")[2], "password": "บันได แมว น้ำปลา"}
    headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    headers["X-Forwarded-For"] = "198.51.100.1, 203.0.113.7"
    line.request("POST", "/register", urlencode(form), headers)
    assert line.getresponse().status == 303
    line.close()

    with psycopg.connect(database) as connection:
        found = connection.execute("SELECT address FROM core.session").fetchall()
    assert found == [("203.0.113.7",)]
