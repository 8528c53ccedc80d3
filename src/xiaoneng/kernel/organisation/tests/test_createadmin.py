"""xiaoneng createadmin: a link from the server's own command line."""

from __future__ import annotations

import pytest
from django.test import Client

from xiaoneng.cli import main
from xiaoneng.kernel.organisation.models import User
from xiaoneng.kernel.organisation.testing import Office

pytestmark = pytest.mark.django_db


def _link(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["createadmin", *arguments]) == 0
    return "/organisation" + capsys.readouterr().out.strip().partition("/organisation")[2]


def test_it_makes_an_administrator_who_sets_a_password(capsys: pytest.CaptureFixture[str]) -> None:
    landed = Client().get(_link(capsys), follow=True)
    assert "设置管理员密码" in landed.content.decode()
    assert User.objects.get().username == "admin"


def test_it_lets_an_administrator_in_who_forgot_the_password(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    landed = Client().get(_link(capsys, "--username", "GUAN"), follow=True)
    assert "您已登录为 guan" in landed.content.decode()
    assert User.objects.filter(username="guan").count() == 1


@pytest.mark.parametrize("username", ["张三", "a b", ""])
def test_a_bad_user_name_is_refused(username: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["createadmin", "--username", username]) == 2
    assert "用户名" in capsys.readouterr().err or not username
    assert not User.objects.exists()
