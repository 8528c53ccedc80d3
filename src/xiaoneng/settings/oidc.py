"""统一身份认证: one OpenID Connect issuer, by environment.

XIAONENG_OIDC_ISSUER    address of the issuer, e.g. https://id.example.gov.cn/realms/office
XIAONENG_OIDC_CLIENT    client id                XIAONENG_OIDC_SECRET  client secret
XIAONENG_OIDC_NAME      what the sign-in button says; default 统一身份认证
XIAONENG_OIDC_USERNAME  claim whose value is the user name here (e.g. preferred_username); without it a
                        signed-in person connects the two accounts once, on the security page
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured


def providers(environ: Mapping[str, str]) -> dict[str, Any]:
    """认证服务: allauth's `SOCIALACCOUNT_PROVIDERS`; empty where no issuer is named."""
    issuer = environ.get("XIAONENG_OIDC_ISSUER", "").rstrip("/")
    if not issuer:
        return {}
    client, secret = environ.get("XIAONENG_OIDC_CLIENT", ""), environ.get("XIAONENG_OIDC_SECRET", "")
    if not client or not secret or urlsplit(issuer).scheme not in {"https", "http"}:
        raise ImproperlyConfigured(
            "XIAONENG_OIDC_ISSUER 应为 https:// 开头的地址，并须同时设置 XIAONENG_OIDC_CLIENT 和 XIAONENG_OIDC_SECRET。"
        )
    app = {
        "provider_id": "oidc",
        "name": environ.get("XIAONENG_OIDC_NAME") or "统一身份认证",
        "client_id": client,
        "secret": secret,
        "settings": {"server_url": issuer},
    }
    return {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}


def origins(environ: Mapping[str, str]) -> list[str]:
    """认证服务的来源: browsers check a form's target through its redirects, so the issuer must be named there."""
    parts = urlsplit(environ.get("XIAONENG_OIDC_ISSUER", ""))
    return [f"{parts.scheme}://{parts.netloc}"] if parts.netloc else []
