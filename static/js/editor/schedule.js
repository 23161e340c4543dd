/* The schedule's dialogue: a date counts when somebody saves it there, and not while it is being chosen.

   The form would save itself with such a date, show it as set, and save itself once more without it when the dialogue is left. */

import { insist } from "./unsaved_changes.js";
import { say, word } from "./words.js";

const DATES = "[name=go_live_at], [name=expire_at]";

export function watchSchedule(form, bar) {
    const dialogue = () => document.getElementById("schedule-publishing-dialog");
    const isOpen = () => dialogue()?.getAttribute("aria-hidden") === null;
    const dates = () => [...(dialogue()?.querySelectorAll(DATES) ?? [])];
    const isChosen = () => dates().some((input) => input.value !== input.defaultValue);
    let wasChosen = false;
    let wasHeld = false;

    document.addEventListener("w-autosave:save", (event) => {
        if (event.target !== form || !isOpen()) return;
        event.preventDefault();
        wasHeld = true;
    });
    for (const type of ["keydown", "click"]) {
        document.addEventListener(type, () => { wasChosen = isOpen() && isChosen(); }, { capture: true });
    }
    document.addEventListener("w-dialog:hidden", ({ target }) => {
        if (target.id !== "schedule-publishing-dialog") return;
        // After the calendar, which may write once more when it closes.
        setTimeout(() => {
            for (const input of dates()) input.value = input.defaultValue;
            if (wasChosen) say(bar, word(bar, "unscheduled"));
            if (wasHeld) insist(form);
            wasChosen = wasHeld = false;
        });
    });
}
