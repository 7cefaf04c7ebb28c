"""The ordinary words of a French and of an English designer: each is drawn, drawn by its nearest, or said not to be."""

from __future__ import annotations

import pytest

from lib.merchandising.sketch_to_design.words import read_words

DRESS, COAT, SKIRT, SHIRT, BLAZER, TROUSERS = "dress", "coat", "skirt", "shirt", "blazer", "trousers"
NOUNS = {
    "fr": {DRESS: "robe", COAT: "manteau", SKIRT: "jupe", SHIRT: "chemise", BLAZER: "veste", TROUSERS: "pantalon"},
    "en": {DRESS: "dress", COAT: "coat", SKIRT: "skirt", SHIRT: "shirt", BLAZER: "blazer", TROUSERS: "trousers"},
}
#: 'attribute=value' is what is asked for, 'attribute~value' what it is drawn by, '' what is said not to be drawn.
FRENCH = """
en popeline|shirt|fabric=plain_weave
en gabardine|coat|fabric=twill
en velours|dress|fabric=velvet
en velours côtelé|trousers|fabric=corduroy
en tulle|skirt|fabric~lace
en organza|dress|fabric~plain_weave
en mousseline|dress|fabric~plain_weave
en crêpe|dress|fabric~plain_weave
en crêpe de Chine|shirt|fabric~plain_weave
en taffetas|dress|fabric~satin
en faille|skirt|fabric~satin
en jacquard|dress|fabric~satin
en lamé|dress|fabric~satin
en brocart|coat|fabric~satin
en flanelle|trousers|fabric=twill
en serge|coat|fabric=twill
en tweed|coat|fabric=tweed
en bouclette|coat|fabric=boucle
en dentelle|dress|fabric=lace
en guipure|dress|fabric=lace
en résille|dress|fabric~lace
en broderie anglaise|dress|fabric~lace
en cuir|skirt|fabric=leather
en daim|skirt|fabric~leather
en simili cuir|skirt|fabric~leather
en néoprène|skirt|fabric~jersey
en molleton|dress|fabric~jersey
en lainage|coat|fabric~twill
en drap de laine|coat|fabric=twill
en shetland|coat|fabric~tweed
en voile de coton|shirt|fabric=plain_weave
en seersucker|shirt|fabric~plain_weave
en percale|shirt|fabric=plain_weave
en chambray|shirt|fabric=chambray
à sequins|dress|fabric=sequins
en polaire|coat|fabric~boucle
en piqué|dress|fabric~plain_weave
à chevrons|coat|fabric~twill
prince-de-galles|coat|print~tartan
pied-de-poule|coat|print=houndstooth
pied-de-coq|coat|print~houndstooth
vichy|dress|print=check
à pois|dress|print=dot
liberty|dress|print=floral
toile de Jouy|dress|print~floral
madras|shirt|print~tartan
à rayures tennis|trousers|print=stripe
bayadère|dress|print=stripe
léopard|dress|
tie and dye|dress|print~ikat
géométrique|dress|
col à revers|coat|collar=notch_lapels
col français|shirt|collar=shirt_collar
col italien|shirt|collar~shirt_collar
col cubain|shirt|collar~shirt_collar
col officier|shirt|collar=band_collar
col claudine|shirt|collar=peter_pan
col lavallière|shirt|collar=bow_collar
col châle|blazer|collar=shawl_collar
col cranté|blazer|collar=notch_lapels
col marin|shirt|collar~peter_pan
col roulé|dress|collar=roll_neck
encolure bateau|dress|neckline=boat_neck
col bénitier|dress|neckline=cowl_neck
décolleté en cœur|dress|neckline=sweetheart
une épaule|dress|neckline~off_shoulder
dos nu|dress|
manches raglan|coat|sleeve~long_sleeves
manches kimono|dress|sleeve~flared_sleeves
manches gigot|dress|sleeve~puff_sleeves
manches ballon|dress|sleeve=balloon_sleeves
manches pagode|dress|sleeve=flared_sleeves
mancherons|dress|sleeve=cap_sleeves
trapèze|dress|silhouette=a_line
fourreau|skirt|
sirène|dress|silhouette~fitted
princesse|dress|silhouette~fit_and_flare
empire|dress|silhouette=empire
boule|skirt|silhouette~a_line
crayon|skirt|silhouette=pencil_cut
tulipe|skirt|silhouette~pencil_cut
patineuse|dress|silhouette=a_line
baggy|trousers|silhouette~wide_leg
cigarette|trousers|silhouette=slim_leg
carotte|trousers|silhouette=tapered_leg
pattes d’eph|trousers|silhouette=flared_leg
taille haute|trousers|
plissée|skirt|pleats=knife
plis creux|skirt|pleats=box
plissé soleil|skirt|pleats~knife
smocks|dress|pleats~gathers
froncée|skirt|pleats=gathers
fendue|skirt|
fente|skirt|
volants|skirt|
drapé|dress|
péplum|dress|
traîne|dress|
franges|skirt|
passepoil|blazer|
empiècement|shirt|
broderie|dress|
capuche|coat|
doublure|coat|
martingale|coat|
poignets mousquetaire|shirt|
brandebourgs|coat|closure~buttons
fermeture éclair|coat|closure=zip
croisé|coat|closure=double_breasted
zip invisible|dress|closure~back_zip
poches passepoilées|blazer|pockets=welt_pockets
poches plaquées|coat|pockets=patch_pockets
poches cargo|trousers|pockets=cargo_pockets
ourlet asymétrique|skirt|hem=asymmetric_hem
surpiqûres|skirt|stitching=double
ceinture à nouer|coat|belt=tie_belt
transparente|dress|
de soirée|dress|
élégante|dress|
structurée|dress|
"""
ENGLISH = """
in poplin|shirt|fabric=plain_weave
in gabardine|coat|fabric=twill
in velvet|dress|fabric=velvet
in corduroy|trousers|fabric=corduroy
in tulle|skirt|fabric~lace
in organza|dress|fabric~plain_weave
in chiffon|dress|fabric~plain_weave
in crepe|dress|fabric~plain_weave
in crepe de chine|shirt|fabric~plain_weave
in taffeta|dress|fabric~satin
in brocade|coat|fabric~satin
in jacquard|dress|fabric~satin
in flannel|trousers|fabric=twill
in tweed|coat|fabric=tweed
in bouclé|coat|fabric=boucle
in lace|dress|fabric=lace
in mesh|dress|fabric~lace
in suede|skirt|fabric~leather
in faux leather|skirt|fabric~leather
in neoprene|skirt|fabric~jersey
in fleece|coat|fabric~boucle
in chambray|shirt|fabric=chambray
in seersucker|shirt|fabric~plain_weave
in canvas|coat|fabric~plain_weave
in satin|dress|fabric=satin
in silk|dress|fabric=satin
in denim|skirt|fabric=denim
in herringbone|coat|fabric~twill
in melton|coat|fabric~twill
in sequins|dress|fabric=sequins
in jersey|dress|fabric=jersey
in linen|dress|fabric=linen
in gingham|dress|print=check
in glen check|blazer|print~tartan
in houndstooth|coat|print=houndstooth
pinstripe|trousers|print=stripe
in polka dots|dress|print=dot
floral|dress|print=floral
in paisley|dress|print=paisley
leopard|dress|
tie-dye|dress|print~ikat
geometric|dress|
with notch lapels|coat|collar=notch_lapels
with lapels|blazer|collar=notch_lapels
peak lapels|blazer|collar=peak_lapels
french collar|shirt|collar=shirt_collar
camp collar|shirt|collar~shirt_collar
button-down collar|shirt|collar~shirt_collar
mandarin collar|shirt|collar=band_collar
peter pan collar|shirt|collar=peter_pan
sailor collar|shirt|collar~peter_pan
turtleneck|dress|collar=roll_neck
boat neck|dress|neckline=boat_neck
cowl neck|dress|neckline=cowl_neck
halter neck|dress|neckline=halter_neck
one-shoulder|dress|neckline~off_shoulder
backless|dress|
raglan sleeves|coat|sleeve~long_sleeves
batwing sleeves|dress|sleeve~flared_sleeves
leg-of-mutton sleeves|dress|sleeve~puff_sleeves
bishop sleeves|dress|sleeve=balloon_sleeves
bell sleeves|dress|sleeve=flared_sleeves
cap sleeves|dress|sleeve=cap_sleeves
a-line|dress|silhouette=a_line
mermaid|dress|silhouette~fitted
empire line|dress|silhouette=empire
bubble|skirt|silhouette~a_line
pencil|skirt|silhouette=pencil_cut
circle|skirt|silhouette~flared
cocoon|coat|silhouette~oversized
baggy|trousers|silhouette~wide_leg
bootcut|trousers|silhouette=flared_leg
tapered|trousers|silhouette=tapered_leg
high-waisted|trousers|
pleated|skirt|pleats=knife
box pleats|skirt|pleats=box
smocking|dress|pleats~gathers
shirred|skirt|pleats=gathers
slit|skirt|
ruffles|skirt|
draped|dress|
peplum|dress|
train|dress|
fringe|skirt|
piping|blazer|
yoke|shirt|
darts|dress|
embroidery|dress|
hood|coat|
lining|coat|
french cuffs|shirt|
toggles|coat|closure~buttons
zip|coat|closure=zip
double-breasted|coat|closure=double_breasted
invisible zip|dress|closure~back_zip
jetted pockets|blazer|pockets=welt_pockets
cargo pockets|trousers|pockets=cargo_pockets
tie belt|coat|belt=tie_belt
topstitching|skirt|stitching=double
asymmetric hem|skirt|hem=asymmetric_hem
sheer|dress|
evening|dress|
elegant|dress|
structured|dress|
"""


