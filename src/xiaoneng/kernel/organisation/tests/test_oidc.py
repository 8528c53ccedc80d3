"""统一身份认证 opens the account that the issuer vouches for, and never makes one."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.core import context
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from xiaoneng.kernel.organisation.adapters import AccountAdapter, SocialAccountAdapter
from xiaoneng.kernel.organisation.models import User
from xiaoneng.kernel.organisation.testing import Office
from xiaoneng.settings import oidc

ISSUER = {
    "XIAONENG_OIDC_ISSUER": "https://id.example.org",
    "XIAONENG_OIDC_CLIENT": "xiaoneng",
    "XIAONENG_OIDC_SECRET": "s3cret",
}


def arriving() -> HttpRequest:
    request = RequestFactory().get("/")
    for middleware in (SessionMiddleware, MessageMiddleware):
        middleware(lambda _: HttpResponse()).process_request(request)
    request.user = AnonymousUser()
    return request


def login(**claims: str) -> SocialLogin:
    account = SocialAccount(provider="oidc", uid="u-1", extra_data={"userinfo": claims})
    return SocialLogin(user=User(), account=account)


@pytest.mark.parametrize(
    ("claim", "claims", "found"),
    [
        ("preferred_username", {"preferred_username": "Zhang"}, True),
        ("preferred_username", {"preferred_username": "stranger"}, False),
        ("preferred_username", {"email": "zhang"}, False),
        ("", {"preferred_username": "zhang"}, False),
    ],
)
def test_who_is_connected(office: Office, settings: Any, claim: str, claims: dict[str, str], found: bool) -> None:
    settings.SOCIALACCOUNT_USERNAME_CLAIM = claim
    settings.SOCIALACCOUNT_PROVIDERS = oidc.providers(ISSUER)
    request, arrived = arriving(), login(**claims)
    before = User.objects.count()
    with context.request_context(request):
        SocialAccountAdapter().pre_social_login(request, arrived)
    assert SocialAccount.objects.filter(user=office.handler).exists() == found
    assert User.objects.count() == before


def test_a_closed_account_is_not_connected(office: Office, settings: Any) -> None:
    settings.SOCIALACCOUNT_USERNAME_CLAIM = "preferred_username"
    User.objects.filter(pk=office.handler.pk).update(is_active=False)
    request = arriving()
    with context.request_context(request):
        SocialAccountAdapter().pre_social_login(request, login(preferred_username="zhang"))
    assert not SocialAccount.objects.exists()


def test_nobody_signs_up() -> None:
    request = arriving()
    assert not AccountAdapter(request).is_open_for_signup(request)
    assert not SocialAccountAdapter(request).is_open_for_signup(request, login())


@pytest.mark.django_db
def test_the_sign_in_page_offers_the_issuer(settings: Any, client: Client) -> None:
    assert "统一身份认证" not in client.get("/accounts/login/").content.decode()
    settings.SOCIALACCOUNT_PROVIDERS = oidc.providers(ISSUER)
    assert "用统一身份认证登录" in client.get("/accounts/login/").content.decode()
