/* What somebody sends once arrives once: a second press while a form is on its way, such as that of a double click, does nothing.

   A form that a script sends, such as that of a dialogue, stays on the page: it may be refused, and is then sent again. Of such
   a one only the double click is left out. */

const PATIENCE = 30_000; // milliseconds after which a page that is still there may send again; Wagtail's own buttons wait as long
let sentAt = new WeakMap(); // by form
let pressed = null;

const forget = () => { sentAt = new WeakMap(); };

function stop(event) {
    event.preventDefault();
    event.stopImmediatePropagation();
}

window.addEventListener("click", (event) => {
    const button = event.target.closest?.("button, input");
    if (event.detail > 1 && button?.type === "submit" && button === pressed) stop(event);
    pressed = button;
}, { capture: true });
window.addEventListener("submit", (event) => {
    if (performance.now() - sentAt.get(event.target) < PATIENCE) stop(event);
}, { capture: true });
window.addEventListener("submit", ({ target, defaultPrevented }) => {
    if (!defaultPrevented && target.getAttribute("method")?.toLowerCase() === "post") sentAt.set(target, performance.now());
});
window.addEventListener("pageshow", ({ persisted }) => persisted && forget()); // who comes back finds the page as it was left
window.addEventListener("beforeunload", (event) => {
    setTimeout(() => event.defaultPrevented && forget()); // somebody was asked whether to leave, and stayed
});
