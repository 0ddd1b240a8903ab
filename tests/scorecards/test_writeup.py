"""Advice on a write-up: what it finds, and above all what it leaves alone."""

from __future__ import annotations

from itertools import starmap

import pytest

from hiring.scorecards.writeup import Doubt, Kind, Written, advice_on, by_target

JUDGEMENT, PROTECTED = Doubt.JUDGEMENT, Doubt.PROTECTED
ANCHOR = "Names what the customer feels before offering any solution, and checks that it was understood."

# What should be found in each sentence; None for what must be left alone. Whoever wrote the word lists wrote these
# beside them, so the figures say that nothing got worse, not how it does on strangers' sentences: see UNSEEN.
LABELLED: tuple[tuple[str, str, Doubt | None], ...] = (
    ("en", "A really nice person.", JUDGEMENT),
    ("en", "I liked him very much.", JUDGEMENT),
    ("en", "She would be a good fit for us.", JUDGEMENT),
    ("en", "He seems very smart and motivated.", JUDGEMENT),
    ("en", "Great vibes from the first minute.", JUDGEMENT),
    ("en", "Clearly a team player and one of us.", JUDGEMENT),
    ("en", "She came across as arrogant.", JUDGEMENT),
    ("en", "He is 54 and has two small children at home.", PROTECTED),
    ("en", "Her husband works nights.", PROTECTED),
    ("en", "Strong accent, hard to place.", PROTECTED),
    ("en", "She is pregnant, I think.", PROTECTED),
    ("en", "I asked: are you married?", PROTECTED),
    ("en", "Rang the customer back twice and wrote down both dates.", None),
    ("en", "The nice customer asked for a refund and she offered a voucher.", None),
    ("en", "Said that a good fit of the boots matters, and measured the foot.", None),
    ("en", "The customer was rude; he waited, then repeated the complaint in one sentence.", None),
    ("en", "A customer with two small children waited, so she opened a second till.", None),
    ("en", "He handled 54 calls that day and logged each one.", None),
    ("en", "Asked the caller whether she was pregnant before advising on the medicine.", None),
    ("en", "She explained the contract to an elderly caller in three steps.", None),
    ("en", "I liked that is not evidence, so: he listed three options and their prices.", None),
    ("en", "The machine was 12 years old, so he ordered a new part.", None),
    ("en", "He was told that the price was wrong and called the supplier the same day.", None),
    ("en", "She repeated the question in her own words before she answered.", None),
    ("ru", "Очень приятный человек.", JUDGEMENT),
    ("ru", "Мне он сразу понравился.", JUDGEMENT),
    ("ru", "Отлично впишется в наш коллектив.", JUDGEMENT),
    ("ru", "Хорошее впечатление с первой минуты.", JUDGEMENT),
    ("ru", "Она умная и дружелюбная.", JUDGEMENT),
    ("ru", "У неё двое маленьких детей.", PROTECTED),
    ("ru", "Ему уже 58, скоро на пенсию.", PROTECTED),
    ("ru", "Она замужем и в декрет собирается.", PROTECTED),
    ("ru", "Перезвонил клиенту дважды и записал обе даты.", None),
    ("ru", "Клиент остался доволен: она предложила замену и позвонила на следующий день.", None),
    ("ru", "Понравилось ли клиенту решение, он спросил через неделю.", None),
    ("ru", "Клиентка с двумя детьми ждала, и он открыл вторую кассу.", None),
    ("ru", "За смену он принял 58 звонков и записал каждый.", None),
    ("ru", "Объяснила пожилому клиенту договор в три шага.", None),
    ("ru", "Сказал коллеге, что не согласен, и предложил другой порядок.", None),
    ("ru", "Спросила, что клиент уже пробовал, и повторила это своими словами.", None),
    ("zh", "人很好,性格也不错。", JUDGEMENT),
    ("zh", "我很喜欢他。", JUDGEMENT),
    ("zh", "感觉非常适合我们团队。", JUDGEMENT),
    ("zh", "第一印象很好。", JUDGEMENT),
    ("zh", "她已婚,有两个孩子。", PROTECTED),
    ("zh", "他今年52岁,年纪有点大。", PROTECTED),
    ("zh", "口音太重,应该是外地人。", PROTECTED),
    ("zh", "她第二天给客户回电,并记录了两个日期。", None),
    ("zh", "客户带着两个孩子在等,他让同事再开一个窗口。", None),
    ("zh", "他先向客户道歉,然后列出三种解决办法。", None),
    ("zh", "他说这双鞋不适合客户,于是拿了另一个尺码。", None),
    ("zh", "她向客户解释了合同的三个要点,并请对方复述。", None),
    ("zh", "当天他处理了52个电话,每个都写了记录。", None),
    ("zh", "同事打断客户时,她请客户继续说完。", None),
    ("zh", "他核对订单后，当天把新零件寄给了客户。", None),
    ("da", "En rigtig rar person.", JUDGEMENT),
    ("da", "Jeg kunne godt lide ham.", JUDGEMENT),
    ("da", "Passer perfekt ind på holdet.", JUDGEMENT),
    ("da", "God kemi fra starten.", JUDGEMENT),
    ("da", "Hun virker meget kompetent.", JUDGEMENT),
    ("da", "Han er 57 og tæt på pension.", PROTECTED),
    ("da", "Hun er gift og har to børn.", PROTECTED),
    ("da", "Kraftig accent.", PROTECTED),
    ("da", "Ringede til kunden to gange og noterede begge datoer.", None),
    ("da", "En kunde med to børn ventede, så hun åbnede en kasse mere.", None),
    ("da", "Han forklarede kontrakten for en ældre kunde i tre trin.", None),
    ("da", "Skoene var ikke et godt fit for kunden, så hun hentede en anden størrelse.", None),
    ("da", "Hun tog 57 opkald den dag og skrev hvert af dem ned.", None),
    ("da", "Sagde til chefen, at planen ikke holdt, og foreslog en anden.", None),
    ("da", "Han lod kunden tale ud og gentog klagen med egne ord.", None),
)

