"""Profiles: everybody sees of somebody exactly what that person shows them, and nothing else."""

import io
import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from home.structure import prepare_site
from lnpo.audit.models import AuditEntry
from lnpo.people import demo
from lnpo.people.models import Profile, Visibility
from lnpo.people.profile import SHOWN, save
from tests.organisations.factories import MembershipFactory

EDIT, MEMBERS = "/mijn/profiel/", "/mijn/leden/"
TEXTS = {
    "offers": "KANARIE-offers",
    "seeks": "KANARIE-seeks",
    "phone": "0612345678",
    "linkedin": "https://www.linkedin.com/in/kanarie",
}
VALUES = {"first_name": "Anna", "last_name": "Voorbeeld", "job_title": "Directeur", **TEXTS}
NO, ORG, NET = Visibility.NOBODY, Visibility.ORGANISATION, Visibility.NETWORK


@pytest.fixture(autouse=True)
def portraits(db, tmp_path, monkeypatch):
    """A folder of this test alone."""
    storage = FileSystemStorage(location=tmp_path)
    monkeypatch.setattr(Profile._meta.get_field("photo"), "storage", storage)
    prepare_site()
    return storage


def picture(kind="JPEG", size=(60, 40), **options):
    stream = io.BytesIO()
    Image.new("RGB", size, "teal").save(stream, kind, **options)
    return stream.getvalue()


def values(shown=NO, **changes):
    return {**VALUES, **dict.fromkeys(SHOWN, shown), **changes}


def profile(user, **fields):
    return Profile.objects.create(user=user, photo="a.jpg", **{**TEXTS, **fields})


def address(name, one):
    return reverse(f"people:{name}", args=[one.pk])


@pytest.mark.parametrize("who", ["bram", "carla", "daan", "els", "nobody"])
@pytest.mark.parametrize("shown", [NO, ORG, NET])
def test_a_card_is_for_whom_its_owner_chose(cast, client_of, portraits, who, shown):
    portraits.save("a.jpg", io.BytesIO(picture()))
    one = profile(cast.anna, **dict.fromkeys(SHOWN, shown))
    client = client_of(getattr(cast, who))
    sees = (shown == NET and who != "nobody") or (shown == ORG and who == "bram")
    expected = 302 if who == "nobody" else 200 if sees else 404
    answer = client.get(address("member", one))
    assert answer.status_code == expected
    assert client.get(address("photo", one)).status_code == expected
    for text in [*TEXTS.values(), "anna@example.org"]:
        assert (text in answer.content.decode()) is sees


@pytest.mark.parametrize("name", ["email", "offers", "seeks", "phone", "linkedin", "photo"])
def test_every_field_has_readers_of_its_own(cast, client_of, portraits, name):
    portraits.save("a.jpg", io.BytesIO(picture()))
    one = profile(cast.anna, listed=NET, **{f"show_{name}": ORG})
    text = {**TEXTS, "email": "anna@example.org", "photo": "/foto/"}[name]
    colleague, other = client_of(cast.bram), client_of(cast.daan)
    assert text in colleague.get(address("member", one)).content.decode()
    assert text not in other.get(address("member", one)).content.decode()
    if name == "photo":
        assert colleague.get(address("photo", one)).status_code == 200
        assert other.get(address("photo", one)).status_code == 404


def test_what_is_shown_wider_than_the_name_stays_with_the_name(cast, client_of):
    one = profile(cast.anna, listed=ORG, show_offers=NET)
    assert client_of(cast.daan).get(address("member", one)).status_code == 404
    assert "KANARIE" not in client_of(cast.daan).get(MEMBERS).content.decode()


def test_the_owner_sees_the_card_as_others_do(cast, client_of):
    one = profile(cast.anna, listed=ORG, show_offers=ORG)
    anna = client_of(cast.anna)
    assert "KANARIE" not in anna.get(address("member", one)).content.decode()
    as_colleague = anna.get(address("member", one) + "?collega=1").content.decode()
    assert "KANARIE-offers" in as_colleague
    assert "KANARIE-seeks" not in as_colleague


def test_a_portrait_that_is_not_there_is_not_found(cast, client_of):
    one = profile(cast.anna)
    assert client_of(cast.anna).get(address("photo", one)).status_code == 404
    assert client_of(cast.anna).get(f"{MEMBERS}{uuid.uuid4()}/foto/").status_code == 404


def test_the_list_shows_who_shows_themselves_and_finds_nothing_that_is_hidden(cast, client_of):
    profile(cast.anna, listed=NET, show_offers=NET)
    profile(cast.bram, listed=ORG, show_offers=ORG)
    daan = client_of(cast.daan)
    page = daan.get(MEMBERS).content.decode()
    assert "Anna Voorbeeld" in page
    assert "Bram Voorbeeld" not in page
    for text, found in [
        ("anna lindestreek", True),
        ("KANARIE-offers", True),
        ("KANARIE-seeks", False),
        ("0612345678", False),
        ("\x00" + "x" * 10_000, False),
    ]:
        answer = daan.get(MEMBERS, {"q": text, "page": "-1"})
        assert answer.status_code == 200
        assert ("Anna Voorbeeld" in answer.content.decode()) is found, text


