"""通行密钥的表单: allauth's, with words that say what the boxes are for."""

from __future__ import annotations

from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms


class AddPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """添加通行密钥."""

    name = forms.CharField(label="名称", required=False, max_length=100)
    passwordless = forms.BooleanField(
        label="允许只用它登录，不再输入密码",
        required=False,
        initial=True,
        help_text="需要设备支持指纹、面容或 PIN。不勾选则只作为密码之后的第二步。",
    )


class EditPasskeyForm(EditWebAuthnForm):  # type: ignore[misc]
    """通行密钥改名."""

    name = forms.CharField(label="名称", max_length=100)
