"""读方案: a document becomes a plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from xiaoneng.foundation.blocks import Document, Paragraph, Table
from xiaoneng.programme.reading.assign import Assigned, clause_tasks
from xiaoneng.programme.reading.cadences import find_cadences
from xiaoneng.programme.reading.clauses import FIRST_LEADS
from xiaoneng.programme.reading.duties import prose_tasks
from xiaoneng.programme.reading.findings import find_findings
from xiaoneng.programme.reading.flattened import find_flattened
from xiaoneng.programme.reading.header import Header, read_header
from xiaoneng.programme.reading.layout import Part, lay_out
from xiaoneng.programme.reading.outline import Outline, outline
from xiaoneng.programme.reading.parts import leading_group, measures, slogans
from xiaoneng.programme.reading.plan import Plan
from xiaoneng.programme.reading.rows import unnumbered
from xiaoneng.programme.reading.tables import Shape, goes_on, shape_of, table_tasks
from xiaoneng.programme.reading.targets import find_targets

# Fewer rows than this are a form or an example, not the plan's division of work.
_FEW_ROWS = 3


def read_plan(document: Document) -> Plan:
    """读方案: header, outline, tasks, targets, cadences and findings of one document. Never raises on any blocks."""
    layout = lay_out(document)
    header = read_header(layout, document)
    first_leads = any(isinstance(p, Paragraph) and FIRST_LEADS.search(p.text) for p in layout.parts)
    rows, running = tabled_tasks(layout.parts, header, first_leads)
    whole = outline(running, header.end, header.foot)
    clauses = clause_tasks(whole, header, first_leads)
    body = measures(clauses, whole)
    found = list(rows)
    if not covers(rows, whole):
        found += clauses
    if len(rows) < _FEW_ROWS:
        found += prose_tasks(whole, header, assigned_elsewhere=bool(clauses or rows))
    found.sort(key=lambda a: a.place)
    tasks = tuple(replace(a.task, number=i) for i, a in enumerate(found, 1))
    plan = Plan(
        title=header.title,
        issuer=header.issuer,
        document_number=header.document_number,
        issued_on=header.issued_on,
        recipients=header.recipients,
        group=leading_group(layout.parts),
        sections=tuple(whole.sections),
        measures=body,
        tasks=tasks,
        targets=find_targets(tasks),
        cadences=find_cadences(tasks),
        slogans=slogans(layout.parts),
    )
    return replace(plan, findings=find_findings(document, plan))


def tabled_tasks(parts: Sequence[Part], header: Header, first_leads: bool) -> tuple[list[Assigned], list[Part]]:
    """表中任务, and the parts with the tables taken out (each replaced by nothing but its place)."""
    found: list[Assigned] = []
    shape: Shape | None = None
    for i, part in enumerate(parts):
        if not isinstance(part, Table):
            continue
        own = shape_of(part)
        continued = own is None and shape is not None and goes_on(part, shape)
        shape = own or (shape if continued else None)
        if shape is None:
            continue
        tasks = table_tasks(part, shape, issued_on=header.year_of, first_leads=first_leads, continued=continued)
        found += [Assigned((i, n), task) for n, task in enumerate(tasks)]
    running: list[Part] = list(parts)
    for table in find_flattened(parts, issued_on=header.year_of, first_leads=first_leads, stops=header.foot):
        found += [Assigned((table.start, n), task) for n, task in enumerate(table.tasks)]
        for i in range(table.start, table.end):
            running[i] = Table((), parts[i].line)
    return found, running


def covers(rows: Sequence[Assigned], whole: Outline) -> bool:
    """分解表覆盖正文: whether the table divides the very measures of the body, so that its rows are the tasks."""
    named = {x for a in rows for x in (a.task.measure, a.task.action) if x}
    if not named:
        return False
    titles = {unnumbered(s.title) for s in whole.sections}
    return 2 * len(named & titles) >= len(named)
