/* "Still correct" and "Small change": lags that somebody looked at go into the form, as keys, until it is saved. */

import { read, write } from "./keys.js";

/** Return the lags confirmed in this form. Without the form's hidden field nothing can be confirmed. */
export function confirmations(form) {
    const input = form.elements.namedItem("alignment_confirmed");
    const keys = new Set(read(input));
    return {
        isPossible: input !== null,
        toggles: 0,
        has: (some) => some.length > 0 && some.every((key) => keys.has(key)),
        /** Confirm the lags with these keys, or take them back where all are confirmed. */
        toggle(some) {
            this.toggles += 1;
            const wasOn = this.has(some);
            for (const key of some) keys[wasOn ? "delete" : "add"](key);
            write(form, input, keys);
        },
    };
}
