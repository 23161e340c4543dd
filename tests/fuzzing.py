"""Questions that nobody asks by accident: query strings as bytes, made by chance from a grammar, the same for the same seed."""

import unicodedata
from random import Random
from urllib.parse import quote_from_bytes

MAX_BYTES = 10_000  # bytes
QUOTES = "\"“”„‟«»‘’'`"
OPERATORS = [
    "-",
    "−",
    "–",
    "*",
    "&",
    "|",
    "!",
    "(",
    ")",
    ":",
    ":*",
    "<->",
    "<2>",
    "~",
    "^",
    "\\",
    "/",
    "%",
    "_",
    "$",
    "#",
    ";",
    ",",
    ".",
    "?",
    "@",
    "=",
    "+",
    "&&",
    "||",
    "()",
    '""',
    '-""',
    "AND",
    "OR",
    "NOT",
    "NEAR",
]
STOP_WORDS = ["de het een", "le la les à", "the of and", "été même", "niet", "d’", "qu'", "l’", "'s"]
NUMBERS = [
    "15-29",
    "15–29",
    "2020/1782",
    "1 600",
    "1.600",
    "1,600",
    "1\u202f600",
    "1'600'000",
    "1.600.",
    "0x1F",
    "-1",
    "1e309",
    "NaN",
    "٣٤",
    "²",
    "½",
    "Ⅷ",
    "⑴",
    "⒈",
    "0" * 30,
    "02 505 14 11",
    "3.14",
    "1,5",
    "2026-01-01",
    "50 %",
    "€ 1.000,00",
]
NAMES = [
    "view.brussels",
    "https://www.actiris.brussels/nl/?a=b&c#d",
    "info@example.org",
    "a.b-c_d+e@f.example",
    "www..",
    "//x",
    "mailto:x@y",
    "xn--caf-dma.example",
    "127.0.0.1",
    "[::1]:80",
    "file:///etc/passwd",
    "../../etc/passwd",
    "C:\\con",
    "FSE+",
    "non-actifs",
    "R&D",
    "AT&T",
    "C++",
    "#emploi",
    "@actiris",
]
# Each brings an element or an attribute that no page has, so that one that is not escaped cannot hide among the page's own.
HTML = [
    "<fuzz>",
    "<script fuzz>alert(1)</script>",
    '"><img fuzz src=x onerror=alert(1)>',
    "'><svg fuzz onload=alert(1)>",
    '" fuzz="',
    "' fuzz='",
    '" onfocus=fuzz autofocus x="',
    "</title><script fuzz>",
    "</textarea><b fuzz>",
    "<!--fuzz-->",
    "--><fuzz>",
    "]]><fuzz>",
    '<a fuzz href="javascript:alert(1)">',
    "</h2></main><p fuzz>",
    "</script><style fuzz>",
    "<mark fuzz>werk</mark>",
    "<fuzz/onclick=alert(1)//",
    "<?fuzz?>",
    "<input fuzz name=q>",
    "<iframe fuzz srcdoc='<b>'>",
]
ENTITIES = [
    "&lt;fuzz&gt;",
    "&#60;fuzz&#62;",
    "&#x3c;fuzz",
    "&quot; fuzz=&quot;",
    "&amp;lt;",
    "&nbsp;",
    "&#0;",
    "\\u003cfuzz\\u003e",
]
CODE = [
    "'; DROP TABLE search_entry; --",
    "x' OR 1=1",
    "' UNION SELECT 1,2,3 --",
    "$$;--",
    "pg_sleep(9)",
    "'||pg_sleep(9)||'",
    "E'\\'",
    "*/ /*",
    "{{ 7*7 }}",
    "{% debug %}",
    "{# x #}",
    "{% load i18n %}",
    "%s",
    "%(words)s",
    "%(question)s",
    "%%",
    "{asked}",
    "{0.__class__}",
    "${7*7}",
    "#{7*7}",
    "<%= 7 %>",
    "%n%n",
    "\\x41",
    "\\0",
    "\\",
    "a\\'b",
    "(?:a+)+$",
    "`id`",
    "$(id)",
    "| cat",
    "\r\nSet-Cookie: a=b",
]
PLANES = [
    (0x20, 0x7E),
    (0xA0, 0xFF),
    (0x100, 0x24F),
    (0x2B0, 0x36F),
    (0x300, 0x36F),
    (0x370, 0x3FF),
    (0x400, 0x52F),
    (0x590, 0x5FF),
    (0x600, 0x6FF),
    (0x900, 0x97F),
    (0xE00, 0xE7F),
    (0x1100, 0x11FF),
    (0x1E00, 0x1EFF),
    (0x2000, 0x206F),
    (0x2070, 0x218F),
    (0x2460, 0x24FF),
    (0x3000, 0x30FF),
    (0x4E00, 0x9FFF),
    (0xAC00, 0xD7A3),
    (0xD800, 0xDFFF),
    (0xE000, 0xF8FF),
    (0xFB00, 0xFDFF),
    (0xFE00, 0xFEFF),
    (0xFF00, 0xFFFF),
    (0x10000, 0x103FF),
    (0x1D400, 0x1D7FF),
    (0x1F100, 0x1F1FF),
    (0x1F300, 0x1FAFF),
    (0x20000, 0x2A6DF),
    (0xE0000, 0xE01EF),
    (0x10FF00, 0x10FFFF),
]
ODD_TEXTS = [
    "İ",
    "ß",
    "ﬃ",
    "ŉ",
    "ǅ",
    "\ufdfa",
    "\ufdfa" * 80,
    "\ufe70",
    "\u037a",
    "\ufeff",
    "\ufffd",
    "\uffff",
    "\u202egnirts",
    "\u2066x\u2069",
    "\u200d" * 50,
    "so\u00adcieux",
    "a" + "\u0300" * 300,
    "a" + "\u0323\u0307" * 100,
    "🙂",
    "👩\u200d👧\u200d👦",
    "🇧🇪",
    "👍🏿",
    "日本語",
    "שלום",
    "مرحبا",
    "нет",
    "\ud800",
    "\udc00\ud800",
    "\x85",
    "\u2028",
    "\u3000",
    "\u1680",
]
BYTES = [
    b"\xff\xfe",
    b"\xc3",
    b"\x80",
    b"\xc0\x80",
    b"\xc0\xbc",
    b"\xe2\x82",
    b"\xf0\x9f\x98",
    b"\xf4\x90\x80\x80",
    b"\xef\xbb\xbf",
    b"\xf8\x88\x80\x80\x80",
    b"\xed\xa0\x80\xed\xb0\x80",
    "werk".encode("utf-16-le"),
    "été".encode("latin-1"),
]
ENCODED = [
    b"%",
    b"%%",
    b"%zz",
    b"%2",
    b"%u00e9",
    b"%25",
    b"%2500",
    b"%252500",
    b"%253Cfuzz%253E",
    b"%c3%28",
    b"&amp;",
    b"+",
    b"%2B",
]
PAGES = [
    b"1",
    b"2",
    b"3",
    b"999999999",
    b"9" * 30,
    b"0",
    b"-1",
    b"1.5",
    b"1e3",
    b"+1",
    b"%201",
    b"0x1",
    b"1_000",
    b"01",
    b"abc",
    b"",
    b"%C2%B2",
    b"%D9%A3",
    b"NaN",
    b"[]",
    b"1;2",
    b"\xff",
    b"%27",
]
SECTIONS = [
    b"none",
    b"%27%3B--",
    b"9" * 5_000,
    b"../..",
    b"%3Cfuzz%3E",
    b"%22%20fuzz%3D%22",
    b"\xff",
    b"%F0%9F%99%82",
    b"0",
    b"None",
]
OTHERS = [
    b"q[]=a",
    b"q%5B0%5D=a",
    b"Q=a",
    b"&&=&",
    b"=",
    b"a;q=b",
    b"utm_source=x",
    b"section[]=1",
    b"page[$gt]=1",
    b"__proto__=1",
]
CURIOUS = [STOP_WORDS, NUMBERS, NAMES, HTML, ENTITIES, CODE, ODD_TEXTS, BYTES]


