from modeltranslation.translator import TranslationOptions, register

from staff_notes.models import TEXTS, StaffNote


@register(StaffNote)
class StaffNoteTranslation(TranslationOptions):
    fields = TEXTS
