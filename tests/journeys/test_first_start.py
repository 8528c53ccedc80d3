"""The first start: one command, one link, a password, and the running programme."""

from __future__ import annotations

import http.cookiejar
import os
import re
import signal
import socket
import stat
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.conftest import EXAMPLE, ROOT, Command, environment

PASSWORD = "山高水长-Nine-Rivers"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def site(data: Path) -> Iterator[tuple[str, str]]:
    """Address and first link of a started installation."""
    command = [sys.executable, "-m", "xiaoneng.cli", "up", "--plan", str(EXAMPLE)]
    port = free_port()
    process = subprocess.Popen(
        command,
        env={**environment(data), "XIAONENG_PORT": str(port), "PYTHONUNBUFFERED": "1"},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    printed = []
    try:
        assert process.stdout is not None
        for line in process.stdout:
            printed.append(line)
            link = re.search(r"http://\S+/first/\S+", line)
            if link:
                yield f"http://127.0.0.1:{port}", link.group()
                return
        pytest.fail("no link: " + "".join(printed))
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            assert process.wait(30) == 0
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)


def browser() -> urllib.request.OpenerDirector:
    jar = http.cookiejar.CookieJar()
    return urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(jar))


def page(opener: urllib.request.OpenerDirector, url: str, form: dict[str, str] | None = None) -> tuple[str, str]:
    data = urllib.parse.urlencode(form).encode() if form is not None else None
    request = urllib.request.Request(url, data=data, headers={"Referer": url})
    with opener.open(request, timeout=30) as answer:
        return answer.geturl(), answer.read().decode()


def test_link_password_programme(site: tuple[str, str], data: Path) -> None:
    address, link = site
    me = browser()
    where, body = page(me, link)
    assert "密码" in body
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', body)
    assert token is not None

    # Nothing else opens before a password is set.
    assert "/password/" in page(me, address + "/board/")[0]

    where, body = page(me, where, {"csrfmiddlewaretoken": token.group(1), "password1": PASSWORD, "password2": PASSWORD})
    assert "/password/" not in where
    board = page(me, address + "/board/")[1]
    assert "云溪市" in board

    # The link is spent, for everybody else too.
    with pytest.raises(urllib.error.HTTPError) as refused:
        page(browser(), link)
    assert refused.value.code in {403, 404, 410}

    for key in data.rglob("*.key"):
        assert stat.S_IMODE(key.stat().st_mode) == 0o600, key
    assert stat.S_IMODE(data.stat().st_mode) & 0o007 == 0


def test_a_taken_port_is_said_in_plain_words(xiaoneng: Command) -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        run = xiaoneng("up", "--port", str(holder.getsockname()[1]))
    assert run.returncode == 2
    assert "端口" in run.stderr


def test_doctor_says_what_is_missing(xiaoneng: Command) -> None:
    run = xiaoneng("doctor")
    assert "数据目录" in run.stdout
    assert "xiaoneng up" in run.stdout
    assert "Traceback" not in run.stderr
