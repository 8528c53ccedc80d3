"""人员、任职、AB 角、离岗."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from xiaoneng.events import organisation as facts
from xiaoneng.foundation.actors import Actor
from xiaoneng.foundation.refusals import Refused
from xiaoneng.kernel.ledger import api as ledger
from xiaoneng.kernel.organisation import names
from xiaoneng.kernel.organisation.authority import administrators
from xiaoneng.kernel.organisation.models import Appointment, Leave, Partners, Post, Role, Unit, User
from xiaoneng.kernel.organisation.models.authority import APPOINTABLE
from xiaoneng.kernel.organisation.models.dated import day_of, holds_on, overlaps
from xiaoneng.kernel.organisation.services.units import close, save


@transaction.atomic
def add_person(*, username: str, name: str, email: str = "", actor: Actor, at: datetime) -> User:
    """登记人员: an account without a password; `access.invite` opens it."""
    person = User(username=username.strip().lower(), name=names.tidy(name), email=email.strip(), date_joined=at)
    person.set_unusable_password()
    _require_proper(person)
    save(person, f"用户名“{person.username}”已被使用。")
    ledger.record(facts.PersonAdded(person.pk), actor=actor, at=at, subject=person)
    return person


@transaction.atomic
def change_person(person: User, *, name: str, email: str, active: bool, actor: Actor, at: datetime) -> User:
    """变更人员信息, or switch the account on or off; an account that is off is signed out at its next request."""
    person = User.objects.select_for_update().get(pk=person.pk)
    after = (names.tidy(name), email.strip(), active)
    if (person.name, person.email, person.is_active) == after:
        return person
    if person.is_active and not active:
        require_another_administrator(person, at)
    person.name, person.email, person.is_active = after
    _require_proper(person)
    person.save()
    ledger.record(facts.PersonChanged(person.pk, person.is_active), actor=actor, at=at, subject=person)
    return person


@transaction.atomic
def appoint(
    person: User,
    *,
    unit: Unit,
    post: Post | None = None,
    role: str = Role.HANDLER,
    primary: bool = True,
    valid_from: date | None = None,
    valid_until: date | None = None,
    actor: Actor,
    at: datetime,
) -> Appointment:
    """任职: raises `Refused` for a second main appointment or a second holder of a single post at one time."""
    start = valid_from or day_of(at)
    person = User.objects.select_for_update().get(pk=person.pk)
    if Role(role) not in APPOINTABLE:
        raise Refused("任职不能带来系统管理员角色。", remedy="请在“角色授予”中单独授予。")
    if valid_until is not None and valid_until <= start:
        raise Refused("任职的结束日期应晚于开始日期。")
    if not unit.holds(start):
        raise Refused(f"“{unit.name}”在 {start:%Y-%m-%d} 不存在。", remedy="请核对任职日期和机构的设立日期。")
    if post is not None and post.unit_id != unit.pk:
        raise Refused(f"岗位“{post.name}”不属于“{unit.name}”。")
    at_the_time = Appointment.objects.filter(overlaps(start, valid_until)).select_related("unit", "person")
    if primary and (other := at_the_time.filter(person=person, primary=True).first()):
        raise Refused(
            f"{person}在此期间已有主要任职（{other.unit.name}）。", remedy="请先结束原任职，或把新任职设为兼任。"
        )
    if post is not None:
        post = Post.objects.select_for_update().get(pk=post.pk)
        if post.single and (other := at_the_time.filter(post=post).first()):
            raise Refused(f"岗位“{post.name}”为独任岗位，在此期间已由{other.person}担任。")
    appointment = Appointment(
        person=person, unit=unit, post=post, role=Role(role), primary=primary, valid_from=start, valid_until=valid_until
    )
    save(appointment, f"{person}已有主要任职。")
    fact = facts.PersonAppointed(
        appointment.pk, person.pk, unit.pk, post.pk if post else None, appointment.role, start.isoformat()
    )
    ledger.record(fact, actor=actor, at=at, subject=appointment)
    return appointment


@transaction.atomic
def end_appointment(appointment: Appointment, *, on: date | None = None, actor: Actor, at: datetime) -> Appointment:
    """结束任职 from `on` (the day of `at`) on."""
    end = on or day_of(at)
    appointment = Appointment.objects.select_for_update().get(pk=appointment.pk)
    if appointment.valid_until is not None and appointment.valid_until <= end:
        raise Refused("该任职已经结束。")
    close(appointment, end)
    fact = facts.AppointmentEnded(appointment.pk, appointment.person_id, end.isoformat())
    ledger.record(fact, actor=actor, at=at, subject=appointment)
    return appointment


@transaction.atomic
def name_partners(*, unit: Unit, a: User, b: User, matters: str = "", actor: Actor, at: datetime) -> Partners:
    """设定 AB 角: both are different people who serve in the unit, or below it, today."""
    day = day_of(at)
    if a.pk == b.pk:
        raise Refused("A 角和 B 角不能是同一人。")
    _lock_people(a, b)
    for person in (a, b):
        if not Appointment.objects.filter(holds_on(day), person=person, unit=unit).exists():
            raise Refused(f"{person}现不在“{unit.name}”任职，不能设为该机构的 AB 角。")
    for leave in Leave.objects.filter(person=a, ends_at__gt=at):
        if Leave.objects.filter(person=b, ends_at__gt=leave.starts_at, starts_at__lt=leave.ends_at).exists():
            raise Refused("两人有同时离岗的安排，不能互为 AB 角。", remedy="请先调整离岗时间。")
    partners = Partners(unit=unit, a=a, b=b, matters=matters.strip()[:200], valid_from=day)
    save(partners, "这一组 AB 角已经设定。")
    fact = facts.PartnersNamed(partners.pk, unit.pk, a.pk, b.pk, day.isoformat())
    ledger.record(fact, actor=actor, at=at, subject=partners)
    return partners


@transaction.atomic
def end_partners(partners: Partners, *, actor: Actor, at: datetime) -> Partners:
    """解除 AB 角 from the day of `at` on."""
    partners = Partners.objects.select_for_update().get(pk=partners.pk)
    end = day_of(at)
    if partners.valid_until is not None and partners.valid_until <= end:
        raise Refused("这一组 AB 角已经解除。")
    close(partners, end)
    ledger.record(facts.PartnersEnded(partners.pk, end.isoformat()), actor=actor, at=at, subject=partners)
    return partners


@transaction.atomic
def record_leave(
    person: User, *, reason: str, starts_at: datetime, ends_at: datetime, actor: Actor, at: datetime
) -> Leave:
    """登记离岗: raises `Refused` where the person or an AB partner is already away in that time."""
    if ends_at <= starts_at:
        raise Refused("返岗时间应晚于离岗时间。")
    if ends_at <= at:
        raise Refused("返岗时间已过，无需登记。")
    day_from, day_until = day_of(starts_at), day_of(ends_at)
    pairs = Partners.objects.filter(Q(a=person) | Q(b=person), Q(valid_until=None) | Q(valid_until__gt=day_from))
    pairs = pairs.filter(valid_from__lte=day_until)
    others = {pk for pair in pairs for pk in (pair.a_id, pair.b_id)} - {person.pk}
    _lock_people(person, *User.objects.filter(pk__in=others))
    meanwhile = Leave.objects.filter(starts_at__lt=ends_at, ends_at__gt=starts_at).select_related("person")
    if meanwhile.filter(person=person).exists():
        raise Refused(f"{person}在此期间已登记离岗。")
    if clash := meanwhile.filter(person__in=others).first():
        raise Refused(
            f"{clash.person}与{person}互为 AB 角，在此期间已登记离岗，两人不能同时离岗。",
            remedy="请错开时间，或先另行设定 AB 角。",
        )
    leave = Leave(person=person, reason=Leave.Reason(reason), starts_at=starts_at, ends_at=ends_at)
    save(leave, "在此期间刚刚有人登记了离岗。")
    fact = facts.LeaveRecorded(leave.pk, person.pk, starts_at.isoformat(), ends_at.isoformat())
    ledger.record(fact, actor=actor, at=at, subject=leave)
    return leave


@transaction.atomic
def end_leave(leave: Leave, *, actor: Actor, at: datetime) -> Leave:
    """销假: back at `at`, or never left."""
    leave = Leave.objects.select_for_update().get(pk=leave.pk)
    if leave.ends_at <= at:
        raise Refused("该次离岗已经结束。")
    leave.ends_at = max(at, leave.starts_at)
    leave.save(update_fields=["ends_at"])
    fact = facts.LeaveEnded(leave.pk, leave.person_id, leave.ends_at.isoformat())
    ledger.record(fact, actor=actor, at=at, subject=leave)
    return leave


def require_another_administrator(person: User, at: datetime) -> None:
    """Raises `Refused` where nobody else could administer the system any more."""
    everybody = set(administrators(at).values_list("pk", flat=True))
    if everybody == {person.pk}:
        raise Refused("这是唯一的系统管理员，不能停用或收回。", remedy="请先授予另一人系统管理员角色。")


def _require_proper(person: User) -> None:
    if not person.name:
        raise Refused("请填写姓名。")
    try:
        person.full_clean(validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error


def _lock_people(*people: User) -> None:
    """Two partners who ask for leave in the same second queue here, always in the same order."""
    list(User.objects.select_for_update().filter(pk__in={person.pk for person in people}).order_by("pk"))
