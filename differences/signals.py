"""What was accepted goes with the object in which it stands."""

from django.contrib.contenttypes.models import ContentType
from django.db.models.signals import post_delete
from django.dispatch import receiver

from differences.models import Acceptance
from languages.models import AlignedModel


@receiver(post_delete)
def forget_acceptances(sender, instance, **kwargs):
    if issubclass(sender, AlignedModel):
        Acceptance.objects.filter(content_type=ContentType.objects.get_for_model(instance), object_id=instance.pk).delete()
