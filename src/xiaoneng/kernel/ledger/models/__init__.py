"""台账的表: all but `Cursor` and `Delivery` only grow; triggers in the database refuse the rest."""

from xiaoneng.kernel.ledger.models.delivery import Cursor, Failure
from xiaoneng.kernel.ledger.models.event import Event, JSONText, Leaf, Node
from xiaoneng.kernel.ledger.models.head import Cosignature, Head, SigningKey
from xiaoneng.kernel.ledger.models.ledgered import Ledgered, new_salt
from xiaoneng.kernel.ledger.models.segment import Segment, Verification

__all__ = [
    "Cosignature",
    "Cursor",
    "Event",
    "Failure",
    "Head",
    "JSONText",
    "Leaf",
    "Ledgered",
    "Node",
    "Segment",
    "SigningKey",
    "Verification",
    "new_salt",
]
