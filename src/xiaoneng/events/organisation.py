"""机构与人员的事实: units, people, authority and access, by id and code only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from xiaoneng.events import Fact


@dataclass(frozen=True, slots=True)
class UnitCreated(Fact):
    """机构设立: `category` is the kind of unit, `parent_id` None at the root, dates ISO."""

    kind: ClassVar[str] = "organisation.unit_created"
    unit_id: int
    category: str
    parent_id: int | None
    valid_from: str


@dataclass(frozen=True, slots=True)
class UnitChanged(Fact):
    """机构变更: renamed, moved or re-classified; `since` is the day of the new state."""

    kind: ClassVar[str] = "organisation.unit_changed"
    unit_id: int
    category: str
    parent_id: int | None
    since: str


@dataclass(frozen=True, slots=True)
class UnitEnded(Fact):
    """机构撤销: `valid_until` is the first day on which the unit no longer exists."""

    kind: ClassVar[str] = "organisation.unit_ended"
    unit_id: int
    valid_until: str


@dataclass(frozen=True, slots=True)
class AliasAdded(Fact):
    """别名登记."""

    kind: ClassVar[str] = "organisation.alias_added"
    unit_id: int
    alias_id: int


@dataclass(frozen=True, slots=True)
class PostCreated(Fact):
    """岗位设置."""

    kind: ClassVar[str] = "organisation.post_created"
    post_id: int
    unit_id: int


@dataclass(frozen=True, slots=True)
class PostChanged(Fact):
    """岗位变更."""

    kind: ClassVar[str] = "organisation.post_changed"
    post_id: int
    unit_id: int


@dataclass(frozen=True, slots=True)
class PersonAdded(Fact):
    """人员登记: an account without a password; an invitation opens it."""

    kind: ClassVar[str] = "organisation.person_added"
    person_id: int


@dataclass(frozen=True, slots=True)
class PersonChanged(Fact):
    """人员信息变更, or the account switched on or off (`active`)."""

    kind: ClassVar[str] = "organisation.person_changed"
    person_id: int
    active: bool


@dataclass(frozen=True, slots=True)
class PersonAppointed(Fact):
    """任职."""

    kind: ClassVar[str] = "organisation.person_appointed"
    appointment_id: int
    person_id: int
    unit_id: int
    post_id: int | None
    role: str
    valid_from: str


@dataclass(frozen=True, slots=True)
class AppointmentEnded(Fact):
    """免职、调离."""

    kind: ClassVar[str] = "organisation.appointment_ended"
    appointment_id: int
    person_id: int
    valid_until: str


@dataclass(frozen=True, slots=True)
class PartnersNamed(Fact):
    """AB 角设定: B acts for A while A is away."""

    kind: ClassVar[str] = "organisation.partners_named"
    partners_id: int
    unit_id: int
    a_id: int
    b_id: int
    valid_from: str


@dataclass(frozen=True, slots=True)
class PartnersEnded(Fact):
    """AB 角解除."""

    kind: ClassVar[str] = "organisation.partners_ended"
    partners_id: int
    valid_until: str


@dataclass(frozen=True, slots=True)
class LeaveRecorded(Fact):
    """离岗登记: moments in ISO with offset."""

    kind: ClassVar[str] = "organisation.leave_recorded"
    leave_id: int
    person_id: int
    starts_at: str
    ends_at: str


@dataclass(frozen=True, slots=True)
class LeaveEnded(Fact):
    """销假: the person is back, earlier than planned or never left."""

    kind: ClassVar[str] = "organisation.leave_ended"
    leave_id: int
    person_id: int
    ends_at: str


@dataclass(frozen=True, slots=True)
class RoleGranted(Fact):
    """角色授予: `unit_id` None means the whole organisation."""

    kind: ClassVar[str] = "organisation.role_granted"
    grant_id: int
    person_id: int
    role: str
    unit_id: int | None
    valid_from: str
    valid_until: str


@dataclass(frozen=True, slots=True)
class RoleRevoked(Fact):
    """角色收回."""

    kind: ClassVar[str] = "organisation.role_revoked"
    grant_id: int
    person_id: int
    role: str
    valid_until: str


@dataclass(frozen=True, slots=True)
class AuthorityDelegated(Fact):
    """授权."""

    kind: ClassVar[str] = "organisation.authority_delegated"
    delegation_id: int
    giver_id: int
    receiver_id: int
    role: str
    unit_id: int | None
    valid_from: str
    valid_until: str


@dataclass(frozen=True, slots=True)
class DelegationEnded(Fact):
    """授权收回."""

    kind: ClassVar[str] = "organisation.delegation_ended"
    delegation_id: int
    valid_until: str


@dataclass(frozen=True, slots=True)
class LinkIssued(Fact):
    """一次性链接签发: `purpose` first_admin, invitation or reset."""

    kind: ClassVar[str] = "organisation.link_issued"
    link_id: int
    person_id: int
    purpose: str
    expires_at: str


@dataclass(frozen=True, slots=True)
class LinkUsed(Fact):
    """一次性链接使用."""

    kind: ClassVar[str] = "organisation.link_used"
    link_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class PasswordSet(Fact):
    """密码设置: that it happened, nothing else."""

    kind: ClassVar[str] = "organisation.password_set"
    person_id: int


@dataclass(frozen=True, slots=True)
class OrganisationImported(Fact):
    """机构表导入: hash of the file and how many rows of each sort changed."""

    kind: ClassVar[str] = "organisation.imported"
    import_id: int
    sha256: str
    created: int
    changed: int
