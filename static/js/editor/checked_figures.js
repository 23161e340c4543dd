/* A figure that changes is no longer checked against its source: whoever changes it ticks that anew. */

import { say, word } from "./words.js";

const CHECKED = ["value", "year", "source", "source_url"].map((name) => `[data-contentpath=${name}]`).join();

export function watchFigures(form, bar) {
    if (bar.dataset.limit !== undefined) return; // whoever only writes texts translates a source, and the mark is not theirs
    form.addEventListener("input", ({ target }) => {
        // What a figure was before has a value and a source too, but no mark beside them.
        const mark = target.closest(CHECKED)?.parentElement.querySelector(":scope > [data-contentpath=verified] [type=checkbox]");
        if (!mark?.checked) return;
        mark.checked = false;
        say(bar, word(bar, "unchecked"));
    });
}
