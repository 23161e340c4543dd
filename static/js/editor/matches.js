/* What was published before of a text that is missing or behind (see translation_memory/), and a way to take it. */

import { read, write } from "./keys.js";
import { columnOf, addressOf, editorOf, fieldOf, languageOf, placeOf } from "./texts.js";
import { isOwn } from "./read_only.js";
import { post } from "./sending.js";
import { piece, say } from "./words.js";

const TO_TRANSLATE = "[data-mark]:is([data-mark=missing], [data-mark=behind]:not(.text-mark--confirmed), [data-mark=fallback])";
const AT_WORK = `${TO_TRANSLATE}, [data-mark=open]`; // in translation: whoever writes may still look at what is offered

/** Show what the memory has for a text when somebody who may write it comes to it; ask again when the form was saved. */
export function watchMatches(form, bar) {
    const url = bar.querySelector("[data-matches-url]")?.dataset.matchesUrl;
    if (!url) return;
    const asked = new Set();
    form.addEventListener("focusin", async ({ target }) => {
        const column = columnOf(target);
        if (!column || fieldOf(column) !== target || asked.has(placeOf(column))) return;
        if (!isMarked(column, TO_TRANSLATE) || !isOwn(bar, languageOf(column))) return;
        asked.add(placeOf(column));
        const question = new URLSearchParams({ address: addressOf(column), language: languageOf(column) });
        const response = await fetch(`${url}?${question}`).catch(() => null);
        if (!response?.ok) return asked.delete(placeOf(column));
        const { matches } = await response.json();
        if (column.isConnected) show(column, bar, matches);
    });
    document.addEventListener("w-autosave:success", () => asked.clear());
    form.addEventListener("click", ({ target }) => {
        const button = target.closest("[data-take], [data-forget]");
        if (!button) return;
        const [column, match] = [columnOf(button), matchOf.get(button.closest(".text-match"))];
        if (button.matches("[data-take]")) takeMatch(form, column, match);
        else forget(column, bar, match, button.closest(".text-match"));
    });
}

/** Take a match, and let the form say which ones a machine drafted: as long as they stand as they are, somebody has to confirm them. */
function takeMatch(form, column, match) {
    const input = match.drafted && form.elements.namedItem("alignment_drafted");
    if (input) write(form, input, new Set([...read(input), match.drafted]));
    take(fieldOf(column), match);
}

const matchOf = new WeakMap(); // what is shown of a match -> the match

const isMarked = (column, signs) => [...column.querySelectorAll(signs)].some((sign) => columnOf(sign) === column);

/** Take away what was offered for texts that are done. */
export function dropMatches(form) {
    for (const box of form.querySelectorAll("[data-matches]")) {
        if (!isMarked(columnOf(box), AT_WORK) && !box.contains(document.activeElement)) box.remove();
    }
}

const boxOf = (column) => [...column.querySelectorAll("[data-matches]")].find((one) => columnOf(one) === column);

/** Show one more match at a text, before the others; return the button by which it is taken. */
export function showFirst(column, bar, match) {
    const box = boxOf(column);
    const item = row(column, bar, match);
    if (box) {
        box.querySelector("[data-list]").prepend(item);
        box.querySelector("[data-count]").textContent = box.querySelectorAll(".text-match").length;
        box.open = true;
    } else {
        show(column, bar, [match]);
    }
    return boxOf(column).querySelector("[data-take]");
}

function show(column, bar, matches) {
    const drafted = boxOf(column)?.querySelector("[data-drafted]");
    if (drafted) return; // it came meanwhile, and was paid for
    boxOf(column)?.remove();
    if (!matches.length) return;
    const box = piece(bar, "matches");
    box.querySelector("[data-count]").textContent = matches.length;
    box.querySelector("[data-list]").append(...matches.map((match) => row(column, bar, match)));
    box.open = true;
    column.append(box);
}

function row(column, bar, match) {
    const item = piece(bar, "match");
    const [source, text, forgetting] = ["source", "text", "forgetting"].map((name) => item.querySelector(`[data-${name}]`));
    item.querySelector("[data-says]").textContent = match.says;
    item.querySelector("[data-code]").textContent = match.source.language.toUpperCase();
    [source.innerHTML, source.lang] = [match.source.html, match.source.language]; // the server marked and escaped it
    [text.textContent, text.lang] = [match.text, languageOf(column)];
    forgetting.hidden = match.unit === null;
    item.toggleAttribute("data-drafted", Boolean(match.drafted));
    matchOf.set(item, match);
    return item;
}

/** Put a text in the place of what a field holds, so that it can be undone there. */
function take(field, { text, content }) {
    field.focus();
    if (!content) {
        field.select();
        document.execCommand("insertText", false, text); // unlike a value that is set, it can be undone
        return;
    }
    const { EditorState, convertFromRaw } = window.DraftJS;
    const editor = editorOf(field);
    editor.onChange(EditorState.moveFocusToEnd(EditorState.push(editor.getEditorState(), convertFromRaw(content), "insert-fragment")));
}

/** Let the memory forget a match, and take it away where it is shown. */
async function forget(column, bar, { unit, source }, item) {
    const languages = [source.language, languageOf(column)].map((language) => ["languages", language]);
    const body = new URLSearchParams([["unit", unit], ...languages]);
    const url = bar.querySelector("[data-forget-url]").dataset.forgetUrl;
    const response = await post(url, body).catch(() => null);
    if (!response) return;
    say(bar, (await response.json()).says);
    if (!response.ok) return;
    const box = item.closest("[data-matches]");
    item.remove();
    const left = box.querySelectorAll(".text-match").length;
    box.querySelector("[data-count]").textContent = left;
    if (!left) box.remove();
    fieldOf(column).focus();
}
