"""What `python -m bot actions` refuses before it opens a door."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from bot.faults import Fault
from bot.rasa.server import serve
from bot.settings import Settings


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "example.org", ""])
def test_an_open_door_needs_a_key(host: str, tmp_path: Path) -> None:
    with pytest.raises(Fault, match="LINYING_ACTIONS_KEY"):
        serve(Settings(actions_host=host, data_dir=tmp_path))


def test_a_taken_port_is_told(tmp_path: Path, trained_model: Path) -> None:
    (tmp_path / "model").symlink_to(trained_model)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(Fault, match=f"端口 {port} 打不开"):
            serve(Settings(actions_port=port, data_dir=tmp_path))


def test_the_bot_itself_never_loads_the_web_server_of_rasa() -> None:
    start = "import sys; import bot.app, bot.running, bot.reading; bot.reading._warm_up_dialogue()"
    code = f"{start}; print('sanic' in sys.modules, 'bot.rasa' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False False"
