/* What was published before of a text that is missing or behind (see translation_memory/), and a way to take it. */

import { columnOf, addressOf, fieldOf, groupOf, languageOf, placeOf } from "./texts.js";
import { isOwn } from "./read_only.js";
import { piece } from "./words.js";

const TO_TRANSLATE = "[data-mark]:is([data-mark=missing], [data-mark=behind], [data-mark=fallback])";

/** Show what the memory has for a text when somebody who may write it comes to it; ask again when the form was saved. */
export function watchMatches(form, bar) {
    const url = bar.querySelector("[data-matches-url]")?.dataset.matchesUrl;
    if (!url) return;
    const asked = new Set();
    form.addEventListener("focusin", async ({ target }) => {
        const column = columnOf(target);
        if (!column || fieldOf(column) !== target || asked.has(placeOf(column))) return;
        const isToTranslate = [...column.querySelectorAll(TO_TRANSLATE)].some((sign) => columnOf(sign) === column);
        if (!isToTranslate || !isOwn(bar, languageOf(column))) return;
        asked.add(placeOf(column));
        const question = new URLSearchParams({ address: addressOf(column), language: languageOf(column) });
        const response = await fetch(`${url}?${question}`).catch(() => null);
        if (!response?.ok) return asked.delete(placeOf(column));
        const { matches } = await response.json();
        if (column.isConnected) show(column, bar, matches);
    });
    document.addEventListener("w-autosave:success", () => asked.clear());
    form.addEventListener("click", ({ target }) => {
        const button = target.closest("[data-take]");
        if (button) take(fieldOf(columnOf(button)), taken.get(button));
    });
}

const taken = new WeakMap(); // a button -> the match whose text it puts in

function show(column, bar, matches) {
    for (const old of column.querySelectorAll("[data-matches]")) {
        if (columnOf(old) === column) old.remove();
    }
    if (!matches.length) return;
    const box = piece(bar, "matches");
    box.querySelector("[data-count]").textContent = matches.length;
    box.querySelector("[data-list]").append(...matches.map((match) => row(column, bar, match)));
    box.open = true;
    column.append(box);
}

function row(column, bar, match) {
    const item = piece(bar, "match");
    const [source, text, button] = ["source", "text", "take"].map((name) => item.querySelector(`[data-${name}]`));
    item.querySelector("[data-says]").textContent = match.says;
    item.querySelector("[data-code]").textContent = match.source.language.toUpperCase();
    [source.innerHTML, source.lang] = [match.source.html, match.source.language]; // the server marked and escaped it
    [text.textContent, text.lang] = [plainText(match), languageOf(column)];
    taken.set(button, match);
    return item;
}

/** Return a text without its markup, to be read. */
function plainText({ text, kind }) {
    if (kind !== "rich") return text;
    const { body } = new DOMParser().parseFromString(text, "text/html");
    return [...body.children].map((line) => line.textContent).join("\n") || body.textContent;
}

/** Put a text in the place of what a field holds, so that it can be undone there. */
function take(field, { text, kind }) {
    field.focus();
    if (!field.isContentEditable) {
        field.select();
        document.execCommand("insertText", false, text);
        return;
    }
    getSelection().selectAllChildren(field);
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", plainText({ text, kind }));
    clipboardData.setData("text/html", text);
    // The editor takes over the selection a moment after it changed.
    requestAnimationFrame(() => requestAnimationFrame(() => {
        field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    }));
}
