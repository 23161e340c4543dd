"""How far a review is, for templates that stand in the place of Wagtail's."""

from django import template

from review.steps import steps_of

register = template.Library()


@register.simple_tag
def review_steps(workflow_state):
    """Return the `review.steps.Step`s of a workflow's state, none where there is none."""
    return steps_of([workflow_state]).get(workflow_state, []) if workflow_state else []
