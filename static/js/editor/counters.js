/* How much room a text has left. What is too long stays whole; saving says so. */

import { say, word } from "./words.js";

const LIMITED = "[data-max-length]";
const NEAR = 0.8; // the part of the limit from which the counter shows by itself
const PAUSE = 1000; // milliseconds without a key before anything is said aloud
const counters = new WeakMap();

export function watchLengths(form, bar) {
    let saying = null;
    form.addEventListener("focusin", ({ target }) => target.matches(LIMITED) && count(target, bar));
    form.addEventListener("input", ({ target }) => {
        if (!target.matches(LIMITED)) return;
        const text = count(target, bar);
        clearTimeout(saying);
        saying = setTimeout(() => {
            if (counters.get(target).dataset.state === "long") say(bar, text);
        }, PAUSE);
    });
    form.addEventListener("focusout", ({ target }) => {
        const counter = counters.get(target);
        if (counter) rest(counter, counter.dataset.state === "room");
    });
}

function count(field, bar) {
    const [length, limit] = [[...field.value].length, Number(field.dataset.maxLength)];
    const counter = counters.get(field) ?? makeCounter(field);
    const left = limit - length;
    counter.dataset.state = left < 0 ? "long" : length >= limit * NEAR ? "near" : "room";
    counter.textContent = word(bar, left < 0 ? "long" : "left").replace("{count}", Math.abs(left));
    rest(counter, counter.dataset.state === "room" && field !== document.activeElement);
    return counter.textContent;
}

/** Show a counter no longer, and keep its room: were the form to move as a field is left, the click that leaves it would miss. */
function rest(counter, isResting) {
    counter.classList.toggle("text-counter--resting", isResting);
}

function makeCounter(field) {
    const counter = document.createElement("p");
    counter.className = "text-counter";
    counter.id = `${field.id}-counter`;
    field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") ?? ""} ${counter.id}`.trim());
    field.after(counter);
    counters.set(field, counter);
    return counter;
}
