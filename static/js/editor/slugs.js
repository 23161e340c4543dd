/* Slugs are proposed from the heading of their language, until the page is published or somebody writes one by hand.

   The rule is that of languages/slugs.py; both pass the cases of tests/slugs.json. */

const MAX_LENGTH = 80;
const LETTERS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ħ: "h", ı: "i" };
const AND = { nl: " en ", fr: " et ", en: " and " };
const APOSTROPHE_S = /(?<=[\p{L}\p{N}])['’ʼ]s(?![\p{L}\p{N}])/gu;

/** Return the slug of a text, cut between words; "" where no Latin letter or digit is in it. */
export function slugOf(text, language, longest = MAX_LENGTH) {
    let plain = text.toLowerCase().replaceAll("&", AND[language]);
    if (language !== "fr") plain = plain.replace(APOSTROPHE_S, "s");
    plain = plain.replace(/[ßæœøłđðþħı]/g, (letter) => LETTERS[letter]);
    plain = plain.normalize("NFKD").toLowerCase().replace(/\p{M}/gu, "");
    const slug = plain.replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
    if (slug.length <= longest) return slug;
    const end = slug.slice(0, longest + 1).lastIndexOf("-");
    return slug.slice(0, end > 0 ? end : longest);
}

function watch(input) {
    const { slugLanguage: language, slugProposed: proposed } = input.dataset;
    const heading = input.form.elements.namedItem(`heading_${language}`);
    const put = (slug) => {
        if (input.value === slug) return;
        input.value = slug;
        input.dispatchEvent(new Event("input", { bubbles: true }));
    };
    // What was typed by hand is tidied where it is left; what leaves no letter is for the server to refuse.
    input.addEventListener("change", () => put(slugOf(input.value, language, Infinity) || input.value));
    if (proposed === undefined || !heading) return;
    let last = proposed || slugOf(heading.value, language);
    heading.addEventListener("input", () => {
        const isOurs = input.value === "" || input.value === last;
        last = slugOf(heading.value, language);
        if (isOurs) put(last);
    });
    input.addEventListener("focus", () => {
        if (!input.value) put(last);
    });
}

for (const input of document.querySelectorAll("[data-slug-language]")) watch(input);
