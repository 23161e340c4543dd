"""Packages of texts that went to translators, each text as it was sent, and what came back of them."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from exchange.formats.packages import BEHIND, FINE, MISSING
from exchange.judging import Verdict

MAX_NOTE_LENGTH = 500
TO_PERSON = {"null": True, "blank": True, "on_delete": models.SET_NULL, "related_name": "+"}


def new_key():
    """Return random letters and digits that tell packages, and sites, apart."""
    return get_random_string(16)


class ExchangeRecord(models.Model):
    """What is kept of an exchange with translators: it keeps nobody and nothing from being deleted.

    It has no rights of its own, but those to the texts (`exchange.rights`).
    """

    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True
        default_permissions = ()


class SentPackage(ExchangeRecord):
    """A package that was made: who, when, from which language to which, and what for. Its texts never change.

    `words` counts those of the source: {"new": …, "changed": …, "repeated": …, "complete": …}; `texts_open` the texts that
    stayed because somebody had them in translation. `wanted` says of what it is made (`exchange.making`); until that is done,
    `ready_at` is empty. From `closed_at` on nothing more is expected of it: all has come back, or somebody says that no more
    will (`closed_by`). Deleted by `exchange.retention` with all that belongs to it.
    """

    key = models.CharField(max_length=64, unique=True, default=new_key)
    name = models.CharField(_("name"), max_length=120)
    source = models.CharField(_("from"), max_length=5, choices=settings.LANGUAGES)
    target = models.CharField(_("to"), max_length=5, choices=settings.LANGUAGES)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, **TO_PERSON)
    created_at = models.DateTimeField(default=timezone.now)
    deadline = models.DateField(_("deadline"), null=True, blank=True)
    note = models.TextField(pgettext_lazy("package", "note"), max_length=MAX_NOTE_LENGTH, blank=True)
    words = models.JSONField(default=dict)
    texts_open = models.PositiveIntegerField(default=0)
    wanted = models.JSONField(default=dict)
    ready_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, **TO_PERSON)

    language_neutral = ("name", "source", "target", "note")

    class Meta(ExchangeRecord.Meta):
        verbose_name = _("package")
        verbose_name_plural = _("packages")
        ordering = ["-created_at", "-pk"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("package", args=[self.pk])


class SentText(ExchangeRecord):
    """One text of a package as it was sent: what `exchange.formats.packages.PackageText` needs, and whose text it is.

    `source`, `target` and `was` are as they were stored; nothing is written over that differs from them now without somebody
    having seen both. It `is_back` once a file answered it (`exchange.judging.is_answered`), whatever becomes of that.
    """

    package = models.ForeignKey(SentPackage, on_delete=models.CASCADE, related_name="texts")
    number = models.PositiveIntegerField()
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.BigIntegerField()
    address = models.TextField()
    page = models.TextField()
    place = models.TextField()
    kind = models.CharField(max_length=10)
    source = models.TextField()
    target = models.TextField(blank=True)
    was = models.TextField(blank=True)
    limit = models.PositiveIntegerField(null=True)
    state = models.CharField(max_length=10, choices=[(state, state) for state in (MISSING, BEHIND, FINE)])
    is_context = models.BooleanField(default=False)
    terms = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    is_back = models.BooleanField(default=False)

    language_neutral = ("address", "page", "place", "kind", "source", "target", "was", "state")

    class Meta(ExchangeRecord.Meta):
        verbose_name = _("text")
        verbose_name_plural = _("texts")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["package", "number"], name="one_text_per_number")]
        indexes = [models.Index(fields=["content_type", "object_id"], name="sent_text_object")]

    def __str__(self):
        return f"{self.package_id} {self.number}"


class BroughtFile(ExchangeRecord):
    """A file that came back and is too large to be read while somebody waits: `exchange.large_files` reads it.

    `data` holds it until then. `read_at` says when that was done; then it has `imports`, or `refusal` says why not:
    {"code": …, "line": …, "row": …, "name": …} of a `FormatError`.
    """

    name = models.CharField(max_length=200)
    data = models.BinaryField(null=True)
    brought_by = models.ForeignKey(settings.AUTH_USER_MODEL, **TO_PERSON)
    brought_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    refusal = models.JSONField(default=dict)

    language_neutral = ("name",)

    class Meta(ExchangeRecord.Meta):
        ordering = ["-brought_at", "-pk"]

    def __str__(self):
        return self.name


class Import(ExchangeRecord):
    """A file of a package that came back: it was read whole, and nothing of it counts before somebody takes it over.

    `begun_at` says since when what was `chosen` waits for `exchange.large_imports`, `taken_at` and `undone_at` when it was
    done, by whom. `left` has what was not taken over, or not undone, the last time: [[key of the imported text, a
    `judging.Left`], …].
    """

    package = models.ForeignKey(SentPackage, on_delete=models.CASCADE, related_name="imports")
    brought = models.ForeignKey(BroughtFile, null=True, on_delete=models.SET_NULL, related_name="imports")
    name = models.CharField(max_length=200)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, **TO_PERSON)
    uploaded_at = models.DateTimeField(default=timezone.now)
    chosen = models.JSONField(null=True)
    ordered_by = models.ForeignKey(settings.AUTH_USER_MODEL, **TO_PERSON)
    begun_at = models.DateTimeField(null=True)
    left = models.JSONField(default=list)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, **TO_PERSON)
    taken_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, **TO_PERSON)
    undone_at = models.DateTimeField(null=True)

    language_neutral = ("name",)

    class Meta(ExchangeRecord.Meta):
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self):
        return self.name


class ImportedText(ExchangeRecord):
    """What a file says for one text that was sent: `text` as it would be stored, and `findings` about it.

    `findings` are what is to be said of it (`exchange.reading`), each a list that begins with its code, `verdict` that of
    `exchange.judging` when the file was read. What was written by `exchange.taking` is `is_taken`, since `taken_at`; `before`
    has what stood there and what its memory held, to undo it: {"text": …, "since": {pair: [digest, digest]}, "was": {digest:
    text}, "open": record or null}. Where somebody decided that what stands here stays, it is settled (`exchange.keeping`):
    `kept_at`, `kept_by`.
    """

    of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="texts")
    sent = models.ForeignKey(SentText, on_delete=models.CASCADE, related_name="imported")
    text = models.TextField(blank=True)
    findings = models.JSONField(default=list)
    verdict = models.CharField(max_length=20, choices=Verdict)
    is_taken = models.BooleanField(default=False)
    taken_at = models.DateTimeField(null=True)
    before = models.JSONField(null=True)
    kept_at = models.DateTimeField(null=True)
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, **TO_PERSON)

    language_neutral = ("text", "verdict")

    class Meta(ExchangeRecord.Meta):
        ordering = ["sent__number"]
        constraints = [models.UniqueConstraint(fields=["of", "sent"], name="one_text_an_import")]

    def __str__(self):
        return f"{self.of_id} {self.sent_id}"

    @property
    def codes(self):
        """The codes of its findings."""
        return [code for code, *_rest in self.findings]


class TermsImport(ExchangeRecord):
    """A file of terms of which something was taken over into the glossary, by whom; undone once nothing of that is left."""

    name = models.CharField(max_length=200)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, **TO_PERSON)
    taken_at = models.DateTimeField(default=timezone.now)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, **TO_PERSON)
    undone_at = models.DateTimeField(null=True)

    language_neutral = ("name",)

    class Meta(ExchangeRecord.Meta):
        ordering = ["-pk"]

    def __str__(self):
        return self.name


class TakenTerm(ExchangeRecord):
    """What a file wrote into an entry of the glossary, or that it made it (`is_new`), and what is needed to undo it.

    `texts` has, for each column such as "definition_fr", what it says since, and what stood there (`exchange.what_stood`), but
    for one that is new: {"definition_fr": {"written": …, "before": {…}}}. What was undone is gone from it.
    """

    of = models.ForeignKey(TermsImport, on_delete=models.CASCADE, related_name="terms")
    term = models.ForeignKey("directory.GlossaryTerm", on_delete=models.CASCADE, related_name="+")
    is_new = models.BooleanField(default=False)
    texts = models.JSONField(default=dict)
    taken_at = models.DateTimeField(default=timezone.now)

    class Meta(ExchangeRecord.Meta):
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["of", "term"], name="one_row_a_term_and_file")]

    def __str__(self):
        return f"{self.of_id} {self.term_id}"
