"""The glossary goes out as a file of terms, and one that comes in is looked at before anything of it counts."""

import io
import re
from threading import Thread

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from wagtail.models import ModelLogEntry

from directory.models import GlossaryTerm
from exchange import taking_terms, terms_view
from exchange.formats import tbx
from exchange.judging_terms import NamedTerms, TermVerdict, judge_terms
from exchange.taking_terms import take_terms
from exchange.terms import concept_of
from languages.codes import LANGUAGES
from monitoring.advisory_locks import AdvisoryLock
from search.indexing import drift
from tests.building import make_home, make_standard, make_term, make_user, staff
from tests.editor import form_with
from tests.exchange_files import ANY
from tests.racing import outcomes, somebody_waits
from tests.servers import wait_for
from tests.term_files import BOMB, URL, boxes, entry, export_of, foreign, look, post, take, term, values_ticked

FIELDS = [f"{name}_{code}" for name in tbx.SAID for code in LANGUAGES]


def take_and_look(client, shown, chosen=None):
    """Take over what is chosen on the screen, or what `chosen` names; return what is shown then, parsed."""
    return BeautifulSoup(post(client, shown, chosen).content.decode(), "lxml")


def words_of(shown):
    return " ".join(shown.main.get_text(" ").split())


@pytest.mark.django_db
def test_a_publisher_finds_the_file_beside_the_list_of_terms(home):
    client = staff("Publishers", "nl")
    make_term()
    assert URL in client.get(reverse(GlossaryTerm.snippet_viewset.get_url_name("list"))).content.decode()
    answer = client.get(reverse("export_terms"))
    assert answer["Content-Disposition"].endswith('.tbx"')
    shown = look(client, answer.getvalue())
    assert not boxes(shown) and "2 teksten staan hier al precies zo." in words_of(shown)


@pytest.mark.django_db
def test_what_the_file_changes_is_shown_and_taken_over_and_the_history_says_so(home):
    client, one = staff("Publishers", "fr"), make_term()
    shown = look(client, export_of(client).replace("autorité de gestion", "autorité gestionnaire"))
    [box] = boxes(shown)
    one.refresh_from_db()
    assert box.get("checked") is not None and "gestionnaire" in words_of(shown) and one.term_fr == "autorité de gestion"
    assert "1" in take(client, shown)[0]
    one.refresh_from_db()
    assert (one.term_fr, one.term_nl) == ("autorité gestionnaire", "beheersautoriteit")
    entry = ModelLogEntry.objects.filter(object_id=str(one.pk), action="exchange.terms").get()
    assert entry.data["file"] == "termen.tbx" and "termen.tbx" in entry.message


@pytest.mark.django_db
def test_what_somebody_changed_since_the_file_was_saved_is_shown_and_not_taken_by_itself(home):
    client, one = staff("Publishers", "nl"), make_term()
    data = export_of(client).replace("Qui gère.", "Celui qui gère.").replace("Wie beheert.", "Zij die beheert.")
    one.definition_fr = "Écrit ici."
    one.save()
    shown = look(client, data)
    assert [box.get("checked") is not None for box in boxes(shown)] == [True, False] and "Écrit ici" in words_of(shown)
    take(client, shown)
    one.refresh_from_db()
    assert (one.definition_nl, one.definition_fr) == ("Zij die beheert.", "Écrit ici.")
    chosen = [boxes(shown)[1]["value"]]
    one.definition_fr = "Et encore."
    one.save()
    [said] = take(client, shown, chosen)
    one.refresh_from_db()
    assert "intussen" in said and one.definition_fr == "Et encore."
    shown = look(client, data)
    take(client, shown, [boxes(shown)[0]["value"]])
    one.refresh_from_db()
    assert one.definition_fr == "Celui qui gère."


@pytest.mark.django_db
def test_what_only_changed_here_is_nothing_new(home):
    client, one = staff("Publishers", "nl"), make_term()
    data = export_of(client)
    one.definition_fr = "Écrit ici."
    one.save()
    assert not boxes(look(client, data))