# Written after the lists were finished, and the lists were not changed for them: what they miss stays missed.
UNSEEN: tuple[tuple[str, str, Doubt | None], ...] = (
    ("en", "Lovely chap, would have a beer with him.", JUDGEMENT),
    ("en", "I had a good feeling about her.", JUDGEMENT),
    ("en", "Not really our type.", JUDGEMENT),
    ("en", "Smart cookie with the right mindset.", JUDGEMENT),
    ("en", "He mentioned his kids a lot.", PROTECTED),
    ("en", "Probably around fifty, may not stay long.", PROTECTED),
    ("en", "She wears a headscarf.", PROTECTED),
    ("en", "She found the fault by reading the log backwards.", None),
    ("en", "He is good with figures: worked out 15 per cent in his head.", None),
    ("en", "Her manager was pregnant, so she took over the roster.", None),
    ("en", "His weight calculation for the parcel was right.", None),
    ("ru", "Вызывает доверие, приятно говорить.", JUDGEMENT),
    ("ru", "Не наш человек.", JUDGEMENT),
    ("ru", "Возраст, конечно, уже не тот.", PROTECTED),
    ("ru", "Муж у неё военный, могут переехать.", PROTECTED),
    ("ru", "Дала клиенту три варианта и назвала цену каждого.", None),
    ("ru", "Сам нашёл ошибку в счёте и вернул деньги.", None),
    ("ru", "Считает, что понравиться клиенту не главное.", None),
    ("zh", "小伙子挺不错的。", JUDGEMENT),
    ("zh", "跟我们气场很合。", JUDGEMENT),
    ("zh", "孩子还小,可能经常请假。", PROTECTED),
    ("zh", "他把退款流程画成了一张图。", None),
    ("zh", "她发现账单错误后马上通知了财务。", None),
    ("da", "Sød fyr med godt humør.", JUDGEMENT),
    ("da", "Jeg fik en god fornemmelse.", JUDGEMENT),
    ("da", "Hun skal snart på barsel.", PROTECTED),
    ("da", "Fandt fejlen i fakturaen og rettede den samme dag.", None),
    ("da", "Hun spurgte, hvad kunden havde prøvet før.", None),
)


def found_in(language: str, text: str) -> set[Doubt]:
    texts = (Written("evidence-q", "Question 1", text, Kind.EVIDENCE),)
    return {advice.doubt for advice in advice_on(texts, language)} & {JUDGEMENT, PROTECTED}


