/* What is said beside each text: a mark at its label, what changed, and the terms of the house (see terms.js). */

import { columnsIn, fieldOf, groupOf, labelOf, languageOf, placeOf, addressOf } from "./texts.js";
import { differencesByPlace, showDifferences } from "./differences.js";
import { draftPlaces, offerDraft } from "./machine.js";
import { isOwn } from "./read_only.js";
import { outByPlace, showOut } from "./sent_out.js";
import { showTerms, termsIn } from "./terms.js";
import { piece, word } from "./words.js";

const TO_MEND = "[data-mark=missing], [data-mark=open][data-mine], [data-mark=behind]:not(.text-mark--confirmed)";

/** Say at every column of the form what `notes` (see languages/text_notes.py) and `states` say of it; what is said stays. */
export function mark(form, bar, notes, states, confirmed) {
    const moved = new Map(notes.moved.map((one) => [`${one.address}:${one.language}`, one]));
    const differences = differencesByPlace(notes);
    const out = outByPlace(notes);
    const drafts = draftPlaces(notes);
    for (const column of columnsIn(form)) {
        const place = placeOf(column);
        name(column);
        const changes = column.querySelector("details:is([data-note], [data-changes])");
        if (changes) column.dataset.changes = changes.open ? "open" : "";
        const state = states.get(place) && withPlaces(states.get(place), out.get(place));
        once(column, "state", state, (one) => markState(column, bar, one));
        once(column, "moved", moved.get(place), (one) => noteMove(column, bar, one));
        once(column, "out", out.get(place), (some) => showOut(column, bar, some));
        once(column, "differences", differences.get(place), (some) => showDifferences(column, bar, some));
        once(column, "machine", drafts.has(place) || undefined, () => offerDraft(column, bar));
        const group = groupOf(column);
        const terms = termsIn(notes, addressOf(column));
        once(group, "terms", terms.length ? terms : undefined, (some) => showTerms(group, bar, some));
    }
    showConfirmed(form, bar, confirmed);
}

/** Make a part of the page anew where what it says has changed. `make` returns its elements. */
const made = new WeakMap();
function once(owner, part, said, make) {
    const parts = made.get(owner) ?? made.set(owner, {}).get(owner);
    const written = JSON.stringify(said);
    if (parts[part]?.written === written) return;
    for (const element of parts[part]?.elements ?? []) element.remove();
    parts[part] = { written, elements: said === undefined ? [] : make(said) };
}

/** Give an editor of rich text the name of its label and the language of its text, as plain fields have. */
function name(column) {
    const [label, field] = [labelOf(column), fieldOf(column)];
    if (field?.isContentEditable) field.lang ||= languageOf(column);
    if (!label || !field?.isContentEditable || field.hasAttribute("aria-labelledby")) return;
    label.id ||= `${placeOf(column)}-label`;
    field.setAttribute("aria-labelledby", label.id);
}

/** Let a state say, too, that the text is out for translation, or back. */
function withPlaces(state, out = []) {
    return { ...state, says: [state.says, ...new Set(out.map((one) => one.mark))].join(", ") };
}

function markState(column, bar, { state, says, keys, twins, by, is_mine: isMine, action }) {
    const sign = document.createElement("span");
    sign.className = `text-mark text-mark--${state}`;
    sign.dataset.mark = state;
    sign.dataset.says = says;
    sign.dataset.keys = JSON.stringify(keys);
    sign.textContent = sign.title = says;
    sign.toggleAttribute("data-mine", Boolean(isMine));
    labelOf(column)?.append(" ", sign);
    if (!["behind", "open"].includes(state)) return [sign];
    const note = piece(bar, state);
    for (const twin of twins) note.querySelector("[data-twins]").append(...difference(twin));
    if (state === "behind") note.querySelector("[data-confirm]").dataset.confirm = JSON.stringify(keys);
    else fillOpen(column, note, { keys, twins, by, action });
    column.append(note);
    return [sign, note];
}

/** Say of a text in translation who works at it, and what they follow, which stays unfolded where somebody had unfolded it. */
function fillOpen(column, note, { keys, twins, by, action }) {
    note.querySelector("[data-by]").textContent = by;
    const done = note.querySelector("[data-done]");
    done.hidden = keys.length === 0;
    if (action) done.textContent = action;
    const changes = note.querySelector("[data-changes]");
    changes.hidden = twins.length === 0;
    changes.open = column.dataset.changes === "open";
}

/** Return what a twin said and says now; the server marked and escaped it. */
function difference({ language, says, html }) {
    const [heading, text] = [document.createElement("p"), document.createElement("div")];
    heading.className = "text-note__heading";
    heading.textContent = says;
    text.className = "text-note__difference";
    text.lang = language;
    text.innerHTML = html;
    return [heading, text];
}

function noteMove(column, bar, { says, keys }) {
    const note = piece(bar, "moved");
    note.querySelector("[data-says]").textContent = says;
    note.querySelector("[data-confirm]").dataset.confirm = JSON.stringify(keys);
    column.append(note);
    return [note];
}

/** Bring buttons and marks in step with what is confirmed. */
export function showConfirmed(form, bar, confirmed) {
    for (const button of form.querySelectorAll("[data-confirm]")) {
        const keys = JSON.parse(button.dataset.confirm);
        const isOn = confirmed.has(keys);
        button.hidden = !confirmed.isPossible || !keys.length; // no keys: it is for those who write that language
        button.setAttribute("aria-pressed", String(isOn));
        button.parentElement.querySelector("[data-confirmed-hint]").hidden = !isOn;
    }
    for (const sign of form.querySelectorAll("[data-mark=behind]")) {
        const isOn = confirmed.has(JSON.parse(sign.dataset.keys));
        sign.classList.toggle("text-mark--confirmed", isOn);
        sign.textContent = sign.title = isOn ? word(bar, "confirmed") : sign.dataset.says;
    }
}

/** Return the columns that whoever edits has to mend, in the order of the form: in those of their languages that are shown. */
export function columnsToMend(form) {
    const bar = form.querySelector("[data-languages-bar]");
    const columns = [...form.querySelectorAll(TO_MEND)].map((sign) => sign.closest("[data-language], [data-contentpath]"));
    const own = columns.filter((one) => isOwn(bar, languageOf(one)));
    const shown = new Set(bar.dataset.shown.split(" "));
    // Whoever looks at other languages only still has work in their own.
    const isAnyShown = [...shown].some((language) => isOwn(bar, language));
    return isAnyShown ? own.filter((one) => shown.has(languageOf(one))) : own;
}
