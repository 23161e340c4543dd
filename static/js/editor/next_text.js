/* From text to text by one key: through the form, and from its last text to the first of what waits next. */

import { goTo } from "./go_to.js";
import { columnsToMend } from "./marks.js";
import { columnOf, groupOf, labelOf, languageOf, nameOf } from "./texts.js";
import { say, word } from "./words.js";

/** Return a function that goes to the next text to mend (1) or to the one before (-1), and says so after `before`.

    At the end of the form it says where the same key leads next, and then goes there (see way_on.js), or round where nothing
    else waits. It returns whether there was anything to do. */
export function nextText(form, bar, way) {
    let said = 0; // the direction of which somebody heard that the form ends there
    const isSaid = (step) => said === step;
    form.addEventListener("input", () => { said = 0; });

    return (step, before = "") => {
        const columns = columnsToMend(form);
        const next = neighbour(form, columns, step);
        way.look(step);
        if (next) {
            said = 0;
            lead(form, bar, next, `${before} ${arrival(bar, next, columns.length)}`);
        } else if (!way.isThere) {
            const first = columns.at(step > 0 ? 0 : -1);
            if (first) lead(form, bar, first, `${before} ${arrival(bar, first, columns.length)}`);
            return Boolean(first);
        } else if (isSaid(step)) {
            said = 0;
            way.take(step).then((isTaken) => {
                const first = columns.at(step > 0 ? 0 : -1);
                if (!isTaken && first) lead(form, bar, first, arrival(bar, first, columns.length));
            });
        } else {
            said = step;
            const end = `${before} ${columns.length ? word(bar, "end").replace("{count}", columns.length) : word(bar, "all")}`;
            say(bar, end.trim());
            way.describe(step).then((text) => {
                if (isSaid(step)) say(bar, `${end} ${text}`.trim());
            });
        }
        return true;
    };
}

/** Return the column to mend that comes next after where somebody is, or was last. */
function neighbour(form, columns, step) {
    const active = columnOf(document.activeElement);
    const own = active && form.contains(active) ? active : form.querySelector("[data-last-mended]");
    if (!own) return columns.at(step > 0 ? 0 : -1);
    const side = step > 0 ? Node.DOCUMENT_POSITION_FOLLOWING : Node.DOCUMENT_POSITION_PRECEDING;
    return columns.filter((one) => one !== own && own.compareDocumentPosition(one) & side).at(step > 0 ? 0 : -1);
}

function lead(form, bar, column, text) {
    for (const one of form.querySelectorAll("[data-last-mended]")) delete one.dataset.lastMended;
    column.dataset.lastMended = "";
    goTo(column);
    say(bar, text.trim());
}

/** Return what whoever does not see the form hears of a text: what it is, how it stands, and how many are left. */
function arrival(bar, column, count) {
    const words = {
        text: nameOf(groupOf(column)),
        language: bar.querySelector(`[data-column=${languageOf(column)}]`).textContent.trim(),
        state: labelOf(column)?.querySelector("[data-mark]")?.textContent ?? "",
        count,
    };
    return word(bar, "arrived").replace(/\{(\w+)\}/g, (_whole, name) => words[name]);
}

export function watchNext(bar, toText) {
    for (const button of bar.querySelectorAll("[data-next-text], [data-next-object]")) {
        button.addEventListener("click", () => toText(1));
    }
}

export function countTexts(form, bar, way) {
    const count = columnsToMend(form).length;
    bar.querySelector("[data-texts-to-mend]").textContent = count;
    bar.querySelector("[data-next-text]").hidden = count === 0;
    bar.querySelector("[data-next-object]").hidden = count > 0 || !way.isThere;
}
