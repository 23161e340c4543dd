/* The way from a form to the next page or entry that waits for whoever edits. What is typed is saved first. */

const NOTHING = { url: "", says: "", says_unsaved: "" };

/** Return that way. `saving` knows whether something is unsaved (see unsaved_changes.js). */
export function wayOn(form, bar, saving) {
    const url = form.closest(".modal, .upload-list") ? "" : bar.dataset.nextUrl;
    const answers = new Map(); // a direction -> what waits there, as it was when somebody set out in this form

    const ask = (step) => {
        if (!answers.has(step)) answers.set(step, fetchWay(`${url}?step=${step}`));
        return answers.get(step);
    };
    return {
        isThere: Boolean(url),
        /** Look once what waits in a direction, before this form has nothing to mend any more and stands nowhere. */
        look(step) {
            if (url) ask(step);
        },
        /** Return what to say of the way in a direction. */
        async describe(step) {
            const { says, says_unsaved: saysUnsaved } = await ask(step);
            return saving.isUnsaved() ? saysUnsaved : says;
        },
        /** Go there; return whether there was anywhere to go. */
        async take(step) {
            const { url: next } = await ask(step);
            answers.clear();
            if (!next) return false;
            await saving.handedOn();
            if (saving.isUnsaved()) submit(form, next);
            else location.assign(next);
            return true;
        },
    };
}

async function fetchWay(url) {
    const response = await fetch(url, { headers: { Accept: "application/json" } }).catch(() => null);
    return response?.ok ? response.json() : NOTHING;
}

/** Save the form as its own button does; the server leads on, or answers with the form where it cannot be saved. */
function submit(form, next) {
    const button = form.querySelector(":scope > [name=go_on_to]") ?? document.createElement("button");
    [button.name, button.value, button.hidden] = ["go_on_to", next, true];
    form.append(button);
    form.requestSubmit(button); // a session that has ended meanwhile lets it be sent later, by the same button
}
