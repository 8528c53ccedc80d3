"""台账之门.

Writers: `record`, `record_many`, `retire`, on tables derived from `Ledgered`. Readers: `history`, `subscribe`.
In `ready()`: `visible` says who may see the rows of a table, `readers` who may see the ledger itself.
The tick calls `sequence`, `deliver`, `seal_segments`.
"""

from xiaoneng.kernel.ledger.bundle import export
from xiaoneng.kernel.ledger.delivery import deliver, redeliver
from xiaoneng.kernel.ledger.models import Event, Ledgered, new_salt
from xiaoneng.kernel.ledger.operations import rotate_key, verify_all
from xiaoneng.kernel.ledger.policies import readers, visible
from xiaoneng.kernel.ledger.queries import Entry, State, history, state
from xiaoneng.kernel.ledger.segments import seal_segments
from xiaoneng.kernel.ledger.sequencing import sequence
from xiaoneng.kernel.ledger.services import record, record_many, retire
from xiaoneng.kernel.ledger.subscriptions import subscribe, unsubscribe
from xiaoneng.kernel.ledger.witness import init as witness_init
from xiaoneng.kernel.ledger.witness import sign as witness_sign

__all__ = [
    "Entry",
    "Event",
    "Ledgered",
    "State",
    "deliver",
    "export",
    "history",
    "new_salt",
    "readers",
    "record",
    "record_many",
    "redeliver",
    "retire",
    "rotate_key",
    "seal_segments",
    "sequence",
    "state",
    "subscribe",
    "unsubscribe",
    "verify_all",
    "visible",
    "witness_init",
    "witness_sign",
]
