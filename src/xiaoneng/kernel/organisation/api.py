"""机构与人员的门: units, roles, actors, names."""

from __future__ import annotations

from xiaoneng.kernel.organisation.access import require_roles, signed_in
from xiaoneng.kernel.organisation.actors import acting, actor_of, person_id
from xiaoneng.kernel.organisation.authority import (
    Authority,
    administrators,
    authorities,
    has_role,
    stood_in_for,
    units_of,
)
from xiaoneng.kernel.organisation.models import Kind, Role, Unit, User
from xiaoneng.kernel.organisation.names import classify
from xiaoneng.kernel.organisation.queries import (
    Proposal,
    display_name,
    display_names,
    expand_group,
    propose_units,
    unit_by_name,
    units,
    units_served,
)
from xiaoneng.kernel.organisation.services.access import administrator_link, first_link
from xiaoneng.kernel.organisation.services.units import add_alias, create_unit

roles_of = authorities

__all__ = [
    "Authority",
    "Kind",
    "Proposal",
    "Role",
    "Unit",
    "User",
    "acting",
    "actor_of",
    "add_alias",
    "administrator_link",
    "administrators",
    "classify",
    "create_unit",
    "display_name",
    "display_names",
    "expand_group",
    "first_link",
    "has_role",
    "person_id",
    "propose_units",
    "require_roles",
    "roles_of",
    "signed_in",
    "stood_in_for",
    "unit_by_name",
    "units",
    "units_of",
    "units_served",
]
