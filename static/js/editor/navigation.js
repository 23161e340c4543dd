/* Ways through the form: from a text to its twin, to the next text to mend, and to a text that an address names.

   F8 and F2, as no screen reader, browser or editor has them: Alt+Shift with arrows marks words on a Mac, Ctrl+Alt walks
   through tables in NVDA and JAWS and is AltGr on Belgian keyboards, Ctrl+Shift with arrows marks words elsewhere. */

import { columnAt, columnOf, goTo, twinsOf } from "./texts.js";
import { columnsToMend } from "./marks.js";
import { say, word } from "./words.js";

const PLACE = /^#unit=(.+)$/;

export function watchKeys(form) {
    const { KEYBOARD_SHORTCUTS_ENABLED } = JSON.parse(document.getElementById("wagtail-config").textContent);
    if (KEYBOARD_SHORTCUTS_ENABLED === false) return;
    // Before the editors of rich text see it.
    document.addEventListener("keydown", (event) => {
        if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing || event.defaultPrevented) return;
        const own = document.activeElement?.closest("form:has([data-languages-bar])");
        if (!form.isConnected || (own && own !== form)) return; // a form in a dialogue, or one that is gone
        const step = event.shiftKey ? -1 : 1;
        const isDone = { F8: () => toTwin(step), F2: () => toNext(form, step) }[event.key]?.();
        if (isDone) event.preventDefault();
    }, true);
}

function toTwin(step) {
    const column = columnOf(document.activeElement);
    if (!column) return false;
    const twins = twinsOf(column);
    goTo(twins.at((twins.indexOf(column) + step) % twins.length));
    return true;
}

/** Go to the next text to mend after where somebody is, and from the last one to the first. */
export function toNext(form, step) {
    const columns = columnsToMend(form);
    if (!columns.length) return false;
    const own = columnOf(document.activeElement) ?? form.querySelector("[data-last-mended]");
    let place = columns.indexOf(own);
    if (place < 0 && own) {
        const after = columns.findIndex((one) => own.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING);
        place = after < 0 || step < 0 ? after : after - 1;
    }
    if (place < 0 && step < 0) place = 0;
    const next = columns.at((place + step) % columns.length);
    for (const one of form.querySelectorAll("[data-last-mended]")) delete one.dataset.lastMended;
    next.dataset.lastMended = "";
    goTo(next);
    return true;
}

export function watchNext(form, bar) {
    bar.querySelector("[data-next-text]").addEventListener("click", () => toNext(form, 1));
}

export function countTexts(form, bar) {
    const count = columnsToMend(form).length;
    bar.querySelector("[data-texts-to-mend]").textContent = count;
    bar.querySelector("[data-next-text]").hidden = count === 0;
}

/** Go to the text that `#unit=<address>:<language>` in the page's address names; say so where there is none. */
export function goToAddress(form, bar) {
    const place = PLACE.exec(location.hash)?.[1];
    if (!place) return;
    const column = columnAt(form, decodeAddress(place));
    if (column) goTo(column);
    else say(bar, word(bar, "unknown"));
}

function decodeAddress(text) {
    try {
        return decodeURIComponent(text);
    } catch {
        return text; // what nobody encoded
    }
}
