"""The laws that ask for something on these pages, as staff are told."""

from django.utils.translation import gettext_lazy as _

ACCESSIBILITY = _("Ordinance of 4 October 2018 and Decision (EU) 2018/1523: the accessibility statement")
DATA_PROTECTION = _("General Data Protection Regulation, article 13")
OPEN_GOVERNMENT = _("Joint decree and ordinance of 16 May 2019 on open government")
PRESS = _("Press law: somebody answers for what is published")
