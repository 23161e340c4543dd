/* What a form can do beside being saved, such as being submitted or published: a key opens those buttons, far below the texts. */

import { backTo } from "./caret.js";
import { columnOf } from "./texts.js";

const PATIENCE = 60; // frames within which a menu opens
let left = null; // the text that somebody left for the menu

/** Go to the first button of the form's menu, or to the button that saves; return whether there is one. */
export function toActions(form) {
    const footer = form.querySelector("footer");
    const toggle = footer?.querySelector("[data-w-dropdown-target=toggle]");
    if (columnOf(document.activeElement)) left = document.activeElement;
    if (toggle && toggle.getAttribute("aria-expanded") !== "true") toggle.click();
    const save = footer?.querySelector("[type=submit]");
    if (!toggle) save?.focus();
    else focusFirst(footer, toggle);
    return Boolean(toggle ?? save);
}

/** Lead whoever leaves the menu with the Escape key back to the text: Wagtail's closes, and the focus would be nowhere. */
export function watchActions(form) {
    form.querySelector("footer")?.addEventListener("keydown", ({ key }) => {
        if (key === "Escape" && left?.isConnected) requestAnimationFrame(() => backTo(left));
    });
}

function focusFirst(footer, toggle, frames = PATIENCE) {
    const isItem = (one) => one !== toggle && !one.contains(toggle) && toggle.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING;
    const first = [...footer.querySelectorAll("button, a[href]")].filter(isItem).find((one) => one.checkVisibility());
    if (first) first.focus();
    else if (frames) requestAnimationFrame(() => focusFirst(footer, toggle, frames - 1));
    else toggle.focus();
}
