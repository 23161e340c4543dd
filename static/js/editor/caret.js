/* Where the caret was in a text that somebody left for what stands beside it. */

import { columnOf, fieldOf } from "./texts.js";

const ranges = new WeakMap(); // an editor of rich text -> where the caret was; plain fields know that themselves

export function watchCaret(form) {
    form.addEventListener("focusout", ({ target }) => {
        const selection = getSelection();
        const isText = target.isContentEditable && columnOf(target) && fieldOf(columnOf(target)) === target;
        if (isText && selection.rangeCount) ranges.set(target, selection.getRangeAt(0).cloneRange());
    }, { capture: true });
}

/** Go back to a text, with the caret where it was. */
export function backTo(field) {
    field.focus();
    const range = ranges.get(field);
    if (!field.isContentEditable || !range?.startContainer.isConnected) return;
    getSelection().removeAllRanges();
    getSelection().addRange(range);
}
