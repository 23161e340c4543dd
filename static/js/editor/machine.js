/* A button beside a text that is missing or behind: a translation service drafts it, and it is shown as a match (see machine_drafts/). */

import { showFirst } from "./matches.js";
import { post } from "./sending.js";
import { addressOf, languageOf } from "./texts.js";
import { piece } from "./words.js";

/** Return the places at which `notes` says that a machine may draft. */
export const draftPlaces = (notes) => new Set((notes.machine ?? []).map((one) => `${one.address}:${one.language}`));

/** Put the button below a text; return the elements. */
export function offerDraft(column, bar) {
    const box = piece(bar, "machine");
    const button = box.querySelector("[data-draft]");
    button.addEventListener("click", () => draft(column, bar, box, button));
    column.append(box);
    return [box];
}

/** Ask for a draft once at a time, and say at the text what comes of it. */
async function draft(column, bar, box, button) {
    if (button.getAttribute("aria-disabled")) return;
    const words = bar.querySelector("[data-draft-url]").dataset;
    const says = box.querySelector("[data-machine-says]");
    const body = new URLSearchParams({ address: addressOf(column), language: languageOf(column) });
    button.setAttribute("aria-disabled", "true");
    says.textContent = words.asking;
    const answer = await post(words.draftUrl, body).then((response) => response.json()).catch(() => null);
    button.removeAttribute("aria-disabled");
    says.textContent = answer ? answer.says : words.failed;
    if (!answer?.match || !column.isConnected) return;
    const isHere = box.contains(document.activeElement) || document.activeElement === document.body;
    const take = showFirst(column, bar, answer.match);
    if (isHere) take.focus();
}
