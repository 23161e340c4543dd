"""Two people, or a person and a release, who change strings at the same moment, in two connections."""

import pytest

from interface_strings.models import InterfaceString, StringChange
from tests.racing import outcomes
from tests.strings import TEXTS, Strings, logged_in, open_string, save

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def strings(transactional_db, own_folder, tmp_path):
    return Strings(tmp_path / "catalogues")


def test_of_two_conflicting_saves_at_the_same_moment_exactly_one_is_refused(strings):
    pair, string = [logged_in(), logged_in()], strings.get()
    for number in range(4):
        forms = [open_string(client, string) for client in pair]
        answers = {}

        def save_as(index, forms=forms, number=number, answers=answers):
            answers[index] = save(pair[index], string, forms[index], nl=f"Zoek {number}{index}").status_code

        assert outcomes(lambda: save_as(0), lambda: save_as(1)) == [None, None]
        winner = next(index for index, status in answers.items() if status == 302)
        assert sorted(answers.values()) == [200, 302] and strings.get().shown["nl"] == [f"Zoek {number}{winner}"]


def test_two_people_who_give_two_strings_each_others_text_wait_for_nobody_in_a_circle(strings):
    pair, names = [logged_in(), logged_in()], ["Search", "Skip to main content"]
    for number in range(4):
        forms = [open_string(client, strings.get(name)) for client, name in zip(pair, names, strict=True)]
        texts = [f"{number % 2}", f"{(number + 1) % 2}"]
        calls = [
            lambda i=i, forms=forms, texts=texts: save(pair[i], strings.get(names[i]), forms[i], nl=texts[i]) for i in (0, 1)
        ]
        assert outcomes(*calls) == [None, None]
        assert [strings.get(name).shown["nl"] for name in names] == [[text] for text in texts]


def test_an_edit_while_a_release_starts_is_kept(strings):
    client = logged_in()
    for number in range(4):
        form = open_string(client, strings.get())
        release = TEXTS | {"Skip to main content": (f"Naar de inhoud {number}", "Aller au contenu")}
        edit = f"Opzoeken {number}"
        assert outcomes(
            lambda form=form, edit=edit: save(client, strings.get(), form, nl=edit),
            lambda release=release: strings.write(release),
        ) == [None, None]
        assert strings.get().edits.get().forms == strings.get().shown["nl"] == [edit]
    assert StringChange.objects.filter(action="edited").count() == 4
    assert InterfaceString.objects.count() == len(TEXTS)