@pytest.mark.django_db
def test_without_knowing_of_when_a_file_is_any_difference_is_looked_at_first(home):
    make_term()
    shown = look(
        staff("Publishers"), re.sub(r' id="[^"]*"', "", export_of(staff("Publishers"))).replace("Qui gère", "Celui qui gère")
    )
    [box] = boxes(shown)
    assert box.get("checked") is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "changed"), [("nl", {"definition_nl": "Zij die beheert."}), ("fr", {"definition_fr": "Elle gère."})]
)
def test_whoever_writes_one_language_brings_in_that_one_and_nothing_new(home, language, changed):
    one, client = make_term(), staff("Translators", language)
    data = export_of(client).replace("Wie beheert.", "Zij die beheert.").replace("Qui gère.", "Elle gère.")
    new = entry(term("nl", "nieuw"), term("fr", "nouveau"), key="x")
    shown = look(client, data.replace("</body>", f"{new}</body>"))
    assert len(boxes(shown)) == 1 and len(shown.select(".import-row")) == 3
    others = [box["value"].replace(f":{language}:", f":{code}:") for box in boxes(shown) for code in LANGUAGES]
    take(client, shown, [*others, "1::new"])
    fresh = GlossaryTerm.objects.get()
    assert {name: getattr(fresh, name) for name in FIELDS if getattr(fresh, name) != getattr(one, name)} == changed


@pytest.mark.django_db
def test_new_terms_are_made_once_and_what_cannot_be_one_is_said(home):
    client = staff("Editors", "nl")
    make_term()
    data = foreign(
        entry(term("nl", "fonds"), term("fr", "fonds"), term("en", "fund", "<termNote type='termType'>acronym</termNote>"))
        + entry(term("nl", "Fonds"), term("fr", "autre"))
        + entry(term("nl", "alleen Nederlands"))
        + entry(term("nl", "x" * 201), term("fr", "y"))
        + entry(term("nl", "Beheers-autoriteit"), term("fr", "autorité de gestion"))
        + entry(term("nl", "weg"), term("fr", "parti"), key="actiris.gone.1-2-3")
    )
    shown = look(client, data)
    assert len(boxes(shown)) == 2  # the new one, and one that is written otherwise here
    said = words_of(shown)
    for verdict in (TermVerdict.TWICE, TermVerdict.INCOMPLETE, TermVerdict.TOO_LONG, TermVerdict.GONE):
        with translation.override("nl"):
            assert str(verdict.label) in said
    take(client, shown)
    assert GlossaryTerm.objects.get(term_nl="fonds").abbreviation_en == "fund" and GlossaryTerm.objects.count() == 2
    assert not [box for box in boxes(look(client, data)) if box.get("checked") is not None]


@pytest.mark.django_db
@pytest.mark.parametrize("names", [None, ("fonds", "nouveau"), ("nieuw", "fonds")])
def test_no_file_puts_a_term_into_the_glossary_twice(home, names):
    client = staff("Publishers", "nl")
    make_term()
    make_term(term_nl="ander", term_fr="autre")
    data = export_of(client)
    for word in ("beheersautoriteit", "autorité de gestion", *(() if names else ("ander", "autre"))):
        data = data.replace(f">{word}<", ">Fonds<")
    new = entry(term("nl", names[0]), term("fr", names[1]), key="x") if names else ""
    shown = look(client, data.replace("</body>", f"{new}</body>"))
    with translation.override("nl"):
        assert str(TermVerdict.TWICE.label) in words_of(shown)
    take(client, shown, [*[box["value"] for box in boxes(shown)], "2::new"])
    for code in ("nl", "fr"):
        assert GlossaryTerm.objects.filter(**{f"term_{code}__iexact": "fonds"}).count() == 1


@pytest.mark.django_db
def test_of_what_was_chosen_and_is_no_more_it_is_said(home):
    client = staff("Publishers", "en")
    make_term()
    new = foreign(entry(term("nl", "fonds"), term("fr", "fonds")) + entry(term("nl", "twee"), term("fr", "deux"), key="y"))
    shown = look(client, new)
    make_term(term_nl="fonds", term_fr="autre")
    taken, left = take(client, shown)
    assert "1 term was" in taken and "1 (the text or its source was changed" in left
    assert "nothing to take over" in take(client, shown, ["1::new"])[0]
    shown = look(client, export_of(client).replace(">twee<", ">drie<").replace(">deux<", ">trois<"))
    GlossaryTerm.objects.get(term_nl="twee").delete()
    assert "2 (the text" in take(client, shown)[0]


