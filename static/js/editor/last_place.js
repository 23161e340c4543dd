/* Whoever saves a form with a key finds themselves in the same text when it is there again, and not at its top. */

import { columnAt, columnOf, placeOf } from "./texts.js";

const KEPT = "editor:last-place"; // for the next page of this tab only

export function watchLastPlace(form) {
    form.addEventListener("submit", () => {
        const column = columnOf(document.activeElement);
        keep(column && form.contains(column) ? { path: location.pathname, place: placeOf(column) } : null);
    });
}

/** Return the column in which somebody was who saved this form just now, undefined where that is nowhere to be found. */
export function lastPlace(form) {
    const kept = take();
    const isRefused = form.querySelector(".error-message") !== null; // the way leads to what is wrong
    return kept?.path === location.pathname && !isRefused ? columnAt(form, kept.place) : undefined;
}

function keep(place) {
    try {
        if (place) sessionStorage.setItem(KEPT, JSON.stringify(place));
        else sessionStorage.removeItem(KEPT);
    } catch {
        // Where nothing may be kept one begins at the top.
    }
}

function take() {
    try {
        const kept = JSON.parse(sessionStorage.getItem(KEPT));
        sessionStorage.removeItem(KEPT);
        return kept;
    } catch {
        return null;
    }
}
