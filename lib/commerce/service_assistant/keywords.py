"""Keyword rules as help desks write them: words that speak for an intent. The Proof's baseline, and a hint for ours."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from lib.retrieval.words import fold

# Beginnings of words, folded: lower case without accents. A phrase with a space is looked for as it stands.
KEYWORDS: Final[dict[str, str]] = {
    "order_status": "where is my order|wheres my order|where's my order|my order|track|tracking|shipped yet|status|"
    "when will it arrive|when it comes|dispatched|ou est ma commande|ou en est|ma commande|suivi|suivre|expediee ?|"
    "partie ou|quand arrive|cmd|commande en cours|mi pedido|mio ordine|meine "
    "bestellung|bestellung|encomenda|bestelling",
    "delivery_problem": "late parcel|is late|lost|not received|never arrived|never came|hasn't arrived|hasnt arrived|"
    "not arrived|no scan|marked as delivered|says delivered|damaged box|stolen|missing parcel|jamais recu|pas recu|"
    "rien recu|toujours rien|perdu|en retard|retard|marque livre|dit livre|indique livre|colis abime|introuvable|"
    "porte disparu|enquete|not in my mailbox|neighbour|voisin|gardien|consider",
    "split_order": "several parcels|two parcels|three parcels|parcel 1|parcel 2|separate parcels|in "
    "two|part of my order|"
    "only one|rest of|other half|plusieurs colis|deux colis|2 colis|3 colis|trois colis|il manque|une partie de|"
    "le reste de|que les|je n'ai recu que|hold parcel|split|incomplete|incomplet|second parcel|deuxieme colis",
    "order_change": "change my order|cancel|wrong address|change of address|change the address|redirect|modify|amend|"
    "typo in|add to my order|modifier|annuler|changer l'adresse|changer d'adresse|trompee? d'adresse|mauvaise adresse|"
    "adresse de livraison|ajouter un article|erreur d'adresse|new address|different address|nouvelle adresse",
    "delivery_terms": "deliver to|ship to|ship|shipping cost|delivery cost|free delivery|customs|duty|duties|express|"
    "how long does delivery|postage|next day|vous livrez|livrez-vous|livraison "
    "gratuite|livraison offerte|frais de port|"
    "frais de livraison|douane|droits de|delai de livraison|point relais|cout de la livraison|livraison|alfandega|"
    "aduana|dogana|zoll|versand|関税|送料|配送|overseas|outre-mer|ddp|dap",
    "return": "return|send back|send it back|send something back|going back|refund|money back|give back|rendre|"
    "retourner|retour|rembours|renvoyer|reprendre|soldes?|sale piece|sale stuff|sale item|restitu|devol|zuruckgeb|"
    "final sale|trop grand|too big|changed my mind|change d'avis|change davis",
    "exchange": "exchange|swap|another size|different size|other size|size up|size down|echang|autre taille|"
    "autre modele|taille au-dessus|taille en dessous|je voudrais le 4|en 4\\d est trop|new size|contre un|contre une",
    "gift_return": "present from|gift slip|got as a gift|as a present|received a gift|gift return|return a gift|"
    "on m'a offert|m'a offert|cadeau recu|rendre un cadeau|rendre le cadeau|cadeau de noel|billet cadeau|offert par|"
    "unwanted gift|store credit|was given|me l'a offert|echanger un cadeau|recu en cadeau",
    "defect": "defect|faulty|broken|broke|came off|fell apart|falling apart|crack|seam|stitch|zip|hole|guarantee|"
    "warranty|repair|mend|resol|heel|moth|defaut|casse|couture|trou|garantie|reparer|reparation|ressemel|vice cache|"
    "lache|craque|decousu|dechir|fermeture|bouloch|pilling|talon|hem|alteration|ourlet|retouche|legal right|mes droits",
    "wrong_item": "wrong item|wrong size|wrong colour|wrong piece|not what i ordered|instead of|got a|received a|"
    "someone else|erreur d'article|mauvais article|mauvaise taille|mauvais coloris|au lieu de|pas ce que j'ai commande|"
    "autre article|a la place",
    "safety": "needle|pin in|burn|blister|rash|bleed|blood|hospital|a&e|injur|hurt|allergic reaction|swollen|choke|"
    "swallow|aiguille|epingle|brulure|brule|saigne|plaque|blesse|urgence|gonfle|avale|reaction|dangereu|danger|"
    "eczema|demange|cloque|collapsed",
    "allergy": "allerg|nickel|latex|lanolin|chrome|feather|vegan|azo|formaldehyde|made of|hypoallergenic|plume|duvet|"
    "lanoline|colorant|sans chrome|matiere|composition|intoleran|fur|fourrure|angora|gratte",
    "care": "wash|clean|iron|stain|dry clean|tumble|suede|leather care|store my|protect|"
    "perfume on|rubbed off|colour rub|"
    "laver|lavage|machine|pressing|tache|repass|nettoy|entretien|entretenir|cirer|impermeabilis|ranger|mites|secher|"
    "deteint|deteindre|shrink|retreci|rain|pluie|waterproof",
    "size_advice": "what size|which size|size dress|between sizes|between 38|half size|bust|waist|hips|size guide|"
    "runs large|runs small|true to size|quelle taille|taille choisir|guide des tailles|tour de|entre deux tailles|"
    "demi-pointure|demi pointure|pointure|italien|italian size|uk size|us size|"
    "mesure|je fais du|taille grand|conversion",
    "stock": "in stock|available in|availab|do u have|do you have|any left|restock|sold out|dispo|en stock|reste-t-il|"
    "il reste|rupture|reassort|mettre de cote|reserve|put aside|en magasin|plus rien|back in stock|lagernd|auf lager",
    "store_hours": "open|opening|hours|close|closing|shut|address of|step-free|wheelchair|where are you|horaire|ouvert|"
    "ouvre|ferme|fermeture|heures|adresse de la boutique|acces|fauteuil|parking|offnungszeiten|geoffnet|wann hat|"
    "orari|horario|営業|offen|holiday|jour ferie|dimanche",
    "appointment": "appointment|appt|book|booking|styling|rdv|rendez-vous|rendez vous|prendre rendez|styliste|"
    "conseil a|reserver un creneau|termin|appuntamento|cita|private session|salon prive|reschedule",
    "payment": "pay|payment|invoice|card was|charged|cheque|cash|paypal|klarna|instal|tax refund|vat|tax free|code|"
    "discount code|promo|price drop|cheaper|difference|paiement|payer|facture|carte bancaire|debit|cheque|especes|"
    "3x|3 fois|plusieurs fois|detaxe|code promo|remise|baisse de prix|moins cher|prix|receipt|ticket",
    "gift": "gift card|giftcard|gift wrap|giftwrap|wrapping|voucher|gift message|client gifts|corporate|e-card|"
    "carte cadeau|carte-cadeau|emballage|paquet cadeau|papier cadeau|ruban|mot a joindre|bon cadeau|cadeaux "
    "d'entreprise|christmas|for christmas|noel",
    "privacy": "personal data|gdpr|rgpd|delete my|erase|erasure|unsubscribe|newsletter|my data|my ex|my wife's order|"
    "husband's order|read me the|whose|mes donnees|donnees personnelles|efface|effacer|supprimer mon compte|"
    "desabonn|desinscri|confidential|commande de mon|commande de ma|adresse de quelqu|tracked|cookies|copy of my",
    "complaint": "speak to a|talk to a|real person|human|manager|supervisor|complaint|complain|lawyer|solicitor|court|"
    "sue|legal action|letter before|trading standards|disgrace|ridiculous|outrag|unacceptable|worst|scam|thieves|"
    "parler a|un conseiller|une vraie personne|humain|responsable|reclamation|plainte|avocat|tribunal|mise en demeure|"
    "inadmissible|honte|scandal|voleur|arnaque|incapable|robot|inacceptable|merde|nul|escroc|czlowiek|mensch|persona "
    "real|consommateurs|mediateur|fuck|bullshit|idiot|furieu",
    "other": "carbon|hello$|hi$|thanks$|thank you|merci$|bonjour$|job|career|recrut|stage|sponsor|influenc|press|"
    "meteo|weather|joke|blague|who are you|qui es|^ok$|franchise|partenariat|empreinte",
}


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {intent: re.compile(rf"(?<![^\W_])(?:{words})", re.IGNORECASE) for intent, words in KEYWORDS.items()}


def hits(text: str) -> dict[str, int]:
    """How many different words of ``text`` speak for each intent."""
    bare = fold(text.replace("’", "'"))
    return {intent: len(set(pattern.findall(bare))) for intent, pattern in _patterns().items()}


def by_keywords(text: str) -> str:
    """The intent with the most words, the first one listed where two have as many; 'other' without any."""
    found = hits(text)
    best = max(found, key=lambda intent: found[intent])
    return best if found[best] else "other"