def figures_of(name: str, sentences: tuple[tuple[str, str, Doubt | None], ...]) -> tuple[float, float]:
    """Precision and recall; printed with what was wrongly found and what was missed."""
    found = [(expected, found_in(language, text), text) for language, text, expected in sentences]
    hits = sum(expected in doubts for expected, doubts, _ in found if expected)
    wrong = [(text, doubts) for expected, doubts, text in found if doubts - {expected}]
    missed = [text for expected, doubts, text in found if expected and expected not in doubts]
    precision, recall = hits / (hits + len(wrong)), hits / (hits + len(missed))
    print(
        f"{name}, {len(found)} sentences: precision {precision:.2f}, recall {recall:.2f}; {wrong}; {missed}"
    )
    return precision, recall


def test_the_labelled_sentences_are_found_and_the_innocent_left_alone() -> None:
    precision, recall = figures_of("Labelled", LABELLED)

    assert len(LABELLED) >= 60
    assert sum(expected is None for *_, expected in LABELLED) * 2 >= len(LABELLED)
    assert precision >= 0.95
    assert recall >= 0.9


def test_of_what_it_was_not_written_for_it_misses_much_and_accuses_little() -> None:
    precision, _recall = figures_of("Unseen", UNSEEN)

    assert precision >= 0.8


def written(text: str, question: str = "q1", *sources: str, kind: Kind = Kind.EVIDENCE) -> Written:
    return Written(f"{kind}-{question}", question, text, kind, question, sources)


def doubts(*texts: Written, language: str = "en") -> list[tuple[str, Doubt]]:
    return [(each.target, each.doubt) for each in advice_on(texts, language)]


@pytest.mark.parametrize(
    ("language", "text", "doubt"),
    [
        ("en", "Was helpful.", Doubt.TOO_SHORT),
        ("en", "A lot of patience with difficult people on the phone", Doubt.NO_ACTION),
        ("ru", "Много терпения.", Doubt.TOO_SHORT),
        ("zh", "很有耐心。", Doubt.TOO_SHORT),
        ("da", "Meget tålmodig.", Doubt.TOO_SHORT),
    ],
)
def test_thin_evidence_is_named(language: str, text: str, doubt: Doubt) -> None:
    assert doubts(written(text), language=language) == [("evidence-q1", doubt)]


def test_notes_may_be_short_and_judge_but_not_name_what_plays_no_part() -> None:
    assert doubts(written("Nice person.", kind=Kind.NOTES)) == []
    assert doubts(written("Her husband works nights.", kind=Kind.NOTES)) == [("notes-q1", Doubt.PROTECTED)]


def test_nothing_is_said_about_an_empty_text() -> None:
    assert doubts(written(" … ")) == []


def test_the_words_are_quoted_as_they_were_written() -> None:
    text = "Rang back twice. Honestly, I  liked him!"
    (advice,) = advice_on((written("He rang back. " + text.replace("  ", " ")),), "en")

    assert advice.found == "I liked him"


def test_the_same_sentence_under_two_questions_is_named_at_both() -> None:
    text = "She rang the customer back on both days."

    assert doubts(written(text, "q1"), written(text + " Then she waited.", "q2")) == [
        ("evidence-q1", Doubt.REPEATED),
        ("evidence-q2", Doubt.REPEATED),
    ]
    assert doubts(written(f"{text} {text}", "q1")) == []


def test_eight_words_of_an_anchor_are_copied_and_seven_are_not() -> None:
    eight = "He names what the customer feels before offering any help."
    seven = "He names what the customer feels before he suggests help."

    (advice,) = advice_on((written(eight, "q1", ANCHOR),), "en")

    assert (advice.doubt, advice.found) == (Doubt.COPIED, "names what the customer feels before offering any")
    assert doubts(written(seven, "q1", ANCHOR)) == []


def test_advice_is_gathered_by_its_control() -> None:
    advice = advice_on(tuple(starmap(written, (("Was helpful.", "q1"), ("Was kind.", "q2")))), "en")

    assert {target: len(found) for target, found in by_target(advice).items()} == {
        "evidence-q1": 1,
        "evidence-q2": 1,
    }
