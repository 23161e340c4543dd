/* That a text is out for translation, beside it: in which package, since when, by when it is wanted (see exchange/texts_out.py). */

import { piece } from "./words.js";

/** Return what `notes` says of texts that are out, by place. */
export function outByPlace(notes) {
    const byPlace = new Map();
    for (const one of notes.out ?? []) {
        const place = `${one.address}:${one.language}`;
        byPlace.set(place, [...(byPlace.get(place) ?? []), one]);
    }
    return byPlace;
}

/** Say below a text in which packages it is out; return the elements. */
export function showOut(column, bar, packages) {
    const notes = packages.map(({ says, is_late: isLate, url }) => {
        const note = piece(bar, "out");
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
