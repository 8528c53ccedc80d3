"""台账之门."""

from xiaoneng.kernel.ledger.models import Event, Ledgered, new_salt
from xiaoneng.kernel.ledger.queries import Entry, State, history, state
from xiaoneng.kernel.ledger.services import record, record_many, retire
from xiaoneng.kernel.ledger.subscriptions import subscribe

__all__ = [
    "Entry",
    "Event",
    "Ledgered",
    "State",
    "history",
    "new_salt",
    "record",
    "record_many",
    "retire",
    "state",
    "subscribe",
]
