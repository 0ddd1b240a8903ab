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
STYLES = {
    "Inter": ("Regular", "SemiBold", "Bold"),
    "NotoSans": ("Regular", "Bold"),
    CHINESE: ("Regular", "Bold"),
}

# Blocks of Unicode by family; a family is named like its file. Glyphs are looked for in this order.
BLOCKS = {
    "NotoSansCoptic": "03E2-03EF 2C80-2CFF",
    "NotoSansArmenian": "0530-058F FB13-FB17",
    "NotoSansHebrew": "0590-05FF FB1D-FB4F",
    "NotoSansArabic": "0600-06FF 0750-077F 08A0-08FF FB50-FDFF FE70-FEFF",
    "NotoSansSyriac": "0700-074F",
    "NotoSansThaana": "0780-07BF",
    "NotoSansNKo": "07C0-07FF",
    "NotoSansSamaritan": "0800-083F",
    "NotoSansMandaic": "0840-085F",
    "NotoSansDevanagari": "0900-097F 1CD0-1CFF A8E0-A8FF",
    "NotoSansBengali": "0980-09FF",
    "NotoSansGurmukhi": "0A00-0A7F",
    "NotoSansGujarati": "0A80-0AFF",
    "NotoSansOriya": "0B00-0B7F",
    "NotoSansTamil": "0B80-0BFF",
    "NotoSansTelugu": "0C00-0C7F",
    "NotoSansKannada": "0C80-0CFF",
    "NotoSansMalayalam": "0D00-0D7F",
    "NotoSansSinhala": "0D80-0DFF 111E0-111FF",
    "NotoSansThai": "0E00-0E7F",
    "NotoSansLao": "0E80-0EFF",
    "NotoSerifTibetan": "0F00-0FFF",
    "NotoSansMyanmar": "1000-109F A9E0-A9FF AA60-AA7F",
    "NotoSansGeorgian": "10A0-10FF 1C90-1CBF 2D00-2D2F",
    "NotoSansEthiopic": "1200-139F 2D80-2DDF AB00-AB2F",
    "NotoSansCherokee": "13A0-13FF AB70-ABBF",
    "NotoSansCanadianAboriginal": "1400-167F 18B0-18FF",
    "NotoSansRunic": "16A0-16FF",
    "NotoSansTagalog": "1700-171F",
    "NotoSansHanunoo": "1720-173F",
    "NotoSansBuhid": "1740-175F",
    "NotoSansTagbanwa": "1760-177F",
    "NotoSansKhmer": "1780-17FF 19E0-19FF",
    "NotoSansMongolian": "1800-18AF 11660-1167F",
    "NotoSansLimbu": "1900-194F",
    "NotoSansTaiLe": "1950-197F",
    "NotoSansNewTaiLue": "1980-19DF",
    "NotoSansBuginese": "1A00-1A1F",
    "NotoSansTaiTham": "1A20-1AAF",
    "NotoSansBalinese": "1B00-1B7F",
    "NotoSansSundanese": "1B80-1BBF 1CC0-1CCF",
    "NotoSansBatak": "1BC0-1BFF",
    "NotoSansLepcha": "1C00-1C4F",
    "NotoSansOlChiki": "1C50-1C7F",
    "NotoSansTifinagh": "2D30-2D7F",
    "NotoSansYi": "A000-A4CF",
    "NotoSansLisu": "A4D0-A4FF",
    "NotoSansVai": "A500-A63F",
    "NotoSansBamum": "A6A0-A6FF 16800-16A3F",
    "NotoSansSylotiNagri": "A800-A82F",
    "NotoSansSaurashtra": "A880-A8DF",
    "NotoSansKayahLi": "A900-A92F",
    "NotoSansRejang": "A930-A95F",
    "NotoSansJavanese": "A980-A9DF",
    "NotoSansCham": "AA00-AA5F",
    "NotoSansTaiViet": "AA80-AADF",
    "NotoSansMeeteiMayek": "AAE0-AAFF ABC0-ABFF",
    "NotoSansGothic": "10330-1034F",
    "NotoSansDeseret": "10400-1044F",
    "NotoSansShavian": "10450-1047F",
    "NotoSansOsmanya": "10480-104AF",
    "NotoSansOsage": "104B0-104FF",
    "NotoSansHanifiRohingya": "10D00-10D3F",
    "NotoSerifYezidi": "10E80-10EBF",
    "NotoSansSoraSompeng": "110D0-110FF",
    "NotoSansChakma": "11100-1114F",
    "NotoSansNewa": "11400-1147F",
    "NotoSerifAhom": "11700-1174F",
    "NotoSerifDogra": "11800-1184F",
    "NotoSansWarangCiti": "118A0-118FF",
    "NotoSansPauCinHau": "11AC0-11AFF",
    "NotoSansMasaramGondi": "11D00-11D5F",
    "NotoSansGunjalaGondi": "11D60-11DAF",
    "NotoSansMro": "16A40-16A6F",
    "NotoSansBassaVah": "16AD0-16AFF",
    "NotoSansPahawhHmong": "16B00-16B8F",
    "NotoSansMedefaidrin": "16E40-16E9F",
    "NotoSansMiao": "16F00-16F9F",
    "NotoSerifNyiakengPuachueHmong": "1E100-1E14F",
    "NotoSansWancho": "1E2C0-1E2FF",
    "NotoSansMendeKikakui": "1E800-1E8DF",
    "NotoSansAdlam": "1E900-1E95F",
    "NotoSansKR": "1100-11FF 3130-318F A960-A97F AC00-D7FF",
    # Radicals, punctuation, kana, ideographs, full and half width; of the further extensions a few.
    CHINESE: "2E80-312F 3190-9FFF F900-FAFF FE30-FE4F FF00-FFEF 1F200-1F2FF 20000-323AF",
    # The two are there for what the Chinese font lacks: characters of names in Japan and Hong Kong.
    "NotoSansJP": "F900-FAFF 20000-2FA1F",
    "NotoSansHK": "20000-2FA1F",
    "NotoSansMath": "2100-214F 2200-22FF 1D400-1D7FF",
    "NotoSansSymbols": "2190-21FF 2300-2BFF 1F100-1F1FF",
    "NotoSansSymbols2": "2190-21FF 2300-2BFF",
    "NotoEmoji": "203C-2049 2190-21FF 2300-2BFF 1F000-1FAFF",
}


