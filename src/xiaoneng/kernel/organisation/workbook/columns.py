"""机构表的工作表和列 (pure): what each sheet holds, in the order of its columns."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """列: its heading, whether it must be filled, and what to write in it."""

    heading: str
    required: bool = False
    hint: str = ""


UNITS, POSTS, PEOPLE, ROLES, PARTNERS = "机构", "岗位", "人员", "角色", "AB角"

SHEETS: dict[str, tuple[Column, ...]] = {
    UNITS: (
        Column("名称", True, "机构全称，不能是“各处室”一类的统称"),
        Column("类别", hint="机关、处室、部门、县（市、区）、科室、其他单位；留空为处室"),
        Column("上级机构", hint="上级机构的名称；留空为顶级机构"),
        Column("排序", hint="整数，小的在前"),
        Column("设立日期", hint="新机构自何日起存在，如 2020-01-01；留空为导入当日；已有机构不变"),
        Column("别名", hint="其他写法，多个用顿号隔开"),
    ),
    POSTS: (
        Column("机构", True, "机构名称"),
        Column("岗位", True, "岗位名称"),
        Column("独任", hint="是或否；独任岗位同一时间只由一人担任"),
        Column("职责", hint="岗位职责"),
    ),
    PEOPLE: (
        Column("用户名", True, "小写字母、数字，用于登录；再次导入按用户名更新"),
        Column("姓名", True, "姓名"),
        Column("电子邮箱", hint="可不填"),
        Column("机构", hint="任职机构；留空则不登记任职"),
        Column("岗位", hint="任职岗位，须已在“岗位”中"),
        Column("角色", hint="领导、督查、处室负责人、承办人、外部；留空为承办人"),
        Column("主要任职", hint="是或否；留空为是，兼任填否"),
        Column("任职日期", hint="如 2026-03-01；留空为导入当日"),
    ),
    ROLES: (
        Column("用户名", True, "用户名"),
        Column("角色", True, "系统管理员、领导、督查、处室负责人、承办人、外部"),
        Column("范围", hint="机构名称；留空为全部机构"),
        Column("生效日期", hint="留空为导入当日"),
        Column("失效日期", hint="自该日起不再有效；留空为长期"),
        Column("理由", hint="授予理由"),
    ),
    PARTNERS: (
        Column("机构", True, "机构名称"),
        Column("A角", True, "A 角的用户名"),
        Column("B角", True, "B 角的用户名"),
        Column("负责事项", hint="可不填"),
    ),
}
GUIDE = "填写说明"
