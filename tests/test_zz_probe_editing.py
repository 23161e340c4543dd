import traceback
from wagtail.models import Page
from wagtail.actions.create_alias import CreatePageAliasAction
from tests.building import *
def test_x(db):
    from django.db import transaction
    home = make_home(); s = make_section(home); m = make_mandate(s)
    for f in (lambda: s.copy(recursive=True, keep_live=False), lambda: m.copy(keep_live=True), lambda: m.copy(keep_live=False), lambda: s.copy(recursive=True, keep_live=True),
              lambda: CreatePageAliasAction(m).execute(), lambda: CreatePageAliasAction(s, recursive=True).execute()):
        try:
            with transaction.atomic():
                c = f()
            c = Page.objects.get(pk=c.pk).specific
            print("OK", c.live, c.paths(), c.title, c.slug, [ (d.specific.live, d.specific.paths()) for d in c.get_descendants()])
        except Exception as e:
            traceback.print_exc(limit=-4)
def test_form(db, client):
    home = make_home(); s = make_section(home); m = make_mandate(s)
    user = make_user("Publishers", "fr"); client.force_login(user)
    r = client.get(f"/admin/pages/{m.pk}/edit/")
    open("/tmp/w/edit.html","w").write(r.content.decode())
    r = client.get(f"/admin/pages/{m.pk}/copy/")
    open("/tmp/w/copy.html","w").write(r.content.decode())
    from wagtail.test.utils.form_data import querydict_from_html
    print(querydict_from_html(open("/tmp/w/edit.html").read(), form_id="page-edit-form"))
