"""文档之门."""

from xiaoneng.kernel.documents.models import Attachment, StoredFile
from xiaoneng.kernel.documents.names import safe_name
from xiaoneng.kernel.documents.queries import Fault, attachments_of, read, serve, verify_files
from xiaoneng.kernel.documents.services import attach, store

__all__ = [
    "Attachment",
    "Fault",
    "StoredFile",
    "attach",
    "attachments_of",
    "read",
    "safe_name",
    "serve",
    "store",
    "verify_files",
]
