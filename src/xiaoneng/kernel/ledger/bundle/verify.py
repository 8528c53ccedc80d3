"""离线核验: python verify.py DIR, or python verify.py PROOF.json

Verifies an exported ledger, or the proof of one event, with nothing but Python's standard library and `cryptography`;
knows nothing of the system that wrote it. Each line of events.jsonl is the data of one leaf of the Merkle tree of
RFC 9162; heads are signed notes (C2SP tlog-checkpoint), countersignatures are C2SP tlog-cosignature lines.
Exit status: 0 all is well, 1 something is not.
"""

import json
import sys
from base64 import b64decode
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

problems: list[str] = []


def check(condition: bool, message: str) -> None:
    if not condition:
        problems.append(message)


def entries_of(path: Path) -> Iterator[Any]:
    return (json.loads(line) for line in lines(path))


def lines(path: Path) -> Iterator[bytes]:
    with open(path, "rb") as file:
        for line in file:
            yield line.removesuffix(b"\n")


def signed(public: bytes, signature: bytes, message: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def fingerprint(public: bytes) -> str:
    return sha256(public).hexdigest()[:16]


def signature_of(line: str, name: str, algorithm: int, public: bytes) -> bytes:
    """The signature in a line "— name base64(key id ‖ signature)"; empty if it is not of this key."""
    dash, signer, encoded = line.strip("\n").split(" ")
    decoded = b64decode(encoded, validate=True)
    key_id = sha256(name.encode() + b"\n" + bytes([algorithm]) + public).digest()[:4]
    return decoded[4:] if (dash, signer, decoded[:4]) == ("—", name, key_id) else b""


def read_keys(entries: Iterable[Any]) -> dict[int, bytes]:
    """Each key is introduced by a statement that the key before it and the key itself signed."""
    keys: dict[int, bytes] = {}
    before = b""
    for entry in entries:
        public, statement = bytes.fromhex(entry["public"]), entry["statement"].encode()
        said = json.loads(statement)
        fits = (said["ledger_key"], said["before"], said["number"]) == (public.hex(), before.hex(), len(keys) + 1)
        good = signed(public, bytes.fromhex(entry["signature"]), statement)
        if before:
            good = good and signed(before, bytes.fromhex(entry["signature_before"]), statement)
        check(fits and good, f"第 {len(keys) + 1} 把密钥的启用声明无效。")
        keys[len(keys) + 1] = before = public
    return keys


def read_heads(entries: Iterable[Any], keys: dict[int, bytes]) -> tuple[dict[int, bytes], dict[int, str]]:
    """Roots and note bodies by size, of heads whose signature is good."""
    name = f"xiaoneng-ledger-{fingerprint(keys[1])}"
    roots: dict[int, bytes] = {}
    bodies: dict[int, str] = {}
    for entry in entries:
        body, _, line = entry["note"].partition("\n\n")
        origin, size, root, _ = body.split("\n")
        public = keys[entry["key"]]
        good = origin == name and signed(public, signature_of(line, name, 1, public), f"{body}\n".encode())
        check(good, f"{size} 条处的树头签名无效。")
        roots[int(size)], bodies[int(size)] = b64decode(root, validate=True), body
    return roots, bodies


def check_cosignatures(entries: Iterable[Any], bodies: dict[int, str]) -> dict[str, int]:
    witnesses: dict[str, int] = {}
    for entry in entries:
        public = bytes.fromhex(entry["public"])
        signature = signature_of(entry["line"], entry["witness"], 4, public)
        seconds = int.from_bytes(signature[:8], "big")
        message = f"cosignature/v1\ntime {seconds}\n{bodies[entry['size']]}\n".encode()
        good = signed(public, signature[8:], message)
        check(good, f"见证方“{entry['witness']}”在 {entry['size']} 条处的签名无效。")
        who = f"{entry['witness']}（公钥指纹 {fingerprint(public)}）"
        witnesses[who] = max(entry["size"], witnesses.get(who, 0))
    return witnesses


def check_events(folder: Path, roots: dict[int, bytes]) -> tuple[int, dict[str, Any]]:
    """Rebuild the tree line by line; the number of events, and what the last event of each subject sealed."""
    full: list[tuple[int, bytes]] = []  # roots of full subtrees, largest first
    sealed: dict[str, Any] = {}
    size = 0
    for text in lines(folder / "events.jsonl"):
        level, value = 0, sha256(b"\x00" + text).digest()
        while full and full[-1][0] == level:
            value = sha256(b"\x01" + full.pop()[1] + value).digest()
            level += 1
        full.append((level, value))
        size += 1
        if size in roots:
            root = full[-1][1]
            for _, left in full[-2::-1]:
                root = sha256(b"\x01" + left + root).digest()
            check(
                root == roots[size], f"前 {size} 条事件算出的树根与签名的树头不符：其中有事件被改动、删除、插入或换位。"
            )
        event = json.loads(text)
        if "subject" in event:
            sealed[event["subject"]] = None if event.get("retired") else event["digest"]
    check(max(roots, default=0) == size, f"最新树头覆盖 {max(roots, default=0)} 条，而事件有 {size} 条。")
    return size, sealed


def check_rows(folder: Path, sealed: dict[str, Any]) -> tuple[int, int]:
    """Each row is what its last event sealed, and no row is missing; how many, and how many are newer than the tree."""
    rows = newer = 0
    alive = {subject for subject, digest in sealed.items() if digest is not None}
    for text in lines(folder / "rows.jsonl"):
        row = json.loads(text)
        subject = row["subject"]
        rows += 1
        alive.discard(subject)
        if row.get("pending"):
            newer += 1
            continue
        digest = row["digest"]
        if "content" in row:
            digest = sha256(bytes.fromhex(row["salt"]) + row["content"].encode()).hexdigest()
            label, _, key = subject.partition(":")
            check(json.loads(row["content"])[:2] == [label, key], f"{subject} 的内容写的是别的行。")
        check(digest == row["digest"] == sealed.get(subject), f"{subject} 与其最后一次记账不符。")
    for subject in sorted(alive)[:100]:
        check(False, f"{subject} 在台账中有记账，而业务数据中没有这一行。")
    return rows, newer


def check_inclusion(proof: dict[str, Any], root: bytes) -> None:
    """RFC 9162 §2.1.3.2."""
    place, last, value = proof["position"], proof["size"] - 1, bytes.fromhex(proof["leaf"])
    good = 0 <= place <= last
    if "content" in proof:
        good = good and sha256(b"\x00" + proof["content"].encode()).digest() == value
    for sibling in map(bytes.fromhex, proof["inclusion"]):
        good = good and last > 0
        if place & 1 or place == last:
            value = sha256(b"\x01" + sibling + value).digest()
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            value = sha256(b"\x01" + value + sibling).digest()
        place, last = place >> 1, last >> 1
    check(good and last == 0 and value == root, f"位置 {proof['position']} 的事件不在签名的树头之下。")


def verify_bundle(folder: Path) -> tuple[str, dict[int, bytes], dict[str, int]]:
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    keys = read_keys(entries_of(folder / "keys.jsonl"))
    roots, bodies = read_heads(entries_of(folder / "heads.jsonl"), keys)
    witnesses = check_cosignatures(entries_of(folder / "cosignatures.jsonl"), bodies)
    size, sealed = check_events(folder, roots)
    rows, newer = check_rows(folder, sealed)
    check(manifest["size"] == size, f"清单写明 {manifest['size']} 条事件，实有 {size} 条。")
    check(manifest["rows"] == rows, f"清单写明 {manifest['rows']} 行业务数据，实有 {rows} 行。")
    summary = f"{size} 条事件、{len(roots)} 个树头、{rows} 行业务数据全部相符"
    if newer:
        summary += f"（其中 {newer} 行在导出时刚有变动，其最后一次记账尚未编入）"
    return summary, keys, witnesses


def verify_proof(path: Path) -> tuple[str, dict[int, bytes], dict[str, int]]:
    proof = json.loads(path.read_text("utf-8"))
    keys = read_keys(proof["keys"])
    roots, bodies = read_heads([proof["head"]], keys)
    witnesses = check_cosignatures(proof["cosignatures"], bodies)
    check_inclusion(proof, roots[proof["size"]])
    what = proof.get("content", f"树叶 {proof['leaf']}（不含内容）")
    return f"台账位置 {proof['position']} 的事件在 {proof['size']} 条的树头之下：{what}", keys, witnesses


def main(path: Path) -> int:
    try:
        summary, keys, witnesses = verify_bundle(path) if path.is_dir() else verify_proof(path)
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError) as error:
        problems.append(f"内容不完整或格式被破坏（{type(error).__name__}: {error}）。")
    for problem in problems:
        print(f"✗ {problem}")
    if problems:
        print(f"核验不通过：{len(problems)} 个问题。")
        return 1
    print(f"✓ {summary}。")
    print(f"台账首把公钥指纹 {fingerprint(keys[1])}，现用公钥指纹 {fingerprint(keys[max(keys)])}：请与公布的指纹核对。")
    for who, upto in witnesses.items():
        print(f"见证方 {who}：已见证至 {upto} 条。")
    if not witnesses:
        print("! 没有见证方的签名：只能证明前后一致，不能排除台账被整本重写。")
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("用法：python verify.py 存证包目录（或单条证明的 JSON 文件）")
    sys.exit(main(Path(sys.argv[1])))