@pytest.mark.django_db
def test_what_would_lack_dutch_or_french_is_said_before_it_is_chosen(home):
    client = staff("Publishers", "nl")
    make_term(**{f"definition_{code}": "" for code in LANGUAGES})
    defined = '<langSet xml:lang="fr"><descrip type="definition">Seulement ici.</descrip><tig><term>{}</term></tig></langSet>'
    new = entry(term("nl", "nieuw"), defined.format("nouveau"), key="x") + entry(
        term("nl", "fonds"), term("fr", "fonds"), key="y"
    )
    data = re.sub(
        "(<termEntry[^>]*>).*?</termEntry>", rf"\1{defined.format('autorité de gestion')}</termEntry>", export_of(client)
    )
    shown = look(client, data.replace("</body>", f"{new}</body>"))
    with translation.override("nl"):
        assert words_of(shown).count(str(TermVerdict.INCOMPLETE.label)) == 2 and values_ticked(shown) == ["2::new"]
    take(client, shown, ["0:fr:nothing", "1::new", "2::new"])
    assert not GlossaryTerm.objects.exclude(definition_fr="").exists() and GlossaryTerm.objects.count() == 2


@pytest.mark.django_db
def test_what_was_left_stays_on_the_screen_with_the_reason_beside_it(home):
    client, one = staff("Publishers", "en"), make_term(**{f"definition_{code}": "" for code in LANGUAGES})
    said = {"nl": "Wie beheert.", "fr": "Qui gère."}
    data = export_of(client)
    for code, text in said.items():
        definition = f'<descrip type="definition">{text}</descrip>'
        data = re.sub(f'(<langSet xml:lang="{code}">)', rf"\1{definition}", data)
    shown = look(client, data)
    dutch, french = values_ticked(shown)
    shown = take_and_look(client, shown, [french])
    assert "Not taken over: what is public would be incomplete" in words_of(shown) and not values_ticked(shown)
    assert "Choose what" in take_and_look(client, shown).text
    assert "1 term was taken over" in take(client, shown, [dutch, french])[0]
    one.refresh_from_db()
    assert (one.definition_nl, one.definition_fr) == tuple(said.values())


@pytest.mark.django_db
def test_what_takes_too_long_stays_ticked_and_is_taken_by_pressing_again(home, monkeypatch):
    monkeypatch.setattr(taking_terms, "SECONDS", 0)
    client = staff("Publishers", "en")
    names = "een", "twee", "drie"
    shown = look(client, foreign("".join(entry(term("nl", name), term("fr", name), key=name) for name in names)))
    chosen = values_ticked(shown)[1:]
    shown = take_and_look(client, shown, chosen)
    assert values_ticked(shown) == chosen[1:] and "the rest is still ticked" in shown.text
    assert take(client, shown) == ["1 term was taken over."]
    assert [*GlossaryTerm.objects.order_by("pk").values_list("term_nl", flat=True)] == [*names[1:]]


@pytest.mark.django_db
def test_pages_that_name_many_of_the_terms_are_indexed_once(home):
    client = staff("Publishers", "nl")
    words = "beheersautoriteit", "tussenpersoon"
    for word in words:
        make_term(term_nl=word, term_fr=word)
    page = make_standard(home, summary_nl=" ".join(words))
    shown = look(client, export_of(client).replace("</tig>", "</tig><tig><term>samen</term></tig>"))
    with CaptureQueriesContext(connection) as queries:
        take(client, shown)
    assert [*GlossaryTerm.objects.values_list("synonyms_nl", flat=True)] == ["samen", "samen"] and not drift([page.pk])
    assert len([one for one in queries if f"pg_advisory_xact_lock({AdvisoryLock.DIRECTORY})" in one["sql"]]) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["Translators", None])
def test_what_the_form_did_not_carry_is_not_taken(home, role):
    one, client = make_term(), staff(role, "fr")
    shown = look(client, export_of(client).replace("Qui gère.", "Elle gère."))
    value = shown.select_one("[name=carried]")["value"]
    other = staff("Publishers")
    for who, carried in ((client, ""), (client, value[:-3]), (other, value)):
        who.post(URL, {"take": "chosen", "carried": carried, "chosen": boxes(shown)[0]["value"]})
    for chosen in ("", "x", "0:fr:", "0:fr:0", "99999:fr:a", "-1::new", "0::new"):
        take(client, shown, [chosen])
    one.refresh_from_db()
    assert one.definition_fr == "Qui gère."


