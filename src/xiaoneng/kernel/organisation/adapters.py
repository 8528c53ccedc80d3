"""登录衔接: where allauth asks this system: nobody signs up, passwords are set on record, secrets are sealed."""

from __future__ import annotations

import base64
import hashlib

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from xiaoneng.kernel.organisation.actors import actor_of
from xiaoneng.kernel.organisation.models import User
from xiaoneng.kernel.organisation.services import access


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """账号: accounts are made by the administrator; a new password is an event."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def set_password(self, user: User, password: str) -> None:
        access.set_password(user, password=password, actor=actor_of(user), at=timezone.now())


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """统一身份认证: opens existing accounts, never makes one."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:  # noqa: ARG002
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Connect by the user name that the issuer vouches for, where the installation trusts it to."""
        claim = settings.SOCIALACCOUNT_USERNAME_CLAIM
        if not claim or sociallogin.is_existing or request.user.is_authenticated:
            return
        data = sociallogin.account.extra_data
        claims = {**data, **(data.get("id_token") or {}), **(data.get("userinfo") or {})}
        person = User.objects.filter(username=str(claims.get(claim, "")).lower(), is_active=True).first()
        if person is not None:
            sociallogin.connect(request, person)


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """两步验证: the shared secret is encrypted at rest; a copy of the database alone opens nothing."""

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _box().decrypt(encrypted_text.encode()).decode()


def _box() -> Fernet:
    key = hashlib.sha256(b"xiaoneng two-factor secrets\0" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
