"""密钥文件: the ledger's keys in the data folder, each of mode 600 and made on first use."""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from xiaoneng.foundation.refusals import Refused

# by data folder: each event asks for it, and asking the disk costs more than the event
_append_keys: dict[str, bytes] = {}


def folder() -> Path:
    """台账目录: `ledger/` in the data folder, mode 700."""
    path = Path(settings.DATA) / "ledger"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def append_key(*, is_empty: Callable[[], bool]) -> bytes:
    """入账密钥: authenticates events until they have their place in the tree.

    It is made with the first event. Raises `Refused` where the ledger has events and the data folder has no key,
    because it is then the wrong folder.
    """
    if known := _append_keys.get(str(settings.DATA)):
        return known
    path = folder() / "append.key"
    if not path.exists() and not is_empty():
        raise Refused(
            f"数据目录 {path.parent.parent} 中没有这本台账的入账密钥，不能记账。",
            remedy="请确认 XIAONENG_DATA 指向原来的数据目录，或从备份恢复其中的 ledger 目录。",
        )
    key = bytes.fromhex(create(path, secrets.token_hex(32)).decode("ascii"))
    return _append_keys.setdefault(str(settings.DATA), key)


def create(path: Path, content: str) -> bytes:
    """Write a secret once, mode 600; where it already exists, read it. Two first starts at once agree on one."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    if not path.exists():
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="ascii") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return read(path)


def read(path: Path) -> bytes:
    """Read a secret; refuses a file that others may read."""
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
        content = path.read_bytes()
    except OSError as error:
        raise Refused(f"读不到密钥文件 {path}（{error.strerror}）。", remedy="请从备份恢复该文件。") from error
    if mode & 0o077:
        raise Refused(f"密钥文件 {path} 可被他人读取。", remedy=f"请执行 chmod 600 {path}，并更换该密钥。")
    return content


def private_key(path: Path) -> Ed25519PrivateKey:
    """私钥: Ed25519, 64 hexadecimal digits in the file, made where the file does not exist."""
    content = create(path, secrets.token_hex(32))
    try:
        return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(content.decode("ascii")))
    except (ValueError, UnicodeDecodeError) as error:
        raise Refused(f"密钥文件 {path} 已损坏。", remedy="请从备份恢复该文件。") from error
