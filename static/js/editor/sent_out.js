/* That a text is out for translation, or back, beside it: in which package, by when it is wanted (see exchange/out_notes.py). */

import { piece } from "./words.js";

/** Return what `notes` says of texts that are out or back, by place. */
export function outByPlace(notes) {
    const byPlace = new Map();
    for (const one of notes.out ?? []) {
        const place = `${one.address}:${one.language}`;
        byPlace.set(place, [...(byPlace.get(place) ?? []), one]);
    }
    return byPlace;
}

/** Say below a text in which packages it is out or came back; return the elements. */
export function showOut(column, bar, packages) {
    const notes = packages.map(({ says, is_back: isBack, is_late: isLate, url }) => {
        const note = piece(bar, isBack ? "back" : "out");
        note.toggleAttribute("data-late", isLate);
        note.querySelector("[data-says]").textContent = says;
        const link = note.querySelector("a");
        link.hidden = !url;
        if (url) link.href = url;
        return note;
    });
    column.append(...notes);
    return notes;
}
