"""Forty languages: each is recognised or said to be unsure, and told in its own that a person can answer."""

from __future__ import annotations

import pytest

from lib.commerce.service_assistant.languages import NOTICE, answered_in, notice, recognise

SAID = {
    "ar": "أين طلبي من فضلكم؟ لم يصل بعد.",
    "bg": "Къде е моята поръчка? Още не е пристигнала.",
    "ca": "On és la meva comanda? Encara no ha arribat i la necessito per dissabte.",
    "cs": "Kde je moje objednávka? Ještě nedorazila a potřebuji ji do soboty.",
    "da": "Hvor er min ordre? Den er ikke kommet endnu, og jeg skal bruge den på lørdag.",
    "de": "Wo ist meine Bestellung? Sie ist noch nicht angekommen.",
    "el": "Πού είναι η παραγγελία μου; Δεν έχει φτάσει ακόμα.",
    "en": "Where is my order? It has not arrived yet.",
    "es": "¿Dónde está mi pedido? Todavía no ha llegado.",
    "et": "Kus on minu tellimus? See ei ole veel kohale jõudnud.",
    "fa": "سفارش من کجاست؟ هنوز نرسیده است و به آن نیاز دارم.",
    "fi": "Missä tilaukseni on? Se ei ole vielä saapunut perille.",
    "fr": "Où est ma commande ? Elle n’est pas encore arrivée.",
    "he": "איפה ההזמנה שלי? היא עוד לא הגיעה.",
    "hi": "मेरा ऑर्डर कहाँ है? वह अभी तक नहीं आया।",
    "hr": "Gdje je moja narudžba? Još nije stigla, a trebam je do subote.",
    "hu": "Hol van a rendelésem? Még nem érkezett meg.",
    "id": "Di mana pesanan saya? Barangnya belum sampai dan saya membutuhkannya.",
    "is": "Hvar er pöntunin mín? Hún er ekki komin enn þá.",
    "it": "Dov’è il mio ordine? Non è ancora arrivato.",
    "ja": "注文した商品はどこですか。まだ届いていません。",
    "ko": "제 주문은 어디에 있나요? 아직 도착하지 않았어요.",
    "lt": "Kur yra mano užsakymas? Jis dar neatvyko.",
    "lv": "Kur ir mans pasūtījums? Tas vēl nav pienācis.",
    "ms": "Di manakah pesanan saya? Barang itu masih belum sampai kepada saya.",
    "nl": "Waar is mijn bestelling? Die is nog steeds niet aangekomen.",
    "no": "Hvor er bestillingen min? Den har ikke kommet ennå, og jeg trenger den.",
    "pl": "Gdzie jest moje zamówienie? Jeszcze nie dotarło.",
    "pt": "Onde está a minha encomenda? Ainda não chegou.",
    "ro": "Unde este comanda mea? Nu a ajuns încă.",
    "ru": "Где мой заказ? Он до сих пор не пришёл.",
    "sk": "Kde je moja objednávka? Ešte nedorazila a potrebujem ju do soboty.",
    "sl": "Kje je moje naročilo? Še vedno ni prispelo.",
    "sq": "Ku është porosia ime? Ende nuk ka mbërritur.",
    "sr": "Где је моја поруџбина? Још увек није стигла.",
    "sv": "Var är min beställning? Den har inte kommit fram ännu.",
    "sw": "Oda yangu iko wapi? Bado haijafika na ninaihitaji.",
    "th": "คำสั่งซื้อของฉันอยู่ที่ไหน ยังไม่มาถึงเลย",
    "tr": "Siparişim nerede? Hâlâ gelmedi ve ona ihtiyacım var.",
    "uk": "Де моє замовлення? Воно ще не прийшло.",
    "ur": "میرا آرڈر کہاں ہے؟ وہ ابھی تک نہیں پہنچا ہے۔",
    "vi": "Đơn hàng của tôi ở đâu? Nó vẫn chưa đến nơi.",
    "zh": "我的订单在哪里？还没有收到。",
}
NEAR = {"ms": {"id"}, "id": {"ms"}, "no": {"da"}, "da": {"no"}, "hr": {"sr", "sl"}, "sk": {"cs"}, "ur": {"fa"}}


@pytest.mark.parametrize("language", SAID)
def test_each_is_recognised_or_taken_for_its_nearest_relative(language: str) -> None:
    assert recognise(SAID[language]) in {language} | NEAR.get(language, set())


@pytest.mark.parametrize("language", sorted(set(SAID) - {"en", "fr"}))
def test_each_is_told_in_its_own_words_that_a_person_can_answer(language: str) -> None:
    said = notice(language, answered_in(language))
    assert said == NOTICE[language] and "person" in said


def test_there_are_forty_besides_the_two_that_are_written() -> None:
    assert len(set(SAID) & set(NOTICE)) >= 40
