/* The preview: Wagtail forgets a language that is chosen while it is still loading another one, so it is told once more. */

export function watchPreview() {
    document.addEventListener("w-preview:loaded", () => {
        const modes = document.getElementById("id_preview_mode");
        const shown = document.getElementById("w-preview-iframe")?.src;
        if (!modes || !shown) return;
        const mode = new URL(shown).searchParams.get("mode");
        // After Wagtail is done with what it loaded.
        if (mode && mode !== modes.value) setTimeout(() => modes.dispatchEvent(new Event("change", { bubbles: true })));
    });
}
