/* Texts in translation: from the first letter typed until whoever writes says "done", with a button beside the text or a key. */

import { read, write } from "./keys.js";
import { columnOf, columnsIn, editorOf, fieldOf, placeOf, twinsOf } from "./texts.js";
import { say, word } from "./words.js";

// An address elsewhere and a slug are no translations of their twins.
const UNCOMPARED = "[type=url], [data-slug-language]";

/** Return what this form knows of its texts in translation; without its hidden field, nothing is.

    `redraw` shows what changed, `toText` goes to the next text to mend. */
export function watchFinishing(form, bar, redraw, toText) {
    const input = form.elements.namedItem("alignment_done");
    const done = new Set(read(input));
    const typed = new Map(); // place -> how many saves had been sent when somebody typed there
    let saves = 0;
    let notes = { states: [] };

    const isOpen = (place) => {
        const isSaved = notes.states.some((one) => one.state === "open" && `${one.address}:${one.language}` === place);
        return !done.has(place) && (typed.has(place) || isSaved);
    };
    const open = (column) => {
        const place = placeOf(column);
        if (!hasTwin(column)) return;
        const isNew = !typed.has(place) || done.has(place);
        typed.set(place, saves);
        if (done.delete(place)) write(form, input, done);
        if (isNew) redraw();
    };
    const finish = (column) => {
        const place = placeOf(column);
        if (!isOpen(place)) return "";
        done.add(place);
        write(form, input, done);
        redraw();
        return word(bar, "finished");
    };

    if (input) {
        watchTyping(form, open);
        form.addEventListener("click", ({ target }) => {
            const button = target.closest("[data-done]");
            if (!button) return;
            const column = columnOf(button);
            say(bar, finish(column));
            fieldOf(column)?.focus(); // the button is gone
        });
        watchKey(form, (column) => {
            const said = finish(column);
            if (!toText(1, said) && said) say(bar, said);
        });
        document.addEventListener("w-autosave:save", ({ target }) => {
            if (target === form) saves += 1;
        });
    }
    return {
        /** Return the states of texts, given those that the server said last, with what it cannot know yet. */
        states(said) {
            notes = said;
            const states = new Map(said.states.map((one) => [`${one.address}:${one.language}`, one]));
            for (const column of input ? columnsIn(form) : []) {
                const place = placeOf(column);
                if (done.has(place) && (typed.has(place) || states.get(place)?.state === "open")) states.set(place, finished(bar));
                else if (isOpen(place) && states.get(place)?.state !== "open") states.set(place, begun(bar, place, states.get(place)));
            }
            return states;
        },
        /** Return how many saves have been sent. */
        sent: () => saves,
        /** Forget what was typed before the last of so many saves: the server has said how those texts stand. */
        answered(count) {
            for (const [place, before] of typed) if (before < count) typed.delete(place);
        },
    };
}

const finished = (bar) => ({ state: "done", says: word(bar, "done"), keys: [], twins: [] });
const begun = (bar, place, before) => ({
    state: "open", says: word(bar, "open"), by: word(bar, "mine"), is_mine: true, keys: [place], twins: before?.twins ?? [],
});

/** Call `open` with the column in which somebody types, pastes or formats. */
function watchTyping(form, open) {
    // What an editor of rich text held when somebody last looked. Not what it shows: that is drawn anew for other reasons, too.
    const known = new WeakMap();
    const look = (column) => {
        const content = column && contentOf(column);
        if (!content) return;
        if (known.has(column) && known.get(column) !== content) open(column);
        known.set(column, content);
    };
    form.addEventListener("input", ({ target }) => {
        const column = columnOf(target);
        if (column && fieldOf(column) === target && !target.isContentEditable) open(column);
    });
    // Such an editor takes most events for itself: looked at are what was there before it does, and what it made of them.
    for (const type of ["focusin", "keydown", "keyup", "beforeinput", "paste", "cut", "drop", "click", "focusout"]) {
        form.addEventListener(type, ({ target }) => {
            const column = columnOf(target);
            look(column);
            requestAnimationFrame(() => look(column));
        }, { capture: true });
    }
}

/** Return what the editor of rich text in a column holds, the same object until that changes; undefined for other fields. */
const contentOf = (column) => editorOf(fieldOf(column) ?? column)?.getEditorState().getCurrentContent().getBlockMap();

/** Call `finish` with the column in which somebody presses Ctrl and Enter. */
function watchKey(form, finish) {
    const { KEYBOARD_SHORTCUTS_ENABLED } = JSON.parse(document.getElementById("wagtail-config").textContent);
    if (KEYBOARD_SHORTCUTS_ENABLED === false) return;
    // Before the editors of rich text see it.
    form.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" || !event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || event.isComposing) return;
        const column = columnOf(event.target);
        if (!column) return;
        event.preventDefault();
        event.stopPropagation();
        finish(column);
    }, { capture: true });
}

/** Say whether a text is compared with its twins, and one of them is filled. */
function hasTwin(column) {
    return !fieldOf(column)?.matches(UNCOMPARED) && twinsOf(column).some((twin) => twin !== column && text(fieldOf(twin)));
}

const text = (field) => (field?.value ?? field?.textContent ?? "").trim();
