/* The preview beside the form follows the text at work: it shows the page in that language, at that text, with a calm mark.

   Only languages are followed that the preview has; what readers do not see as it is typed, such as a slug, is not searched. */

import { findText, markOnly } from "./preview_text.js";
import { columnOf, fieldOf, languageOf } from "./texts.js";

const PAUSE = 400; // milliseconds in one column after which it is followed: whoever walks through with the Tab key loads nothing
const UNSHOWN = "[type=url], [data-slug-language]";

export function watchPreview(form) {
    const panel = document.querySelector("[data-side-panel=preview]");
    if (!panel) return;
    let column = null; // the text at work
    let waiting = null;

    const follow = () => {
        if (!column?.isConnected || panel.hidden) return;
        if (!choose(languageOf(column))) point(column);
    };
    form.addEventListener("focusin", ({ target }) => {
        const own = columnOf(target);
        if (!own || own === column) return;
        column = own;
        clearTimeout(waiting);
        waiting = setTimeout(follow, PAUSE);
    });
    panel.addEventListener("show", follow);
    document.addEventListener("w-preview:loaded", () => {
        // Wagtail forgets a language that is chosen while it is still loading another one, so it is told once more.
        if (!tellAgain() && column?.isConnected) point(column);
    });
}

const modes = () => document.getElementById("id_preview_mode");
const frame = () => document.getElementById("w-preview-iframe");
const choice = () => modes().dispatchEvent(new Event("change", { bubbles: true }));

/** Let the preview show a language; return whether it has to load anything for that. */
function choose(language) {
    if (!modes() || modes().value === language || ![...modes().options].some(({ value }) => value === language)) return false;
    modes().value = language;
    choice();
    return true;
}

function tellAgain() {
    const address = frame()?.src;
    const mode = modes() && address && new URL(address).searchParams.get("mode");
    if (!mode || mode === modes().value) return false;
    setTimeout(choice); // after Wagtail is done with what it loaded
    return true;
}

/** Mark a column's text in the preview, where it is to be found, and bring it into view. */
function point(column) {
    const [field, page] = [fieldOf(column), frame()?.contentDocument];
    if (!field || !page?.body || page.documentElement.lang !== languageOf(column)) return;
    const text = field.matches(UNSHOWN) ? "" : field.value ?? firstBlock(field);
    const place = text && findText(page.querySelector("main") ?? page.body, text);
    markOnly(page, place);
    if (!place) return;
    const { top, bottom } = place.getBoundingClientRect();
    const height = page.documentElement.clientHeight;
    if (top >= 0 && bottom <= height) return;
    page.defaultView.scrollBy({ top: top - Math.max(0, height - (bottom - top)) / 2, behavior: "instant" });
}

/** Return the first paragraph of an editor of rich text that says something. */
function firstBlock(field) {
    const blocks = [...field.querySelectorAll("[data-block]")].map((block) => block.textContent);
    return blocks.find((text) => text.trim()) ?? field.textContent;
}
