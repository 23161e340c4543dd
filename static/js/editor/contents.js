/* The contents of a form, by name: Wagtail's minimap, opened by a button that says so, and from the start where there is room. */

const KEPT = "wagtail:minimap-expanded"; // where Wagtail keeps whether it is open
const WIDE = 1400; // pixels from which three columns and the contents have room beside each other

export function watchContents(bar) {
    const button = bar.querySelector("[data-form-contents]");
    const toggle = () => document.getElementById("w-minimap-toggle");
    const show = () => button.setAttribute("aria-expanded", String(document.body.classList.contains("minimap-open")));
    try {
        if (localStorage.getItem(KEPT) === null && innerWidth >= WIDE) localStorage.setItem(KEPT, "true");
    } catch {
        // Where nothing may be kept it begins closed.
    }
    button.addEventListener("click", () => toggle()?.click());
    new MutationObserver(show).observe(document.body, { attributeFilter: ["class"] });
    show();
}
