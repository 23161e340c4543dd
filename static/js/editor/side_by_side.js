/* Texts in several languages, side by side in one form. Without this script all columns are shown, as plain fields. */

import { watchCaret } from "./caret.js";
import { watchFigures } from "./checked_figures.js";
import { watchSwitch } from "./columns.js";
import { confirmations } from "./confirmations.js";
import { watchContents } from "./contents.js";
import { watchLengths } from "./counters.js";
import { watchFinishing } from "./finishing.js";
import { goTo } from "./go_to.js";
import { lastPlace, watchLastPlace } from "./last_place.js";
import { watchLinks } from "./links.js";
import { watchPasting } from "./pasted_lines.js";
import { mark, showConfirmed } from "./marks.js";
import { dropMatches, watchMatches } from "./matches.js";
import { goToAddress, watchKeys } from "./navigation.js";
import { countTexts, nextText, watchNext } from "./next_text.js";
import { watchPreview } from "./preview.js";
import { closeOthers, watchClosed } from "./read_only.js";
import { watchSchedule } from "./schedule.js";
import { completeTables, watchTables } from "./tables.js";
import { watchTerms } from "./terms.js";
import { holdsTexts } from "./texts.js";
import { watchSaving, watchTouching } from "./unsaved_changes.js";
import { wayOn } from "./way_on.js";

function begin(bar) {
    const form = bar.closest("form");
    const isWhole = Boolean(bar.dataset.statesUrl); // the form of a page, entry or setting, and not of a file
    const confirmed = confirmations(form);
    const saving = isWhole ? watchSaving(form) : watchTouching(form);
    const way = wayOn(form, bar, saving);
    const toText = nextText(form, bar, way);
    let notes = JSON.parse(bar.querySelector(":scope > script").textContent);

    const refresh = () => {
        mark(form, bar, notes, finishing.states(notes), confirmed);
        dropMatches(form);
        countTexts(form, bar, way);
        completeTables(form, bar);
        closeOthers(form, bar);
    };
    const refreshSoon = onceAFrame(refresh);
    const finishing = watchFinishing(form, bar, refresh, toText);

    if (isWhole) watchWhole(form, bar);
    watchTyping(form, bar);
    watchSwitch(bar);
    watchKeys(form, bar, toText);
    watchNext(bar, toText);
    watchClosed(form, bar);
    watchConfirming(form, bar, confirmed, way);
    if (isWhole) {
        askAfterSaving(bar, confirmed, finishing, (fresh) => {
            notes = withConfirmed(fresh, notes, confirmed);
            refreshSoon();
        });
    }
    watchBlocks(form, refreshSoon);
    refresh();
    if (isWhole) goToPlace(form, bar, toText, refresh);
}

/** Return a function that lets `act` run once before the next frame, however often it is called until then. */
function onceAFrame(act) {
    let isDue = false;
    const run = () => {
        isDue = false;
        act();
    };
    return () => {
        if (!isDue) requestAnimationFrame(run);
        isDue = true;
    };
}

function watchTyping(form, bar) {
    watchLengths(form, bar);
    watchPasting(form, bar);
    watchCaret(form);
    watchTerms(form);
}

/** What only the form of a page, entry or setting has. */
function watchWhole(form, bar) {
    new ResizeObserver(() => form.style.setProperty("--bar-height", `${bar.offsetHeight}px`)).observe(bar);
    watchSchedule(form, bar);
    watchTables(form, bar);
    watchFigures(form, bar);
    watchContents(bar);
    watchPreview(form);
    watchLinks();
    watchLastPlace(form);
    watchMatches(form, bar);
}

function watchConfirming(form, bar, confirmed, way) {
    form.addEventListener("click", ({ target }) => {
        const button = target.closest("[data-confirm]");
        if (!button) return;
        confirmed.toggle(JSON.parse(button.dataset.confirm));
        showConfirmed(form, bar, confirmed);
        countTexts(form, bar, way);
    });
}

/** Blocks come when their own scripts have run, and whenever somebody adds, copies or moves one. */
function watchBlocks(form, refreshSoon) {
    new MutationObserver((changes) => {
        const added = changes.flatMap(({ addedNodes }) => [...addedNodes]);
        if (added.some((node) => node.nodeType === Node.ELEMENT_NODE && holdsTexts(node))) refreshSoon();
    }).observe(form, { childList: true, subtree: true });
}

/** Ask what the texts are like whenever the form has saved itself, and hand that to `show`. */
function askAfterSaving(bar, confirmed, finishing, show) {
    let asked = 0;
    document.addEventListener("w-autosave:success", async ({ detail }) => {
        const pk = detail.response?.pk;
        const [question, toggles, saves] = [(asked += 1), confirmed.toggles, finishing.sent()];
        const response = pk && (await fetch(bar.dataset.statesUrl.replace(/0\/$/, `${pk}/`)).catch(() => null));
        if (!response?.ok) return;
        const fresh = await response.json();
        // An answer that was overtaken is none: another save, and with it another question, follows.
        if (question !== asked || toggles !== confirmed.toggles) return;
        show(fresh);
        finishing.answered(saves);
    });
}

/** Return `fresh` notes with what somebody confirmed: it stays to be seen, and to be taken back, though it is no lag any more. */
function withConfirmed(fresh, notes, confirmed) {
    for (const part of ["states", "moved"]) {
        const places = new Set(fresh[part].map(({ address, language }) => `${address}:${language}`));
        const kept = notes[part].filter((one) => confirmed.has(one.keys) && !places.has(`${one.address}:${one.language}`));
        fresh[part].push(...kept);
    }
    return fresh;
}

/** Go to the text that the address names, or else to where somebody was last, once all of the page is there. */
function goToPlace(form, bar, toText, refresh) {
    const begun = () => {
        refresh();
        const column = lastPlace(form);
        if (!goToAddress(form, bar, toText) && column) goTo(column);
    };
    window.addEventListener("load", () => setTimeout(begun));
    window.addEventListener("hashchange", () => goToAddress(form, bar, toText));
}

// Forms of files come later too: in the chooser, and for each file that was uploaded.
const BAR = "[data-languages-bar]";
const begun = new WeakSet();
function beginIn(root) {
    for (const bar of root.querySelectorAll(BAR)) {
        if (!begun.has(bar)) begin(bar);
        begun.add(bar);
    }
}
beginIn(document);
new MutationObserver((changes) => {
    for (const { target, addedNodes } of changes) {
        if ([...addedNodes].some((node) => node.nodeType === Node.ELEMENT_NODE && (node.matches(BAR) || node.querySelector(BAR)))) {
            beginIn(target);
        }
    }
}).observe(document.body, { childList: true, subtree: true });
