"""认格式: what a file is, by its content first and its name second."""

from __future__ import annotations

import io
import re
import zipfile

from xiaoneng.foundation.refusals import Unreadable

KNOWN = "docx、pdf、html、txt、md、xlsx、xls、csv"
SAVE_AS = "请用原来的软件打开，另存为 docx、pdf、html、txt 或 xlsx 后重试。"

_PICTURES = (
    b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a", b"II*\x00", b"MM\x00*", b"RIFF", b"BM",
)  # fmt: skip
_ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08", b"BZh", b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BY_NAME = {
    "txt": "txt", "text": "txt", "": "txt", "md": "md", "markdown": "md", "csv": "csv", "tsv": "csv",
    "html": "html", "htm": "html", "shtml": "html", "xhtml": "html", "mht": "mhtml", "mhtml": "mhtml",
}  # fmt: skip
_STRUCTURED = {"docx", "xlsx", "xls", "doc", "wps", "et", "pdf", "rtf", "odt", "ods", "docm", "xlsm"}
_HTML = re.compile(rb"<!doctype\s+html|<(?:html|head|body|table|tbody|div|p|meta)\b[^<]*>", re.I)
_MHTML = re.compile(rb"\AMIME-Version:.{0,2000}multipart/related", re.I | re.S)


def extension(filename: str) -> str:
    """扩展名, lower case, without the dot."""
    name = re.split(r"[/\\]", filename)[-1].strip()
    return name.rpartition(".")[2].lower() if "." in name else ""


def sniff(data: bytes, filename: str) -> str:
    """格式: the name of a reader in `formats`, or of a format that LibreOffice turns into one.

    Raises `Unreadable` for what cannot be read, saying what the file really is.
    """
    ending = extension(filename)
    if not data.strip(b"\x00 \t\r\n"):
        raise Unreadable("这是一个空文件。", remedy="请检查文件是否上传、下载完整后重试。")
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        return _zip(data, ending)
    if data.startswith(_OLE):
        return _ole(data, ending)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"{\\rtf"):
        return "rtf"
    if data.startswith(_PICTURES) and ending not in _BY_NAME:
        raise Unreadable(
            "这是一张图片，没有可以读取的文字。", remedy="请先做文字识别（OCR），存为 docx 或带文字的 pdf 后重试。"
        )
    if data.startswith(_ARCHIVES):
        raise Unreadable("这是一个压缩包。", remedy="请解压后，逐个提交其中的文件。")
    return _text(data, ending)


def _zip(data: bytes, ending: str) -> str:
    try:
        names = set(zipfile.ZipFile(io.BytesIO(data)).namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise Unreadable(
            "文件已损坏：内部的压缩结构不完整。", remedy="请重新下载，或用原来的软件打开后另存再试。"
        ) from error
    if "word/document.xml" in names or ("_rels/.rels" in names and any(n.startswith("word/") for n in names)):
        return "docx"
    if any(name.startswith("xl/workbook.") for name in names):
        return "xlsx"
    if "OFD.xml" in names:
        raise Unreadable("这是 OFD 版式文件，目前不能读取。", remedy="请用 OFD 阅读器另存或打印为 PDF 后重试。")
    if any(name.startswith("ppt/") for name in names):
        raise Unreadable("这是演示文稿，不能作为方案读取。", remedy="请把文字另存为 docx 后重试。")
    if "content.xml" in names:
        return "ods" if ending in {"ods", "xls", "xlsx"} else "odt"
    if ending in _STRUCTURED:
        raise Unreadable(f"文件已损坏：里面没有 {ending} 应有的正文。", remedy="请用原来的软件打开后另存再试。")
    raise Unreadable("这是一个压缩包。", remedy="请解压后，逐个提交其中的文件。")


def _ole(data: bytes, ending: str) -> str:
    streams = _directory(data)
    if "EncryptedPackage" in streams:
        raise Unreadable("文件设有打开密码。", remedy="请在原来的软件中取消密码，另存后重试。")
    if streams & {"Workbook", "Book"}:
        return "xls"  # an .et of WPS is the same workbook
    if "WordDocument" in streams:
        return "wps" if ending == "wps" else "doc"
    if "PowerPoint Document" in streams:
        raise Unreadable("这是演示文稿，不能作为方案读取。", remedy="请把文字另存为 docx 后重试。")
    if ending in {"wps", "et"}:
        return ending
    raise Unreadable("文件已损坏，或不是能读取的格式。", remedy=SAVE_AS)


def _directory(data: bytes) -> set[str]:
    """Names of the streams that matter, found where an OLE directory can hold them: at multiples of 128."""
    found = set()
    for name in ("EncryptedPackage", "Workbook", "Book", "WordDocument", "PowerPoint Document"):
        needle = name.encode("utf-16-le") + b"\x00\x00"
        at = data.find(needle)
        while at >= 0:
            if at % 128 == 0:
                found.add(name)
                break
            at = data.find(needle, at + 1)
    return found


def _text(data: bytes, ending: str) -> str:
    if _MHTML.match(data[:4096]):
        return "mhtml"
    head = data[:4096].replace(b"\x00", b"")  # so that a UTF-16 page is recognised
    if ending not in {"md", "markdown", "csv", "tsv"} and _looks_html(head):
        return "html"
    if ending in _BY_NAME:
        return _BY_NAME[ending]
    if ending in _STRUCTURED:
        raise Unreadable(f"文件名是 .{ending}，内容却不是：文件已损坏，或扩展名不对。", remedy=SAVE_AS)
    raise Unreadable(f"不认识扩展名“.{ending[:20]}”。", remedy=f"能读取的有：{KNOWN}。")


def _looks_html(head: bytes) -> bool:
    """A page begins with markup; a text that merely mentions a tag does not."""
    found = _HTML.search(head)
    if not found:
        return False
    before = re.sub(
        rb"<!--.*?(?:-->|\Z)|<\?xml[^>]*>|\xef\xbb\xbf|\xff\xfe|\xfe\xff", b"", head[: found.start()], flags=re.S
    )
    return not before.strip() or before.lstrip().startswith(b"<")
