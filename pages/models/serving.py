"""Where readers find a page, and how it is rendered for them and in previews."""

from django.conf import settings
from django.utils import translation
from django.utils.functional import cached_property

from languages.codes import LANGUAGES, OWN_NAMES, current_language
from pages import addresses, history
from pages.navigation import Navigation, site_pages
from pages.placed_pages import PlacesMixin
from pages.preloading import preloaded_surroundings


class PageServingMixin(PlacesMixin):
    """Serves a page in each language in which it exists, at the address it has there."""

    preloaded = None  # what was fetched to render it (`pages.preloading`)

    # --- Addresses

    @cached_property
    def alias_source(self):
        """The source of an alias, where readers can reach it; any other page itself. What search engines list."""
        source = site_pages().filter(pk=self.alias_of_id).for_links().first() if self.alias_of_id else None
        return source if source and source.paths() else self

    @property
    def neutral_path(self):
        """The address that chooses a language with the reader: one for all languages."""
        return addresses.neutral_path(self.slug, self.is_home)

    def get_url_parts(self, request=None):
        """Wagtail's own question for an address, asked by the admin and by redirects."""
        sites = self._get_relevant_site_root_paths(request)
        path, _language = self.path_for(current_language())
        return (sites[0].site_id if sites else 1, settings.SITE_URL if path else None, path)

    # --- Serving

    @property
    def template_name(self):
        return f"{self._meta.app_label}/{self._meta.model_name}.html"

    def get_template(self, request, *args, **kwargs):
        return self.template_name

    def get_context(self, request, *args, **kwargs):
        language = current_language()
        return {
            **super().get_context(request, *args, **kwargs),
            "language": language,
            "navigation": self.get_navigation(request, language),
            "updates": self.preloaded.changes if self.preloaded else history.changes_of(self, language),
        }

    def get_navigation(self, request, language):
        """Return what stands around the page; a request that shows it in another frame says so (`navigation_class`)."""
        return getattr(request, "navigation_class", Navigation)(language, self, request.GET.urlencode())

    def serve(self, request, *args, **kwargs):
        """Return the page, rendered, in the active language."""
        with preloaded_surroundings(self, request):
            return super().serve(request, *args, **kwargs).render()

    # --- Previews, one for each language

    @property
    def preview_modes(self):
        return [(code, OWN_NAMES[code]) for code in LANGUAGES]

    @property
    def default_preview_mode(self):
        """Begin with the language of whoever looks."""
        return current_language()

    def serve_preview(self, request, mode_name):
        """Render the draft as readers of the language `mode_name` would see it."""
        language = mode_name if mode_name in LANGUAGES else LANGUAGES[0]
        with translation.override(language), preloaded_surroundings(self, request):
            return super().serve_preview(request, mode_name).render()
