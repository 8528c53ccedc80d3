"""旧式 xls 工作簿: read in a process of its own, because the parser may end its process over a damaged file."""

from __future__ import annotations

import json

from xiaoneng.foundation.refusals import Unreadable
from xiaoneng.kernel.documents.reading import isolation
from xiaoneng.kernel.documents.reading.building import Builder
from xiaoneng.kernel.documents.reading.formats.sheets import Sheet

_REMEDY = "请用原来的软件打开，另存为 xlsx 后重试。"
_REFUSALS = {"password": "文件设有打开密码。", "broken": "文件已损坏，工作簿打不开。", "cells": "工作簿的单元格过多。"}


def sheets(data: bytes, builder: Builder) -> list[Sheet]:
    """各工作表."""
    output = isolation.run(
        f"{__package__}.xls_process", str(builder.meter.limits.cells), given=data, seconds=builder.meter.seconds_left
    )
    answer = json.loads(output)
    if "refused" in answer:
        raise Unreadable(_REFUSALS[answer["refused"]], remedy=_REMEDY)
    for name in answer["hidden"]:
        builder.note(f"工作表“{name}”是隐藏的，没有读取。")
    found = []
    for name, cells, merged in answer["sheets"]:
        builder.meter.add_cells(len(cells))
        sheet = Sheet(name, {(row, column): text for row, column, text in cells}, [tuple(m) for m in merged])
        for top, left, _, _ in sheet.merged:
            sheet.cells.setdefault((top, left), "")
        found.append(sheet)
    return found
