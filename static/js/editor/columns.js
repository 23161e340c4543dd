/* The switch: which languages of the whole form stand side by side. Style sheets hide the others, so nothing is removed. */

import { post } from "./sending.js";
import { say, word } from "./words.js";

/** Let the buttons of the bar switch languages on and off, and keep the choice for whoever is logged in. */
export function watchSwitch(bar) {
    const buttons = [...bar.querySelectorAll("[data-column]")];
    const isOn = (button) => button.getAttribute("aria-pressed") === "true";
    bar.querySelector(".languages-switch").addEventListener("click", ({ target }) => {
        const button = target.closest("[data-column]");
        if (!button) return;
        const others = buttons.filter((one) => one !== button && isOn(one));
        if (isOn(button) && !others.length) {
            say(bar, word(bar, "last"));
            return;
        }
        const chosen = buttons.filter((one) => isOn(one) !== (one === button)).map((one) => one.dataset.column);
        for (const one of document.querySelectorAll("[data-languages-bar]")) show(one, chosen);
        keep(bar, chosen);
    });
}

function show(bar, chosen) {
    bar.dataset.shown = chosen.join(" ");
    for (const button of bar.querySelectorAll("[data-column]")) {
        button.setAttribute("aria-pressed", String(chosen.includes(button.dataset.column)));
    }
    // Whoever switches wants just these: columns to which somebody was led go too.
    for (const column of bar.closest("form").querySelectorAll("[data-called]")) delete column.dataset.called;
}

let sending = Promise.resolve();

/** Send the choice to the server, the last one last however quickly somebody clicks. */
function keep(bar, chosen) {
    const body = new URLSearchParams(chosen.map((language) => ["languages", language]));
    sending = sending
        .then(() => post(bar.dataset.columnsUrl, body))
        .then((response) => response.json())
        .then(({ says }) => say(bar, says))
        .catch(() => say(bar, word(bar, "unsaved")));
}
