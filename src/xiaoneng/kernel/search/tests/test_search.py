"""Search finds what was written, words of one and two characters too, and only what the viewer may see."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from xiaoneng.kernel.search import api as search
from xiaoneng.kernel.search import queries
from xiaoneng.kernel.search.models import Entry
from xiaoneng.kernel.search.tests.conftest import EVERYBODY, Viewer

quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
chinese = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x4E20), min_size=2, max_size=30)
anything = st.text(max_size=60)
both_ways = pytest.mark.parametrize("few", [0, 300], ids=["walking the index", "looking through"])


def put(object_id: int, title: str, body: str = "", kind: str = "thing") -> None:
    search.index(kind=kind, object_id=object_id, title=title, body=body, url=f"/thing/{object_id}/")


def found(query: str, viewer: Viewer = EVERYBODY, **options: object) -> list[int]:
    return [hit.object_id for hit in search.search(query, viewer=viewer, **options).hits]  # type: ignore[arg-type]


@both_ways
@quick
@given(text=chinese, data=st.data())
def test_every_part_of_a_text_is_found(
    few: int, text: str, data: st.DataObject, ids: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "FEW", few)
    start = data.draw(st.integers(0, len(text) - 1))
    length = data.draw(st.integers(1, len(text) - start))
    put(ids[0], "标题", text)
    put(ids[1], text, "内容")
    assert set(found(text[start : start + length])) >= {ids[0], ids[1]}


@both_ways
@quick
@given(text=chinese, query=st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x4E20), min_size=1, max_size=3))
def test_what_is_found_contains_what_was_sought(
    few: int, text: str, query: str, ids: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "FEW", few)
    put(ids[0], "另", text)
    assert (found(query) == [ids[0]]) == (query in text or query == "另")


@both_ways
@quick
@given(title=anything, body=anything, query=anything)
def test_any_text_is_a_valid_query(
    few: int, title: str, body: str, query: str, ids: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "FEW", few)
    put(ids[0], title, body)
    page = search.search(query, viewer=EVERYBODY)
    assert len(page.hits) <= 1


HOSTILE = [
    *("", "   ", '"', "督*", "title:督", "NEAR(督 查)", "a OR b", "NOT", "-督", "%", "_", "\\", "督{查}", "😀", "𠮷"),
    *("'; DROP TABLE search_entry; --", "\x00", "督\x00查", "\ud800", "督" * 10_000, " ".join("甲乙丙丁戊己庚辛壬癸")),
]


@both_ways
@pytest.mark.parametrize("query", HOSTILE)
@pytest.mark.django_db
def test_hostile_queries_are_harmless(query: str, few: int, ids: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "FEW", few)
    put(ids[0], "督查通报", "半月一次")
    search.search(query, viewer=EVERYBODY)
    assert Entry.objects.count() == 1


def test_a_query_that_is_too_long_says_so(ids: list[int]) -> None:
    assert search.search("督" * 101, viewer=EVERYBODY).cut
    assert search.search("督查", viewer=EVERYBODY).cut is False


@both_ways
def test_forms_of_a_character_are_one(ids: list[int], few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "FEW", few)
    put(ids[0], "推行ＡＢ角制度", "第１３５号；Straße")
    for query in ("ab角", "AB角", "135", "１３５", "strasse", "角制"):
        assert found(query) == [ids[0]], query


@both_ways
def test_all_terms_must_occur_in_any_order(ids: list[int], few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "FEW", few)
    put(ids[0], "督查事项", "按月通报")
    put(ids[1], "督查事项", "按季点评")
    assert found("通报 督查") == [ids[0]]
    assert found("督查、通报") == [ids[0]]
    assert found("督查通报") == []


@both_ways
def test_titles_come_first_then_the_newest(ids: list[int], few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "FEW", few)
    put(ids[0], "公开目录", "")
    put(ids[1], "新闻发布", "主动公开")
    put(ids[2], "公开情况", "")
    put(ids[3], "年报", "公开")
    assert found("公开") == [ids[2], ids[0], ids[3], ids[1]]


@both_ways
def test_only_what_the_viewer_may_see(ids: list[int], few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "FEW", few)
    for object_id in ids:
        put(object_id, "督查事项")
    assert found("督查", Viewer(frozenset(ids[3:5]))) == [ids[4], ids[3]]
    assert found("督查", Viewer(frozenset())) == []


@both_ways
def test_pages_do_not_overlap(ids: list[int], few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "FEW", few)
    monkeypatch.setattr(queries, "PAGE_SIZE", 3)
    for number, object_id in enumerate(ids):
        put(object_id, "督查" if number % 2 else "事项", "督查")
    pages = [search.search("督查", viewer=EVERYBODY, page=number) for number in range(1, 8)]
    seen = [hit.object_id for page in pages for hit in page.hits]
    assert sorted(seen) == ids
    assert seen[:10] == ids[::-2]
    assert [page.has_next for page in pages] == [True] * 6 + [False]
    assert found("督查", page=0) == found("督查", page=1)
    assert found("督查", page=10**9) == []


def test_kinds_can_be_chosen(ids: list[int]) -> None:
    put(ids[0], "督查")
    put(ids[0], "督查", kind="paper")
    assert [hit.label for hit in search.search("督查", viewer=EVERYBODY, kinds=["paper"]).hits] == ["文件"]
    assert search.search("督查", viewer=EVERYBODY, kinds=["unknown"]).hits == []
    assert search.kinds() == {"thing": "事项", "paper": "文件"}


def test_a_change_is_found_and_the_old_words_are_not(ids: list[int]) -> None:
    put(ids[0], "督查事项", "按月通报")
    put(ids[0], "公开事项", "按季点评")
    assert (found("督查"), found("通报"), found("公开"), found("点评")) == ([], [], [ids[0]], [ids[0]])
    search.remove(kind="thing", object_id=ids[0])
    search.remove(kind="thing", object_id=ids[0])
    assert found("公开") == []
    assert Entry.objects.count() == 0


def test_the_index_goes_back_with_the_writers_transaction(ids: list[int]) -> None:
    put(ids[0], "督查事项")

    def change_and_fail() -> None:
        with transaction.atomic():
            put(ids[0], "公开事项")
            raise InterruptedError

    with pytest.raises(InterruptedError):
        change_and_fail()
    assert (found("督查"), found("公开")) == ([ids[0]], [])


def test_many_are_written_in_few_statements(
    ids: list[int], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    items = [search.Item("thing", object_id, f"督查第{object_id}项", "", f"/thing/{object_id}/") for object_id in ids]
    # executemany counts once per batch
    with django_assert_max_num_queries(12):
        search.index_many([*items, *items])
    assert len(found("督查")) == len(ids)


def test_a_kind_is_registered_once() -> None:
    with pytest.raises(ValueError, match="registered twice"):
        search.register("thing", visible=lambda _: Entry.objects.none(), label="别的")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="FTS5 checks itself on SQLite only")
@quick
@given(st.lists(st.tuples(st.integers(0, 5), chinese, chinese), max_size=20))
def test_the_index_stays_whole(ids: list[int], writes: list[tuple[int, str, str]]) -> None:
    for place, title, body in writes:
        if len(title) % 5 == 0:
            search.remove(kind="thing", object_id=ids[place])
        else:
            put(ids[place], title, body)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO search_gram(search_gram) VALUES ('integrity-check')")
