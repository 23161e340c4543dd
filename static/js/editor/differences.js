/* What a text says otherwise than its twin, beside it (see differences/text_notes.py). */

import { piece } from "./words.js";

/** Return the differences that `notes` has, by place. */
export function differencesByPlace(notes) {
    const byPlace = new Map();
    for (const one of notes.differences ?? []) {
        const place = `${one.address}:${one.language}`;
        byPlace.set(place, [...(byPlace.get(place) ?? []), one]);
    }
    return byPlace;
}

/** Put differences below a text, those that were accepted last; return their elements. */
export function showDifferences(column, bar, differences) {
    const sorted = [...differences].sort((one, other) => Boolean(one.accepted) - Boolean(other.accepted));
    const notes = sorted.map((difference) => note(bar, difference));
    column.append(...notes);
    return notes;
}

function note(bar, { says, sides, place, accepted, url }) {
    const box = piece(bar, "difference");
    box.toggleAttribute("data-accepted", Boolean(accepted));
    box.querySelector("[data-says]").textContent = says;
    box.querySelector("[data-accepted-says]").hidden = !accepted;
    box.querySelector("[data-reason]").textContent = accepted;
    box.querySelector("[data-sides]").append(...sides.map(side));
    for (const link of box.querySelectorAll("a")) {
        link.href = url;
        link.hidden = link.hasAttribute("data-take-back") !== Boolean(accepted);
    }
    if (place) {
        box.querySelector("[data-sides]").append(otherPlace(place));
    }
    return box;
}

function side({ language, words }) {
    const [line, code] = ["p", "b"].map((tag) => document.createElement(tag));
    code.textContent = language.toUpperCase();
    line.append(code, " ", words);
    return line;
}

/** Say where the other text stands, with a link for whoever may open it. */
function otherPlace({ says, url }) {
    const line = document.createElement("p");
    const words = url ? document.createElement("a") : line;
    words.textContent = says;
    if (url) {
        words.href = url;
        line.append(words);
    }
    return line;
}
