"""Images and documents, with their texts in three languages."""
