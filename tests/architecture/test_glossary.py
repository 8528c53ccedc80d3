"""术语表: every public noun of the code stands in GLOSSARY.toml with one Chinese and one English word."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from pypinyin import lazy_pinyin

from xiaoneng import events
from xiaoneng.foundation import actors, blocks, clauses, limits, refusals
from xiaoneng.programme.reading import plan

ROOT = Path(__file__).resolve().parents[2]
TERMS = tomllib.loads((ROOT / "GLOSSARY.toml").read_text("utf-8"))["term"]
LEADING_TERM = re.compile(r"((?:[A-Z]{2} )?[\u3400-\u9fff][^:：.,。；;(（ ]*)")
VALUES = (actors, blocks, clauses, limits, plan, refusals)


def words(name: str) -> str:
    """ "PlanImported" → "plan imported"; "MerkleTree2" → "merkle tree2"."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", name).lower()


def is_shipped(module: str) -> bool:
    return module.startswith("xiaoneng.") and ".test" not in module


def leading_term(cls: type) -> str:
    found = LEADING_TERM.match((cls.__doc__ or "").strip())
    return found.group(1) if found else ""


def nouns() -> Iterator[tuple[str, str]]:
    """The classes whose names are vocabulary: tables and shared values, each with the term its docstring opens with."""
    tables = [model for model in apps.get_models() if is_shipped(model.__module__)]
    values = [
        value
        for module in VALUES
        for value in vars(module).values()
        if isinstance(value, type) and value.__module__ == module.__name__
    ]
    for cls in [*tables, *values]:
        if is_shipped(cls.__module__):
            yield leading_term(cls), words(cls.__name__)


def facts() -> dict[str, type[events.Fact]]:
    for module in pkgutil.iter_modules(events.__path__):
        importlib.import_module(f"xiaoneng.events.{module.name}")
    return {kind: fact for kind, fact in events.known().items() if ".tests" not in fact.__module__}


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
    assert sorted(set(nouns()) - known) == []


def test_every_fact_opens_with_a_chinese_term_of_its_own() -> None:
    terms = {kind: leading_term(fact) for kind, fact in facts().items()}
    assert [kind for kind, term in terms.items() if not term] == []
    assert len(set(terms.values())) == len(terms), sorted(terms.values())


def test_a_planted_noun_is_missed() -> None:
    class Ballot:
        """选票: a planted noun."""

    assert (leading_term(Ballot), words("Ballot")) not in {(term["zh"], term["en"]) for term in TERMS}


def test_no_word_has_two_meanings() -> None:
    for key in ("zh", "en"):
        seen = [term[key] for term in TERMS]
        assert sorted(seen) == sorted(set(seen))


def test_every_term_has_a_meaning_and_an_existing_clause() -> None:
    for term in TERMS:
        assert len(term["meaning"]) > 10, term
        clause = term.get("clause", "")
        assert clause == "" or clause == "方案" or clause in clauses.references(), term


def test_terms_are_in_alphabetical_order() -> None:
    english = [term["en"] for term in TERMS]
    assert english == sorted(english)


def test_every_module_is_in_the_glossary() -> None:
    known = {term["zh"] for term in TERMS}
    modules = {str(config.verbose_name) for config in apps.get_app_configs() if is_shipped(config.name)}
    assert modules - known == set()


def test_no_identifier_is_pinyin() -> None:
    spelled = {"".join(lazy_pinyin(term["zh"])) for term in TERMS if len(term["zh"]) > 1}
    assert {name for name in identifiers() if name.replace("_", "") in spelled} == set()
