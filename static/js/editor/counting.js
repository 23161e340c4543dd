/* How much room a text has left, and lines of a PDF that were pasted broken. What is too long stays whole; saving says so. */

import { piece, say, word } from "./words.js";

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
        if (counter) counter.hidden = counter.dataset.state === "room";
    });
}

function count(field, bar) {
    const [length, limit] = [[...field.value].length, Number(field.dataset.maxLength)];
    const counter = counters.get(field) ?? made(field);
    const left = limit - length;
    counter.dataset.state = left < 0 ? "long" : length >= limit * NEAR ? "near" : "room";
    counter.textContent = word(bar, left < 0 ? "long" : "left").replace("{count}", Math.abs(left));
    counter.hidden = false;
    return counter.textContent;
}

function made(field) {
    const counter = document.createElement("p");
    counter.className = "text-counter";
    counter.id = `${field.id}-counter`;
    field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") ?? ""} ${counter.id}`.trim());
    field.after(counter);
    counters.set(field, counter);
    return counter;
}

const BROKEN = /(\p{L})[-\u00ad\u2010]\s*\r?\n\s*(?=\p{Ll})/gu;
const PLAIN = "textarea, input[type=text]";

/** Offer to join the lines of a text that is pasted with words broken at their ends; never do it without being asked. */
export function watchPasting(form, bar) {
    form.addEventListener("paste", ({ target, clipboardData }) => {
        const pasted = clipboardData?.getData("text/plain") ?? "";
        if (!target.matches(PLAIN) || pasted.search(BROKEN) < 0) return;
        const start = target.selectionStart;
        setTimeout(() => offer(target, bar, start, pasted)); // when it stands in the field
    });
}

function offer(field, bar, start, pasted) {
    const whole = field.value;
    const joined = whole.slice(0, start) + joinedLines(pasted) + whole.slice(field.selectionEnd);
    const note = piece(bar, "broken");
    const button = note.querySelector("button");
    const put = (text) => {
        field.value = text;
        field.dispatchEvent(new Event("input", { bubbles: true }));
    };
    button.addEventListener("click", () => {
        const isOn = button.getAttribute("aria-pressed") !== "true";
        button.setAttribute("aria-pressed", String(isOn));
        button.textContent = word(bar, isOn ? "part" : "join");
        put(isOn ? joined : whole);
    });
    field.parentElement.querySelector("[data-broken-lines]")?.remove();
    field.after(note);
    // Whoever writes on decides about the text alone.
    field.addEventListener("input", ({ isTrusted }) => isTrusted && note.remove());
    say(bar, note.querySelector("[data-says]").textContent);
}

/** Return a text with broken words whole again and its lines joined; empty lines go on parting paragraphs. */
export function joinedLines(text) {
    const paragraphs = text.replace(BROKEN, "$1").trim().split(/\r?\n\s*\n/);
    return paragraphs.map((one) => one.replace(/\s*\n\s*/g, " ")).join("\n\n");
}
