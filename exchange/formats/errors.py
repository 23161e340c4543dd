"""Why a file is refused, in a sentence that says what to do."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "empty": _("The file is empty. Export it again from your program."),
    "too_large": _("The file is too large. Send it in parts."),
    "not_xml": _("The file is damaged: it is no well-formed XML. Export it again from your program."),
    "cut_off": _("The file ends too early. Send it again, whole."),
    "entities": _("The file declares a document type or entities, which is refused for safety. Export it again without them."),
    "too_deep": _("Elements stand within each other too often. Export the file again from your program."),
    "other_kind": _("This is not a file of a package. Send XLIFF, PO, Word (.docx), or a ZIP file of these."),
    "version": _("This version of XLIFF is not known here. Export it as XLIFF 1.2 or 2.1."),
    "not_tmx": _("This is no translation memory in TMX. Export it as TMX 1.4 from your program."),
    "not_tbx": _("This is no file of terms in TBX. Export it as TBX-Basic from your program."),
    "no_terms": _("The file holds no term in a language of this site. Choose another file."),
    "too_many_units": _("The file holds too many texts. Send it in parts."),
    "no_units": _("The file holds no text in two languages of this site. Choose another file."),
    "no_key": _("The key of the package is not in the file. Translate in the file that was sent, not in a new one."),
    "languages": _("The file does not say from which language to which it translates. Translate the file that was sent."),
    "unknown_package": _("The package is not known here: it is another site's, was deleted, or is not yours to see."),
    "other_languages": _("The file names other languages than its package. Translate in the file that was sent."),
    "number": _("A text has no number of the package. Translate the file that was sent, and add nothing to it."),
    "duplicate": _("A number of the package is there twice. Leave one of the two."),
    "several": _("The file holds several packages. Send each in a file of its own."),
    "not_po": _("The file is damaged: it is no PO file that can be read. Export it again from your program."),
    "plural": _("A text has plural forms, which the package does not know. Translate the file that was sent."),
    "no_table": _("The document has no table of the package. Translate in the document that was sent."),
    "columns": _("A row does not have the three columns that were sent: number, source and translation."),
    "macros": _("The document holds macros. Save it as a Word document without them (.docx)."),
    "damaged_zip": _("The file is damaged and cannot be opened. Make it again."),
    "encrypted": _("The file is protected with a password. Send it without one."),
    "nested": _("There is a ZIP file within the ZIP file. Send it by itself."),
    "too_many": _("There are too many files in the ZIP file. Send fewer at once."),
    "outside": _("A name in the ZIP file leads out of it. Make it again."),
    "bomb": _("What the file holds is far larger than the file itself, which is refused for safety. Send it unpacked."),
}


class FormatError(Exception):
    """A file is refused. `code` is a key of `SENTENCES`; `line` or `row`, from 1, says where, if known.

    `name` is that of the file, where it is known; `sentence` is for the person who sent it.
    """

    def __init__(self, code, line=None, row=None, name=""):
        super().__init__(code, line, row)
        self.code, self.line, self.row, self.name = code, line, row, name

    @property
    def sentence(self):
        sentence = SENTENCES[self.code]
        if self.line:
            return format_lazy(_("Line {line}: {sentence}"), line=self.line, sentence=sentence)
        if self.row:
            return format_lazy(_("Row {row}: {sentence}"), row=self.row, sentence=sentence)
        return sentence