def rows(language: str) -> list[tuple[str, str, str, str]]:
    """(language, term, piece, expected) of the table of a language."""
    text = FRENCH if language == "fr" else ENGLISH
    return [(language, *cell.split("|")) for cell in text.split("\n") if cell]


def test_the_tables_hold_a_hundred_words_and_more():
    assert len(rows("fr")) >= 100
    assert len(rows("fr")) + len(rows("en")) >= 180


@pytest.mark.parametrize(("language", "term", "kind", "wanted"), [*rows("fr"), *rows("en")])
def test_an_ordinary_word_is_drawn_or_said_not_to_be(language, term, kind, wanted):
    noun = NOUNS[language][kind]
    text = f"{noun} {term}" if language == "fr" or term.split()[0] in ("in", "with") else f"a {term} {noun}"
    wish = read_words(text, language)
    (piece,) = wish.pieces
    assert piece.kind == kind
    assert wish.not_read == (), "understood, whether it can be drawn or not"
    if "=" in wanted:
        attribute, value = wanted.split("=")
        assert (getattr(piece, attribute), wish.not_drawn) == (value, ())
    elif "~" in wanted:
        attribute, value = wanted.split("~")
        assert [(one.attribute, one.value) for one in piece.nearest] == [(attribute, value)]
        assert getattr(piece, attribute) == "" and piece.drawn(attribute) == value
    else:
        assert wish.not_drawn and not piece.said()
