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


def width(text, size):
    """Return the estimated width of a line of text in letters of `size`, in the same unit."""
    return sum(WIDTHS.get(letter, OTHERS) for letter in text) * size
