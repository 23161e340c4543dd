/* Ways through the form: from a text to its twin, to the next text to mend, and to a text that an address names.

   F8, F4 and F2, as no screen reader, browser or editor has them: Alt+Shift with arrows marks words on a Mac, Ctrl+Alt walks
   through tables in NVDA and JAWS and is AltGr on Belgian keyboards, Ctrl+Shift with arrows marks words elsewhere. */

import { toActions, watchActions } from "./actions.js";
import { visitAside } from "./aside.js";
import { goTo } from "./go_to.js";
import { columnAt, columnOf, twinsOf } from "./texts.js";
import { say, word } from "./words.js";

const PLACE = /^#unit=(.+)$/;
const TO_MEND = /^#mend(=last)?$/; // whoever comes from another form by the key that leads from text to text

/** Let keys lead through a form; `toText` goes to the next text to mend, or to the one before (see next_text.js). */
export function watchKeys(form, bar, toText) {
    const { KEYBOARD_SHORTCUTS_ENABLED } = JSON.parse(document.getElementById("wagtail-config").textContent);
    if (KEYBOARD_SHORTCUTS_ENABLED === false) return;
    watchActions(form);
    // Before the editors of rich text see it.
    document.addEventListener("keydown", (event) => {
        if (event.altKey || event.metaKey || event.isComposing || event.defaultPrevented) return;
        const own = document.activeElement?.closest("form:has([data-languages-bar])");
        if (!form.isConnected || (own && own !== form)) return; // a form in a dialogue, or one that is gone
        const isDone = event.ctrlKey ? isEnd(event) && toActions(form) : lead(event, { form, bar, toText });
        if (!isDone) return;
        event.preventDefault();
        event.stopPropagation();
    }, true);
}

const isEnd = ({ key, shiftKey }) => key === "Enter" && shiftKey;

/** Follow the key of an event; return whether it leads anywhere. */
function lead({ key, shiftKey }, { form, bar, toText }) {
    const step = shiftKey ? -1 : 1;
    return { F8: () => toTwin(step), F4: () => visitAside(form, bar), F2: () => toText(step) }[key]?.();
}

function toTwin(step) {
    const column = columnOf(document.activeElement);
    if (!column) return false;
    const twins = twinsOf(column);
    goTo(twins.at((twins.indexOf(column) + step) % twins.length));
    return true;
}

/** Go to the text that the page's address names as `#unit=<address>:<language>`, or to the first or last one to mend.

    Return whether it names any. */
export function goToAddress(form, bar, toText) {
    const end = TO_MEND.exec(location.hash);
    if (end) toText(end[1] ? -1 : 1);
    const place = PLACE.exec(location.hash)?.[1];
    if (!place) return Boolean(end);
    const column = columnAt(form, decodeAddress(place));
    if (column) goTo(column);
    else say(bar, word(bar, "unknown"));
    return true;
}

function decodeAddress(text) {
    try {
        return decodeURIComponent(text);
    } catch {
        return text; // what nobody encoded
    }
}
