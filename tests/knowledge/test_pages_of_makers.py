"""What makers and users do on pages: their own examples, a file taken out, a revision begun, use told."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from knowledge.models import Usage
from tests.knowledge.factories import make_contribution, make_practice, published


def test_a_maker_sees_the_own_examples_and_nobody_elses(cast, client_of):
    mine = make_contribution(cast.bram, cast.swv, title="Samen aan tafel")
    page = client_of(cast.bram).get(reverse("knowledge:mine"))
    assert "Samen aan tafel" in page.content.decode()
    assert reverse("knowledge:contribution", args=[mine.pk]) in page.content.decode()
    assert "Samen aan tafel" not in client_of(cast.daan).get(reverse("knowledge:mine")).content.decode()


def test_a_file_is_taken_out_by_its_makers_only(cast, client_of):
    contribution = make_contribution(cast.bram, cast.swv)
    bram = client_of(cast.bram)
    plan = SimpleUploadedFile("plan.pdf", b"%PDF-1.7 plan")
    bram.post(reverse("knowledge:attach", args=[contribution.pk]), {"file": plan})
    file = contribution.attachments.get()
    address = reverse("knowledge:detach", args=[contribution.pk, file.pk])
    assert client_of(cast.daan).post(address).status_code == 404
    assert contribution.attachments.exists()
    assert bram.post(address).status_code == 302
    assert not contribution.attachments.exists()
    assert bram.post(address).status_code == 404


def test_the_maker_of_a_published_example_begins_one_revision(cast, client_of):
    page = published(cast.bram, cast.swv, cast.els).page
    address = reverse("knowledge:revise", args=[page.pk])
    first = client_of(cast.bram).post(address)
    again = client_of(cast.bram).post(address)
    assert first.status_code == again.status_code == 302
    assert first["Location"] == again["Location"]
    assert client_of(cast.daan).post(address).status_code in (403, 404)


def test_a_member_tells_of_use_on_the_page(cast, client_of):
    page = make_practice()
    address = reverse("knowledge:use", args=[page.pk])
    answer = client_of(cast.bram).post(
        address, {"organisation": cast.swv.pk, "state": "in_use", "experience": "Het werkt."}, follow=True
    )
    assert answer.status_code == 200
    assert Usage.objects.get().experience == "Het werkt."
    wrong = client_of(cast.daan).post(address, {"organisation": cast.swv.pk, "state": "in_use"}, follow=True)
    assert wrong.status_code == 200
    assert Usage.objects.count() == 1
