"""Nothing unpublished is seen, and nothing that members write runs."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import PageViewRestriction

from knowledge import attachments, reviewing
from knowledge.glossary import synonym_groups, with_links
from knowledge.models import GlossaryTerm, PracticePage
from knowledge.texts import as_html, clean
from tests.knowledge.factories import make_contribution, make_practice, published, sent_in

SECRET = "Geheim7f3a voorbeeld"


def in_state(state, cast):
    if state == "draft":
        return make_contribution(cast.bram, cast.swv, title=SECRET)
    if state in ("waiting", "changes"):
        contribution = sent_in(cast.bram, cast.swv, title=SECRET)
        if state == "changes":
            reviewing.ask_for_changes(cast.els, contribution, "More.")
        return contribution
    contribution = published(cast.bram, cast.swv, cast.els, title=SECRET)
    page = PracticePage.objects.get(pk=contribution.page_id)
    if state == "taken down":
        page.unpublish()
    else:
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    return contribution


@pytest.mark.parametrize("state", ["draft", "waiting", "changes", "taken down", "restricted"])
def test_nothing_unpublished_is_seen(cast, client_of, state):
    other = make_practice()
    contribution = in_state(state, cast)
    contribution.refresh_from_db()
    page = contribution.page
    paths = ["/kennisbank/", "/sitemap.xml", "/", other.url, "/mijn/"]
    for who in (None, cast.daan):
        for path in paths:
            answer = client_of(who).get(path)
            assert "Geheim7f3a" not in answer.content.decode(), (who, path)
    if page is not None:
        assert "geheim7f3a" not in client_of(None).get("/sitemap.xml").content.decode()
        assert client_of(None).get(page.url).status_code != 200
        for name, args in (("version", [page.pk, 1]), ("pdf", [page.pk])):
            assert client_of(cast.daan).get(reverse(f"knowledge:{name}", args=args)).status_code == 404
        answer = client_of(cast.daan).post(reverse("knowledge:comment", args=[page.pk]), {"text": "Hi"})
        assert answer.status_code == 404


TAGS = ["script", "img", "svg", "iframe", "object", "embed", "form", "input", "style", "link", "meta", "base"]
EVENTS = ["onload", "onerror", "onclick", "onfocus", "onmouseover", "ontoggle", "onbegin", "onanimationstart"]
SCHEMES = ["javascript:", "JaVaScRiPt:", "java\tscript:", "\x01javascript:", "vbscript:", "data:text/html,"]
PAYLOADS = [
    *[f"<{tag} src=x href=x>alert(1)</{tag}>" for tag in TAGS],
    *[f"<p {event}=alert(1)>x</p>" for event in EVENTS],
    *[f"<a href=x {event}=alert(1)>x</a>" for event in EVENTS],
    *[f"<svg {event}=alert(1)>" for event in EVENTS],
    *[f"<li {event}='alert(1)'>" for event in EVENTS],
    *[f'<a href="{scheme}alert(1)">x</a>' for scheme in SCHEMES],
    "<math><mtext></p><style><!--</style><img src=x onerror=alert(1)>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    '<p style="background:url(javascript:alert(1))">x</p>',
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<details open ontoggle=alert(1)>",
    "<video><source onerror=alert(1)>",
    "<template><script>alert(1)</script></template>",
    "<textarea><img src=x onerror=alert(1)></textarea>",
    "&lt;script&gt;alert(1)&lt;/script&gt;<script>alert(1)</script>",
    "<p hx-on:click='alert(1)' hx-get='/x'>x</p>",
    "<a xlink:href='javascript:alert(1)'>x</a>",
]


def test_there_are_enough_payloads():
    assert len(set(PAYLOADS)) >= 60


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_payload_survives_cleaning_or_becomes_markup(payload):
    from html.parser import HTMLParser

    found = []

    class Look(HTMLParser):
        def handle_starttag(self, tag, attrs):
            found.append((tag, attrs))

    for html in (clean(payload), as_html(payload)):
        look = Look()
        look.feed(html)
    for tag, attrs in found:
        assert tag in {"p", "br", "h3", "ul", "ol", "li", "strong", "b", "em", "i", "a"}
        for name, value in attrs:
            assert not name.startswith(("on", "hx-", "style"))
            assert name != "href" or value.startswith(("http://", "https://", "mailto:", "x"))


def test_rich_text_of_the_cms_is_cleaned_on_write(cast):
    page = make_practice(approach="<p onclick=alert(1)>Hi</p><script>alert(1)</script>")
    assert page.approach == "<p>Hi</p>"


def pdf_file(name="plan.pdf", content=b"%PDF-1.7 plan"):
    return SimpleUploadedFile(name, content)


def test_files_are_private_until_the_example_is_published(cast, client_of):
    contribution = make_contribution(cast.bram, cast.swv)
    client_of(cast.bram).post(reverse("knowledge:attach", args=[contribution.pk]), {"file": pdf_file()})
    file = contribution.attachments.get()
    address = reverse("knowledge:file", args=[file.pk])
    for who in (None, cast.daan, cast.anna):
        assert client_of(who).get(address).status_code == 404
    assert client_of(cast.bram).get(address).status_code == 200
    from knowledge import contributing

    contributing.send_in(cast.bram, contribution)
    contribution.refresh_from_db()
    reviewing.approve(cast.els, contribution)
    answer = client_of(None).get(address)
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]


@pytest.mark.parametrize("name", ["macro.docm", "page.html", "drawing.svg", "fake.docx"])
def test_other_files_are_refused_with_a_sentence(cast, client_of, name):
    contribution = make_contribution(cast.bram, cast.swv)
    address = reverse("knowledge:attach", args=[contribution.pk])
    answer = client_of(cast.bram).post(address, {"file": pdf_file(name, b"<script>")}, follow=True)
    assert answer.status_code == 200
    assert not contribution.attachments.exists()


def test_files_that_no_example_carries_are_cleaned_up(cast):
    import os

    contribution = make_contribution(cast.bram, cast.swv)
    attachment = attachments.attach(cast.bram, contribution, pdf_file())
    path = attachment.file.path
    attachments.detach(cast.bram, attachment)
    attachments.clean_up()
    assert Path(path).exists()
    os.utime(path, (1, 1))
    attachments.clean_up()
    assert not Path(path).exists()


def test_a_term_links_once_and_not_inside_links_or_headings(cast):
    make_practice()
    html, again = with_links(["<h3>TLV</h3><p><a href='/x'>TLV</a> TLV en TLV</p>", "<p>TLV</p>"])
    assert html.count('class="term"') == 1
    assert 'class="term"' not in again
    assert GlossaryTerm.objects.count() == 72


def test_an_abbreviation_links_only_as_it_is_written(cast):
    make_practice()
    plain, meant, begin = (
        with_links([text])[0] for text in ("<p>op basis van</p>", "<p>het OP</p>", "<p>Jaarplan</p>")
    )
    assert 'class="term"' not in plain
    assert 'class="term"' in meant
    assert 'class="term"' in begin


def test_a_page_can_switch_links_to_terms_off(cast, client_of):
    on = make_practice(approach="<p>Een TLV.</p>")
    off = make_practice(approach="<p>Een TLV.</p>", link_terms=False)
    assert 'class="term"' in client_of(None).get(on.url).content.decode()
    assert 'class="term"' not in client_of(None).get(off.url).content.decode()


def test_the_glossary_is_read_by_everybody_and_gives_synonyms(cast, client_of):
    make_practice()
    assert client_of(None).get(reverse("knowledge:glossary")).status_code == 200
    assert client_of(None).get(reverse("knowledge:term", args=["thuiszitter"])).status_code == 200
    assert any({"thuiszitter", "thuiszitters"} <= set(group) for group in synonym_groups())
