"""Common pages stand on their own: errors without a request, refusals with their reason, icons that exist."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from xiaoneng.foundation.refusals import Conflict, Refused, Unreadable
from xiaoneng.ui import api, bundle, icons, navigation

PACKAGE = Path(__file__).resolve().parents[2]


def request(path: str = "/", **headers: str) -> HttpRequest:
    made = RequestFactory(headers=headers).get(path)
    made.user = AnonymousUser()
    made.htmx = HtmxDetails(made)  # type: ignore[attr-defined]
    return made


@pytest.mark.parametrize("code", ["400", "403", "403_csrf", "404", "500"])
def test_error_pages_need_neither_request_nor_database(code: str) -> None:
    page = render_to_string(f"{code}.html")
    assert 'lang="zh-CN"' in page
    assert "回到首页" in page


def test_a_forbidden_page_gives_its_reason() -> None:
    assert "不是本处室的任务" in render_to_string("403.html", {"exception": PermissionError("不是本处室的任务")})


@pytest.mark.parametrize(
    ("refusal", "status"), [(Refused("不行"), 403), (Conflict("已有人办理"), 409), (Unreadable("读不了"), 422)]
)
@pytest.mark.django_db
def test_a_refusal_has_the_status_of_its_kind(refusal: Refused, status: int) -> None:
    answer = api.refused(request(), refusal)
    assert answer.status_code == status
    assert refusal.reason in answer.content.decode()


def test_a_refusal_to_htmx_is_the_notice_alone_and_escaped() -> None:
    refusal = Refused("<b>不行</b>", basis="方案 1(1)", remedy="请改正")
    page = api.refused(request(**{"HX-Request": "true"}), refusal, 409).content.decode()
    assert "<html" not in page
    assert "&lt;b&gt;不行" in page
    assert "方案 1(1)" in page
    assert "请改正" in page


def test_every_icon_that_a_template_names_exists() -> None:
    named = {
        name
        for path in PACKAGE.rglob("templates/**/*.html")
        for name in re.findall(r"{%\s*icon\s+[\"']([^\"']+)", path.read_text("utf-8"))
    }
    assert named - icons.PATHS.keys() == set()


def test_no_template_carries_inline_style_or_script() -> None:
    inline = re.compile(r"<style|\sstyle=|<script(?![^>]*\bsrc=)(?![^>]*application/json)|\son\w+=", re.I)
    guilty = [
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("templates/**/*.html")
        if inline.search(path.read_text("utf-8"))
    ]
    assert guilty == []


def test_an_icon_speaks_only_when_asked() -> None:
    assert 'aria-hidden="true"' in icons.icon("check")
    assert 'aria-label="已 &lt;完成&gt;"' in icons.icon("check", label="已 <完成>")


def test_the_longest_path_is_the_current_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "_entries", {})
    monkeypatch.setattr(navigation, "reverse", lambda route: {"a": "/", "b": "/board/", "c": "/board/year/"}[route])
    for order, route in enumerate("cba"):
        navigation.add(navigation.Entry(route, route, "home", order))
    current = [line.label for line in navigation.lines(request("/board/year/2026")) if line.current]
    assert current == ["c"]
    assert [line.label for line in navigation.lines(request("/board/2"))] == ["c", "b", "a"]
    with pytest.raises(ValueError, match="two navigation entries"):
        navigation.add(navigation.Entry("另一个", "a", "home", 1))


def test_a_bundle_counts_only_with_all_its_files(tmp_path: Path) -> None:
    assert bundle.read(tmp_path) is None
    (tmp_path / "manifest.json").write_text(json.dumps({bundle.ENTRY: {"file": "main.js", "css": ["main.css"]}}))
    (tmp_path / "main.js").touch()
    assert bundle.read(tmp_path) is None
    (tmp_path / "main.css").touch()
    assert bundle.read(tmp_path) == bundle.Bundle("vendor/main.js", ("vendor/main.css",))
    (tmp_path / "manifest.json").write_text("{")
    assert bundle.read(tmp_path) is None
