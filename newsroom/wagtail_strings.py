"""Sentences of Wagtail that our catalogues say anew: in English on every screen, wrong in Dutch or French, or about Wagtail.

Our catalogues come before Wagtail's, so an entry of the same text is enough; each is named here so that it is extracted.
Nothing imports this list. It is longer than a module should be, though what it says of images stands in wagtail_pictures.py.
"""

from django.utils.translation import gettext_noop, ngettext_lazy

WORDS = (
    # About a product that staff need not know.
    gettext_noop("Go to Wagtail admin"),
    gettext_noop("Can access Wagtail admin"),
    gettext_noop("Wagtail admin"),
    gettext_noop("View Wagtail quick actions"),
    gettext_noop("Enable custom keyboard shortcuts specific to Wagtail."),
    gettext_noop("Members of the chosen Wagtail Groups can approve this task"),
    gettext_noop(
        "JavaScript is required to use Wagtail, but it is currently disabled.<br /> Here are the "
        '<a href="https://www.enable-javascript.com/" target="_blank" rel="noreferrer">instructions how to enable JavaScript '
        "in your web browser</a>."
    ),
    # One word for one thing: Wagtail says "Sign in" but "Log out", and in Dutch two words for "save".
    gettext_noop("Sign in"),
    gettext_noop("Signing in…"),
    gettext_noop("Login"),
    gettext_noop("Save draft"),
    gettext_noop("Draft saved"),  # in French two words for "save" as well
    # Half English in Dutch, or clumsy in French; what Wagtail calls modes of the preview are languages here.
    gettext_noop("Preview mode"),
    gettext_noop("Content metrics"),
    gettext_noop("This data explained"),
    gettext_noop("Sorry, you do not have permission to access this area."),
    gettext_noop("Locale"),  # on the account, above the language of the admin
    gettext_noop("Set schedule"),
    gettext_noop("No publishing schedule set"),
    gettext_noop("Once live anyone can view"),
    gettext_noop("Search all pages…"),
    gettext_noop("Readability"),  # in French its grades are masculine
    gettext_noop("Error 404"),
    gettext_noop("Error 404: Page not found"),
    # English, or words written apart, in Dutch; in French adjectives that agree with nothing.
    gettext_noop("Checks"),
    gettext_noop("Toggle checks"),
    gettext_noop("Default"),
    gettext_noop("Default?"),
    gettext_noop("System default"),
    gettext_noop("Use server language: %(language_name)s"),
    gettext_noop("admin theme"),
    gettext_noop("Theme preferences"),
    gettext_noop("Upload a profile picture:"),
    gettext_noop("Page types"),
    gettext_noop("Site history"),
    gettext_noop("active"),  # beside a box to tick
    gettext_noop("Password confirmation"),
    gettext_noop("Enter the same password as above, for verification."),
    gettext_noop("Restart workflow "),
    gettext_noop("Your pages and snippets in a workflow"),
    gettext_noop("Compare with live version"),
    gettext_noop("Visit the live page"),
    gettext_noop("View live"),
    gettext_noop("Comment notifications"),
    gettext_noop("submitted notifications"),
    gettext_noop("approved notifications"),
    gettext_noop("rejected notifications"),
    gettext_noop("updated comments notifications"),
    gettext_noop("Receive notification when a page is submitted for moderation"),
    gettext_noop("Receive notification when your page edit is approved"),
    gettext_noop("Receive notification when your page edit is rejected"),
    gettext_noop(
        "Receive notification when comments have been created, resolved, or deleted on a page that you have subscribed to "
        "receive comment notifications on"
    ),
    # With an offer to upload, for those who may not; a person may have uploaded nothing where others did.
    gettext_noop("You haven't uploaded any documents."),
    gettext_noop("You haven't uploaded any documents in this collection."),
    gettext_noop('You haven\'t uploaded any documents. Why not <a href="%(wagtaildocs_add_document_url)s">upload one now</a>?'),
    gettext_noop(
        "You haven't uploaded any documents in this collection. Why not "
        '<a href="%(wagtaildocs_add_document_url)s">upload one now</a>?'
    ),
    # In French "rules of redirection" with stray capitals; a step that is skipped is "ignored" there.
    gettext_noop("redirect"),
    gettext_noop("redirects"),
    gettext_noop("Redirects"),
    gettext_noop("Add redirect"),
    gettext_noop("Search redirects"),
    gettext_noop("A redirect with this path already exists."),
    gettext_noop("Redirect '%(redirect_title)s' added."),
    gettext_noop("Redirect '%(redirect_title)s' updated."),
    gettext_noop("Redirect '%(redirect_title)s' deleted."),
    gettext_noop("Skipped"),
    # In Dutch two words for one, and "on" for "by"; in Dutch and French a count of "states".
    gettext_noop("Workflow tasks"),
    gettext_noop("By workflow"),
    gettext_noop("By task"),
    gettext_noop("Workflow state"),
    gettext_noop("Workflow states"),
    gettext_noop("Task state"),
    gettext_noop("Task states"),
    # Without spaces in Dutch.
    gettext_noop("%(start_index)s-%(end_index)s of %(items_count)s %(model_name)s"),
    gettext_noop("%(start_index)s-%(end_index)s of %(items_count)s %(model_name)s across entire site."),
    gettext_noop(
        "%(start_index)s-%(end_index)s of %(items_count)s %(model_name)s in "
        "'<span class=\"w-title-ellipsis\">%(title)s</span>'."
    ),
)

