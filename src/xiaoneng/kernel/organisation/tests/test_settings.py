"""Settings of sign-in: OpenID Connect by environment, and what must stay switched off."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from xiaoneng.settings import oidc

FULL = {
    "XIAONENG_OIDC_ISSUER": "https://id.example.org/realms/office/",
    "XIAONENG_OIDC_CLIENT": "xiaoneng",
    "XIAONENG_OIDC_SECRET": "s3cret",
}


def test_no_issuer_no_button() -> None:
    assert oidc.providers({}) == {}
    assert oidc.origins({}) == []


def test_an_issuer_is_named_to_allauth_and_to_the_browser() -> None:
    (app,) = oidc.providers(FULL)["openid_connect"]["APPS"]
    assert app["settings"]["server_url"] == "https://id.example.org/realms/office"
    assert app["name"] == "统一身份认证"
    assert oidc.origins(FULL) == ["https://id.example.org"]


@pytest.mark.parametrize("missing", ["XIAONENG_OIDC_CLIENT", "XIAONENG_OIDC_SECRET"])
def test_half_an_issuer_is_refused(missing: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="须同时设置"):
        oidc.providers({**FULL, missing: ""})
    with pytest.raises(ImproperlyConfigured):
        oidc.providers({**FULL, "XIAONENG_OIDC_ISSUER": "id.example.org"})


def test_the_framework_admin_is_not_installed() -> None:
    assert "django.contrib.admin" not in settings.INSTALLED_APPS
    assert not settings.DEBUG


@pytest.mark.django_db
def test_the_sign_in_page_needs_no_inline_script() -> None:
    response = Client().get("/accounts/login/")
    text = response.content.decode()
    assert "用通行密钥登录" in text
    assert "<script>" not in text
    assert "忘记密码" in text
    policy = response.headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