def _ranges(blocks: str) -> list[tuple[int, int]]:
    return [(int(first, 16), int(last, 16)) for first, last in (block.split("-") for block in blocks.split())]


RANGES = {family: _ranges(blocks) for family, blocks in BLOCKS.items()}


def families_for(text: str) -> tuple[str, ...]:
    """The families that ``text`` needs, in the order in which they are asked for a glyph."""
    letters = sorted(map(ord, set(text)))
    return ALWAYS + tuple(family for family in RANGES if _occurs(letters, family))


def _occurs(letters: list[int], family: str) -> bool:
    return any(
        place < len(letters) and letters[place] <= last
        for place, last in ((bisect_left(letters, first), last) for first, last in RANGES[family])
    )


def font_faces(family: str) -> str:
    """The ``@font-face`` rules of a family, one for each of its weights."""
    return "\n".join(_font_face(family, style) for style in STYLES.get(family, ("Regular",)))


def _font_face(family: str, style: str) -> str:
    address = f"hiring:{FOLDER}/{family}-{style}.ttf"
    return f'@font-face {{ font-family: {family}; font-weight: {WEIGHTS[style]}; src: url("{address}") }}'


def font_rules(families: tuple[str, ...]) -> str:
    """The rules that set a whole document in these families; Chinese text prefers its own punctuation."""
    rules = f"html {{ font-family: {', '.join(families)} }}"
    if CHINESE in families:
        rules += f"\n:lang(zh) {{ font-family: {', '.join((CHINESE, *families))} }}"
    return rules
