"""What a shop's rules say, in French and in English, with a question in each language that shares few words with it."""

from __future__ import annotations

from typing import NamedTuple


class Pair(NamedTuple):
    """The same rule in both languages, and what somebody asks who doesn't know its words."""

    french: str
    english: str
    asked_in_french: str
    asked_in_english: str


PAIRS = (
    Pair(
        "Les bijoux gravés ne peuvent être ni repris ni échangés.",
        "Engraved jewellery can be neither returned nor exchanged.",
        "puis-je rendre une bague à mes initiales ?",
        "can I send back a ring with my initials on it?",
    ),
    Pair(
        "Le remboursement est versé sur la carte qui a servi au paiement, sous dix jours.",
        "Refunds go to the card that was paid with, within ten days.",
        "quand vais-je récupérer mon argent ?",
        "when do I get my money back?",
    ),
    Pair(
        "La soie se lave à la main, à l’eau froide, avec une lessive douce.",
        "Wash silk by hand in cold water with a mild detergent.",
        "comment nettoyer mon carré sans l’abîmer ?",
        "how do I clean a silk scarf without ruining it?",
    ),
    Pair(
        "Rangez les pulls en laine pliés, avec du bois de cèdre contre les mites.",
        "Store wool sweaters folded, with cedar wood against moths.",
        "des insectes font des trous dans mes tricots",
        "insects make holes in my knitwear",
    ),
    Pair(
        "Les ressemelages sont faits dans notre atelier et demandent trois semaines.",
        "Resoling is done in our workshop and takes three weeks.",
        "mes chaussures sont usées dessous, les réparez-vous ?",
        "my shoes are worn underneath, do you repair them?",
    ),
    Pair(
        "Les droits de douane sont à la charge du destinataire hors de l’Union européenne.",
        "Customs duties are paid by the recipient outside the European Union.",
        "y a-t-il des taxes à l’importation pour le Japon ?",
        "are there import taxes for Japan?",
    ),
    Pair(
        "Une carte cadeau est valable deux ans dans toutes les boutiques.",
        "A gift card is valid for two years in all stores.",
        "mon bon d’achat expire-t-il ?",
        "does my voucher expire?",
    ),
    Pair(
        "Le nickel est absent de tous nos fermoirs et boucles d’oreilles.",
        "None of our clasps and earrings contains nickel.",
        "je suis allergique aux métaux, que puis-je porter ?",
        "I am allergic to metals, what can I wear?",
    ),
    Pair(
        "Pour connaître son tour de doigt, mesurez le diamètre intérieur d’une bague qui va bien.",
        "To know a ring size, measure the inner diameter of one that fits.",
        "quelle taille choisir pour un anneau ?",
        "which size should I choose for a band?",
    ),
    Pair(
        "Nos vendeurs reçoivent sur rendez-vous dans le salon privé.",
        "Our advisers see clients by appointment in the private salon.",
        "peut-on réserver un créneau avec un conseiller ?",
        "can I book a slot with an adviser?",
    ),
    Pair(
        "Un colis perdu est remplacé dès que le transporteur a clos son enquête.",
        "A lost parcel is replaced as soon as the carrier has closed its inquiry.",
        "ma commande n’est jamais arrivée",
        "my order never arrived",
    ),
    Pair(
        "Chaque sac porte un numéro de série qui prouve son authenticité.",
        "Each bag bears a serial number that proves it is genuine.",
        "comment savoir si ce n’est pas une contrefaçon ?",
        "how can I tell it is not a fake?",
    ),
    Pair(
        "Les verres correcteurs sont montés par un opticien partenaire.",
        "Prescription lenses are fitted by a partner optician.",
        "peut-on mettre ma correction sur ces lunettes ?",
        "can these glasses be made for my eyesight?",
    ),
    Pair(
        "Nos fourrures ont été abandonnées en 2019 ; les doublures sont en fibres recyclées.",
        "We gave up fur in 2019; linings are made of recycled fibres.",
        "vendez-vous des peaux d’animaux ?",
        "do you sell animal pelts?",
    ),
    Pair(
        "Un parfum ouvert se garde trois ans à l’abri de la lumière.",
        "An opened perfume keeps for three years away from light.",
        "combien de temps puis-je utiliser mon flacon ?",
        "for how long can I use my bottle of fragrance?",
    ),
    Pair(
        "Les retouches d’ourlet sont offertes sur les pantalons et les robes.",
        "Hem alterations are free for trousers and dresses.",
        "mon pantalon est trop long, le raccourcissez-vous ?",
        "my trousers are too long, do you shorten them?",
    ),
    Pair(
        "Les adhérents du programme gagnent un point par euro dépensé.",
        "Members of the programme earn one point for each euro spent.",
        "comment fonctionne la fidélité ?",
        "how does loyalty work?",
    ),
    Pair(
        "Vos données sont effacées un mois après votre demande écrite.",
        "Your data is erased one month after your written request.",
        "je veux que vous supprimiez mon compte et mes informations",
        "I want you to delete my account and my information",
    ),
    Pair(
        "La boutique est accessible en fauteuil roulant par la cour.",
        "The store can be entered by wheelchair from the courtyard.",
        "ma mère ne peut pas monter les escaliers",
        "my mother can’t climb stairs",
    ),
    Pair(
        "Le cuir verni craint la chaleur et les frottements avec un tissu foncé.",
        "Patent leather suffers from heat and from rubbing against dark cloth.",
        "mon jean a déteint sur mon sac brillant",
        "my jeans stained my shiny bag",
    ),
    Pair(
        "Nous payons les objets rapportés selon leur état et les revendons restaurés.",
        "We pay for items that are brought back by their condition and sell them restored.",
        "rachetez-vous l’occasion ?",
        "do you buy second-hand pieces?",
    ),
    Pair(
        "Le coton vient de fermes certifiées qui n’emploient pas de pesticides.",
        "The cotton comes from certified farms that use no pesticides.",
        "vos matières sont-elles biologiques ?",
        "are your materials organic?",
    ),
    Pair(
        "L’emballage cadeau et un mot écrit à la main sont gratuits.",
        "Gift wrapping and a handwritten note are free.",
        "pouvez-vous faire un joli paquet avec une petite carte ?",
        "can you make a nice parcel with a little card?",
    ),
    Pair(
        "La montre résiste à trois atmosphères : la pluie, pas la plongée.",
        "The watch withstands three atmospheres: rain, not diving.",
        "puis-je nager avec ?",
        "can I swim with my watch on?",
    ),
)
