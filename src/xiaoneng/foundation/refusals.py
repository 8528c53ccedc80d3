"""拒绝: a refusal always says why, on what basis, and what can be done instead."""

from __future__ import annotations

from dataclasses import dataclass


class Refused(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """拒绝办理: an act that the rules do not allow, told to whoever asked for it.

    `reason` is a Chinese sentence for a person; `basis` names the law article or the plan
    clause ("方案 1(1)", "行政许可法 32"); `remedy` says what to do next.
    """

    def __init__(self, reason: str, *, basis: str = "", remedy: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.basis = basis
        self.remedy = remedy

    def __str__(self) -> str:
        sentence = self.reason
        if self.basis:
            sentence += f"（依据：{self.basis}）"
        if self.remedy:
            sentence += f" {self.remedy}"
        return sentence


class Unreadable(Refused):
    """无法读取: an input (file, text, code) that cannot be taken as what it claims to be."""


class Conflict(Refused):
    """已被他人办理: somebody else was first; nothing of this attempt was kept."""


@dataclass(frozen=True, slots=True)
class Answer:
    """准否: the answer of a policy, true or false, with its reason and basis when false."""

    allowed: bool
    reason: str = ""
    basis: str = ""

    def __bool__(self) -> bool:
        return self.allowed

    def require(self) -> None:
        """Raises `Refused` with the reason when the answer is no."""
        if not self.allowed:
            raise Refused(self.reason, basis=self.basis)


ALLOWED = Answer(True)


def denied(reason: str, *, basis: str = "") -> Answer:
    """不准: a negative answer with its reason."""
    return Answer(False, reason, basis)
