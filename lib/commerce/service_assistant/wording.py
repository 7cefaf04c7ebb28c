"""What the built-in engine says in its own words: frames around facts that passages and tools gave. French and English.

These are texts to clients in the answer's language, so they stand here and not in the interface's catalogue.
"""

from __future__ import annotations

from typing import Final

SAID: Final[dict[str, tuple[str, str]]] = {
    "ask_order": (
        (
            "To look at an order I need its number (MS and six digits) together with the "
            "e-mail address or the postcode of the order."
        ),
        (
            "Pour consulter une commande, il me faut son numéro (MS et six chiffres) avec "
            "l’adresse e-mail ou le code postal de la commande."
        ),
    ),
    "ask_proof": (
        (
            "Before I say anything of order {order}, I check who is writing: please send the "
            "e-mail address or the postcode of the order."
        ),
        (
            "Avant de parler de la commande {order}, je vérifie l’identité\u00a0: "
            "envoyez-moi l’adresse e-mail ou le code postal de la commande."
        ),
    ),
    "no_match": (
        (
            "The order number and the e-mail address or postcode don’t go together, so I "
            "can’t say anything about an order. Please check both and send them again, or "
            "ask for a person."
        ),
        (
            "Le numéro de commande et l’adresse e-mail ou le code postal ne vont pas "
            "ensemble\u00a0: je ne peux rien dire d’une commande. Vérifiez les deux et "
            "renvoyez-les, ou demandez une personne."
        ),
    ),
    "not_yours": (
        "I speak of an order with the client who placed it and with nobody else, whatever is known of its number.",
        "Je ne parle d’une commande qu’avec la personne qui l’a passée, quel que soit ce que l’on sait de son numéro.",
    ),
    "too_late": (
        "The time for returning this order ended on {day}, so I can’t start a return.",
        "Le délai de retour de cette commande s’est terminé le {day}\u00a0: je ne peux pas ouvrir de retour.",
    ),
    "which_line": (
        "Which piece is it? The order holds: {pieces}.",
        "De quelle pièce s’agit-il\u202f? La commande contient\u00a0: {pieces}.",
    ),
    "which_new_size": ("Which size would you like for {piece}?", "Quelle taille souhaitez-vous pour {piece}\u202f?"),
    "which_size": ("Which size are you looking for?", "Quelle taille cherchez-vous\u202f?"),
    "return_started": (
        (
            "The return of {pieces} is open under number {id}; the label follows by e-mail. "
            "Nothing is refunded yet: the piece is looked at first."
        ),
        (
            "Le retour de {pieces} est ouvert sous le numéro {id}\u202f; l’étiquette suit "
            "par e-mail. Rien n’est encore remboursé\u00a0: la pièce est d’abord examinée."
        ),
    ),
    "exchange_started": (
        "The exchange of {piece} for size {size} is open under number {id}; the label follows by e-mail.",
        (
            "L’échange de {piece} contre la taille {size} est ouvert sous le numéro "
            "{id}\u202f; l’étiquette suit par e-mail."
        ),
    ),
    "size_gone": (
        "{piece} isn’t in stock online in size {size}, so I can’t open an exchange.",
        "{piece} n’est plus en stock en ligne en taille {size}\u00a0: je ne peux pas ouvrir d’échange.",
    ),
    "not_confirmed": (
        "It wasn’t confirmed, so nothing was done. Tell me if I should do it, or ask for a person.",
        "Cela n’a pas été confirmé, rien n’a donc été fait. Dites-moi si je dois le faire, ou demandez une personne.",
    ),
    "not_possible": (
        "I can’t do this for you: the rules below are against it. A person can look at it if you ask for one.",
        (
            "Je ne peux pas le faire\u00a0: la règle ci-dessous s’y oppose. Une personne "
            "peut regarder votre cas si vous le demandez."
        ),
    ),
    "above_limit": (
        (
            "For an order of this value a client adviser takes care personally and calls "
            "you; I’ve handed your request over."
        ),
        (
            "Pour une commande de ce montant, un conseiller s’en charge lui-même et vous "
            "appelle\u202f; je lui ai transmis votre demande."
        ),
    ),
    "wrong_piece": (
        "You received another piece than the one you ordered. A person will settle it; I’ve handed your request over.",
        (
            "Vous avez reçu une autre pièce que celle commandée. Une personne s’en "
            "occupe\u202f; je lui ai transmis votre demande."
        ),
    ),
    "change_by_person": (
        (
            "The order is still in preparation. I can’t change it myself; I’ve handed your "
            "request to a client adviser who can."
        ),
        (
            "La commande est encore en préparation. Je ne peux pas la modifier "
            "moi-même\u202f; j’ai transmis votre demande à un conseiller qui peut le faire."
        ),
    ),
    "already_left": (
        "The parcel has left already, so this can’t be changed any more.",
        "Le colis est déjà expédié\u00a0: ce n’est plus modifiable.",
    ),
    "enquiry": (
        "I’ve handed this to a person, who opens the enquiry with the carrier and writes to you.",
        "J’ai transmis à une personne, qui ouvre l’enquête auprès du transporteur et vous écrit.",
    ),
    "line_in preparation": ("{piece} ({size}) is in preparation.", "{piece} ({size})\u00a0: en préparation."),
    "line_shipped": (
        "{piece} ({size}) was shipped on {shipped} with {carrier}, parcel {parcel}.",
        "{piece} ({size})\u00a0: expédié le {shipped} par {carrier}, colis {parcel}.",
    ),
    "line_delivered": (
        "{piece} ({size}) was delivered on {delivered} by {carrier}, parcel {parcel}.",
        "{piece} ({size})\u00a0: livré le {delivered} par {carrier}, colis {parcel}.",
    ),
    "line_collected": ("{piece} ({size}) was collected in a store.", "{piece} ({size})\u00a0: retiré en boutique."),
    "line_lost": (
        "{piece} ({size}) was shipped on {shipped} with {carrier}, parcel {parcel}, and is marked as lost.",
        "{piece} ({size})\u00a0: expédié le {shipped} par {carrier}, colis {parcel}, indiqué comme perdu.",
    ),
    "in_stock": (
        "{piece} in size {size}: {units} in stock at {place}.",
        "{piece} en taille {size}\u00a0: {units} en stock à {place}.",
    ),
    "in_stock_online": (
        "{piece} in size {size}: {units} in stock online.",
        "{piece} en taille {size}\u00a0: {units} en stock en ligne.",
    ),
    "no_stock": (
        "{piece} in size {size} isn’t in stock at {place}.",
        "{piece} en taille {size} n’est pas en stock à {place}.",
    ),
    "no_stock_online": (
        "{piece} in size {size} isn’t in stock online.",
        "{piece} en taille {size} n’est plus en stock en ligne.",
    ),
    "elsewhere": ("There are some at: {places}.", "Il y en a à\u00a0: {places}."),
    "nowhere": ("There is none anywhere else either.", "Il n’y en a pas ailleurs non plus."),
    "open_on": ("{store} is open on {day} from {open} to {close}.", "{store} est ouvert le {day} de {open} à {close}."),
    "closed_on": ("{store} is closed on {day}.", "{store} est fermé le {day}."),
    "usual": (
        "Monday to Saturday: {week}; Sunday: {sunday}.",
        "Du lundi au samedi\u00a0: {week}\u202f; dimanche\u00a0: {sunday}.",
    ),
    "closed": ("closed", "fermé"),
    "no_appointments_there": ("{store} gives no such appointments.", "{store} ne propose pas ces rendez-vous."),
    "booked": (
        "Your appointment is booked: {store}, {day} at {time}, number {id}.",
        "Votre rendez-vous est pris\u00a0: {store}, le {day} à {time}, numéro {id}.",
    ),
    "not_booked": ("I couldn’t book this appointment.", "Je n’ai pas pu prendre ce rendez-vous."),
    "handed_anger": (
        "I’m sorry about this. I’ve handed your message to a person, who will answer you.",
        "J’en suis désolé. J’ai transmis votre message à une personne, qui vous répondra.",
    ),
    "handed_legal_threat": (
        "I’ve handed your message to a person, who will answer you in writing. I can’t comment on it myself.",
        (
            "J’ai transmis votre message à une personne, qui vous répondra par écrit. Je ne "
            "peux pas me prononcer moi-même."
        ),
    ),
    "handed_safety": (
        "I’m sorry, and your safety comes first. I’ve handed this to a person, who calls you back the same day.",
        (
            "J’en suis désolé\u202f; votre sécurité passe avant tout. J’ai transmis à une "
            "personne, qui vous rappelle le jour même."
        ),
    ),
    "handed_asks_for_a_person": (
        "Gladly: I’ve handed your message to a person, with what was said so far.",
        "Bien sûr\u00a0: j’ai transmis votre message à une personne, avec ce qui a été dit.",
    ),
    "handed_high_value": ("I’ve handed this to a client adviser.", "J’ai transmis à un conseiller."),
    "handed_unknown": ("I’ve handed this to a person.", "J’ai transmis à une personne."),
    "unknown": (
        (
            "I don’t know: none of the house’s documents that I have answers this. A person "
            "can; tell me if you’d like one."
        ),
        (
            "Je ne sais pas\u00a0: aucun des documents de la maison dont je dispose n’y "
            "répond. Une personne le peut\u202f; dites-moi si vous le souhaitez."
        ),
    ),
    "empty": (
        "What can I do for you? Tell me in a sentence what it’s about, with the order number if there is one.",
        (
            "Que puis-je faire pour vous\u202f? Dites-moi en une phrase de quoi il s’agit, "
            "avec le numéro de commande s’il y en a un."
        ),
    ),
    "sorry": ("I’m sorry to hear that.", "J’en suis désolé."),
    "page_says": ("Our page “{heading}” says:", "Notre page «\u202f{heading}\u202f» dit\u00a0:"),
    "page_elsewhere": (
        "Our page “{heading}” (in French) says:",
        "Notre page «\u202f{heading}\u202f» (en anglais) dit\u00a0:",
    ),
    "words": ("Words in it: {words}.", "Pour lire\u00a0: {words}."),
    "two_pages": (
        "Two of our pages differ here, and I can’t say which is right; a person can confirm it. Here they both are.",
        (
            "Deux de nos pages diffèrent ici et je ne peux pas dire laquelle est "
            "juste\u202f; une personne peut le confirmer. Les voici toutes deux."
        ),
    ),
    "older_page": (
        "An older page ({dated}) says otherwise; the one in force comes first.",
        "Une page plus ancienne ({dated}) dit autre chose\u202f; celle qui est en vigueur vient d’abord.",
    ),
    "no_instructions": (
        "Part of the message was an instruction to a machine; I didn’t follow it.",
        "Une partie du message était une consigne adressée à une machine\u202f; je ne l’ai pas suivie.",
    ),
    "too_long": (
        "Your message was very long: I read its first {n} characters.",
        "Votre message était très long\u00a0: j’en ai lu les {n} premiers caractères.",
    ),
    "machine": ("I’m an automatic assistant.", "Je suis un assistant automatique."),
    "no_destination": ("{country} isn’t among our destinations.", "{country} ne fait pas partie de nos destinations."),
    "size_row": ("This is our size {size}: {row}.", "C’est notre taille {size}\u00a0: {row}."),
    "summary": (
        "The client wrote {channel}, in {spoken}. Wish recognised: {wish}.",
        "La cliente ou le client a écrit {channel}, langue\u00a0: {spoken}. Souhait reconnu\u00a0: {wish}.",
    ),
    "by_chat": ("in the chat", "dans le chat"),
    "by_e-mail": ("by e-mail", "par e-mail"),
    "by_text": ("by text message", "par SMS"),
    "by_social": ("on a social network", "sur un réseau social"),
    "order_checked": (
        "Order {order}: identity was checked.",
        "Commande {order}\u00a0: l’identité est vérifiée.",
    ),
    "order_unchecked": (
        "Order {order}: identity was not checked.",
        "Commande {order}\u00a0: l’identité n’est pas vérifiée.",
    ),
    "client_wrote": ("In the client’s words: “{said}”", "Dans ses mots\u00a0: «\u202f{said}\u202f»"),
    "call_done": ("used", "utilisé"),
    "call_failed": ("did not work", "sans succès"),
    "call_denied": ("refused by a person", "refusé par une personne"),
    "call_refused": ("turned down", "écarté"),
    "call_waiting": ("waits for an answer", "attend une réponse"),
    "call_held": ("its turn has not come", "pas encore son tour"),
    "call_approved": ("allowed", "permis"),
    "start_it": (
        "To begin, send the order number with its e-mail or postcode.",
        "Pour commencer, envoyez le numéro de commande avec son e-mail ou son code postal.",
    ),
}


def say(key: str, language: str, **values: object) -> str:
    """One frame in the answer's language, its braces filled."""
    return SAID[key][1 if language == "fr" else 0].format(**values)
