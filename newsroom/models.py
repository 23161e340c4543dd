"""Staff, and the record of what was loaded."""

from django.contrib.auth.models import AbstractUser, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from languages.models import ColumnsOfLanguages, WritingLanguages


class User(AbstractUser, ColumnsOfLanguages, WritingLanguages):
    """A member of staff. Our own model, because it cannot be replaced once there are migrations.

    The language of the admin is not kept here: Wagtail's own profile has it, and its account page changes it.
    """

    # Whoever got a password from somebody else chooses one of their own before anything else.
    must_change_password = models.BooleanField(default=False, editable=False)
    # Sessions begun under a lower number have ended.
    session_generation = models.PositiveIntegerField(default=0, editable=False)

    class Meta(AbstractUser.Meta):
        # `languages.rights` asks for it.
        permissions = [("write_all_languages", "Can write in all languages")]

    def set_password(self, raw_password):
        super().set_password(raw_password)
        self.must_change_password = False

    def get_session_auth_hash(self):
        """Return what a session must hold to be valid: it changes with the password, and when somebody logs out everywhere."""
        return super().get_session_auth_hash() + self.generation()

    def get_session_auth_fallback_hash(self):
        for fallback in super().get_session_auth_fallback_hash():
            yield fallback + self.generation()

    def generation(self):
        return f":{self.session_generation}" if self.session_generation else ""


class SpokenPermission(Permission):
    """A permission that is named in the active language; the database holds Django's English "Can add user"."""

    class Meta:
        proxy = True
        default_permissions = ()

    @classmethod
    def from_db(cls, db, field_names, values):
        permission = super().from_db(db, field_names, values)
        if not {"codename", "content_type_id"}.issubset(field_names):  # reading them now would come back here
            return permission
        verb, _separator, model = permission.codename.partition("_")
        kind = ContentType.objects.get_for_id(permission.content_type_id)
        if permission.codename == "write_all_languages":
            permission.name = _("Write in all languages, and change what has none")
        verbs = {"add": _("Add"), "change": _("Change"), "delete": _("Delete"), "publish": _("Publish")}
        if verb in verbs and model == kind.model:
            permission.name = _("%(action)s: %(what)s") % {"action": verbs[verb], "what": capfirst(kind.name)}
        return permission


class LoadedItem(models.Model):
    """What `manage.py load_content` made of one entry of a content file, so that a later run knows what staff changed since."""

    key = models.CharField(max_length=160, unique=True)
    model = models.CharField(max_length=100)
    object_id = models.BigIntegerField()
    file_digest = models.CharField(max_length=64)
    # Of each field that the file names, a digest of what was loaded. Empty where the first release loaded it: that one kept a
    # digest of the whole object instead.
    fields = models.JSONField(default=dict)
    object_digest = models.CharField(max_length=64, blank=True)

    def __str__(self):
        return self.key
