/* What a form can do beside being saved, such as being submitted or published: a key opens those buttons, far below the texts. */

import { backTo } from "./caret.js";
import { columnOf } from "./texts.js";

const AIMS = ["[name=action-publish]", "[name=action-submit]"]; // what most forms are opened for, wherever it stands in the menu
const PATIENCE = 60; // frames within which a menu opens
let left = null; // the text that somebody left for the menu

/** Go to the button of the form's menu that leads on, or to the one that saves; return whether there is one. */
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
    const items = [...footer.querySelectorAll("button, a[href]")].filter((one) => isItem(one) && one.checkVisibility());
    const first = AIMS.map((aim) => items.find((one) => one.matches(aim))).find((one) => one) ?? items[0];
    if (first) first.focus();
    else if (frames) requestAnimationFrame(() => focusFirst(footer, toggle, frames - 1));
    else toggle.focus();
}
