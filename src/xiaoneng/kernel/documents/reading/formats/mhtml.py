"""单文件网页: the web archive that some systems call .doc."""

from __future__ import annotations

import email
import email.policy

from xiaoneng.foundation.refusals import Unreadable
from xiaoneng.kernel.documents.reading.building import Builder
from xiaoneng.kernel.documents.reading.formats import html


def read(data: bytes, builder: Builder) -> None:
    """读取其中的网页."""
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                html.read(content, builder)
                return
    raise Unreadable("这份单文件网页里没有正文。", remedy="请在浏览器中打开，另存为 html 后重试。")
