"""Word 文档: what a reader sees on the page: list numbers shown, deleted text gone, text boxes in place."""

from __future__ import annotations

from xiaoneng.foundation.refusals import Unreadable
from xiaoneng.kernel.documents.reading.building import Builder, tidy
from xiaoneng.kernel.documents.reading.formats.docx.body import Body
from xiaoneng.kernel.documents.reading.formats.docx.names import words
from xiaoneng.kernel.documents.reading.formats.docx.numbering import Numbering
from xiaoneng.kernel.documents.reading.formats.docx.styles import Styles
from xiaoneng.kernel.documents.reading.package import Package


def read(data: bytes, builder: Builder) -> None:
    """读取文档."""
    package = Package(data, builder.meter)
    main = next((t for kind, t in package.relations("").values() if kind == "officeDocument"), "word/document.xml")
    root = package.tree(main)
    body = None if root is None else next((e for e in root if words(e) == "body"), None)
    if body is None:
        raise Unreadable("文件已损坏：里面没有 docx 应有的正文。", remedy="请用原来的软件打开后另存再试。")
    relations = package.relations(main)
    parts = {kind: target for kind, target in relations.values() if kind in {"styles", "numbering"}}
    styles = Styles(package.tree(parts.get("styles", "word/styles.xml")))
    numbering = Numbering(package.tree(parts.get("numbering", "word/numbering.xml")))
    _metadata(package, builder)
    Body(builder, styles, numbering, package, relations).read(body)


def _metadata(package: Package, builder: Builder) -> None:
    core = package.tree("docProps/core.xml")
    for element in core if core is not None else ():
        name = element.tag.rpartition("}")[2]
        if name in {"title", "subject", "creator", "created", "modified", "keywords"} and element.text:
            builder.metadata[name] = tidy(element.text)[:500]
