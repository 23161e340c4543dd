/* The terms of the house beside a text: what they are called in each language, what they mean, and a way to put them in. */

import { backTo } from "./caret.js";
import { isOwn } from "./read_only.js";
import { columnsIn, fieldOf, groupOf, languageOf } from "./texts.js";
import { piece, word } from "./words.js";

/** Return the terms that a text uses, as `notes` has them (see directory/glossary/editor_terms.py). */
export function termsIn(notes, address) {
    return (notes.terms_in?.[address] ?? []).map((place) => ({ names: notes.terms[place], definition: notes.definitions[place] }));
}

/** Put a list of terms below a text; return its elements. */
export function showTerms(group, bar, terms) {
    const box = piece(bar, "terms");
    box.querySelector("[data-count]").textContent = terms.length;
    box.querySelector("[data-list]").append(...terms.map((term) => row(bar, term)));
    (group.querySelector(":scope > .w-panel__content") ?? group).append(box);
    return [box];
}

function row(bar, { names, definition }) {
    const item = document.createElement("li");
    for (const [language, [term, abbreviation]] of Object.entries(names)) {
        if (!term && !abbreviation) continue;
        const [part, code] = ["span", "b"].map((tag) => document.createElement(tag));
        code.textContent = language.toUpperCase();
        part.append(code, " ");
        if (term) part.append(name(bar, language, term));
        if (term && abbreviation) part.append(" (", name(bar, language, abbreviation), ")");
        else if (abbreviation) part.append(name(bar, language, abbreviation));
        item.append(part);
    }
    if (definition.text) {
        const meaning = piece(bar, "definition");
        const text = meaning.querySelector("[data-meaning]");
        [text.textContent, text.lang] = [definition.text, definition.language];
        item.append(meaning);
    }
    return item;
}

/** Return a name, as a button that puts it into the text where whoever edits writes its language. */
function name(bar, language, text) {
    const words = document.createElement(isOwn(bar, language) ? "button" : "span");
    [words.textContent, words.lang] = [text, language];
    if (words.tagName !== "BUTTON") return words;
    [words.type, words.className, words.title] = ["button", "text-terms__name", word(bar, "insert")];
    words.dataset.insert = language;
    return words;
}

export function watchTerms(form) {
    form.addEventListener("click", ({ target }) => {
        const button = target.closest("[data-insert]");
        const group = button && groupOf(button);
        const column = group && columnsIn(group).find((one) => groupOf(one) === group && languageOf(one) === button.dataset.insert);
        const field = column && fieldOf(column);
        if (!field) return;
        backTo(field);
        if (field.isContentEditable) paste(field, button.textContent);
        else document.execCommand("insertText", false, button.textContent); // unlike a value that is set, it can be undone
    });
}

/** Let an editor of rich text take a text as it takes what somebody pastes: whatever else stands in it, it would not notice. */
function paste(field, text) {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}
