"""代码: parse, check, and say exactly what is wrong. Each reader returns a frozen value or raises `Unreadable`."""

from __future__ import annotations

from xiaoneng.foundation.codes.document_number import DocumentNumber, find_document_numbers, parse_document_number
from xiaoneng.foundation.codes.identity import IdentityNumber, parse_identity
from xiaoneng.foundation.codes.regions import PROVINCES, Region, parse_region
from xiaoneng.foundation.codes.uscc import CreditCode, parse_credit_code

__all__ = [
    "PROVINCES",
    "CreditCode",
    "DocumentNumber",
    "IdentityNumber",
    "Region",
    "find_document_numbers",
    "parse_credit_code",
    "parse_document_number",
    "parse_identity",
    "parse_region",
]