class Fuzzer:
    """Makes query strings from the words and the sections of a site."""

    def __init__(self, seed, words, sections):
        self.chance = Random(seed)
        self.words, self.sections = words, [section.encode() for section in sections]

    def query(self):
        """Return one query string: nearly always a question, now and then with a page, a section or what nobody knows."""
        chance = self.chance
        parameters = [b"q=" + self.encoded(self.question())]
        if chance.random() < 0.15:
            parameters.append(b"page=" + chance.choice(PAGES if chance.random() < 0.5 else PAGES[:4]))
        if chance.random() < 0.15:
            parameters.append(b"section=" + chance.choice(SECTIONS if chance.random() < 0.3 else self.sections))
        if chance.random() < 0.03:
            parameters.append(chance.choice([*OTHERS, b"&" * 1_001, b"q=" + self.encoded(self.question())]))
        if chance.random() < 0.02:
            parameters = chance.choice([[], parameters[1:], [b"q"], [b"q=%00"], [*parameters, b"section=a%00b"]])
        chance.shuffle(parameters)
        return b"&".join(parameters)

    def question(self):
        """Return what is asked, as bytes."""
        chance = self.chance
        pieces = [self.piece() for _ in range(chance.choice([0, 1, 1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 6, 10, 30]))]
        asked = chance.choice([b" ", b" ", b" ", b" ", b"", b"  ", "\u00a0".encode(), b"\t", b"\n", b"-", b"+"]).join(pieces)
        return (self.long(asked) if chance.random() < 0.06 else asked)[:MAX_BYTES]

    def long(self, asked):
        """Return much of the same: around the length from which questions are cut, or up to the longest."""
        if self.chance.random() < 0.5:
            text = asked.decode(errors="replace") + " "
            return (text * 203)[: self.chance.randint(197, 203)].encode()
        return (asked * (MAX_BYTES // max(1, len(asked)) + 1))[: self.chance.randint(300, MAX_BYTES)]

    def piece(self):
        """Return a word, or something like one, as bytes."""
        makers = [
            self.word,
            self.phrase,
            self.operated,
            self.curious,
            self.letters,
            self.punctuation,
            self.controls,
            self.number,
        ]
        (make,) = self.chance.choices(makers, [35, 8, 8, 34, 5, 5, 3, 2])
        made = make()
        return made if isinstance(made, bytes) else made.encode(errors="surrogatepass")

    def word(self):
        """Return a word of the site, as it is or with a slip."""
        word = self.chance.choice(self.words)
        return self.chance.choice([word, self.slip(word)])

    def slip(self, word):
        """Return a word as somebody types it who does not know better or is in a hurry, or as a program writes it."""
        place = self.chance.randrange(len(word) + 1)
        before, after = word[:place], word[place:]
        decomposed = unicodedata.normalize("NFD", word)
        return self.chance.choice(
            [
                before,
                after,
                before + after[1:],
                before + after[1::-1] + after[2:],
                f"{before} {after}",
                f"{word}{place}",
                before + self.chance.choice("aeinst'-\u00ad\u200b\u0301") + after,
                word.upper(),
                word * self.chance.randint(2, 9),
                decomposed,
                "".join(letter for letter in decomposed if not unicodedata.combining(letter)),
            ]
        )

    def phrase(self):
        """Return words between quotation marks, which need not match nor end."""
        inside = " ".join(self.word() for _ in range(self.chance.randint(0, 4)))
        return self.chance.choice(["", "-", "−"]) + self.chance.choice(QUOTES) + inside + self.chance.choice(QUOTES + " ")

    def operated(self):
        """Return a word with operators before and after it."""
        before, after = (self.chance.choice(["", " "]).join(self.chance.choices(OPERATORS, k=number)) for number in (1, 2))
        return self.chance.choice([before, "-"]) + self.word() + self.chance.choice([after, "*", ""])

    def curious(self):
        return self.chance.choice(self.chance.choice(CURIOUS))

    def letters(self):
        """Return characters of some part of Unicode, assigned or not."""
        first, last = self.chance.choice(PLANES)
        return "".join(chr(self.chance.randint(first, last)) for _ in range(self.chance.choice([1, 2, 5, 30, 100])))

    def punctuation(self):
        return self.chance.choice(["", " "]).join(self.chance.choices([*OPERATORS, *QUOTES], k=self.chance.randint(1, 40)))

    def controls(self):
        """Return control characters, but for NUL: that one is asked for by itself."""
        return "".join(map(chr, self.chance.choices([*range(1, 32), *range(127, 160)], k=self.chance.randint(1, 5))))

    def number(self):
        """Return digits in groups, with separators that may or may not make one number of them."""
        groups = [f"{self.chance.randrange(1_000):03}" for _ in range(self.chance.randint(1, 6))]
        return self.chance.choice(" .,'’-/\u00a0\u202f").join(groups)

    def encoded(self, asked):
        """Return bytes as they stand in a query string: in one of the ways in which programs and people write them."""
        usual = quote_from_bytes(asked, safe="/:").encode()
        (way,) = self.chance.choices(["usual", "plus", "raw", "all", "twice", "with a scrap"], [50, 20, 10, 10, 4, 6])
        if way == "plus":
            return usual.replace(b"%20", b"+")
        if way == "raw":  # but for what would end the value, and for what no server lets in
            return b"".join(b"%%%02X" % byte if byte <= 32 or byte in b"%&+#\x7f" else bytes([byte]) for byte in asked)
        if way == "all":
            return b"".join(b"%%%02x" % byte for byte in asked)
        if way == "twice":
            return usual.replace(b"%", b"%25")
        if way == "with a scrap":
            place = self.chance.randrange(len(usual) + 1)
            return usual[:place] + self.chance.choice(ENCODED) + usual[place:]
        return usual
