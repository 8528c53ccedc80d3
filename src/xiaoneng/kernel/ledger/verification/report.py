"""核验结果."""

from __future__ import annotations

from dataclasses import dataclass, field

KEPT = 100
SHOWN = 1000


@dataclass(frozen=True, slots=True)
class Finding:
    """问题: `code` for programs, `where` a position, subject or file, `message` a Chinese sentence."""

    code: str
    where: str
    message: str

    def __str__(self) -> str:
        return self.message


@dataclass
class Report:
    """核验报告: of `size` events in the tree and `pending` not yet in it, `rows` business rows."""

    size: int
    pending: int = 0
    rows: int = 0
    heads: int = 0
    count: int = 0
    findings: list[Finding] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return self.count == 0

    def add(self, code: str, where: object, message: str) -> None:
        # A ledger destroyed from end to end must not fill the memory with complaints.
        self.count += 1
        if len(self.findings) < SHOWN:
            self.findings.append(Finding(code, str(where), message))
