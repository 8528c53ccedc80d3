"""进入系统: one-time links, invitations, passwords. No account is ever born with a password."""

from __future__ import annotations

import hashlib
import ipaddress
import secrets
from datetime import datetime, timedelta

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from xiaoneng.events import organisation as facts
from xiaoneng.foundation.actors import SYSTEM, Actor
from xiaoneng.foundation.refusals import Refused
from xiaoneng.kernel.ledger import api as ledger
from xiaoneng.kernel.organisation.authority import administrators
from xiaoneng.kernel.organisation.models import OneTimeLink, Purpose, Role, RoleGrant, User
from xiaoneng.kernel.organisation.services.authority import grant
from xiaoneng.kernel.organisation.services.people import add_person

LIFETIMES = {
    Purpose.FIRST_ADMIN: timedelta(hours=1),
    Purpose.INVITATION: timedelta(days=3),
    Purpose.RESET: timedelta(days=1),
}
FIRST_USERNAME = "admin"


@transaction.atomic
def issue_link(person: User, *, purpose: Purpose, actor: Actor, at: datetime) -> str:
    """签发一次性链接: the token, seen only now; earlier unused links of this person stop working."""
    if not person.is_active:
        raise Refused(f"{person}的账号已停用。", remedy="请先启用账号。")
    OneTimeLink.objects.filter(person=person, used_at=None, withdrawn_at=None).update(withdrawn_at=at)
    token = secrets.token_urlsafe(32)
    link = OneTimeLink.objects.create(
        person=person, purpose=purpose, digest=_digest(token), created_at=at, expires_at=at + LIFETIMES[purpose]
    )
    fact = facts.LinkIssued(link.pk, person.pk, purpose.value, link.expires_at.isoformat())
    ledger.record(fact, actor=actor, at=at, subject=link)
    return token


def find_link(token: str, *, purposes: tuple[Purpose, ...], at: datetime) -> OneTimeLink:
    """核对一次性链接 without using it; raises `Refused` for one unknown, used, withdrawn or expired."""
    link = OneTimeLink.objects.filter(digest=_digest(token), purpose__in=purposes).select_related("person").first()
    remedy = "请联系系统管理员重新签发；首次登录的链接，可在服务器上运行 xiaoneng createadmin 重新生成。"
    if link is None:
        raise Refused("链接无效，请核对是否完整。", remedy=remedy)
    if link.used_at is not None:
        raise Refused("链接已经使用过，每个链接只能使用一次。", remedy=remedy)
    if link.withdrawn_at is not None:
        raise Refused("链接已作废，之后又签发了新的链接。", remedy=remedy)
    if link.expires_at <= at:
        raise Refused("链接已过期。", remedy=remedy)
    if not link.person.is_active:
        raise Refused("该账号已停用。", remedy="请联系系统管理员。")
    return link


@transaction.atomic
def use_link(token: str, *, purposes: tuple[Purpose, ...], at: datetime) -> User:
    """使用一次性链接: of two who use it at the same moment, one gets in."""
    link = find_link(token, purposes=purposes, at=at)
    if not OneTimeLink.objects.filter(pk=link.pk, used_at=None, withdrawn_at=None).update(used_at=at):
        raise Refused("链接已经使用过，每个链接只能使用一次。")
    link.refresh_from_db()
    person = link.person
    ledger.record(facts.LinkUsed(link.pk, person.pk), actor=Actor(f"person:{person.pk}"), at=at, subject=link)
    return person


@transaction.atomic
def set_password(person: User, *, password: str, actor: Actor, at: datetime) -> None:
    """设置密码: raises `Refused` with what is wrong with it; all unused links of the person stop working."""
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    person.set_password(password)
    person.must_set_password = False
    person.save(update_fields=["password", "must_set_password"])
    OneTimeLink.objects.filter(person=person, used_at=None, withdrawn_at=None).update(withdrawn_at=at)
    ledger.record(facts.PasswordSet(person.pk), actor=actor, at=at)


@transaction.atomic
def accept_invitation(token: str, *, password: str, at: datetime) -> User:
    """接受邀请: use the link up and set the password, both or neither."""
    person = use_link(token, purposes=(Purpose.INVITATION, Purpose.RESET), at=at)
    set_password(person, password=password, actor=Actor(f"person:{person.pk}"), at=at)
    return person


@transaction.atomic
def enter_first(token: str, *, at: datetime) -> User:
    """首次进入: use the administrator's link up; a password must be set before anything else."""
    person = use_link(token, purposes=(Purpose.FIRST_ADMIN,), at=at)
    person.must_set_password = True
    person.save(update_fields=["must_set_password"])
    return person


def invite(person: User, *, actor: Actor, at: datetime) -> str:
    """邀请, or for somebody who has a password a link to reset it: the path of the link, seen only now."""
    purpose = Purpose.RESET if person.has_usable_password() else Purpose.INVITATION
    return reverse("organisation:invitation", args=[issue_link(person, purpose=purpose, actor=actor, at=at)])


def first_link(at: datetime) -> str | None:
    """首次登录链接: a path, while no administrator can sign in; None ever after.

    A fresh system's first administrator also gets the 督查 role over the whole organisation, openly and revocably:
    whoever installs the system must be able to see the programme that it starts.
    """
    able = administrators(at).filter(must_set_password=False).exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    return None if able.exists() else administrator_link(FIRST_USERNAME, at)


@transaction.atomic
def administrator_link(username: str, at: datetime) -> str:
    """管理员登录链接: for whoever commands the server itself; makes the account and its role where missing."""
    fresh = not RoleGrant.objects.exists()
    person = User.objects.filter(username=username.lower()).first()
    if person is None:
        person = add_person(username=username, name="系统管理员", actor=SYSTEM, at=at)
    if not administrators(at).filter(pk=person.pk).exists():
        grant(person, role=Role.ADMIN, reason="由服务器命令授予", actor=SYSTEM, at=at)
    if fresh:
        grant(person, role=Role.SUPERVISION, reason="首位管理员查看所启动的方案，可随时收回", actor=SYSTEM, at=at)
    token = issue_link(person, purpose=Purpose.FIRST_ADMIN, actor=SYSTEM, at=at)
    return reverse("organisation:first", args=[token])


def is_local(meta: dict[str, str]) -> bool:
    """是否来自本机: by the connection itself. A request that some proxy passed on is not local, whatever it claims."""
    if any(meta.get(header) for header in ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP")):
        return False
    try:
        address = ipaddress.ip_address(meta.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_loopback


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
