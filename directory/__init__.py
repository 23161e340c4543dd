"""What pages refer to: organisations, people, terms of office and the glossary."""
