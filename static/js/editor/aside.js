/* What stands beside a text: what changed in its twins, what was translated before, and the terms of the house.

   A key leads there and back. */

import { backTo } from "./caret.js";
import { columnOf, fieldOf, groupOf } from "./texts.js";
import { say, word } from "./words.js";

const CHANGES = "details:is([data-note], [data-changes])";
// By use.
const CONTROLS = [
    "[data-take]",
    ".text-note summary",
    "[data-insert]",
    ".text-terms summary",
    ".text-note :is(button, a):not([hidden])",
];
let left = null; // the field that somebody left for what stands beside it

/** Go from a text to what stands beside it, and back; return whether somebody was in a text. */
export function visitAside(form, bar) {
    if (left?.field.isConnected && left.aside.some((part) => part.contains(document.activeElement))) {
        backTo(left.field);
        left = null;
        return true;
    }
    const column = columnOf(document.activeElement);
    const field = column && fieldOf(column);
    if (!field || !form.contains(column)) return false;
    const aside = unfold(column);
    const controls = CONTROLS.flatMap((selector) => aside.flatMap((part) => inPart(part, selector)));
    const control = controls.find((one) => one.checkVisibility());
    if (control) {
        left = { field, aside };
        control.focus();
    } else {
        say(bar, word(bar, "nothing"));
    }
    return true;
}

const inPart = (part, selector) => [...part.parentElement.querySelectorAll(selector)].filter((one) => part.contains(one));

/** Unfold what stands beside a text, and fold what was unfolded so beside another one; return its parts. */
export function unfold(column) {
    const group = groupOf(column);
    const aside = [...column.querySelectorAll(":scope > :is(.text-note, [data-matches])"), ...group.querySelectorAll("[data-terms]")].filter(
        (part) => groupOf(part) === group,
    );
    for (const part of document.querySelectorAll("[data-unfolded]")) {
        if (aside.some((one) => one.contains(part))) continue;
        part.open = false;
        delete part.dataset.unfolded;
    }
    for (const part of aside.flatMap((one) => [one, ...one.querySelectorAll(CHANGES)])) {
        if (!part.matches("details") || part.hidden || part.open) continue;
        part.open = true;
        part.dataset.unfolded = "";
    }
    return aside;
}