@pytest.mark.django_db
@pytest.mark.parametrize(
    "data", [b"x", foreign(""), foreign(entry(term("de", "eins"))), f"{BOMB}<martif>&b;</martif>".encode()]
)
def test_a_file_that_cannot_be_read_is_refused_in_words_at_its_field(home, data):
    answer = staff("Publishers", "nl").post(URL, {"file": SimpleUploadedFile("x.tbx", data)})
    assert answer.status_code == 200 and answer.context["form"].errors["file"] and not GlossaryTerm.objects.exists()


@pytest.mark.django_db
def test_whoever_may_change_no_terms_neither_takes_them_out_nor_brings_them_in(home):
    user = make_user("Publishers")
    user.groups.clear()
    make_term()
    client = staff("Translators", "fr", languages=[])
    assert not boxes(look(client, export_of(client).replace("Qui gère.", "Elle gère.")))
    client.force_login(user)
    assert client.get(URL).status_code == client.get(reverse("export_terms")).status_code == 302


TEXTS = st.just("") | ANY.map(lambda text: text.replace("\x00", ""))


@settings(max_examples=40)
@given(st.lists(st.dictionaries(st.sampled_from(FIELDS), TEXTS, max_size=5), max_size=2))
def test_out_and_in_again_changes_nothing(entries):
    glossary = NamedTerms([GlossaryTerm(pk=pk, **fields) for pk, fields in enumerate(entries, start=1)])
    file = io.BytesIO()
    tbx.write(map(concept_of, glossary.by_anchor.values()), file, "Glossary")
    file.seek(0)
    concepts = list(tbx.read(file, LANGUAGES))
    assert {row.verdict for row in judge_terms(concepts, glossary, None)} <= {TermVerdict.UNCHANGED}
    said = [concept_of(one).words for one in glossary.by_anchor.values()]
    spoken = [{code: words for code, words in of_one.items() if words.term} for of_one in said]
    assert [concept.words for concept in concepts] == [of_one for of_one in spoken if of_one]


@pytest.mark.sweep
@pytest.mark.django_db(transaction=True)
def test_of_two_people_who_take_the_same_file_each_new_term_is_made_once():
    make_home()
    make_term()
    clients = [staff("Publishers", "nl") for _ in range(2)]
    data = foreign(entry(term("nl", "fonds"), term("fr", "fonds")))
    shown = [look(client, data) for client in clients]
    calls = [lambda client=client, one=one: take(client, one) for client, one in zip(clients, shown, strict=True)]
    assert outcomes(*calls) == [None, None]
    assert GlossaryTerm.objects.filter(term_nl="fonds").count() == 1


@pytest.mark.sweep
@pytest.mark.django_db(transaction=True)
def test_a_term_that_a_file_makes_meanwhile_is_refused_in_the_form():
    make_home()
    make_term()
    clients, user, answers = [staff("Publishers", "nl") for _ in range(2)], make_user("Publishers", "nl"), []
    url = reverse(GlossaryTerm.snippet_viewset.get_url_name("add"))
    form = form_with(clients[0].get(url), "term_nl") | {"term_nl": "fonds", "term_fr": "fonds"}

    def post_form():
        answers.append(clients[0].post(url, form))
        connection.close()

    thread = Thread(target=post_form)
    words = {code: tbx.Words("Fonds") for code in ("nl", "fr")}
    with transaction.atomic():
        take_terms([tbx.Concept("", words)], {(0, ""): "new"}, "termen.tbx", user)
        thread.start()
        wait_for(lambda: somebody_waits() or answers)
    thread.join()
    assert answers[0].status_code == 200 and GlossaryTerm.objects.filter(term_nl__iexact="fonds").count() == 1


def test_what_a_form_carries_fits_into_what_a_form_may_bring(settings):
    assert terms_view.MAX_BYTES * 2 < settings.DATA_UPLOAD_MAX_MEMORY_SIZE
