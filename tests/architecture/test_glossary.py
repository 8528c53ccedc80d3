"""术语表: every public noun of the code stands in GLOSSARY.toml with one Chinese and one English word."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from pypinyin import lazy_pinyin

from xiaoneng import events
from xiaoneng.foundation.clauses import references

ROOT = Path(__file__).resolve().parents[2]
TERMS = tomllib.loads((ROOT / "GLOSSARY.toml").read_text("utf-8"))["term"]
LEADING_TERM = re.compile(r"([㐀-鿿][^:：.,。，;；(（ ]*)")


def words(name: str) -> str:
    """ "PlanImported" → "plan imported"; "MerkleTree2" → "merkle tree2"."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", name).lower()


def nouns() -> Iterator[tuple[str, str]]:
    """The classes whose names are vocabulary: tables and facts, each with the term its docstring opens with."""
    classes = [model for model in apps.get_models() if model.__module__.startswith("xiaoneng.")]
    for cls in [*classes, *events.known().values()]:
        if ".tests" in cls.__module__:
            continue
        term = LEADING_TERM.match((cls.__doc__ or "").strip())
        yield cls.__name__, term.group(1) if term else ""


def identifiers() -> set[str]:
    found: set[str] = set()
    for path in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Name):
                found.add(node.id.lower())
            elif isinstance(node, ast.FunctionDef | ast.ClassDef):
                found.add(node.name.lower())
            elif isinstance(node, ast.arg):
                found.add(node.arg.lower())
    return found


def test_every_noun_is_in_the_glossary() -> None:
    known = {(term["zh"], term["en"]) for term in TERMS}
    missing = sorted({(zh, words(name)) for name, zh in nouns()} - known)
    assert missing == []


def test_no_word_has_two_meanings() -> None:
    for key in ("zh", "en"):
        seen = [term[key] for term in TERMS]
        assert sorted(seen) == sorted(set(seen))


def test_every_term_has_a_meaning_and_an_existing_clause() -> None:
    for term in TERMS:
        assert len(term["meaning"]) > 10, term
        clause = term.get("clause", "")
        assert clause == "" or clause == "方案" or clause in references(), term


def test_terms_are_in_alphabetical_order() -> None:
    english = [term["en"] for term in TERMS]
    assert english == sorted(english)


def test_every_module_is_in_the_glossary() -> None:
    known = {term["zh"] for term in TERMS}
    modules = {str(config.verbose_name) for config in apps.get_app_configs() if config.name.startswith("xiaoneng.")}
    assert modules - known == set()


def test_no_identifier_is_pinyin() -> None:
    spelled = {"".join(lazy_pinyin(term["zh"])) for term in TERMS if len(term["zh"]) > 1}
    assert {name for name in identifiers() if name.replace("_", "") in spelled} == set()
