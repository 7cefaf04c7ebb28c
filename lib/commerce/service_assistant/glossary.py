"""Words of client service in both languages: a French question finds an English page, and a quotation is explained."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from lib.retrieval.words import fold

# English | French, the first form of each is the one that is shown; further forms are separated by commas.
PAIRS: Final = """
dry clean | nettoyage à sec, pressing
cleaner | teinturier, pressing
hand wash | lavage à la main, laver à la main
machine wash, wash | lavage en machine, laver, lave
iron | repasser, repassage, fer
stain | tache
perfume | parfum
silk | soie
wool | laine
cashmere | cachemire
linen | lin
cotton | coton
leather | cuir
suede | daim, veau velours
down | duvet
puffer jacket, puffer | doudoune
tennis balls | balles de tennis
raincoat, rainwear | imperméable, imper
waterproof, proofing | imperméabiliser, imperméabilisation
coat | manteau
dress | robe
skirt | jupe
jumper, knit | pull, maille
trousers | pantalon
shirt | chemise
jeans, denim | jean, denim
belt | ceinture
buckle | boucle
strap | bandoulière, bretelle
sequins | sequins, paillettes
embroidery | broderie
tights | collants
shoes | chaussures
sole | semelle
resoling, resole | ressemelage
heel | talon
loafers | mocassins
trainers | baskets
sandals | sandales
pumps | escarpins
ballet flats | ballerines
half size, half sizes | demi-pointure, demi-taille
bag | sac
handle | anse, poignée
zip | fermeture à glissière, fermeture éclair
button | bouton
seam | couture
moth, moths | mites, mite
hole | trou
pilling | boulochage, bouloche
hem | ourlet
alterations, alteration | retouche, retouches
repair, mending, mend | réparation, réparer
quote | devis
guarantee, warranty | garantie
defect, faulty, defective | défaut, défectueux, défectueuse
hidden defect | vice caché
wear | usure
return, send back, give back | retour, rendre, retourner, renvoyer
return period | délai de retour
exchange, swap | échange, échanger
refund, money back | remboursement, rembourser
label | étiquette
sale, markdown | soldes, soldé, soldée, démarquée
credit note, store credit | avoir
gift | cadeau
gift card, voucher | carte cadeau, bon cadeau
gift wrapping, giftwrap, gift wrap | emballage cadeau, paquet cadeau
gift slip | billet cadeau
present | cadeau
recipient | destinataire
delivery, shipping | livraison
france | france
times, time | délais, délai
prices, price | tarifs, tarif, prix
free delivery, free | offerte, gratuite, gratuit
parcel | colis
several parcels | plusieurs colis
last parcel | dernier colis
late | en retard, retard
lost | perdu
delivered | livré
proof of delivery | preuve de livraison
signed statement | attestation signée
neighbour | voisin
caretaker | gardien, gardienne
tracking | suivi
carrier, courier, driver | transporteur, livreur, facteur
working days | jours ouvrés
customs | douane
duties | droits de douane
paid by the recipient | à la charge du destinataire
address | adresse
pick-up point | point relais, point de retrait
in preparation | en préparation
shipped | expédié, expédiée
cancel | annuler
order | commande
invoice | facture
payment, pay | paiement, payer
cheque | chèque
cash | espèces, liquide
instalments, instalment | plusieurs fois, 3x, échéances
price drop, cheaper, reduced | baisse de prix, moins cher
difference | différence
tax refund, tax-free | détaxe
discount code, promo code, code | code promo
discount | remise
opening hours, open | horaires, ouvert, heures
closed | fermé, fermée
public holiday | jour férié
appointment | rendez-vous, rdv
styling | conseil
reserve, put aside | mettre de côté, réserver
step-free, wheelchair | plain-pied, fauteuil
lift | ascenseur
personal data, data | données personnelles, données
erasure, erase, delete | effacement, effacer, effaciez, supprimer
copy | copie
newsletter, advertising, ads, marketing, spam, unsubscribe | infolettre, publicité, pub, désabonner, désinscrire
allergy, allergic | allergie, allergique
feathers, feather | plumes
nickel | nickel
latex | latex
lanolin | lanoline
chrome | chrome
vegetable-tanned | tannage végétal
dye, dyes | colorant, colorants, teinture
vegan | végane, vegan
fur | fourrure
skin | peau
reaction, rash | réaction, rougeur
needle | aiguille
burn | brûlure
size | taille
size guide | guide des tailles
women | femme, femmes
men | homme, hommes
bust | poitrine, tour de poitrine
waist | tour de taille
hips | hanches, tour de hanches
made to measure | sur mesure
personalised, engraving, engraved, monogram, initials | personnalisé, personnalisée, graver, gravé, initiales
worn | porté, portée
washed | lavé, lavée
swimwear | maillot de bain
adviser | conseiller
person | personne
photos | photos
prepaid | prépayée
colour transfer, rubbed off, gives off colour, fade | déteindre, dégorger, déteint, perde sa couleur
dark | foncé, foncée
light | clair, claire
rain | pluie
storage, store | rangement, ranger
soften, softener | adoucissant
tumble dryer, tumble dry | sèche-linge
flat | à plat
hanger | cintre
valid | valable
months | mois
years | ans
weeks | semaines
days | jours
expired | expirée
balance | solde, combien il reste, reste sur
corporate gifts, client gifts | cadeaux d’entreprise
christmas | noël
express | express
overseas | outre-mer, réunion, guadeloupe, martinique, guyane, mayotte
united states, usa, america, chicago, new york | états-unis, amérique
united kingdom, uk, britain, scotland, england, wales | royaume-uni, angleterre, écosse
switzerland, swiss, geneva, zurich | suisse, genève, lausanne
japan, tokyo | japon
european union, eu, germany, spain, italy, belgium | union européenne, allemagne, espagne, italie, belgique
don't accept | n’acceptons
doesn't cover, not covered | ne couvre pas
at our expense | à nos frais
at the client's expense | à la charge du client
except, excepted | sauf
video | visioconférence
the law | la loi
doctor | médecin
the same day | le jour même
within | sous, dans les
kept | conservés, gardée
wrong item, wrong size | article reçu par erreur, mauvaise taille
cryptocurrency, crypto, bitcoin | cryptomonnaie, bitcoin
dog, pet | chien, animal
student | étudiant, étudiante
tourist, visitor, passport | touriste, passeport
company, business | société, entreprise, professionnel
minor, child, children, teenager | mineur, mineure, enfant, adolescent
cream, feed | crème, nourrir, cirer
inside out | à l’envers, retourné
warehouse | entrepôt
bank | banque
means of payment | moyen de paiement
proof of identity, id card | pièce d’identité
deposit | acompte, caution
signature, sign for | signature, signer
saturday | samedi
sunday | dimanche
charged, debited | débité, débitée, prélevé
declined, refused | refusé, refus
changed my mind, change my mind | changement d’avis, changé d’avis, change d’avis
glue | colle
rubber | caoutchouc
smell, stinks, odour | odeur
stretch, lengthen | allonger, détendre
scar, vein | cicatrice, veine
salt | sel
vinegar | vinaigre
grease, greasy | graisse, gras
mud | boue
ink | encre
cedar | cèdre
shrink | rétrécir, rétrécit
bleach | javel
steam | vapeur
reverse | envers
towel | serviette
wring | essorer, tordre
brush | brosse, brosser
blot, dab | tamponner, tamponnez
rub | frotter, frottez
petite | petite taille
maternity, pregnant | maternité, grossesse, enceinte
vat | tva
stolen | volé, volée
block | bloquer, bloque
account | compte
recordings | enregistrements
someone else | autre personne, procuration
measure | mesurer
wedding, bride | mariage, mariée
ramp | rampe
fitting room | cabine
worn down, wears | usé, usés
hygiene | hygiène
altered | retouchée, retouché
recolour, recolouring | recoloration, recolorer
how often, every | fréquence, tous les, toutes les
not guaranteed | pas garanties, ne garantissons pas
covered, cover | couvert, couvre
notice | avis
photo, picture | photo
kept | gardé, gardée, garde, gardez
duplicate | duplicata
erased | effacé, effacée
animal | animales
"""


@cache
def _rows() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    rows = [line.split("|") for line in PAIRS.strip().splitlines()]
    return tuple(
        (tuple(form.strip() for form in one.split(",")), tuple(form.strip() for form in two.split(",")))
        for one, two in rows
    )


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    return tuple((_pattern(one), _pattern(two)) for one, two in _rows())


def _pattern(forms: tuple[str, ...]) -> re.Pattern[str]:
    known = "|".join(re.escape(fold(form.replace("’", "'"))) for form in sorted(forms, key=len, reverse=True))
    return re.compile(rf"(?<![^\W_])(?:{known})s?(?![^\W_])")


@lru_cache(maxsize=4_096)
def other_words(text: str) -> str:
    """The words of ``text`` that have a twin in the other language, as those twins."""
    bare = fold(text.replace("’", "'"))
    found: list[str] = []
    for (english, french), (in_english, in_french) in zip(_rows(), _patterns(), strict=True):
        if in_french.search(bare):
            found.append(english[0])
        if in_english.search(bare):
            found.append(french[0])
    return " ".join(found)


@cache
def _any() -> tuple[re.Pattern[str], dict[str, int]]:
    """All forms in one pattern, the longest first, with the rows that they stand in."""
    forms = {
        fold(form.replace("’", "'")): at
        for at, (one, two) in reversed(list(enumerate(_rows())))
        for form in (*one, *two)
    }
    known = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
    return re.compile(rf"(?<![^\W_])({known})s?(?![^\W_])"), forms


@lru_cache(maxsize=8_192)
def concepts(text: str) -> frozenset[int]:
    """What of the glossary a text speaks of, in whichever language: numbers of rows."""
    pattern, forms = _any()
    return frozenset(forms[match[1]] for match in pattern.finditer(fold(text.replace("’", "'"))))


def explained(quoted: str, language: str, most: int = 4) -> list[tuple[str, str]]:
    """(word, its twin) for words of a quotation in the other language; ``language`` is the reader's."""
    bare = fold(quoted.replace("’", "'"))
    found = []
    for (english, french), (in_english, in_french) in zip(_rows(), _patterns(), strict=True):
        theirs, ours = (english, french) if language == "fr" else (french, english)
        match = (in_english if language == "fr" else in_french).search(bare)
        if match is not None and fold(theirs[0]) != fold(ours[0]):
            found.append((-len(theirs[0].split()), match.start(), theirs[0], ours[0]))
    counted = [(one, two) for one, two in _counted(quoted, language)]
    return [*counted, *((one, two) for _words, _at, one, two in sorted(found))][:most]


_UNITS: Final = (
    ("working days", "jours ouvrés"),
    ("days", "jours"),
    ("weeks", "semaines"),
    ("months", "mois"),
    ("years", "ans"),
    ("hours", "heures"),
)


def _counted(quoted: str, language: str) -> list[tuple[str, str]]:
    """'14 jours' with '14 days', for what a quotation counts."""
    found, bare = [], quoted
    for english, french in _UNITS:
        theirs, ours = (english, french) if language == "fr" else (french, english)
        for number in re.findall(rf"(\d+)[\s\u202f\u00a0]{re.escape(theirs)}", bare):
            found.append((f"{number} {theirs}", f"{number} {ours}"))
        bare = re.sub(rf"\d+[\s\u202f\u00a0]{re.escape(theirs)}", "", bare)
    return list(dict.fromkeys(found))