def test_the_list_is_no_page_for_visitors_and_people_without_membership(cast, client_of):
    assert client_of(cast.nobody).get(MEMBERS).status_code == 302
    cast.daan.memberships.update(ends_on="2020-01-01", starts_on="2019-01-01")
    assert client_of(cast.daan).get(MEMBERS).status_code == 404
    assert client_of(cast.els).get(MEMBERS).status_code == 200


def test_who_left_the_network_is_no_longer_shown(cast, client_of):
    one = profile(cast.anna, listed=NET)
    cast.anna.memberships.update(ends_on="2020-01-01", starts_on="2019-01-01")
    assert client_of(cast.daan).get(address("member", one)).status_code == 404
    assert client_of(cast.anna).get(address("member", one)).status_code == 200


def test_the_list_asks_the_same_number_of_questions_for_many(cast, client_of, django_assert_max_num_queries):
    for _number in range(20):
        profile(MembershipFactory().user, listed=NET, show_offers=NET)
    daan = client_of(cast.daan)
    daan.get(MEMBERS)
    with django_assert_max_num_queries(14):
        daan.get(MEMBERS)


def test_a_profile_is_saved_with_its_readers_and_without_texts_in_the_trail(cast, client_of, portraits):
    sent = SimpleUploadedFile("ik.jpg", picture(size=(900, 500)))
    anna = client_of(cast.anna)
    assert anna.get(EDIT).status_code == 200
    answer = anna.post(EDIT, {**values(NET), "photo": sent})
    assert answer.status_code == 302
    one = Profile.objects.get(user=cast.anna)
    assert (one.offers, one.show_phone) == ("KANARIE-offers", "network")
    with one.photo.open() as file:
        assert Image.open(file).size == (400, 400)
    entry = AuditEntry.objects.about(one).get()
    assert entry.changes["show_phone"] == ["nobody", "network"]
    assert "KANARIE" not in str(entry.changes)
    assert anna.get(address("photo", one))["Content-Type"] == "image/jpeg"


def test_a_new_portrait_takes_the_place_of_the_old_one(
    cast, client_of, portraits, django_capture_on_commit_callbacks
):
    anna = client_of(cast.anna)
    for content in (picture(), picture("PNG")):
        with django_capture_on_commit_callbacks(execute=True):
            anna.post(EDIT, {**values(NET), "photo": SimpleUploadedFile("ik.png", content)})
    assert len(portraits.listdir("")[1]) == 1
    with django_capture_on_commit_callbacks(execute=True):
        anna.post(EDIT, {**values(NET), "remove_photo": "on"})
    assert portraits.listdir("")[1] == []


@pytest.mark.parametrize(
    "content", [b"<svg onload='alert(1)'/>", b"GIF89a<script>", b"MZ", b"", picture()[:60], b"\x00" * 90]
)
def test_what_is_no_picture_is_refused_and_the_texts_stay(cast, client_of, content):
    sent = SimpleUploadedFile("ik.jpg", content)
    answer = client_of(cast.anna).post(EDIT, {**values(), "photo": sent})
    assert answer.status_code == 200
    assert answer.context["form"].errors.keys() == {"photo"}
    assert "KANARIE-offers" in answer.content.decode()
    assert not Profile.objects.exists()


@pytest.mark.parametrize(
    ("name", "bad"),
    [
        ("first_name", ""),
        ("last_name", "x" * 10_000),
        ("offers", "x" * 10_000),
        ("offers", "a\x00b"),
        ("seeks", "a\x00b"),
        ("phone", "bel mij"),
        ("phone", "1" * 10_000),
        ("linkedin", "javascript:alert(1)"),
        ("linkedin", "https://linkedin.com.evil.example/"),
        ("linkedin", "https://linkedin.com@evil.example/"),
        ("linkedin", "https://evil.example?x=.linkedin.com/"),
        ("show_phone", "everybody"),
        ("listed", ""),
    ],
)
def test_bad_input_is_told_at_its_field(cast, client_of, name, bad):
    answer = client_of(cast.anna).post(EDIT, values(**{name: bad}))
    assert answer.status_code == 200
    assert answer.context["form"].errors.keys() == {name}
    assert not Profile.objects.exists()


def test_an_address_at_linkedin_may_be_short(cast, client_of):
    client_of(cast.anna).post(EDIT, values(linkedin="www.linkedin.com/in/anna", first_name="Anna\r\nBcc: x"))
    one = Profile.objects.select_related("user").get()
    assert one.linkedin == "https://www.linkedin.com/in/anna"
    assert one.user.first_name == "Anna Bcc: x"


def test_nobody_saves_the_profile_of_another(cast):
    with pytest.raises(PermissionDenied):
        save(cast.els, cast.anna, values(NET))
    assert not Profile.objects.exists()


def test_the_organisation_leads_to_the_cards_that_its_reader_may_see(cast, client_of):
    one = profile(cast.anna, listed=ORG)
    hidden = profile(cast.rita)
    page = reverse("network:organisation", args=[cast.swv.pk])
    seen = client_of(cast.bram).get(page).content.decode()
    assert address("member", one) in seen
    assert address("member", hidden) not in seen
    assert address("member", one) not in client_of(cast.els).get(page).content.decode()


def test_the_demo_shows_profiles_and_may_be_loaded_twice(cast):
    demo.load()
    demo.load()
    assert Profile.objects.count() == 3
