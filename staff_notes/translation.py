from modeltranslation.translator import TranslationOptions, register

from staff_notes.models import StaffNote


@register(StaffNote)
class StaffNoteTranslation(TranslationOptions):
    fields = ("text", "find_out", "who")
