"""The fonts on paper: which families a text needs, and how they are declared.

Every family is one file per weight, because the renderer mixes up the glyphs of several files that share a
family and a weight. Only the families whose letters occur are declared, so that a plain document stays fast.
"""

from __future__ import annotations

from bisect import bisect_left

FOLDER = "fonts/paper"
ALWAYS = ("Inter", "NotoSans")  # Latin, Greek and Cyrillic with all their marks
CHINESE = "NotoSansSC"
WEIGHTS = {"Regular": 400, "SemiBold": 600, "Bold": 700}
BOLDER = {
    "Inter": ("Regular", "SemiBold", "Bold"),
    "NotoSans": ("Regular", "Bold"),
    CHINESE: ("Regular", "Bold"),
}

# A family is named like its file. The ranges are blocks of Unicode; a family is asked for a glyph in this order.
RANGES: dict[str, tuple[tuple[int, int], ...]] = {
    "NotoSansCoptic": (
        (0x03E2, 0x03EF),
        (0x2C80, 0x2CFF),
    ),
    "NotoSansArmenian": (
        (0x0530, 0x058F),
        (0xFB13, 0xFB17),
    ),
    "NotoSansHebrew": (
        (0x0590, 0x05FF),
        (0xFB1D, 0xFB4F),
    ),
    "NotoSansArabic": (
        (0x0600, 0x06FF),
        (0x0750, 0x077F),
        (0x08A0, 0x08FF),
        (0xFB50, 0xFDFF),
        (0xFE70, 0xFEFF),
    ),
    "NotoSansSyriac": ((0x0700, 0x074F),),
    "NotoSansThaana": ((0x0780, 0x07BF),),
    "NotoSansNKo": ((0x07C0, 0x07FF),),
    "NotoSansSamaritan": ((0x0800, 0x083F),),
    "NotoSansMandaic": ((0x0840, 0x085F),),
    "NotoSansDevanagari": (
        (0x0900, 0x097F),
        (0x1CD0, 0x1CFF),
        (0xA8E0, 0xA8FF),
    ),
    "NotoSansBengali": ((0x0980, 0x09FF),),
    "NotoSansGurmukhi": ((0x0A00, 0x0A7F),),
    "NotoSansGujarati": ((0x0A80, 0x0AFF),),
    "NotoSansOriya": ((0x0B00, 0x0B7F),),
    "NotoSansTamil": ((0x0B80, 0x0BFF),),
    "NotoSansTelugu": ((0x0C00, 0x0C7F),),
    "NotoSansKannada": ((0x0C80, 0x0CFF),),
    "NotoSansMalayalam": ((0x0D00, 0x0D7F),),
    "NotoSansSinhala": (
        (0x0D80, 0x0DFF),
        (0x111E0, 0x111FF),
    ),
    "NotoSansThai": ((0x0E00, 0x0E7F),),
    "NotoSansLao": ((0x0E80, 0x0EFF),),
    "NotoSerifTibetan": ((0x0F00, 0x0FFF),),
    "NotoSansMyanmar": (
        (0x1000, 0x109F),
        (0xA9E0, 0xA9FF),
        (0xAA60, 0xAA7F),
    ),
    "NotoSansGeorgian": (
        (0x10A0, 0x10FF),
        (0x1C90, 0x1CBF),
        (0x2D00, 0x2D2F),
    ),
    "NotoSansEthiopic": (
        (0x1200, 0x139F),
        (0x2D80, 0x2DDF),
        (0xAB00, 0xAB2F),
    ),
    "NotoSansCherokee": (
        (0x13A0, 0x13FF),
        (0xAB70, 0xABBF),
    ),
    "NotoSansCanadianAboriginal": (
        (0x1400, 0x167F),
        (0x18B0, 0x18FF),
    ),
    "NotoSansRunic": ((0x16A0, 0x16FF),),
    "NotoSansTagalog": ((0x1700, 0x171F),),
    "NotoSansHanunoo": ((0x1720, 0x173F),),
    "NotoSansBuhid": ((0x1740, 0x175F),),
    "NotoSansTagbanwa": ((0x1760, 0x177F),),
    "NotoSansKhmer": (
        (0x1780, 0x17FF),
        (0x19E0, 0x19FF),
    ),
    "NotoSansMongolian": (
        (0x1800, 0x18AF),
        (0x11660, 0x1167F),
    ),
    "NotoSansLimbu": ((0x1900, 0x194F),),
    "NotoSansTaiLe": ((0x1950, 0x197F),),
    "NotoSansNewTaiLue": ((0x1980, 0x19DF),),
    "NotoSansBuginese": ((0x1A00, 0x1A1F),),
    "NotoSansTaiTham": ((0x1A20, 0x1AAF),),
    "NotoSansBalinese": ((0x1B00, 0x1B7F),),
    "NotoSansSundanese": (
        (0x1B80, 0x1BBF),
        (0x1CC0, 0x1CCF),
    ),
    "NotoSansBatak": ((0x1BC0, 0x1BFF),),
    "NotoSansLepcha": ((0x1C00, 0x1C4F),),
    "NotoSansOlChiki": ((0x1C50, 0x1C7F),),
    "NotoSansTifinagh": ((0x2D30, 0x2D7F),),
    "NotoSansYi": ((0xA000, 0xA4CF),),
    "NotoSansLisu": ((0xA4D0, 0xA4FF),),
    "NotoSansVai": ((0xA500, 0xA63F),),
    "NotoSansBamum": (
        (0xA6A0, 0xA6FF),
        (0x16800, 0x16A3F),
    ),
    "NotoSansSylotiNagri": ((0xA800, 0xA82F),),
    "NotoSansSaurashtra": ((0xA880, 0xA8DF),),
    "NotoSansKayahLi": ((0xA900, 0xA92F),),
    "NotoSansRejang": ((0xA930, 0xA95F),),
    "NotoSansJavanese": ((0xA980, 0xA9DF),),
    "NotoSansCham": ((0xAA00, 0xAA5F),),
    "NotoSansTaiViet": ((0xAA80, 0xAADF),),
    "NotoSansMeeteiMayek": (
        (0xAAE0, 0xAAFF),
        (0xABC0, 0xABFF),
    ),
    "NotoSansGothic": ((0x10330, 0x1034F),),
    "NotoSansDeseret": ((0x10400, 0x1044F),),
    "NotoSansShavian": ((0x10450, 0x1047F),),
    "NotoSansOsmanya": ((0x10480, 0x104AF),),
    "NotoSansOsage": ((0x104B0, 0x104FF),),
    "NotoSansHanifiRohingya": ((0x10D00, 0x10D3F),),
    "NotoSerifYezidi": ((0x10E80, 0x10EBF),),
    "NotoSansSoraSompeng": ((0x110D0, 0x110FF),),
    "NotoSansChakma": ((0x11100, 0x1114F),),
    "NotoSansNewa": ((0x11400, 0x1147F),),
    "NotoSerifAhom": ((0x11700, 0x1174F),),
    "NotoSerifDogra": ((0x11800, 0x1184F),),
    "NotoSansWarangCiti": ((0x118A0, 0x118FF),),
    "NotoSansPauCinHau": ((0x11AC0, 0x11AFF),),
    "NotoSansMasaramGondi": ((0x11D00, 0x11D5F),),
    "NotoSansGunjalaGondi": ((0x11D60, 0x11DAF),),
    "NotoSansMro": ((0x16A40, 0x16A6F),),
    "NotoSansBassaVah": ((0x16AD0, 0x16AFF),),
    "NotoSansPahawhHmong": ((0x16B00, 0x16B8F),),
    "NotoSansMedefaidrin": ((0x16E40, 0x16E9F),),
    "NotoSansMiao": ((0x16F00, 0x16F9F),),
    "NotoSerifNyiakengPuachueHmong": ((0x1E100, 0x1E14F),),
    "NotoSansWancho": ((0x1E2C0, 0x1E2FF),),
    "NotoSansMendeKikakui": ((0x1E800, 0x1E8DF),),
    "NotoSansAdlam": ((0x1E900, 0x1E95F),),
    "NotoSansKR": ((0x1100, 0x11FF), (0x3130, 0x318F), (0xA960, 0xA97F), (0xAC00, 0xD7FF)),
    CHINESE: (
        (0x2E80, 0x312F),  # radicals, punctuation, kana, bopomofo
        (0x3190, 0x9FFF),  # enclosed letters, extension A, the basic block
        (0xF900, 0xFAFF),
        (0xFE30, 0xFE4F),
        (0xFF00, 0xFFEF),  # full and half width
        (0x1F200, 0x1F2FF),
        (0x20000, 0x323AF),  # the further extensions, as far as the font goes
    ),
    "NotoSansMath": ((0x2100, 0x214F), (0x2200, 0x22FF), (0x1D400, 0x1D7FF)),
    "NotoSansSymbols": ((0x2190, 0x21FF), (0x2300, 0x2BFF), (0x1F100, 0x1F1FF)),
    "NotoSansSymbols2": ((0x2190, 0x21FF), (0x2300, 0x2BFF), (0x1F100, 0x1F1FF)),
    "NotoEmoji": ((0x203C, 0x2049), (0x2190, 0x21FF), (0x2300, 0x2BFF), (0x1F000, 0x1FAFF)),
}


