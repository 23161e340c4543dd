/* Where a text stands in the preview of a page. */

const LONG = 12; // characters from which part of an element may be meant; shorter texts have to be all of it
const MARK = "data-at-work";
// Made in the window of the preview, as its policy allows no style in the page itself.
const STYLE = `[${MARK}] { outline: 0.1875rem solid color-mix(in srgb, currentcolor 40%, transparent); outline-offset: 0.25rem; }`;

/** Return the innermost element below `root` that says a text and nothing else, or a long text among others; null for none. */
export function findText(root, text) {
    const wanted = plain(text.trim().split("\n")[0]);
    if (!wanted) return null;
    const holding = [...root.querySelectorAll("*")].filter((one) => plain(one.textContent).includes(wanted));
    const innermost = holding.filter((one) => !holding.some((other) => other !== one && one.contains(other)));
    const visible = innermost.filter((one) => one.checkVisibility());
    const whole = visible.find((one) => plain(one.textContent) === wanted);
    return whole ?? (wanted.length >= LONG ? visible[0] : undefined) ?? null;
}

/** Mark an element, and no other one, in its page; null takes the mark away. */
export function markOnly(page, element) {
    for (const one of page.querySelectorAll(`[${MARK}]`)) one.removeAttribute(MARK);
    if (!element) return;
    if (!styled.has(page)) {
        const sheet = new page.defaultView.CSSStyleSheet();
        sheet.replaceSync(STYLE);
        page.adoptedStyleSheets.push(sheet);
        styled.add(page);
    }
    element.setAttribute(MARK, "");
}

const styled = new WeakSet();

/** Return a text as it is compared: typeset pages have no-break spaces where editors typed others. */
const plain = (text) => text.replace(/[\u00ad\u2060]/g, "").replace(/\s+/g, " ").trim();
