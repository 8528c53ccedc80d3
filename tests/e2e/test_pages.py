"""Every page at two widths: accessible, within the window, photographed for whoever wants to look."""

from __future__ import annotations

import pytest

from tests.e2e.conftest import Visit, check_all
from xiaoneng.kernel.ledger import api as ledger
from xiaoneng.kernel.organisation.testing import Office
from xiaoneng.programme.api import Programme
from xiaoneng.programme.testing import make_draft, plan_reading
from xiaoneng.ui import bundle
from xiaoneng.ui.templatetags import ui as tags

STAFF = {
    "home": "/",
    "board": "/board/",
    "board-empty": "/board/?state=done",
    "print": "/board/print/",
    "offices": "/offices/",
    "calendar": "/calendar/",
    "search": "/search/?q=证明",
    "search-none": "/search/?q=没有的词",
    "deadline": "/deadline/?start=2016-09-29&amount=5&unit=wd",
    "drafts": "/programme/import/",
    "ledger": "/ledger/",
    "organisation": "/organisation/",
    "people": "/organisation/people/",
    "me": "/organisation/me/",
    "worktime": "/worktime/",
    "password": "/accounts/password/change/",
    "two-steps": "/accounts/2fa/",
}
ADMIN = {
    "admin-home": "/",
    "admin-people": "/organisation/people/",
    "admin-person": "/organisation/people/new",
    "admin-roles": "/organisation/roles/",
    "admin-unit": "/organisation/units/new",
    "admin-import": "/organisation/import/",
}
OPEN = {"sign-in": "/accounts/login/", "not-found": "/nothing/here/"}


@pytest.fixture(params=["bundle", "plain"])
def look(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """With Tabler and ECharts, and without: both are the product."""
    if request.param == "bundle" and bundle.bundle() is None:
        pytest.skip("the front end was not built here")
    if request.param == "plain":
        monkeypatch.setattr(tags, "bundle", lambda: None)
    return "" if request.param == "bundle" else "-plain"


def test_pages_of_the_staff(people: Office, programme: Programme, visit: Visit, look: str) -> None:
    task = programme.tasks.get(number=1)
    draft = make_draft(plan_reading(title="另一份方案", document_number="云政办发〔2026〕9号"), text="另一份方案")
    revision = make_draft(plan_reading(issuer="云溪市人民政府"), text="修订稿")
    one = people.units["综合一处"].pk
    paths = STAFF | {
        "task": f"/programme/task/{task.pk}/",
        "programme": f"/programme/{programme.pk}/",
        "document": f"/programme/{programme.pk}/document/1/",
        "review": f"/programme/import/{draft.pk}/",
        "difference": f"/programme/import/{revision.pk}/difference/",
        "office": f"/offices/{one}/",
        "unit": f"/organisation/units/{one}/",
        "event": ledger.history(task)[0].url,
    }
    check_all(visit, people.supervisor, paths, look)


def test_pages_of_the_administrator(people: Office, visit: Visit, look: str) -> None:
    check_all(visit, people.admin, ADMIN, look)


def test_pages_before_signing_in(people: Office, visit: Visit, look: str) -> None:
    check_all(visit, None, OPEN, look)


def test_pages_before_any_plan(people: Office, visit: Visit, look: str) -> None:
    check_all(visit, people.supervisor, {"empty-home": "/", "empty-board": "/board/"}, look)
