"""行为人: who acts, as whom, in the ledger's terms."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from xiaoneng.foundation.actors import Actor
from xiaoneng.foundation.refusals import Refused
from xiaoneng.kernel.organisation.authority import holding, stood_in_for
from xiaoneng.kernel.organisation.models import Role, Unit, User


def person_id(user: User) -> str:
    """人员编号, as the ledger writes it: "person:12"."""
    return f"person:{user.pk}"


def actor_of(user: Any, *, at: datetime | None = None, acting_for: User | None = None) -> Actor:
    """行为人, for oneself, or as the B partner of an absent A; the public where nobody is signed in.

    Raises `Refused` where `acting_for` is not away at `at` or is not this person's A partner.
    """
    if not isinstance(user, User):
        return Actor("public:anonymous", kind="public")
    if acting_for is None or acting_for.pk == user.pk:
        return Actor(person_id(user))
    if at is None or not stood_in_for(user, at).filter(pk=acting_for.pk).exists():
        raise Refused(f"现在不能代{acting_for}办理：只有其 B 角在其离岗期间可以代办。")
    return Actor(person_id(user), acting_for=person_id(acting_for))


def acting(user: Any, *roles: Role, unit: Unit | None = None, at: datetime) -> Actor:
    """以何人名义办理: oneself where the role is one's own, else for whoever it is borrowed from.

    Raises `Refused` where none of the roles is held.
    """
    held = holding(user, *roles, unit=unit, at=at)
    if not held:
        wanted = "、".join(role.label for role in roles)
        raise Refused(f"此操作需要以下角色之一：{wanted}。", remedy="如需办理，请联系系统管理员或所在处室负责人。")
    through = held[0].through_id
    return Actor(person_id(user), acting_for=f"person:{through}" if through is not None else "")
