"""生成形近音近数据: writes sounds.txt, shapes.txt, freedom.txt and real.txt beside this file. Run once, by hand.

    uv run --with jieba,pypinyin,pillow,numpy python -m xiaoneng.programme.reading.findings.data.generate FONT [TEXT …]

Sounds come from pypinyin's readings. Shapes come from the glyphs of FONT (a CJK font file): two characters are alike
where their blurred images, or the images of their halves, correlate. `freedom.txt` holds for each character how freely
it ends and begins words, and `real.txt` the real two-character combinations one slip away from a word of words.txt;
both are counted from jieba's dictionary (MIT). Combinations met in the clean TEXT files count as real too.
"""

from __future__ import annotations

import math
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
BLUR = (
    (re.compile(r"^([zcs])h"), r"\1"),
    (re.compile(r"^n(?!g)"), "l"),
    (re.compile(r"ng$"), "n"),
    (re.compile(r"^hu"), "fu"),
)
# Second readings that make a slip of the ear possible; pypinyin's first reading is always taken.
MORE_READINGS = """
    调=tiao 行=hang 重=chong 长=chang 率=lv 还=huan 数=shu 降=xiang 系=ji 参=shen 传=zhuan 弹=dan 度=duo 恶=wu
    更=geng 供=gong 会=kuai 价=jia 将=jiang 角=jue 校=jiao 觉=jiao 卡=qia 壳=qiao 量=liang 露=lou 模=mu 难=nan
    强=jiang 切=qie 曲=qu 塞=se 省=xing 识=zhi 宿=su 提=di 委=wei 为=wei 相=xiang 削=xue 血=xie 应=ying 脏=zang
    曾=zeng 扎=zha 占=zhan 折=she 着=zhuo 中=zhong 种=zhong 作=zuo 乐=yue 朝=zhao 藏=zang 处=chu 盛=cheng 差=chai
"""


def characters(level: int) -> list[str]:
    """GB 2312 汉字: level 1, 3,755 characters in everyday use; level 2, 3,008 less common ones."""
    rows = (bytes((h, t)) for h in range(0xB0, 0xF8) for t in range(0xA1, 0xFF) if not (h == 0xD7 and t > 0xF9))
    return [b.decode("gb2312") for b in rows if (b[0] < 0xD8) == (level == 1)]


def listed(name: str) -> list[str]:
    lines = (HERE / name).read_text("utf-8").splitlines()
    return list(dict.fromkeys(word for line in lines if not line.startswith("#") for word in line.split()))


def blurred(syllable: str) -> str:
    """模糊音: zh/z, ch/c, sh/s, n/l, an/ang, en/eng, in/ing and hu/fu are not told apart."""
    for pattern, replacement in BLUR:
        syllable = pattern.sub(replacement, syllable)
    return syllable


def sounds(chars: list[str]) -> dict[str, set[str]]:
    from pypinyin import Style, pinyin

    table: dict[str, set[str]] = {c: {pinyin(c, style=Style.NORMAL)[0][0]} for c in chars}
    for c, reading in (pair.split("=") for pair in MORE_READINGS.split()):
        if c in table:
            table[c].add(reading)
    return table


