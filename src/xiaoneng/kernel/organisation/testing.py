"""测试用的机构与人物: a small made-up office and its people, for every module's tests.

In a `conftest.py`: `from xiaoneng.kernel.organisation.testing import *`, then ask for the fixture `office`.
All are made through the services, as in real life. Everything stands from `SINCE` on; `NOW` is a moment to act at.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from xiaoneng.foundation.actors import SYSTEM
from xiaoneng.kernel.organisation.models import Kind, Role, Unit, User
from xiaoneng.kernel.organisation.services import authority, people, units

SINCE = date(2020, 1, 1)
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
PASSWORD = "Cloud-River-2026"  # noqa: S105

_DIVISIONS = (
    *(f"综合{numeral}处" for numeral in "一二三四五六"),
    "秘书一处",
    "秘书三处",
    "人事处",
    "督查室",
    "监察室",
    "政务公开和新闻联络处",
)


@dataclass(frozen=True, slots=True)
class Office:
    """云溪市政府办公室: its units by name, and the seven personas (公众 is simply not signed in)."""

    root: Unit
    units: dict[str, Unit]
    handler: User
    reviewer: User
    outsider: User
    leader: User
    admin: User
    supervisor: User
    partner: User

    def client(self, person: User | None) -> Client:
        """以此人身份的浏览器; None is the public."""
        client = Client()
        if person is not None:
            client.force_login(person)
        return client

    @property
    def personas(self) -> dict[str, User | None]:
        """人物表: name in Chinese → person; 公众 → None."""
        return {
            "承办人": self.handler,
            "审核人": self.reviewer,
            "局外人": self.outsider,
            "领导": self.leader,
            "督查": self.supervisor,
            "管理员": self.admin,
            "公众": None,
        }


def build_office() -> Office:
    """建立测试机构; needs the database.

    承办人 张承办 and 审核人 李处长 serve in 综合一处, 局外人 王外处 in 综合二处, B 角 赵搭档 stands in for 张承办;
    领导, 督查 hold their roles over the whole organisation; 管理员 holds nothing but the administration.
    """
    root = units.create_unit(name="云溪市人民政府办公室", kind=Kind.OFFICE, valid_from=SINCE, actor=SYSTEM, at=NOW)
    made = {
        name: units.create_unit(
            name=name, parent=root, kind=Kind.DIVISION, valid_from=SINCE, order=order, actor=SYSTEM, at=NOW
        )
        for order, name in enumerate(_DIVISIONS, start=1)
    }
    for name in ("云溪市财政局", "云溪市审计局"):
        made[name] = units.create_unit(name=name, kind=Kind.DEPARTMENT, valid_from=SINCE, actor=SYSTEM, at=NOW)
    for name in ("东岭县人民政府", "西桥区人民政府"):
        made[name] = units.create_unit(name=name, kind=Kind.DISTRICT, valid_from=SINCE, actor=SYSTEM, at=NOW)
    office = Office(
        root=root,
        units={root.name: root, **made},
        handler=_person("zhang", "张承办", made["综合一处"], Role.HANDLER),
        reviewer=_person("li", "李处长", made["综合一处"], Role.HEAD),
        outsider=_person("wang", "王外处", made["综合二处"], Role.HANDLER),
        leader=_person("chen", "陈主任", root, Role.LEADER),
        admin=_person("guan", "管理员", None, Role.ADMIN),
        supervisor=_person("du", "杜督查", made["督查室"], Role.SUPERVISION),
        partner=_person("zhao", "赵搭档", made["综合一处"], Role.HANDLER),
    )
    authority.grant(office.leader, role=Role.LEADER, valid_from=SINCE, actor=SYSTEM, at=NOW)
    authority.grant(office.supervisor, role=Role.SUPERVISION, valid_from=SINCE, actor=SYSTEM, at=NOW)
    people.name_partners(unit=made["综合一处"], a=office.handler, b=office.partner, actor=SYSTEM, at=NOW)
    return office


def _person(username: str, name: str, unit: Unit | None, role: Role) -> User:
    person = people.add_person(username=username, name=name, actor=SYSTEM, at=NOW)
    person.set_password(PASSWORD)
    person.save()
    if unit is None:
        authority.grant(person, role=role, valid_from=SINCE, actor=SYSTEM, at=NOW)
    else:
        people.appoint(person, unit=unit, role=role, valid_from=SINCE, actor=SYSTEM, at=NOW)
    return person


@pytest.fixture
def office(db: None) -> Office:  # noqa: ARG001 - asks for the database
    """测试机构 on the test database."""
    return build_office()


__all__ = ["NOW", "PASSWORD", "SINCE", "Office", "build_office", "office"]
