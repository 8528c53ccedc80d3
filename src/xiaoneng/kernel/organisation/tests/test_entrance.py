"""Getting in: the first link, invitations, passwords, lockout, and everything that is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth import authenticate
from django.test import Client, RequestFactory
from django.utils import timezone

from xiaoneng.foundation.actors import SYSTEM
from xiaoneng.foundation.refusals import Refused
from xiaoneng.kernel.ledger.api import Event
from xiaoneng.kernel.organisation import api as organisation
from xiaoneng.kernel.organisation.api import Role
from xiaoneng.kernel.organisation.models import OneTimeLink, Purpose, RoleGrant, User
from xiaoneng.kernel.organisation.services import access, authority, people
from xiaoneng.kernel.organisation.testing import NOW, PASSWORD, Office

pytestmark = pytest.mark.django_db

NEW = "Quiet-Mountain-77"


def kinds() -> list[str]:
    return [event.entry["kind"] for event in Event.objects.order_by("id")]


def test_a_fresh_system_opens_signed_in_and_asks_for_a_password_first() -> None:
    link = organisation.first_link(timezone.now())
    assert link is not None
    client = Client()
    landed = client.get(link, follow=True)
    assert landed.redirect_chain == [("/", 302), ("/organisation/password/", 302)]
    assert "设置管理员密码" in landed.content.decode()
    assert client.get("/organisation/").headers["Location"] == "/organisation/password/"
    weak = client.post("/organisation/password/", {"password1": "1234567890", "password2": "1234567890"})
    assert weak.status_code == 422
    unequal = client.post("/organisation/password/", {"password1": NEW, "password2": NEW + "x"})
    assert "两次输入的密码不一致" in unequal.content.decode()
    done = client.post("/organisation/password/", {"password1": NEW, "password2": NEW})
    assert done.headers["Location"] == "/"
    assert client.get("/organisation/me/").status_code == 200, "still signed in, and past the gate"
    assert kinds()[-2:] == ["organisation.link_used", "organisation.password_set"]
    assert organisation.first_link(timezone.now()) is None
    assert client.get("/organisation/roles/").status_code == 200


def test_the_first_administrator_sees_the_programme_by_a_grant_that_can_be_revoked() -> None:
    now = timezone.now()
    organisation.first_link(now)
    person = User.objects.get()
    assert {held.role for held in organisation.roles_of(person, now)} == {Role.ADMIN, Role.SUPERVISION}
    granted = RoleGrant.objects.get(role=Role.SUPERVISION)
    assert "可随时收回" in granted.reason
    authority.revoke(granted, actor=SYSTEM, at=now)
    assert not organisation.has_role(person, Role.SUPERVISION, at=now)
    organisation.administrator_link("second", now)
    second = User.objects.get(username="second")
    assert [held.role for held in organisation.roles_of(second, now)] == [Role.ADMIN]


@pytest.mark.parametrize(
    ("meta", "allowed"),
    [
        ({"REMOTE_ADDR": "127.0.0.1"}, True),
        ({"REMOTE_ADDR": "127.8.8.8"}, True),
        ({"REMOTE_ADDR": "::1"}, True),
        ({"REMOTE_ADDR": "::ffff:127.0.0.1"}, True),
        ({"REMOTE_ADDR": "192.0.2.9"}, False),
        ({"REMOTE_ADDR": "::ffff:192.0.2.9"}, False),
        ({"REMOTE_ADDR": "192.0.2.9", "HTTP_X_FORWARDED_FOR": "127.0.0.1"}, False),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "192.0.2.9"}, False),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_FORWARDED": "for=192.0.2.9"}, False),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_REAL_IP": "192.0.2.9"}, False),
        ({"REMOTE_ADDR": ""}, False),
        ({"REMOTE_ADDR": "localhost"}, False),
    ],
)
def test_the_first_link_opens_on_this_machine_only(meta: dict[str, str], allowed: bool) -> None:
    link = organisation.first_link(timezone.now())
    response = Client().get(str(link), **meta)  # type: ignore[arg-type]
    assert response.status_code == (302 if allowed else 403)
    if not allowed:
        assert "只能在服务器本机打开" in response.content.decode()
        assert OneTimeLink.objects.get().used_at is None, "a refusal does not use it up"


def test_the_first_link_works_once_not_late_and_not_after_a_newer_one() -> None:
    now = timezone.now()
    older, newer = organisation.first_link(now), organisation.first_link(now)
    assert "链接已作废" in Client().get(str(older)).content.decode()
    assert Client().head(str(newer)).status_code == 405, "looking ahead does not use it up"
    assert Client().get(str(newer)).status_code == 302
    again = Client().get(str(newer))
    assert (again.status_code, "只能使用一次" in again.content.decode()) == (403, True)
    late = organisation.first_link(now - timedelta(hours=2))
    assert "链接已过期" in Client().get(str(late)).content.decode()
    assert "链接无效" in Client().get("/organisation/first/guessed").content.decode()


def test_a_token_is_kept_as_a_hash_and_never_told_to_the_ledger() -> None:
    token = str(organisation.first_link(timezone.now())).rpartition("/")[2]
    assert token not in OneTimeLink.objects.get().digest
    assert not any(token in event.content for event in Event.objects.all())


def test_an_invitation_link_is_no_first_link_and_the_reverse(office: Office) -> None:
    now = timezone.now()
    token = access.issue_link(office.handler, purpose=Purpose.INVITATION, actor=SYSTEM, at=now)
    assert Client().get(f"/organisation/first/{token}").status_code == 403
    first = access.administrator_link("admin", now).rpartition("/")[2]
    assert Client().get(f"/organisation/invitation/{first}").status_code == 403


def test_an_invited_person_sets_a_password_once_and_signs_in(office: Office) -> None:
    people.add_person(username="sun", name="孙新人", actor=SYSTEM, at=NOW)
    person = User.objects.get(username="sun")
    admin = office.client(office.admin)
    shown = admin.post(f"/organisation/people/{person.pk}/invite").content.decode()
    link = "/organisation/invitation/" + shown.partition("/organisation/invitation/")[2].partition('"')[0]
    client = Client()
    assert "您的用户名是 sun" in client.get(link).content.decode()
    assert client.get(link).status_code == 200, "looking does not use it up"
    weak = client.post(link, {"password1": "password", "password2": "password"})
    assert weak.status_code == 422
    assert client.get(link).status_code == 200, "a refused password does not use it up"
    done = client.post(link, {"password1": NEW, "password2": NEW})
    assert done.headers["Location"] == "/accounts/login/"
    assert client.get(link).status_code == 403
    assert client.post("/accounts/login/", {"login": "SUN", "password": NEW}).headers["Location"] == "/"
    assert "孙新人（sun）" in client.get("/organisation/me/").content.decode()


def test_a_closed_account_neither_signs_in_nor_stays(office: Office) -> None:
    client = office.client(office.handler)
    assert client.get("/organisation/me/").status_code == 200
    people.change_person(office.handler, name="张承办", email="", active=False, actor=SYSTEM, at=timezone.now())
    assert client.get("/organisation/me/").status_code == 302
    with pytest.raises(Refused, match="已停用"):
        access.issue_link(User.objects.get(pk=office.handler.pk), purpose=Purpose.RESET, actor=SYSTEM, at=NOW)


def test_five_failures_lock_the_user_name_here_whatever_its_capitals(office: Office) -> None:
    client = Client()
    for attempt, name in enumerate(("zhang", "Zhang", "ZHANG", "zhang ", "zhang"), start=1):
        response = client.post("/accounts/login/", {"login": name, "password": "wrong"})
        assert response.status_code == (429 if attempt == 5 else 200), attempt
    text = response.content.decode()
    assert "锁定 15 分钟" in text
    assert "请联系系统管理员" in text
    right = client.post("/accounts/login/", {"login": "zhang", "password": PASSWORD})
    assert right.status_code == 429, "the right password no longer helps"
    other = Client().post("/accounts/login/", {"login": "li", "password": PASSWORD})
    assert other.status_code == 302, "others sign in"
    spoofed = Client(headers={"X-Forwarded-For": "198.51.100.7"})
    assert spoofed.post("/accounts/login/", {"login": "zhang", "password": PASSWORD}).status_code == 429


@pytest.mark.parametrize(
    "url",
    [
        "/accounts/signup/",
        "/accounts/password/reset/",
        "/accounts/password/reset/key/1-abc/",
        "/accounts/email/",
        "/accounts/confirm-email/x/",
        "/accounts/login/code/",
    ],
)
def test_nobody_signs_up_or_resets_by_mail(url: str) -> None:
    for response in (Client().get(url), Client().post(url, {"username": "x", "email": "a@example.org"})):
        assert response.status_code == 403
        assert "请联系系统管理员" in response.content.decode()
    assert not User.objects.exists()


def test_a_changed_password_is_an_event_and_keeps_the_session(office: Office) -> None:
    client = office.client(office.handler)
    answer = client.post(
        "/accounts/password/change/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}, follow=True
    )
    assert answer.status_code == 200
    assert kinds()[-1] == "organisation.password_set"
    assert client.get("/organisation/me/").status_code == 200
    assert User.objects.get(pk=office.handler.pk).check_password(NEW)


def test_signing_in_changes_the_session_and_lasts_twelve_hours(office: Office) -> None:
    client = Client()
    client.get("/accounts/login/")
    client.session.save()
    before = client.session.session_key
    client.post("/accounts/login/", {"login": "zhang", "password": PASSWORD})
    assert client.session.session_key != before
    assert client.session.get_expiry_age() == 12 * 3600
    assert client.post("/accounts/logout/").status_code == 302
    assert client.get("/organisation/me/").status_code == 302


@pytest.mark.parametrize(
    "url",
    [
        "/accounts/2fa/",
        "/accounts/2fa/totp/activate/",
        "/accounts/2fa/webauthn/",
        "/accounts/2fa/webauthn/add/",
        "/accounts/password/change/",
        "/accounts/3rdparty/",
        "/accounts/logout/",
        "/accounts/reauthenticate/",
    ],
)
def test_account_pages_are_chinese_and_need_no_inline_script(office: Office, url: str) -> None:
    client = Client()
    client.post("/accounts/login/", {"login": "zhang", "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    response = client.get(url)
    assert response.status_code == 200, response.headers
    text = response.content.decode()
    assert 'lang="zh-CN"' in text
    assert "<script>" not in text
    assert "style=" not in text
    assert "script-src 'self'" in response.headers["Content-Security-Policy"]


def test_the_second_step_is_asked_for_and_its_secret_is_sealed(office: Office) -> None:
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time

    secret = "JBSWY3DPEHPK3PXP"
    TOTP.activate(office.handler, secret)
    assert secret not in str(Authenticator.objects.get().data)
    client = Client()
    first = client.post("/accounts/login/", {"login": "zhang", "password": PASSWORD})
    assert first.headers["Location"].startswith("/accounts/2fa/authenticate/")
    assert client.get("/organisation/me/").status_code == 302, "not in yet"
    page = client.get("/accounts/2fa/authenticate/").content.decode()
    assert "两步验证" in page or "双重" in page or "双因素" in page
    counter = next(iter(yield_hotp_counters_from_time()))
    code = format_hotp_value(hotp_value(secret, counter))
    assert client.post("/accounts/2fa/authenticate/", {"code": code}).headers["Location"] == "/"


def test_no_password_works_without_one_being_set() -> None:
    people.add_person(username="sun", name="孙新人", actor=SYSTEM, at=NOW)
    for guess in ("", "!", "sun", "admin"):
        assert authenticate(RequestFactory().post("/accounts/login/"), username="sun", password=guess) is None
