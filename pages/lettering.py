"""How much room letters take in a drawing. A server has no fonts to measure, so widths are estimates on the generous side."""

LETTERS = {
    0.3: "iljI.,:;'’|! ·\u00a0\u202f",
    0.44: 'frt()[]-/“”‘"1',
    0.65: "023456789−",
    0.76: "mwABCDEGHKNOPQRSUVXYÀÉÈ&+",
    0.95: "MW—@%",
}
WIDTHS = {letter: room for room, letters in LETTERS.items() for letter in letters}
OTHERS = 0.58  # em
HYPHENS = "-–/"
VOWELS = "aeiouyàâäéèêëîïôöùûü"


def width(text, size):
    """Return the estimated width of a line of text in letters of `size`, in the same unit."""
    return sum(WIDTHS.get(letter, OTHERS) for letter in text) * size


def wrapped(text, room, size):
    """Return `text` as lines that fit into `room`; a word that alone is too long is broken with a hyphen."""
    lines, line = [], ""
    for word in _pieces(text, room, size):
        joined = line + word if line.endswith(tuple(HYPHENS)) else f"{line} {word}".strip()
        if line and width(joined, size) > room:
            lines.append(line)
            joined = word
        line = joined
    return [*lines, line] if line else lines


def _pieces(text, room, size):
    """Yield the words of a text, in parts where they are too long."""
    for word in text.split(" "):
        while width(word, size) > room and len(word) > 2:
            cut = next((at for at in range(len(word) - 1, 1, -1) if width(word[:at], size) + size / 2 <= room), 1)
            hyphen = max((word.rfind(mark, 1, cut) for mark in HYPHENS), default=-1)
            if hyphen > 0:
                head, word = word[: hyphen + 1], word[hyphen + 1 :]
            else:
                cut = next((at for at in range(cut, 3, -1) if is_syllable(word, at)), cut)
                head, word = f"{word[:cut]}-", word[cut:]
            yield head
        if word:
            yield word


def is_syllable(word, at):
    """Say whether a word may be broken before `at`: a consonant and a vowel follow, as in most syllables."""
    after = word[at : at + 3].lower()
    return len(after) == 3 and after[0] not in VOWELS and after[1] in VOWELS and word[at - 1].lower() not in "cpst"
