from pages.former_paths import FormerPath
from pages.history import PublicChange
from pages.models.site_page import SitePage
from pages.models.site_settings import SiteSettings
from pages.models.standalone import (
    AccessibilityStatementPage,
    ContactPage,
    GlossaryPage,
    HomePage,
    StandardPage,
)
from pages.models.topic import IndexPage, TopicPage, list_models, topic_panels

__all__ = [
    "AccessibilityStatementPage",
    "ContactPage",
    "FormerPath",
    "GlossaryPage",
    "HomePage",
    "IndexPage",
    "PublicChange",
    "SitePage",
    "SiteSettings",
    "StandardPage",
    "TopicPage",
    "list_models",
    "topic_panels",
]
