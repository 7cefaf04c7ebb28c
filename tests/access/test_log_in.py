"""The rules of log-in, without a browser: who holds a log-in, who they are, which houses they come into."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.access import RIGHTS, Actor, House, Right, Role, read_log_in
from lib.database import connect
from lib.database.identities import adopt, digest, has_identity, person_of_identity, settle_houses
from lib.database.people import actor_for, create_person, person_of_token, workspaces_of
from lib.errors import NotFound, Overtaken, SettingsError
from lib.settings import read_settings
from lib.shell.identity import groups_of, holds

AUTH = {"client_id": "x", "redirect_uri": "y"}
HOUSE = House("knit", "Knitwear", groups=(("admins", Role.ADMINISTRATOR), ("all", Role.PARTICIPANT)))


def test_without_a_provider_there_is_no_log_in():
    rules = read_log_in({}, {})
    assert rules.providers == () and not rules.required


def test_named_and_nameless_providers_are_found():
    assert read_log_in({**AUTH, "google": {"client_id": "z"}, "cookie_secret": "s"}, {}).providers == ("", "google")


@pytest.mark.parametrize(
    "access",
    [
        {"login": "perhaps"},
        {"hours": 0},
        {"hours": "12"},
        {"hours": True},
        {"surprise": 1},
        {"houses": {"k": {}}},
        {"houses": {"k": {"name": "K", "groups": {"g": "emperor"}}}},
        {"houses": {"k": {"name": "K", "surprise": 1}}},
    ],
)
def test_rules_that_make_no_sense_are_refused(access):
    with pytest.raises(SettingsError):
        read_log_in(AUTH, access)


def test_a_demand_without_a_provider_is_refused_and_lets_nobody_in():
    with pytest.raises(SettingsError):
        read_log_in({}, {"login": "required"})


def test_secrets_are_not_shown_with_the_settings(tmp_path, monkeypatch):
    (tmp_path / "secrets.toml").write_text('[auth]\nclient_id = "x"\nclient_secret = "SENTINELSECRET"\n')
    monkeypatch.setenv("TOILE_SECRETS", str(tmp_path / "secrets.toml"))
    made = read_settings()
    assert made.auth["client_secret"] == "SENTINELSECRET" and "SENTINELSECRET" not in repr(made)


def test_of_several_groups_the_role_with_the_most_rights_counts():
    assert HOUSE.role_of({"all", "admins", "x"}) is Role.ADMINISTRATOR
    assert HOUSE.role_of({"all"}) is Role.PARTICIPANT
    assert HOUSE.role_of({"x"}) is None


@given(st.floats(0, 1e9), st.floats(0.1, 1000), st.floats(0, 1e9))
def test_a_log_in_holds_for_its_hours_and_no_longer(made, hours, later):
    said = {"iss": "i", "sub": "s", "iat": made}
    assert holds(said, hours, made + later) == (made + later - made < hours * 3600)


@pytest.mark.parametrize("lack", ["iss", "sub", "iat"])
@pytest.mark.parametrize("value", [None, "", True])
def test_a_log_in_that_names_nobody_or_no_time_does_not_hold(lack, value):
    said = {"iss": "i", "sub": "s", "iat": 1000.0}
    assert holds(said, 1, 1000)
    if not (lack in ("iss", "sub") and value is True):
        assert not holds({**said, lack: value}, 1, 1000)


@given(st.recursive(st.none() | st.text() | st.integers(), lambda inner: st.lists(inner)))
def test_groups_are_names_whatever_a_provider_says(said):
    if isinstance(said, (str, list)) or said is None:
        assert all(isinstance(group, str) for group in groups_of({"groups": said}, "groups"))


@given(st.text(), st.text(), st.text(), st.text())
def test_two_identities_never_share_a_digest(issuer, subject, other_issuer, other_subject):
    same = (issuer, subject) == (other_issuer, other_subject)
    assert (digest(issuer, subject) == digest(other_issuer, other_subject)) == same


def test_a_subject_is_somebody_else_at_another_issuer():
    with connect() as database:
        first = adopt(database, "https://one", "ada", "Ada")
        assert adopt(database, "https://one", "ada") == first == person_of_identity(database, "https://one", "ada")
        assert adopt(database, "https://two", "ada") != first
        assert person_of_identity(database, "https://three", "ada") is None


def test_taking_over_a_profile_voids_its_link_and_happens_once():
    with connect() as database:
        local, token = create_person(database, "")
        assert adopt(database, "i", "ada", "Ada", local) == local and has_identity(database, local)
        assert person_of_token(database, token) is None
        with pytest.raises(Overtaken):
            adopt(database, "i", "bo", "Bo", local)


def test_houses_follow_the_groups_and_leave_other_workspaces_alone(actor: Actor):
    with connect() as database:
        settle_houses(database, actor.person, {HOUSE: Role.PARTICIPANT})
        assert actor_for(database, actor.person, HOUSE.id).role is Role.PARTICIPANT
        settle_houses(database, actor.person, {HOUSE: Role.ADMINISTRATOR})
        assert actor_for(database, actor.person, HOUSE.id).role is Role.ADMINISTRATOR
        settle_houses(database, actor.person, {HOUSE: None})
        with pytest.raises(NotFound):
            actor_for(database, actor.person, HOUSE.id)
        assert len(workspaces_of(database, actor.person)) == 2  # the demo house and their own


def test_no_role_has_a_right_that_the_administrator_lacks():
    assert all(rights <= RIGHTS[Role.ADMINISTRATOR] for rights in RIGHTS.values())
    assert Right.ADMINISTER not in RIGHTS[Role.PARTICIPANT]
