/* For whoever writes in some languages only: their texts come first, and the rest of the form is there to be read.

   The server keeps out whatever else is sent; here it is shown, to eyes, keys and screen readers. */

import { columnOf, columnsIn, fieldOf, labelOf, languageOf, twinsOf } from "./texts.js";
import { word } from "./words.js";

const OPEN = "[data-languages-bar], [data-everybodys], [data-annotation]";
const FACTS = "input:not([type=hidden]), select, textarea, button:not([data-panel-toggle], [data-comment-add])";

/** Say whether whoever edits may write in a language. */
export const isOwn = (bar, language) => bar.dataset.limit === undefined || bar.dataset.own.split(" ").includes(language);

/** Close what is not one's own, also in blocks that were drawn since. */
export function closeOthers(form, bar) {
    if (bar.dataset.limit === undefined) return;
    form.dataset.limited = "";
    for (const column of columnsIn(form)) {
        putOwnFirst(column, bar);
        if (!isOwn(bar, languageOf(column))) closeColumn(column, bar);
    }
    for (const part of form.querySelectorAll(".w-field__wrapper, .w-field")) {
        if (part.closest(OPEN) || part.querySelector(".w-field") || columnOf(part)) continue;
        part.title = bar.dataset.limit;
        for (const field of part.querySelectorAll(FACTS)) closeFact(field);
    }
}

/** Put one's own languages before the others: for eyes, for the Tab key and for whoever listens alike. */
function putOwnFirst(column, bar) {
    const twins = twinsOf(column);
    const sorted = [...twins].sort((one, other) => isOwn(bar, languageOf(other)) - isOwn(bar, languageOf(one)));
    if (sorted.every((one, index) => one === twins[index])) return;
    const place = document.createComment("");
    twins[0].before(place);
    place.replaceWith(...sorted);
}

function closeColumn(column, bar) {
    const field = fieldOf(column);
    if (field?.isContentEditable) {
        field.contentEditable = "false";
        field.tabIndex = 0;
    } else if (field) {
        field.readOnly = true;
    }
    field?.setAttribute("aria-readonly", "true");
    if (column.dataset.closed !== undefined) return;
    column.dataset.closed = "";
    column.title = bar.dataset.limit;
    const sign = document.createElement("span");
    sign.className = "text-mark text-mark--closed";
    sign.textContent = word(bar, "closed");
    labelOf(column)?.append(" ", sign);
}

/** Close a choice, a date, a number or a chooser: it is still sent, so it is not disabled. */
function closeFact(field) {
    field.dataset.closed = "";
    field.tabIndex = -1;
    if (field.matches("select, [type=checkbox], [type=radio], button")) {
        field.setAttribute("aria-disabled", "true");
    } else {
        field.readOnly = true;
        field.setAttribute("aria-readonly", "true");
    }
}

/** Keep keys and clicks from what is closed. */
export function watchClosed(form, bar) {
    if (bar.dataset.limit === undefined) return;
    for (const type of ["click", "mousedown", "keydown", "focusin"]) {
        form.addEventListener(type, (event) => {
            const fact = event.target.closest("[data-closed]:is(select, input, textarea, button)");
            if (!fact || (type === "keydown" && event.key === "Tab")) return;
            event.stopPropagation(); // calendars open where something is clicked
            if (type !== "focusin") event.preventDefault();
        }, true);
    }
}
