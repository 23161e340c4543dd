/* What is typed while a form saves itself is not what was sent: say so, or the form would take it for saved.

   Wagtail compares a form with what stands in it when a save succeeds, so the last keys before that moment would only be
   saved with the next one, and nobody would be warned who leaves. */

export function watchSaving(form) {
    let sent = null;
    document.addEventListener("w-autosave:save", ({ target, detail }) => {
        if (target === form) sent = values(detail.formData);
    });
    document.addEventListener("w-autosave:success", ({ target, detail }) => {
        if (target !== form || sent === null) return;
        const now = values(new FormData(form));
        const byServer = detail.response?.field_updates ?? {};
        const isTyped = (name) => !(name in byServer) && sent.has(name) && now.get(name) !== sent.get(name);
        if ([...now.keys()].some(isTyped)) form.dataset.wUnsavedForceValue = "true";
        sent = null;
    });
}

// Files are compared by Wagtail alone, and comments have an editor of their own.
const isCompared = ([name, value]) => typeof value === "string" && !name.startsWith("comments-") && !UNLIKE.has(name);
const UNLIKE = new Set(["csrfmiddlewaretoken", "next", "loaded_revision_id", "loaded_revision_created_at"]);

function values(data) {
    const found = new Map();
    for (const [name, value] of [...data].filter(isCompared)) found.set(name, `${found.get(name) ?? ""}\n${value}`);
    return found;
}
