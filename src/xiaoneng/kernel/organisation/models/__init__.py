"""机构与人员的表: units and posts, people, authority, access."""

from __future__ import annotations

from xiaoneng.kernel.organisation.models.access import OneTimeLink, Purpose
from xiaoneng.kernel.organisation.models.authority import Delegation, Role, RoleGrant
from xiaoneng.kernel.organisation.models.imports import OrganisationImport
from xiaoneng.kernel.organisation.models.people import Appointment, Leave, Partners, User
from xiaoneng.kernel.organisation.models.units import Alias, FormerUnit, Kind, Post, Unit

__all__ = [
    "Alias",
    "Appointment",
    "Delegation",
    "FormerUnit",
    "Kind",
    "Leave",
    "OneTimeLink",
    "OrganisationImport",
    "Partners",
    "Post",
    "Purpose",
    "Role",
    "RoleGrant",
    "Unit",
    "User",
]
