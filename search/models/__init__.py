from search.models.entry import Entry, Word
from search.models.promotion import Promotion
from search.models.search_count import MAX_QUERY_LENGTH, SearchCount
from search.models.synonym import Synonym

__all__ = ["MAX_QUERY_LENGTH", "Entry", "Promotion", "SearchCount", "Synonym", "Word"]
