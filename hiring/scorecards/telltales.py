"""Words that give away a weak write-up, in each language: judgements, verbs of action, what must play no part.

All patterns are searched in folded text (``question_bank.linting.folding``), without regard to case. Each list is
short on purpose: a finding that is wrong costs more trust than one that is missing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

Pattern = re.Pattern[str]


@dataclass(frozen=True)
class Telltales:
    """What one language gives away. A sentence about ``others`` is not about the candidate."""

    fewest: int  # Below so many words (in Chinese characters) a text is hardly evidence.
    short: int  # Below so many, it must at least say what somebody did.
    same_sentence: int
    same_run: int
    action: Pattern
    judgement: Pattern
    protected: Pattern
    others: Pattern


def _any(*patterns: str) -> Pattern:
    return re.compile("|".join(f"(?:{each})" for each in patterns), re.IGNORECASE)


ENGLISH = Telltales(
    fewest=5,
    short=12,
    same_sentence=6,
    same_run=8,
    action=_any(
        r"\b(?!(?:dis)?liked\b|seemed|appeared|impressed|skilled|talented|motivated|experienced|interested"
        r"|relaxed|excited|qualified|suited|dedicated|committed|gifted|married|divorced|indeed\b|enjoyed"
        r"|warmed|need|loved|rounded|balanced|focused|engaged\b(?! (?:the|a)\b))\w{2,}ed\b",
        r"\b(?:said|told|rang|took|went|wrote|put|sent|built|spoke|let|kept|held|found|ran|brought|sold|taught"
        r"|read|led|met|paid|drew|dealt|chose|began|stood|hung|broke)\b",
        r"\b(?:made|left|gave)\b(?!.{0,25}\b(?:impression|feeling|feel|vibe))",
        r"\b(?:ask|say|tell|call|repeat|explain|offer|describe|name|list|listen|interrupt|suggest|refuse"
        r"|promise|wait|answer|quote|check|write|apologi[sz]e|summari[sz]e)s\b",
    ),
    judgement=_any(
        r"\b(?:nice|lovely|great|likeable|likable|pleasant|sweet|cool|charming|good|decent)"
        r" (?:person|guy|girl|lad|lady|woman|man|chap|personality|candidate|fellow|attitude|vibes?)\b",
        r"\b(?:good|great|perfect|poor|bad|excellent|right|cultural|culture|not a) (?:cultural |culture |team )?fit\b",
        r"\bfits? (?:right |well |perfectly )?in(?:to)?(?: with)? (?:the|our) (?:team|culture|company)\b",
        r"\bI (?:really |just |quite |rather |did not |didn't |do not |don't )?(?:like|liked|loved|love|disliked"
        r"|warmed to) (?:him|her|them|the candidate|this (?:person|candidate))\b",
        r"\b(?:good|bad|great|strange|odd|positive|negative|strong) (?:vibes?|feeling|impression|chemistry|energy)\b",
        r"\b(?:gut feeling|my gut|one of us|team player|born leader|rock ?star|superstar|not my type|my kind of person)\b",
        r"\b(?:seems?|seemed|appears|appeared|c[oa]mes? across as|he is|she is|he was|she was|he's|she's)"
        r" (?:very |really |quite |rather |so |a bit |genuinely )?(?:nice|friendly|smart|bright|clever|lazy|arrogant"
        r"|confident|shy|motivated|passionate|likeable|weird|trustworthy|competent|intelligent|professional"
        r"|enthusiastic|talented|positive|pleasant)\b",
    ),
    protected=_any(
        r"\b(?:he|she|candidate)(?:'s| is| was) (?:about |around |nearly |over |already )?[2-7]\d"
        r"(?= years old|[.,;]| and | but |$)",
        r"\b(?:he|she|candidate)(?:'s| is| was| seems| looks) (?:quite |rather |a bit |too |very )?(?:old|young|elderly)\b",
        r"\bin (?:his|her|their) (?:early |mid |late )?(?:twenties|thirties|forties|fifties|sixties)\b",
        r"\b(?:close to|near|nearing) retirement\b",
        r"\b(?:he|she|candidate)\b[^.]{0,20}\b(?:has|had|got) [^.]{0,15}\b(?:kids|children|baby|toddler)\b",
        r"\bsingle (?:mother|father|mum|mom|dad|parent)\b",
        r"\b(?:she|candidate)\b[^.]{0,20}\b(?:pregnant|maternity leave)\b",
        r"\b(?:he|she|candidate)(?:'s| is| was| got) (?:\w+ )?(?:married|divorced|widowed|gay|lesbian)\b",
        r"\b(?:his|her) (?:husband|wife|boyfriend|girlfriend)\b",
        r"\b(?:his|her|their) (?:religion|faith|headscarf|hijab|church|nationality|ethnicity|mother tongue)\b",
        r"\b(?:he|she|candidate)(?:'s| is| was) (?:an? )?(?:muslim|christian|jewish|hindu|catholic|foreigner|immigrant)\b",
        r"\bwears? (?:an? )?(?:hijab|headscarf|turban|kippah)\b",
        r"\b(?:foreign|strong|thick|heavy|polish|russian|indian|chinese|african) accent\b|\bnot a native speaker\b",
        r"\b(?:his|her|their) (?:illness|disability|depression|diabetes|wheelchair|stutter|sick leave)\b",
        r"\b(?:he|she|candidate) has (?:an? )?(?:disability|diabetes|epilepsy|cancer|depression|adhd)\b",
        r"\b(?:good-looking|handsome|overweight|tattooed)\b|\b(?:his|her) (?:looks|skin|tattoos?|weight|figure)\b",
        r"\b(?:his|her|their) political (?:views|opinions)\b|\b(?:he|she|candidate) is (?:an? |in a )?(?:trade )?union\b",
    ),
    others=_any(
        r"\b(?:customer|caller|client|guest|patient|passenger|visitor|shopper|colleague|boss|manager)s?\b"
    ),
)

RUSSIAN = Telltales(
    fewest=4,
    short=9,
    same_sentence=5,
    same_run=8,
    action=_any(
        r"\b(?!был[аио]?\b|показал|казал|понравил|произвел|оставил|вызвал|подош|стал|мил[аы]?\b|весел|бел|цел)"
        r"\w{2,}(?:л|ла|ли|лся|лась|лись)\b",
        r"\b(?:спрашивает|говорит|объясняет|перезванивает|уточняет|повторяет|предлагает|слушает|извиняется"
        r"|записывает|описывает|перебивает|приводит)\b",
    ),
    judgement=_any(
        r"\b(?:хорош|приятн|славн|отличн|замечательн|классн|адекватн|милый|милая)\w{0,3}"
        r" (?:человек|парень|девушка|кандидат\w*|женщина|мужчина|собеседни\w+)\b",
        r"\b(?:очень |не |сразу )?понравил(?:ся|ась)\b",
        r"\b(?:хорошо |отлично |не |идеально )?(?:впишется|подойдет|подходит) (?:в (?:наш|команд|коллектив)\w*|нам|по духу)",
        r"\b(?:хорошее|приятное|отличное|плохое|странное|неприятное|положительное) впечатление\b",
        r"\bнаш человек\b|\bкомандный игрок\b|\bприятн\w+ в общении\b|\bчутье подсказывает\b|\bесть химия\b",
        r"\b(?:кажется|показал(?:ся|ась)|выглядит|он|она|кандидат) (?:очень |вполне |довольно )?(?:умн|приятн|ленив"
        r"|адекватн|уверенн|надежн|симпатичн|толков|мотивированн|дружелюбн)\w+\b",
    ),
    protected=_any(
        r"\b(?:ему|ей|кандидату) (?:уже |около |почти |за )?[2-7]\d\b(?! (?:клиент|раз|минут|звонк))",
        r"\b(?:слишком |уже |довольно )(?:стар|молод|пожил)(?:ой|ая|ый|а)?\b|\bпредпенсионн\w+|\bскоро (?:на )?пенси\w+",
        r"\bу (?:него|нее|кандидата|кандидатки) [^.]{0,25}(?:дет[ией]|ребен\w+|муж|жена|инвалидност|диабет|акцент)\w*",
        r"\b(?:беременна|замужем|не замужем|женат|разведен[аы]?|мать-одиночка|в декрет\w*)\b",
        r"\b(?:он|она) (?:мусульман|христиан|евре|иудей|татар|узбек|кавказ|мигрант)\w*\b|\b(?:национальност|вероисповедани)\w+\b",
        r"\bс (?:сильным )?акцентом\b|\bплатк\w+ на голове\b|\bносит (?:хиджаб|платок)\b",
        r"\b(?:его|ее) (?:болезнь|здоровье|внешность|возраст|вес|татуировк\w+)\b|\b(?:красивая|симпатичная) (?:девушка|женщина)\b",
    ),
    others=_any(r"\b(?:клиент|покупател|гост[ья]|пациент|пассажир|коллег|начальни|руководител)\w*"),
)

CHINESE = Telltales(
    fewest=10,
    short=22,
    same_sentence=12,
    same_run=16,
    action=_any(
        r"说|问|打电话|回电|解释|道歉|确认|记录|写|联系|提出|列出|安排|检查|复述|跟进|告诉|描述|处理|解决|让|拿|寄|帮|打断|倾听|回答|建议|重复|核对|退"
    ),
    judgement=_any(
        r"人(?:很|挺|非常|真|特别)?(?:好|不错|nice)(?!像)",
        r"(?:好|不错的|很棒的)(?:小伙子|姑娘|苗子|人选)",
        r"我们?(?:很|挺|非常|真的|不太|不)?喜欢(?:他|她|这个人|这位|这个候选人)",
        r"(?:很|非常|挺|比较|不太|不)(?:适合|合适|匹配)(?:我们|团队|公司)?",
        r"感觉(?:很|挺|非常|还|就是)?(?:好|不错|对|不对|舒服)",
        r"印象(?:很|非常|挺)?(?:好|不错|深刻|不好|一般)",
        r"(?:态度|性格|人品|气质|形象)(?:很|非常|挺|也)?(?:好|不错|佳)",
        r"有眼缘|合得来|自己人|有团队精神",
        r"(?:他|她|看起来|显得|似乎|候选人)(?:很|挺|非常|比较)(?:聪明|自信|懒|热情|靠谱|老实|机灵|可靠|专业|友好)",
    ),
    protected=_any(
        r"(?:他|她|候选人)(?:今年|已经|大概|都)*[2-7]\d岁|年纪(?:太|有点|比较)?(?:大|小|轻)|快退休",
        r"(?:她|候选人)?(?:怀孕|已婚|未婚|离异|离婚|单亲|还没结婚|没结婚)",
        r"(?:他|她|家里|候选人)有(?:一|两|三|几)?个?(?:孩子|小孩)|(?:他|她)的?(?:丈夫|妻子|老公|老婆|男朋友|女朋友)|准备要(?:孩子|二胎)",
        r"信(?:教|佛|基督|伊斯兰)|(?:回族|维吾尔族|藏族|少数民族)|(?:他|她)是(?:农村|外地|河南|东北)人?|口音(?:很|太)?重|(?:外地|地方)口音",
        r"(?:他|她|候选人)(?:有|得过)(?:残疾|糖尿病|抑郁|癌|乙肝)|身体不好|长得(?:很|挺|不)?(?:漂亮|帅|好看)|(?:太|有点)胖|有纹身",
        r"(?:他|她|候选人)是(?:中共)?党员|工会成员",
    ),
    others=_any(r"客户|顾客|客人|患者|旅客|同事|领导|经理"),
)

DANISH = Telltales(
    fewest=5,
    short=12,
    same_sentence=6,
    same_run=8,
    action=_any(
        r"\b(?!virkede|første|sidste|bedste|dette|næste|største|fleste|mindste|rette\b|manglede|syntes|mente"
        r"|imponerede|elskede|passede)\w{2,}(?:ede|te)\b",
        r"\b(?:sagde|tog|gik|skrev|bad|lod|holdt|fandt|lagde|hjalp|bragte|løb)\b",
        r"\bgav\b(?!.{0,25}\b(?:indtryk|fornemmelse))",
        r"\b(?:spørger|siger|fortæller|ringer|forklarer|gentager|tilbyder|skriver|lytter|afbryder|undskylder|beskriver)\b",
    ),
    judgement=_any(
        r"\b(?:god|rar|flink|sød|dejlig|skøn|behagelig|fantastisk|herlig)"
        r" (?:person|fyr|pige|mand|kvinde|kandidat|personlighed|type|kollega)\b",
        r"\b(?:godt|perfekt|dårligt|rigtigt|fint) (?:match|fit)\b",
        r"\bpasser (?:rigtig )?(?:godt |perfekt |fint |ikke )?ind (?:hos os|i (?:teamet|holdet|kulturen)|på holdet)",
        r"\bjeg (?:kunne (?:virkelig )?(?:godt |ikke )?lide|(?:er|var) vild med) (?:ham|hende|dem|kandidaten)\b",
        r"\b(?:god|dårlig|underlig|positiv|negativ) (?:fornemmelse|kemi|energi|udstråling|attitude)\b",
        r"\b(?:godt|dårligt|positivt) indtryk\b|\bmavefornemmelse\b|\bholdspiller\b|\ben af vores egne\b",
        r"\b(?:virker|virkede|han er|hun er|han var|hun var|fremstår|fremstod) (?:meget |ret |rigtig |lidt )?(?:flink|rar"
        r"|sød|klog|doven|arrogant|selvsikker|begavet|venlig|sympatisk|motiveret|kompetent|dygtig)\b",
    ),
    protected=_any(
        r"\b(?:han|hun|kandidaten) er (?:omkring |næsten |over |allerede )?[2-7]\d(?= år|[.,;]| og | men |$)",
        r"\b(?:han|hun|kandidaten) er (?:lidt |ret |for |meget )?(?:gammel|ung|ældre)\b|\bi (?:halvtreds|tres|fyrre)erne\b|\btæt på pension\b",
        r"\b(?:han|hun|kandidaten) har [^.]{0,20}\b(?:børn|baby|barn|handicap|diabetes|depression|accent)\b|\b(?:alenemor|enlig mor|enlig far)\b",
        r"\b(?:gravid|barselsorlov)\b|\b(?:han|hun|kandidaten) er (?:gift|skilt|muslim|kristen|jøde|indvandrer|udlænding|homoseksuel)\b",
        r"\bhendes mand\b|\bhans kone\b|\b(?:hendes|hans) (?:kæreste|religion|tørklæde|sygdom|udseende|alder|vægt)\b",
        r"\b(?:kraftig|stærk|tyk|udenlandsk) accent\b|\bgår med tørklæde\b|\b(?:overvægtig|tatoveret)\b|\bpæn pige\b",
    ),
    others=_any(r"\b(?:kunde|opringer|gæst|patient|passager|kolleg|chef|leder)\w*"),
)

LANGUAGES = {"en": ENGLISH, "ru": RUSSIAN, "zh": CHINESE, "da": DANISH}
CYRILLIC = re.compile("[\u0400-\u04ff]")
HAN = re.compile("[\u4e00-\u9fff]")


def language_of(text: str, guide_language: str) -> str:
    """The language of a text: its script tells, and where it does not, the guide's language."""
    if HAN.search(text):
        return "zh"
    if CYRILLIC.search(text):
        return "ru"
    return guide_language if guide_language in ("en", "da") else "en"
