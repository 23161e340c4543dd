from search.models.entry import Entry, PageBehind, Word
from search.models.promotion import Promotion
from search.models.search_count import MAX_QUERY_LENGTH, SearchCount, SearchShare
from search.models.synonym import Synonym

__all__ = ["MAX_QUERY_LENGTH", "Entry", "PageBehind", "Promotion", "SearchCount", "SearchShare", "Synonym", "Word"]
