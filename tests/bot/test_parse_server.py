"""`POST /model/parse` on real processes over HTTP: Rasa's shape, its doors, and every bad call."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.parsing import make_app
from nlu.reader import Reader

KEY = "a-key-of-many-letters"
SECRET = "我叫王秀英，电话13912345678，住3栋2单元501，厨房水龙头漏水"
_CHINESE = re.compile("[\u4e00-\u9fff]")


class Server:
    """A running `python -m bot …` and where it answers."""

    def __init__(self, data: Path, command: list[str], **settings: str) -> None:
        inherited = {n: v for n, v in os.environ.items() if not n.startswith("LINYING_")}
        told = {f"LINYING_{name}": value for name, value in {**settings, "LOG_LEVEL": "DEBUG"}.items()}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bot", *command],
            env={**inherited, **told, "LINYING_DATA_DIR": str(data), "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        self.said = ""

    def wait(self) -> None:
        """Until it tells the address."""
        assert self.process.stdout
        for line in self.process.stdout:
            self.said += line.decode()
            found = re.search(r"http://(127\.0\.0\.1|0\.0\.0\.0):(\d+)/model/parse", line.decode())
            if found:
                self.port = int(found[2])
                return
        raise AssertionError(self.said)

    def end(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        rest, _ = self.process.communicate(timeout=30)
        self.said += rest.decode()
        return self.process.returncode

    def call(
        self, body: Any = None, path: str = "/model/parse", method: str = "POST", **headers: str
    ) -> tuple[int, dict[str, Any]]:
        """Status and JSON of one call; `body` as JSON unless it is bytes."""
        sent = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, sent, told)
        answer = connection.getresponse()
        said = answer.read().decode()
        connection.close()
        assert answer.headers["Content-Type"].startswith("application/json")
        return answer.status, json.loads(said)


def folder(reader: Reader, path: Path) -> Path:
    """A data folder with the trained model."""
    reader.model.save(path / "model")
    return path


@pytest.fixture(scope="module")
def alone(reader: Reader, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    data = folder(reader, tmp_path_factory.mktemp("alone"))
    server = Server(data, ["parse-server", "--port", "0"])
    server.wait()
    yield server
    assert server.end() == 0
    assert "13912345678" not in server.said
    assert "水龙头" not in server.said


@pytest.fixture(scope="module")
def locked(reader: Reader, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    data = folder(reader, tmp_path_factory.mktemp("locked"))
    server = Server(data, ["parse-server"], PARSE_PORT="0", PARSE_HOST="0.0.0.0", PARSE_KEY=KEY)
    server.wait()
    yield server
    server.end()
    assert KEY not in server.said


def test_an_answer_has_rasas_shape(alone: Server) -> None:
    status, answer = alone.call({"text": SECRET, "message_id": "b2831e73"})
    assert status == 200
    assert (answer["text"], answer["message_id"]) == (SECRET, "b2831e73")
    assert answer["intent"]["name"] == "hom_plumbing"
    assert answer["intent"] == answer["intent_ranking"][0]
    chances = [intent["confidence"] for intent in answer["intent_ranking"]]
    assert chances == sorted(chances, reverse=True)
    assert 0 < sum(chances) <= 1.001
    told = {e["entity"]: (e["value"], SECRET[e["start"] : e["end"]]) for e in answer["entities"]}
    assert told["phone"] == ("13912345678", "13912345678")
    assert [told[name] for name in ("building", "unit", "room")] == [("3", "3"), ("2", "2"), ("501", "501")]
    assert answer["linying"]["decision"] == "file"
    assert "13912345678" not in answer["linying"]["masked"]


def test_rasas_own_client_is_understood(alone: Server, locked: Server) -> None:
    """Its NLU over HTTP posts these three, the token null where none is set, a sender as message id."""
    call = {"token": None, "text": "厨房水龙头漏水", "message_id": "9a8c"}
    for server, token in ((alone, None), (locked, KEY)):
        status, answer = server.call({**call, "token": token})
        assert (status, answer["intent"]["name"]) == (200, "hom_plumbing")


def test_what_is_no_request_is_named_by_its_act(alone: Server) -> None:
    assert alone.call({"text": "谢谢啊再见"})[1]["intent"]["name"] == "thanks"
    danger = alone.call({"text": "救命，我家着火了"})[1]["linying"]
    assert danger["urgent"]
    assert "119" in danger["hotlines"]


def test_more_than_two_thousand_characters_are_not_read(alone: Server) -> None:
    text = "厨房水龙头漏水，" + "哎呀" * 3000
    status, answer = alone.call({"text": text})
    assert (status, answer["linying"]["characters_read"]) == (200, 2000)
    assert answer["text"] == text


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"nonsense", 400),
        (b"\xff\xfe\x00", 400),
        (b"[" * 60_000, 400),
        (b'{"a":' * 10_000 + b"1" + b"}" * 10_000, 400),
        (b"[]", 400),
        (b'"text"', 400),
        (b"null", 400),
        ({}, 400),
        ({"text": None}, 400),
        ({"text": 5}, 400),
        ({"text": ["漏水"]}, 400),
        ({"text": "漏水", "message_id": 7}, 400),
        ({"text": "漏水", "message_id": "x" * 300}, 400),
        ({"text": "漏" * 30_000}, 413),
        (b" " * 100_000, 413),
    ],
)
def test_a_bad_body_is_refused_in_words(alone: Server, body: Any, status: int) -> None:
    got, told = alone.call(body)
    assert (got, told["code"], told["status"]) == (status, status, "failure")
    assert _CHINESE.search(told["message"])


@pytest.mark.parametrize("text", ["", " ", "\ud800 漏水", "\x00", "İß🚰", "1" * 2000])
def test_any_text_is_answered(alone: Server, text: str) -> None:
    status, answer = alone.call({"text": text})
    assert status == 200
    assert answer["intent"]["name"]
    for entity in answer["entities"]:
        assert 0 <= entity["start"] < entity["end"] <= len(text)


def test_other_paths_and_methods_are_told(alone: Server) -> None:
    assert alone.call({"text": "漏水"}, "/webhooks/rest/webhook")[0] == 404
    assert alone.call(method="GET")[0] == 405
    assert alone.call(path="/health", method="GET") == (200, {"status": "ok"})


@pytest.mark.parametrize("host", ["evil.example", "evil.example:5005", "10.0.0.5", "[", ""])
def test_without_a_key_a_foreign_name_is_refused(alone: Server, host: str) -> None:
    assert alone.call({"text": "漏水"}, Host=host)[0] in (400, 403)
    assert alone.call({"text": "漏水"}, Host=f"localhost:{alone.port}")[0] == 200


def test_a_page_in_a_browser_is_refused(alone: Server) -> None:
    assert alone.call({"text": "漏水"}, Origin="http://evil.example")[0] == 403
    assert alone.call({"text": "漏水"}, Origin="null")[0] == 403


def test_many_at_once_are_all_answered_each_with_its_own(alone: Server) -> None:
    texts = [f"厨房水龙头漏水，我住{n}栋" for n in range(1, 41)]
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda text: alone.call({"text": text}), texts))
    assert [answer["text"] for _, answer in answers] == texts
    assert {status for status, _ in answers} == {200}


def test_a_flood_is_told_to_wait_and_the_others_are_answered(alone: Server) -> None:
    body = json.dumps({"text": "厨房水龙头漏水，" * 250}).encode()
    head = f"POST /model/parse HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    with contextlib.ExitStack() as stack:
        calls = [
            stack.enter_context(socket.create_connection(("127.0.0.1", alone.port), 60)) for _ in range(250)
        ]
        for call in calls:
            call.sendall(head + body)
        firsts = [call.recv(65536) for call in calls]
    answered = [first for first in firsts if first.startswith(b"HTTP/1.1 200")]
    refused = [first for first in firsts if first.startswith(b"HTTP/1.1 503")]
    assert answered
    assert refused
    assert len(answered) + len(refused) == len(calls)
    assert all(b"Retry-After: 1" in first for first in refused)
    assert alone.call({"text": "厨房水龙头漏水"})[0] == 200


def test_a_body_that_does_not_come_is_not_waited_for_long(alone: Server) -> None:
    with socket.create_connection(("127.0.0.1", alone.port), 30) as call:
        call.sendall(b"POST /model/parse HTTP/1.1\r\nHost: localhost\r\nContent-Length: 90\r\n\r\n{")
        assert call.recv(4096).startswith(b"HTTP/1.1 408")


async def test_before_the_reader_is_there_callers_are_told_to_come_back() -> None:
    async with TestClient(TestServer(make_app(lambda: None, "", "Asia/Shanghai"))) as client:
        answer = await client.post("/model/parse", json={"text": "漏水"})
        assert (answer.status, answer.headers["Retry-After"]) == (503, "1")
        assert await (await client.get("/health")).json() == {"status": "loading"}


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer wrong"},
        {"Authorization": f"Bearer {KEY}x"},
        {"Authorization": "Bearer "},
        {"Authorization": "Basic YTpi"},
        {"Authorization": "Bearer \xff\xfe"},
    ],
)
def test_without_the_key_nobody_is_answered(locked: Server, headers: dict[str, str]) -> None:
    status, told = locked.call({"text": "漏水"}, **headers)
    assert (status, told["reason"]) == (401, "NotAuthenticated")
    assert "intent" not in told
    # Whether a body would be understood is not told to strangers either.
    assert locked.call(b"nonsense", **headers)[0] == 401


def test_the_key_opens_in_the_header_and_in_the_call(locked: Server) -> None:
    assert locked.call({"text": "漏水"}, Authorization=f"Bearer {KEY}", Host="reader.example")[0] == 200
    assert locked.call({"text": "漏水", "token": KEY})[0] == 200
    assert locked.call({"text": "漏水", "token": [KEY]})[0] == 401
    assert locked.call({"text": "漏水", "token": "\ud800"})[0] == 401


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "example.org"])
@pytest.mark.parametrize("command", [["parse-server"], ["playground", "--port", "0"]])
def test_an_open_door_without_a_key_is_not_opened(tmp_path: Path, host: str, command: list[str]) -> None:
    server = Server(tmp_path, command, PARSE_HOST=host, PARSE_PORT="0")
    said, _ = server.process.communicate(timeout=60)
    assert server.process.returncode == 1
    assert "LINYING_PARSE_KEY" in said.decode()
    assert "127.0.0.1" in said.decode()
    assert "Traceback" not in said.decode()


@pytest.mark.parametrize(
    ("name", "value"), [("PARSE_KEY", "short"), ("PARSE_KEY", "钥匙" * 10), ("PARSE_PORT", "x")]
)
def test_a_bad_setting_is_named_without_its_value(tmp_path: Path, name: str, value: str) -> None:
    server = Server(tmp_path, ["parse-server"], **{name: value})
    said, _ = server.process.communicate(timeout=60)
    assert server.process.returncode == 1
    assert f"LINYING_{name}" in said.decode()
    assert "short" not in said.decode()


def test_a_taken_port_is_told(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        server = Server(tmp_path, ["parse-server", "--port", str(taken.getsockname()[1])])
        said, _ = server.process.communicate(timeout=60)
    assert server.process.returncode == 1
    assert "LINYING_PARSE_PORT" in said.decode()
    assert "Traceback" not in said.decode()


def test_it_answers_beside_the_bot_only_when_switched_on(reader: Reader, tmp_path: Path) -> None:
    data = folder(reader, tmp_path)
    server = Server(data, ["playground", "--port", "0"], PARSE_PORT="0")
    server.wait()
    assert server.call({"text": "厨房水龙头漏水"})[1]["intent"]["name"] == "hom_plumbing"
    assert server.end() == 0
    quiet = Server(data, ["playground", "--port", "0"])
    assert quiet.process.stdout
    while "打开 http" not in quiet.said:
        quiet.said += quiet.process.stdout.readline().decode()
    assert quiet.end() == 0
    assert "model/parse" not in quiet.said