def shapes(
    chars: list[str], font: str, everyday: set[str], wanted: set[str], *, nearest: int = 10, least: float = 0.6
) -> dict[str, set[str]]:
    import numpy as np
    from PIL import Image, ImageDraw, ImageFilter, ImageFont

    # A collection of the Noto CJK kind holds JP, KR, SC, TC in this order.
    face = ImageFont.truetype(font, 48, index=2 if font.endswith(".ttc") else 0)

    def image(c: str) -> Any:
        picture = Image.new("L", (56, 56), 0)
        ImageDraw.Draw(picture).text((4, -8), c, font=face, fill=255)
        return np.asarray(picture.filter(ImageFilter.GaussianBlur(1.2)), dtype=np.float32)

    glyphs = np.stack([image(c) for c in chars])

    def correlation(part: Any) -> Any:
        rows = part.reshape(len(part), -1)
        rows = rows / np.linalg.norm(rows, axis=1, keepdims=True).clip(1e-6)
        rows = rows - rows.mean(0)
        rows = rows / np.linalg.norm(rows, axis=1, keepdims=True).clip(1e-6)
        return rows @ rows.T

    halves = [correlation(p) for p in (glyphs[:, :, :26], glyphs[:, :, 24:], glyphs[:, :28], glyphs[:, 26:])]
    score = correlation(glyphs) + 0.35 * np.maximum.reduce(halves)
    np.fill_diagonal(score, -9)
    table: dict[str, set[str]] = defaultdict(set)

    def pair_up(rows: list[int], columns: list[int], most: int) -> None:
        for i in rows:
            for j in sorted(columns, key=lambda j: -score[i, j])[:most]:
                if score[i, j] >= least:
                    table[chars[i]].add(chars[j])
                    table[chars[j]].add(chars[i])

    # A character out of everyday use matters only where it may stand for one of the lexicon's.
    common = [i for i, c in enumerate(chars) if c in everyday]
    pair_up(common, common, nearest)
    pair_up([i for i, c in enumerate(chars) if c not in everyday], [i for i, c in enumerate(chars) if c in wanted], 4)
    return table


def dictionary() -> dict[str, int]:
    import jieba  # type: ignore[import-not-found, unused-ignore]

    lines = (Path(jieba.__file__).parent / "dict.txt").read_text("utf-8").splitlines()
    return {word: int(count) for word, count, *_ in (line.split() for line in lines)}


def main(font: str, texts: list[str]) -> None:
    everyday = characters(1)
    chars = everyday + characters(2)
    wanted = set("".join(w for name in ("words.txt", "general.txt", "phrases.txt") for w in listed(name)))
    heard, seen = sounds(chars), shapes(chars, font, set(everyday), wanted)
    groups: dict[str, set[str]] = defaultdict(set)
    for c, readings in heard.items():
        for reading in readings:
            groups[blurred(reading)].add(c)
    lines = [f"{sound} {''.join(sorted(group))}" for sound, group in sorted(groups.items())]
    (HERE / "sounds.txt").write_text("\n".join(lines) + "\n", "utf-8")
    lines = [f"{c} {''.join(sorted(x for x in seen[c] if x > c))}" for c in sorted(seen) if any(x > c for x in seen[c])]
    (HERE / "shapes.txt").write_text("\n".join(lines) + "\n", "utf-8")

    counts = dictionary()
    ends: Counter[str] = Counter()
    begins: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    for word, count in counts.items():
        ends[word[-1]] += count
        begins[word[0]] += count
        if len(word) > 2:
            for i in range(len(word) - 1):
                inside[word[i : i + 2]] += count
    total = sum(counts.values())

    def level(count: int) -> str:
        """A letter per halving of the frequency: a = every other word, z = never."""
        return chr(97 + min(25, round(-math.log2(count / total)))) if count else "z"

    lines = [f"{c}{level(ends[c])}{level(begins[c])}" for c in everyday]
    (HERE / "freedom.txt").write_text("\n".join(lines) + "\n", "utf-8")

    alike: dict[str, set[str]] = defaultdict(set)
    for group in groups.values():
        for c in group:
            alike[c] |= group - {c}
    met: Counter[str] = Counter()
    for path in texts:
        text = Path(path).read_text("utf-8", "replace")
        met.update(text[i : i + 2] for i in range(len(text) - 1))
    known = {*listed("words.txt"), *listed("general.txt")}
    real = {
        slip
        for word in known
        for at in (0, 1)
        for c in alike[word[at]] | seen[word[at]]
        if (slip := word[:at] + c + word[at + 1 :]) not in known
        and (counts.get(slip, 0) > 5 or inside[slip] > 20 or met[slip])
    }
    seconds: dict[str, str] = defaultdict(str)
    for pair in sorted(real):
        seconds[pair[0]] += pair[1]
    (HERE / "real.txt").write_text("\n".join(f"{a} {b}" for a, b in seconds.items()) + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
