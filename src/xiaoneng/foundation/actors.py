"""行为人: who does an act, as whom, in the ledger's terms: ids, never names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Actor:
    """行为人: `id` identifies a person ("person:12"), a job ("system:tick") or a machine.

    `acting_for` holds the id of the absent A partner when the B partner acts (AB 角, "B 代 A").
    """

    id: str
    kind: Literal["person", "system", "machine", "public"] = "person"
    acting_for: str = ""


SYSTEM = Actor("system:xiaoneng", kind="system")