# In French with an "(e)" or "(tte)" for each gender, in Dutch with "u" or around a name that has another article.
REWORDED = (
    gettext_noop("%(model_name)s '%(object)s' created and published."),
    gettext_noop("%(model_name)s '%(object)s' created and scheduled for publishing."),
    gettext_noop("%(model_name)s '%(object)s' created and submitted for moderation."),
    gettext_noop("%(model_name)s '%(object)s' created."),
    gettext_noop("%(model_name)s '%(object)s' deleted."),
    gettext_noop("%(model_name)s '%(object)s' has been replaced with version from %(timestamp)s."),
    gettext_noop("%(model_name)s '%(object)s' has been submitted for moderation."),
    gettext_noop("%(model_name)s '%(object)s' is live and this version has been scheduled for publishing."),
    gettext_noop("%(model_name)s '%(object)s' updated and published."),
    gettext_noop("%(model_name)s '%(object)s' updated."),
    gettext_noop("%(model_name)s '%(title)s' is now unlocked."),
    gettext_noop("'%(object)s' unpublished."),
    gettext_noop("<b>'{title}' is locked</b> by <b>you</b>."),
    gettext_noop("<b>'{title}' is locked</b>."),
    gettext_noop("<b>'{title}' was locked</b> by <b>you</b> on <b>{datetime}</b>."),
    gettext_noop("<b>'{title}' was locked</b> by <b>{user}</b> on <b>{datetime}</b>."),
    gettext_noop("Leave blank if not changing."),
    gettext_noop("Your old password was entered incorrectly. Please enter it again."),
    ngettext_lazy(
        "Your password must contain at least %(min_length)d character.",
        "Your password must contain at least %(min_length)d characters.",
    ),
    gettext_noop("Your password can’t be too similar to your other personal information."),
    gettext_noop("Your password can’t be a commonly used password."),
    gettext_noop("Your password can’t be entirely numeric."),
    gettext_noop("Designates whether this user should be treated as active. Unselect this instead of deleting accounts."),
    gettext_noop("Add %(label)s"),
    gettext_noop("Add %(model_name)s"),
    gettext_noop("Anyone can edit this %(model_name)s"),
    gettext_noop("Anyone can edit this %(model_name)s – lock it to prevent others from editing"),
    ngettext_lazy(
        "Are you sure you want to add the following document to the selected collection?",
        "Are you sure you want to add the following documents to the selected collection?",
    ),
    gettext_noop("Are you sure you want to convert this alias into an ordinary page?"),
    gettext_noop("Are you sure you want to delete %(count)s %(snippet_type_name)s?"),
    gettext_noop("Are you sure you want to delete these pages?"),
    gettext_noop("Are you sure you want to delete this %(model_name)s?"),
    gettext_noop("Are you sure you want to delete this %(snippet_type_name)s?"),
    gettext_noop("Are you sure you want to delete this collection?"),
    ngettext_lazy("Are you sure you want to delete this document?", "Are you sure you want to delete these documents?"),
    gettext_noop("Are you sure you want to delete this group?"),
    gettext_noop("Are you sure you want to delete this page?"),
    gettext_noop("Are you sure you want to delete this redirect?"),
    gettext_noop("Are you sure you want to delete this site?"),
    gettext_noop("Are you sure you want to disable this task?"),
    gettext_noop("Are you sure you want to disable this workflow?"),
    gettext_noop("Are you sure you want to move these pages?"),
    gettext_noop("Are you sure you want to move this page and all of its children into '%(title)s'?"),
    gettext_noop("Are you sure you want to move this page into '%(title)s'?"),
    gettext_noop("Are you sure you want to publish these pages?"),
    ngettext_lazy(
        "Are you sure you want to tag the following document?", "Are you sure you want to tag the following documents?"
    ),
    gettext_noop("Are you sure you want to unpublish these pages?"),
    gettext_noop("Are you sure you want to unpublish this %(model_name)s?"),
    gettext_noop("Are you sure you want to unpublish this page?"),
    gettext_noop("Cannot overwrite a revision that is not the latest for this %(model_name)s."),
    gettext_noop("Choose another"),
    gettext_noop("Choose when this %(model_name)s should go live and/or expire"),
    gettext_noop("Create a new %(model_name)s"),
    gettext_noop("Created"),
    gettext_noop("Currently locked and will go live on the scheduled date"),
    gettext_noop("Disabled"),
    gettext_noop("Edit this %(object)s"),
    gettext_noop("Locked"),
    gettext_noop("Locked at <b>%(locking_date)s</b>"),
    gettext_noop("Locked by <b>%(locked_by)s</b> at <b>%(locking_date)s</b>"),
    gettext_noop("Locked by <b>you</b> at <b>%(locking_date)s</b>"),
    gettext_noop("Locked by another user"),
    gettext_noop("Locked by schedule"),
    gettext_noop("Locked by workflow"),
    gettext_noop("Locked by you"),
    gettext_noop("Moved"),
    gettext_noop("New: %(model_name)s"),
    gettext_noop("No %(model_name)s match your query."),
    gettext_noop("No one can make changes while the %(model_name)s is locked"),
    gettext_noop("None"),
    gettext_noop("Oldest"),
    gettext_noop("One or more references to this %(model_name)s prevent it from being deleted."),
    gettext_noop("Only %(user)s can make changes while the %(model_name)s is locked"),
    gettext_noop("Only reviewers for this task can edit the %(model_name)s."),
    gettext_noop("Only you can make changes while the %(model_name)s is locked"),
    gettext_noop("Publishing this %(model_name)s will cancel the current workflow."),
    ngettext_lazy("Referenced %(count)s time", "Referenced %(count)s times"),
    gettext_noop("Renamed"),
    gettext_noop("Reordered"),
    gettext_noop("Reordered under '%(parent)s'"),
    gettext_noop("Reviewers can edit this %(model_name)s – lock it to prevent other reviewers from editing"),
    gettext_noop("Tag(s) %(value_too_long)s are over %(max_tag_length)d characters."),
    gettext_noop('The %(model_name)s "%(title)s" has been approved in "%(task)s".'),
    gettext_noop('The %(model_name)s "%(title)s" has been approved in "%(workflow)s".'),
    gettext_noop('The %(model_name)s "%(title)s" has been approved in moderation stage "%(task)s".'),
    gettext_noop('The %(model_name)s "%(title)s" has been approved in workflow "%(workflow)s".'),
    gettext_noop(
        'The %(model_name)s "%(title)s" has been rejected during "%(task)s" in workflow "%(workflow)s" by %(rejector)s.'
    ),
    gettext_noop('The %(model_name)s "%(title)s" has been rejected during "%(task)s" in workflow "%(workflow)s".'),
    gettext_noop('The %(model_name)s "%(title)s" has been rejected during "%(task)s".'),
    gettext_noop('The %(model_name)s "%(title)s" has been rejected during "%(workflow)s".'),
    gettext_noop('The %(model_name)s "%(title)s" has been rejected in moderation stage "%(task)s".'),
    gettext_noop('The %(model_name)s "%(title)s" has been submitted for approval in moderation stage "%(task)s"'),
    gettext_noop('The %(model_name)s "%(title)s" has been submitted for approval in moderation stage "%(task)s".'),
    gettext_noop('The %(model_name)s "%(title)s" has been submitted for approval to moderation stage "%(task)s".'),
    gettext_noop(
        'The %(model_name)s "%(title)s" has been submitted for moderation to workflow "%(workflow)s" by %(requester)s.'
    ),
    gettext_noop('The %(model_name)s "%(title)s" has been submitted for moderation to workflow "%(workflow)s".'),
    gettext_noop('The %(model_name)s "%(title)s" has been submitted to workflow "%(workflow)s"'),
    gettext_noop("The %(model_name)s could not be created due to errors."),
    gettext_noop("The %(model_name)s could not be saved as it is locked"),
    gettext_noop("The %(model_name)s could not be saved due to errors."),
    gettext_noop("This %(model_name)s hasn't been submitted for moderation yet"),
    gettext_noop("This %(model_name)s is currently at <strong>%(task)s</strong> in <strong>%(workflow)s</strong>."),
    gettext_noop("This %(model_name)s is currently awaiting moderation."),
    ngettext_lazy(
        "This %(model_name)s is referenced %(usage_count)s time.", "This %(model_name)s is referenced %(usage_count)s times."
    ),
    gettext_noop(
        "This %(model_name)s was marked as needing changes at <strong>%(task)s</strong> in <strong>%(workflow)s</strong>."
    ),
    gettext_noop(
        "This workflow is currently in progress on %(workflow_states_in_progress)s pages. Deleting this "
        "workflow will cancel moderation on these page. Are you sure you want to delete this workflow?"
    ),
    gettext_noop("This {model_name} is awaiting <b>'{task_name}'</b> in the <b>'{workflow_name}'</b> workflow."),
    gettext_noop("Unlocked"),
    ngettext_lazy("Used %(usage_count)s time", "Used %(usage_count)s times"),
    gettext_noop('Version %(revision_id)s of "%(object)s" unscheduled.'),
    gettext_noop("Version from %(timestamp)s of %(model_name)s '%(object)s' has been scheduled for publishing."),
    gettext_noop(
        'Why not <a class="create-one-now" href="#tab-new" data-action="w-tabs#select:prevent" data-w-tabs-'
        'target="trigger" data-w-tabs-focus-param="true">create one now</a>?'
    ),
    gettext_noop(
        'Why not <a class="upload-one-now" href="#tab-upload" data-action="w-tabs#select:prevent" data-w-'
        'tabs-target="trigger" data-w-tabs-focus-param="true">upload one now</a>?'
    ),
    gettext_noop("Would you still like to publish this %(model_name)s?"),
    gettext_noop("Would you still like to publish this page?"),
    gettext_noop("You are viewing a previous version of this %(model_name)s from <b>%(created_at)s</b> by %(user)s"),
    gettext_noop("You can preview the %(model_name)s here:"),
    gettext_noop("You don't have permission to delete this %(snippet_type_name)s"),
    gettext_noop("the %(model_name)s will also be deleted"),
    gettext_noop("{model_name} '{title}' is locked and has been scheduled to go live at {datetime}"),
    ngettext_lazy("%(count)d %(model_name)s deleted.", "%(count)d %(model_name)s deleted."),
    gettext_noop("Any"),
    gettext_noop("Published"),
    gettext_noop("Snippets"),
    gettext_noop("Email link"),
    gettext_noop("Administrator"),
    gettext_noop("Actions"),
    gettext_noop("Root page"),
    # Not true here: two people's edits are merged.
    gettext_noop("Proceeding will overwrite the changes you made in that window."),
    gettext_noop("Proceeding will overwrite the changes made by %(user_name)s."),
    # Mails say "rejected" of what the buttons call "request changes".
    gettext_noop("Request changes"),
    gettext_noop("Needs changes"),
    gettext_noop("Rejected"),
    gettext_noop("Rejected at '%(task)s'. Changes requested"),
    gettext_noop('The page "%(title)s" has been rejected during "%(task)s".'),
    gettext_noop('The page "%(title)s" has been rejected during "%(workflow)s".'),
    gettext_noop('The page "%(title)s" has been rejected during "%(task)s" in workflow "%(workflow)s".'),
    gettext_noop('The page "%(title)s" has been rejected during "%(task)s" in workflow "%(workflow)s" by %(rejector)s.'),
    gettext_noop('The page "%(title)s" has been rejected in moderation stage "%(task)s".'),
    gettext_noop('The following comment was left: "%(comment)s"'),
)
