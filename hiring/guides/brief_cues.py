"""Beginnings of words in a job brief that point to a skill, in the bank's languages.

A rule anybody can read and dispute: a skill is proposed because these words stand in the brief, and for no other
reason. Chinese has no spaces, so that its cues are found anywhere; those of the other languages begin a word.
"""

from __future__ import annotations

CUES: dict[str, dict[str, str]] = {
    "empathy": {
        "en": "empath upset worried grie anxious frighten vulnerable feeling compassion relatives care",
        "da": "empati ked bekymre sorg angst sårbar følelse medfølelse pårørende omsorg",
        "ru": "эмпат сочувств расстро тревож горе уязвим чувств сострада родственник забот",
        "zh": "同理 共情 难过 焦虑 悲伤 脆弱 感受 家属 关怀",
    },
    "listening": {
        "en": "listen hear interview understand need clarif question consult",
        "da": "lytte høre forstå behov afklar spørg rådgiv",
        "ru": "слуша слыш понима потребност уточн вопрос консульт",
        "zh": "倾听 聆听 理解 需求 澄清 询问 咨询",
    },
    "integrity": {
        "en": "honest trust integrity confidential ethic complian cash money rule privacy",
        "da": "ærlig tillid integritet fortrolig etik regler kontant penge privatliv",
        "ru": "честн довери порядочн конфиденциальн этик соблюд налич деньг правил",
        "zh": "诚实 信任 正直 保密 道德 合规 现金 规定 隐私",
    },
    "positive-attitude": {
        "en": "friendly cheerful positive welcom optimis enthusias smile warm",
        "da": "venlig glad positiv imødekommen optimis entusias smil varme",
        "ru": "дружелюб приветлив позитив оптимис энтузиа улыб радуш",
        "zh": "友好 热情 积极 乐观 微笑 亲切",
    },
    "problem-solving": {
        "en": "problem solve solution fault troubleshoot diagnos repair fix investigat technical",
        "da": "problem løs fejl diagnos repar undersøg teknisk",
        "ru": "проблем решен неисправн диагност ремонт устран расслед техническ",
        "zh": "问题 解决 故障 诊断 修理 排查 技术",
    },
    "decision-making": {
        "en": "decid decision discretion authoris authoriz judg improvis exception refund goodwill",
        "da": "beslut afgør skøn bemyndig vurder improvis undtagelse refusion kulance",
        "ru": "решени решать усмотрен полномоч суждени импровиз исключени возврат",
        "zh": "决定 决策 判断 授权 权限 酌情 例外 退款",
    },
    "patience": {
        "en": "patien wait slow queue repeat elderly explain again calm",
        "da": "tålmod vente langsom kø gentag ældre forklar rolig",
        "ru": "терпе ожидан медлен очеред повтор пожил объясн спокой",
        "zh": "耐心 等待 缓慢 排队 重复 老人 解释",
    },
    "persistence": {
        "en": "persist pursu tenac until escalat chase deadline long-running unresolved",
        "da": "vedholden forfølg indtil eskaler rykke frist uløst",
        "ru": "настойчив упор добива эскал срок нерешен",
        "zh": "坚持 毅力 跟进到底 升级 期限 未解决",
    },
    "product-knowledge": {
        "en": "product knowledge expert catalogue feature tariff range technical advise specification",
        "da": "produkt viden ekspert katalog funktion takst sortiment rådgiv specifikation",
        "ru": "продукт товар знани эксперт каталог функци тариф ассортимент специфика",
        "zh": "产品 知识 专家 目录 功能 资费 规格",
    },
    "growth-drive": {
        "en": "learn train develop grow career promot certificat new ambiti",
        "da": "lære oplær udvikl vokse karriere forfrem certifi ny ambiti",
        "ru": "учи обуч развит рост карьер повышен сертифи нов амбици",
        "zh": "学习 培训 发展 成长 晋升 证书 上进",
    },
    "clear-communication": {
        "en": "write written explain clear communicat e-mail email letter present plain chat",
        "da": "skriv forklar klar kommunik e-mail mail brev præsent chat",
        "ru": "писа письм объясн ясн понятн коммуник почт чат презент",
        "zh": "书面 写作 解释 清楚 沟通 邮件 信件 聊天",
    },
    "ownership": {
        "en": "own responsib accountab commit promise deliver end-to-end",
        "da": "ansvar ejerskab løfte forplig aflever holde",
        "ru": "ответствен обещан обязат берет собственн",
        "zh": "负责 责任 承诺 兑现 担当",
    },
    "adaptability": {
        "en": "adapt flexib chang shift variety varied different unpredict season",
        "da": "tilpas fleksib ændr skift vari forskellig uforudsig sæson",
        "ru": "адапт гибк измен смен разнообраз непредсказ сезон",
        "zh": "适应 灵活 变化 轮班 多样 季节",
    },
    "conflict-resolution": {
        "en": "conflict complain angry dispute aggress abusive difficult escalat mediat",
        "da": "konflikt klage vred tvist aggres grov vanskelig mægl",
        "ru": "конфликт жалоб злит сердит спор агресс груб трудн",
        "zh": "冲突 投诉 愤怒 纠纷 争议 难缠 调解",
    },
    "composure-resilience": {
        "en": "stress pressure busy peak resilien calm emergenc hectic composure night",
        "da": "stress pres travl spids robust rolig nødsituation hektisk nat",
        "ru": "стресс давлен нагруз пик стойк спокой экстрен ночн",
        "zh": "压力 繁忙 高峰 抗压 冷静 紧急 夜班",
    },
    "teamwork": {
        "en": "team colleague cooperat collaborat together handover department cross-functional",
        "da": "team kolleg samarbejd sammen overlever afdeling hold",
        "ru": "команд коллег сотруднич вместе переда отдел",
        "zh": "团队 同事 合作 协作 交接 部门",
    },
    "cultural-sensitivity": {
        "en": "cultur international divers language multilingual foreign tourist minorit refugee",
        "da": "kultur international mangfold sprog flersprog udenland turist minoritet flygtning",
        "ru": "культур международн разнообраз язык многоязыч иностран турист беженц",
        "zh": "文化 国际 多元 语言 多语 外国 游客 少数民族",
    },
    "self-motivation": {
        "en": "independ alone remote self-start home initiative unsupervis motivat",
        "da": "selvstændig alene hjemme fjernarbejd initiativ motiver selvkør",
        "ru": "самостоятел удален один дома инициатив мотив",
        "zh": "独立 独自 远程 在家 主动 自觉",
    },
    "persuasion": {
        "en": "sell sale persua convinc offer negotiat upsell retention target",
        "da": "sælg salg overbevis overtal tilbud forhandl mersalg fasthold",
        "ru": "прода убежд убед предлож переговор удержан",
        "zh": "销售 推销 说服 谈判 报价 挽留 业绩",
    },
    "responsiveness": {
        "en": "fast quick prompt respon urgent speed minutes hours immediate service level",
        "da": "hurtig straks svar haste respons minutter timer omgående",
        "ru": "быстр срочн отклик немедлен оператив минут часо",
        "zh": "快速 及时 响应 紧急 分钟 小时 立即",
    },
    "records-and-next-steps": {
        "en": "record document note ticket case file follow-up crm log register administrat",
        "da": "registr dokument notat sag journal opfølg crm log administrat",
        "ru": "запис документ заметк заявк дело журнал учет crm администр",
        "zh": "记录 文档 笔记 工单 案件 档案 回访 登记",
    },
    "exceeding-expectations": {
        "en": "exceed delight surprise beyond extra memorable excellen luxury outstanding",
        "da": "overgå begejst overrask ekstra mindeværdig fremragende luksus",
        "ru": "превосх восхи удивл сверх запомин отличн люкс",
        "zh": "超越 惊喜 额外 难忘 卓越 豪华 尊贵",
    },
}