def families_for(text: str) -> tuple[str, ...]:
    """The families that ``text`` needs, in the order in which they are asked for a glyph."""
    letters = sorted(map(ord, set(text)))
    return ALWAYS + tuple(
        family for family, ranges in RANGES.items() if any(_occurs(letters, *range_) for range_ in ranges)
    )


def _occurs(letters: list[int], first: int, last: int) -> bool:
    place = bisect_left(letters, first)
    return place < len(letters) and letters[place] <= last


def font_faces(family: str) -> str:
    """The ``@font-face`` rules of a family, one for each of its weights."""
    return "\n".join(
        f'@font-face {{ font-family: {family}; font-weight: {WEIGHTS[style]}; src: url("{font_url(family, style)}") }}'
        for style in BOLDER.get(family, ("Regular",))
    )


def font_url(family: str, style: str) -> str:
    """The address under which the renderer fetches a font."""
    return f"hiring:{FOLDER}/{family}-{style}.ttf"


def font_rules(families: tuple[str, ...]) -> str:
    """The rules that set a whole document in these families; Chinese text prefers its own punctuation."""
    rules = f"html {{ font-family: {', '.join(families)} }}"
    if CHINESE in families:
        chinese_first = (CHINESE, *(family for family in families if family != CHINESE))
        rules += f"\n:lang(zh) {{ font-family: {', '.join(chinese_first)} }}"
    return rules
