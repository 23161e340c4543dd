/* How one gets to a text, whatever it is folded away in. */

import { unfold } from "./aside.js";
import { fieldOf } from "./texts.js";

/** Lead somebody to a column: open what it is folded away in, show it although its language is not, and put the caret in it. */
export function goTo(column) {
    column.closest("[role=tabpanel]")?.dispatchEvent(new CustomEvent("w-focus:focus"));
    for (let node = column; (node = node.parentElement?.closest("[hidden]")); ) {
        const toggle = document.querySelector(`[data-panel-toggle][aria-controls="${CSS.escape(node.id)}"]`);
        if (toggle?.getAttribute("aria-expanded") === "false") toggle.click();
    }
    column.dataset.called = "";
    unfold(column);
    requestAnimationFrame(() => focus(column));
}

/** Focus a column's field once it is to be seen: tabs open and editors of rich text come some frames later. */
function focus(column, frames = 300) {
    const field = fieldOf(column);
    if (field?.checkVisibility()) {
        field.focus({ preventScroll: true });
        keepInSight(column);
    } else if (frames) {
        requestAnimationFrame(() => focus(column, frames - 1));
    }
}

/** Keep the top of a column in sight while the form around it still grows, until whoever reads does anything. */
function keepInSight(column) {
    const growing = new ResizeObserver(() => column.scrollIntoView({ block: "start", behavior: "instant" }));
    growing.observe(column.closest("form"));
    const stop = () => growing.disconnect();
    for (const type of ["wheel", "touchmove", "pointerdown", "keydown"]) document.addEventListener(type, stop, { once: true });
    setTimeout(stop, 3000);
}
