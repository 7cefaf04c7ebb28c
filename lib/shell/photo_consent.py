"""A person's photo is taken after their consent alone: asked here, with their age, and let go of when it is withdrawn.

What was agreed and the photo itself are held by this session: never in the database, an artefact, a cache of the
process or a log. Age is asked, not detected.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from lib.errors import InputError
from lib.i18n import _
from lib.shell import session
from lib.shell.new_pictures import Shelf
from lib.shell.upload_slot import Slot

ADULT = 18


@dataclass(frozen=True)
class PhotoConsent:
    """The consent that one page asks for.

    Attributes:
        use_case: its slug.
        name: with which the keys of its widgets begin.
        minor: why nobody under 18 is photographed, and what to do instead; an English message id.
        forget: lets go of all that was made from the photo.
    """

    use_case: str
    name: str
    minor: str
    forget: Callable[[], None]

    @property
    def photo(self) -> str:
        """The name under which ``upload_pictures`` holds the photo."""
        return f"{self.name}_photo"

    def given(self, agreement: str) -> bool:
        """Ask for the consent, in the words of ``agreement``, and for the age; whether both are there.

        Raises:
            InputError: the person is under 18. The photo is gone then, as it is where the consent is withdrawn.
        """
        agreed = st.checkbox(agreement, key=f"{self.name}_consent")
        age = st.number_input(
            _("Age of the person in the photo"), min_value=0, max_value=120, value=None, step=1, key=f"{self.name}_age"
        )
        st.caption(_("Age isn’t detected: what you enter counts."))
        if age is not None and age < ADULT:
            self.let_go()
            raise InputError(self.minor)
        if not agreed or age is None:
            self.let_go()
            st.info(_("Give your consent and the age, then choose or take a photo."), icon=":material/verified_user:")
            return False
        return True

    def let_go(self) -> None:
        """The photo itself, and what was made from it."""
        self.forget()
        Shelf(Slot(self.photo, self.use_case, self.photo, "", (), session.actor()), 1, False).put([])

    def withdraw(self) -> None:
        """For a button: the photo is gone, and the consent with it."""
        self.let_go()
        st.session_state[f"{self.name}_consent"] = False


def which_of(sentences: Sequence[str], label: str, count: int, key: str, before: int | None = None) -> int | None:
    """Of several people in a photo, the one who has agreed, from 0; None before anybody is chosen.

    Args:
        sentences: how many were found, and what to do.
        before: who was chosen before.
    """
    st.warning(" ".join(sentences), icon=":material/group:")
    which = st.segmented_control(
        label, range(count), format_func=lambda one: str(one + 1), default=before, key=key, required=True
    )
    return None if which is None else int(which)
