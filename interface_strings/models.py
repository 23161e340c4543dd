"""The strings of the interface as the catalogues have them, what was edited over them, and the history of it."""

from django.conf import settings
from django.db import models
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from interface_strings.catalogue_files import forms_count, own_forms


class State(models.TextChoices):
    """How a string stands in one language."""

    MISSING = "missing", pgettext_lazy("interface string", "Missing")
    TRANSLATED = "translated", pgettext_lazy("interface string", "Translated")
    EDITED = "edited", pgettext_lazy("interface string", "Edited here")
    CONFLICT = "conflict", pgettext_lazy("interface string", "Conflict")


class InterfaceString(models.Model):
    """One string as code and catalogues have it, kept so by `interface_strings.strings_rebuild`, and how it stands by language.

    Texts are lists of forms by language: `filed` those of the catalogues, `shown` those that the site shows.
    """

    key = models.CharField(max_length=32, unique=True, editable=False)
    domain = models.CharField(max_length=20, editable=False)
    context = models.TextField(blank=True, editable=False)
    msgid = models.TextField(editable=False)
    plural = models.TextField(blank=True, editable=False)
    order = models.TextField(editable=False)  # the words of the source, by which lists are sorted
    is_ours = models.BooleanField(default=True, editable=False)
    is_gone = models.BooleanField(default=False, editable=False)  # from code and catalogues, but not what was edited
    areas = models.JSONField(default=list, editable=False)
    places = models.JSONField(default=list, editable=False)  # pairs of a package and a path
    comments = models.TextField(blank=True, editable=False)
    filed = models.JSONField(default=dict, editable=False)
    shown = models.JSONField(default=dict, editable=False)
    states = models.JSONField(default=dict, editable=False)  # State by language
    problems = models.JSONField(default=dict, editable=False)  # lists of problems.Kind by language

    language_neutral = ("key", "domain", "context", "msgid", "plural", "order", "comments")

    class Meta:
        verbose_name = _("interface string")
        verbose_name_plural = _("interface strings")
        ordering = ["-is_ours", "order", "pk"]
        default_permissions = ("change",)

    def __str__(self):
        return self.msgid

    @property
    def sources(self):
        """The text of the code, and its plural where it has one."""
        return (self.msgid, self.plural) if self.plural else (self.msgid,)


class StringEdit(models.Model):
    """What somebody wrote over the catalogues, in one language.

    `filed_then` and `plural` are what the catalogue and the code said then: where they say otherwise now, there is a conflict.
    """

    string = models.ForeignKey(InterfaceString, on_delete=models.CASCADE, related_name="edits")
    language = models.CharField(max_length=10)
    forms = models.JSONField()
    filed_then = models.JSONField(default=list)
    plural = models.TextField(blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    language_neutral = ("language", "plural")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["string", "language"], name="one_edit_per_language")]
        default_permissions = ()

    def __str__(self):
        return f"{self.string} ({self.language})"

    def forms_for(self, string):
        """Return the forms, as many as the string has today: it may have got a plural since, or lost it."""
        return own_forms(self.forms, forms_count(self.language) if string.plural else 1)


class StringChange(models.Model):
    """The history: what a text was before somebody, or a release, changed it. None stands for no text."""

    class Action(models.TextChoices):
        EDITED = "edited", pgettext_lazy("interface string", "Edited")
        RESTORED = "restored", pgettext_lazy("interface string", "Earlier text restored")
        TAKEN_BACK = "filed", pgettext_lazy("interface string", "Back to the file")
        KEPT = "kept", pgettext_lazy("interface string", "Kept over what the file says now")
        RELEASED = "released", pgettext_lazy("interface string", "Taken into the file by a release")

    string = models.ForeignKey(InterfaceString, on_delete=models.CASCADE, related_name="changes")
    language = models.CharField(max_length=10)
    action = models.CharField(max_length=20, choices=Action.choices)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    moment = models.DateTimeField(auto_now_add=True)

    language_neutral = ("language",)

    class Meta:
        ordering = ["-moment", "-pk"]
        default_permissions = ()

    def __str__(self):
        return f"{self.string} ({self.language}): {self.get_action_display()}"


class StringsVersion(models.Model):
    """The one row by which every process sees that an edit was made, and a release that its catalogues are new.

    The version is random and not a number: a database that was restored never has one that somebody knows already.
    """

    version = models.CharField(max_length=16, blank=True)
    files_digest = models.CharField(max_length=32, blank=True)
    unreadable = models.JSONField(default=list)  # a line for each catalogue that could not be read

    language_neutral = ("version", "files_digest")

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.version

    @classmethod
    def current(cls):
        """Return the version, "" where nothing was ever edited."""
        return cls.objects.values_list("version", flat=True).first() or ""

    @classmethod
    def lock(cls):
        """Return the row, for which everybody else who changes strings waits until this transaction has ended.

        It is taken before any string is: then nobody waits in a circle.
        """
        return cls.objects.select_for_update().get_or_create(pk=1)[0]

    @classmethod
    def renew(cls):
        """Tell every process that edits changed."""
        row = cls.lock()
        row.version = get_random_string(16)
        row.save(update_fields=["version"])
