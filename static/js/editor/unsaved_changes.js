/* What is typed is saved, or said to be unsaved: also before Wagtail begins to watch a form, and while the form saves itself.

   Wagtail takes what stands in a form two seconds after it was opened, and when a save succeeds, for what is saved; and it
   looks twice a second, so whoever leaves in between is not warned. What editors of rich text only write in their own way is no
   change (see `richText`). */

const SOON = 1000; // milliseconds within which an editor of rich text hands on what was typed

/** Watch the form; return whether something in it is unsaved, and when editors of rich text have handed on what was typed. */
export function watchSaving(form) {
    const now = () => values(new FormData(form));
    let known = null; // what is saved, as soon as somebody touches the form
    let sent = null;
    let lastTyped = -Infinity; // in an editor of rich text
    let isUnwatched = form.dataset.wUnsavedForceValue === "true"; // Wagtail never begins to watch such a form

    for (const type of ["pointerdown", "keydown", "beforeinput", "paste", "drop"]) {
        form.addEventListener(type, ({ isTrusted }) => isTrusted && (known ??= now()), { capture: true });
    }
    form.addEventListener("beforeinput", ({ target }) => {
        if (target.isContentEditable) lastTyped = performance.now();
    }, { capture: true });
    form.addEventListener("w-unsaved:watch-edits", () => {
        if (known && !isSame(known, now())) insist(form);
    });
    const isTyping = () => performance.now() - lastTyped < SOON;
    window.addEventListener("beforeunload", () => {
        if (known && (isTyping() || !isSame(known, now()))) form.dataset.wUnsavedHasEditsValue = "true";
    }, { capture: true }); // before Wagtail asks

    document.addEventListener("w-autosave:save", ({ target, detail }) => {
        if (target === form) sent = values(detail.formData);
    });
    document.addEventListener("w-autosave:success", ({ target, detail }) => {
        if (target !== form || sent === null) return;
        known = sent;
        for (const [name, value] of Object.entries(detail.response?.field_updates ?? {})) known.set(name, comparableValue(value));
    }, { capture: true }); // before Wagtail takes what stands there for saved
    document.addEventListener("w-autosave:success", ({ target, detail }) => {
        if (target !== form || sent === null) return;
        const [typed, byServer] = [now(), detail.response?.field_updates ?? {}];
        const isTyped = (name) => !(name in byServer) && sent.has(name) && typed.get(name) !== sent.get(name);
        if (isUnwatched) form.dataset.wUnsavedCheckIntervalValue = "501"; // any change makes Wagtail begin
        isUnwatched = false;
        if ([...typed.keys()].some(isTyped)) insist(form);
        sent = null;
    });
    const isKnown = () => form.dataset.wUnsavedHasEditsValue === "true" || form.dataset.wUnsavedForceValue === "true";
    return {
        isUnsaved: () => isKnown() || isTyping() || (known !== null && !isSame(known, now())),
        handedOn: () => new Promise((done) => setTimeout(done, Math.max(0, lastTyped + SOON - performance.now()))),
    };
}

/** Return the same of a form that is not watched, such as that of a file: whatever somebody did to it is unsaved. */
export function watchTouching(form) {
    let isTouched = form.querySelector(".error-message") !== null;
    for (const type of ["input", "change"]) form.addEventListener(type, () => { isTouched = true; });
    return { isUnsaved: () => isTouched, handedOn: () => Promise.resolve() };
}

/** Let Wagtail take the form for changed, whatever it compares. */
export function insist(form) {
    form.dataset.wUnsavedForceValue = "true";
}

// Files are compared by Wagtail alone, and comments have an editor of their own.
const isCompared = ([name, value]) => typeof value === "string" && !name.startsWith("comments-") && !UNLIKE.has(name);
const UNLIKE = new Set(["csrfmiddlewaretoken", "next", "loaded_revision_id", "loaded_revision_created_at"]);

function values(data) {
    const entries = new Map();
    for (const [name, value] of [...data].filter(isCompared)) entries.set(name, `${entries.get(name) ?? ""}${comparableValue(value)}`);
    return entries;
}

const comparableValue = (value) => `\n${richText(`${value}`) ?? value}`;
const isSame = (some, others) => some.size === others.size && [...some].every(([name, value]) => others.get(name) === value);

/** Return what an editor of rich text stores, without what says nothing; null for any other value. */
function richText(value) {
    if (value === "null") return "";
    if (!value.startsWith("{")) return null;
    try {
        const { blocks, entityMap } = JSON.parse(value);
        const said = blocks.map(({ text, type, depth, inlineStyleRanges, entityRanges }) => [
            text, type, depth ?? 0, inlineStyleRanges ?? [],
            (entityRanges ?? []).map(({ key, offset, length }) => [offset, length, entityMap[key]]),
        ]);
        return said.some(([text]) => text) ? JSON.stringify(said) : "";
    } catch {
        return null;
    }
}
