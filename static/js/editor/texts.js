/* The texts of a form and their columns: which stand where, and how one gets to them. */

// A column is one language of one text: a field of the model, or the child of a translated block.
const COLUMNS = "[data-language], [data-translated] > [data-contentpath]";
const EDITOR = ".public-DraftEditor-content";
const FIELDS = `${EDITOR}, input:not([type=hidden]), textarea`;

export const columnsIn = (root) => [...root.querySelectorAll(COLUMNS)];
export const holdsTexts = (node) => node.matches(COLUMNS) || node.querySelector(`${COLUMNS}, ${EDITOR}`) !== null;
export const columnOf = (node) => node.closest(COLUMNS);
export const groupOf = (column) => column.closest(".translated");
export const languageOf = (column) => column.dataset.language ?? column.dataset.contentpath;
export const twinsOf = (column) => columnsIn(groupOf(column)).filter((other) => groupOf(other) === groupOf(column));
export const fieldOf = (column) => column.querySelector(FIELDS);
export const labelOf = (column) => column.querySelector(":scope > label, :scope > .w-field__label");
export const placeOf = (column) => `${addressOf(column)}:${languageOf(column)}`;

/** Return the address of a column's text: the name of a field, or the path of a block. */
export function addressOf(column) {
    if (column.dataset.language) {
        const name = column.querySelector("[data-contentpath]")?.dataset.contentpath ?? "";
        return name.slice(0, -column.dataset.language.length - 1);
    }
    const steps = [];
    for (let node = column.parentElement; node && node.tagName !== "FORM"; node = node.parentElement) {
        if (node.dataset.contentpath) steps.unshift(node.dataset.contentpath);
    }
    return steps.join(".");
}

/** Return the column of a place such as `body.7c1f….text:fr`, undefined where there is none. */
export function columnAt(form, place) {
    return columnsIn(form).find((column) => placeOf(column) === place);
}

/** Lead somebody to a column: open what it is folded away in, show it although its language is not, and put the caret in it. */
export function goTo(column) {
    column.closest("[role=tabpanel]")?.dispatchEvent(new CustomEvent("w-focus:focus"));
    for (let node = column; (node = node.parentElement?.closest("[hidden]")); ) {
        const toggle = document.querySelector(`[data-panel-toggle][aria-controls="${CSS.escape(node.id)}"]`);
        if (toggle?.getAttribute("aria-expanded") === "false") toggle.click();
    }
    column.dataset.called = "";
    const note = column.querySelector("details:is([data-note], [data-changes])");
    if (note) note.open = true;
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
