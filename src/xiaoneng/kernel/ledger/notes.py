"""签名便笺: heads and countersignatures in the public formats of C2SP (signed-note, tlog-checkpoint, tlog-cosignature),
so that any transparency-log tool can read and countersign them.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

ED25519, COSIGNATURE = 1, 4
Octets = bytes | memoryview  # what a binary field may hold


def public_of(key: Ed25519PrivateKey) -> bytes:
    """公钥: 32 bytes."""
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def fingerprint(public: Octets) -> str:
    """指纹: first 16 hexadecimal digits of SHA-256 of the public key."""
    return sha256(bytes(public)).hexdigest()[:16]


def is_signed(public: Octets, signature: Octets, message: bytes) -> bool:
    """Whether `signature` over `message` is of the key `public`; False for anything malformed."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes(public)).verify(bytes(signature), message)
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True


def checkpoint(*, origin: str, size: int, root: bytes, stamp: str) -> str:
    """检查点: the text that is signed: origin, size, root, and the moment as an extension line."""
    return f"{origin}\n{size}\n{b64encode(root).decode()}\n{stamp}\n"


def sign(key: Ed25519PrivateKey, *, name: str, body: str) -> str:
    """便笺: body, empty line, signature line."""
    return f"{body}\n" + _line(name, ED25519, public_of(key), key.sign(body.encode()))


def is_note_of(note: str, *, name: str, public: Octets) -> bool:
    """Whether the first signature of the note is of `public` under `name`."""
    body, separator, line = note.partition("\n\n")
    signature = _signature(line, name, ED25519, public)
    return bool(separator) and is_signed(public, signature, f"{body}\n".encode())


def parse(note: str) -> tuple[str, int, bytes, str]:
    """Origin, size, root and moment of a note. Raises `ValueError` for another text."""
    origin, size, root, stamp = note.partition("\n\n")[0].split("\n")
    if not size.isascii() or not size.isdigit() or len(size) > 18:
        raise ValueError("a size is a number")
    return origin, int(size), b64decode(root, validate=True), stamp


def cosign(key: Ed25519PrivateKey, *, name: str, note: str, seconds: int) -> str:
    """见证签名行: countersignature over the note's body and the moment in seconds since 1970."""
    signature = seconds.to_bytes(8) + key.sign(_cosigned(note, seconds))
    return _line(name, COSIGNATURE, public_of(key), signature)


def is_cosigned(line: str, *, name: str, public: Octets, note: str) -> bool:
    """Whether the line is a countersignature of `public` under this note."""
    signature = _signature(line, name, COSIGNATURE, public)
    if len(signature) != 72:
        return False
    return is_signed(public, signature[8:], _cosigned(note, int.from_bytes(signature[:8])))


def _cosigned(note: str, seconds: int) -> bytes:
    return f"cosignature/v1\ntime {seconds}\n{note.partition(chr(10) * 2)[0]}\n".encode()


def _key_id(name: str, algorithm: int, public: Octets) -> bytes:
    return sha256(name.encode() + b"\n" + bytes([algorithm]) + bytes(public)).digest()[:4]


def _line(name: str, algorithm: int, public: Octets, signature: bytes) -> str:
    return f"— {name} {b64encode(_key_id(name, algorithm, public) + signature).decode()}\n"


def _signature(line: str, name: str, algorithm: int, public: Octets) -> bytes:
    """The signature bytes of a line that claims to be of this key; empty where it does not."""
    dash, _, rest = line.strip("\n").partition(" ")
    signer, _, encoded = rest.partition(" ")
    try:
        decoded = b64decode(encoded, validate=True)
    except (Base64Error, ValueError):
        return b""
    if (dash, signer, decoded[:4]) != ("—", name, _key_id(name, algorithm, public)):
        return b""
    return decoded[4:]
