/* Lists of keys that hidden fields carry to the server, as JSON. */

export function read(input) {
    try {
        const keys = JSON.parse(input?.value || "[]");
        return Array.isArray(keys) ? keys : [];
    } catch {
        return [];
    }
}

/** Put keys into a hidden field, and let the form know that there is something to save. */
export function write(form, input, keys) {
    input.value = JSON.stringify([...keys]);
    form.dataset.wUnsavedForceValue = "true"; // also where Wagtail does not watch the form yet
}
