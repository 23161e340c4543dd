/* The texts of a form and their columns: which stand where, and what they are called. */

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

/** Return Draftail's editor of rich text around an element, undefined where there is none. */
export function editorOf(node) {
    return node.closest("[data-draftail-editor-wrapper]")?.parentElement.querySelector(":scope > input")?.draftailEditor;
}

/** Return the column of a place such as `body.7c1f….text:fr`, undefined where there is none. */
export function columnAt(form, place) {
    return columnsIn(form).find((column) => placeOf(column) === place);
}

/** Return what a text is called: the label of its field, or the heading of its panel, which for blocks is their kind. */
export function nameOf(group) {
    const label = group.querySelector(":scope > .w-field__label");
    const panel = group.closest("[data-panel]");
    const heading = panel?.querySelector(".c-sf-block__type") ?? panel?.querySelector("[data-panel-heading-text]");
    return ((label ?? heading)?.textContent ?? "").replace("*", "").trim();
}
