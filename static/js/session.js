/* The end of a session while a form is open: says so plainly, and goes on in the same page after logging in beside it.

   A form that is saving itself is sent when that save has been answered: it would otherwise arrive after what was sent, as if
   it came from another window. */

const words = JSON.parse(document.getElementById("session-words").textContent);
const A_MINUTE = 60_000;
const SOON = 2_000;
const PATIENCE = 10_000; // for an answer that may never come

function watch(form) {
    let opener = null; // who opened this page
    let interrupted = null; // what waits for the login
    let isSending = false;
    let toldAt = Date.now();
    const dialog = notice();

    const ask = async (method) => {
        const headers = { Accept: "application/json", [wagtailConfig.CSRF_HEADER_NAME]: wagtailConfig.CSRF_TOKEN };
        const response = await fetch(words.state, { method, headers, cache: "no-store" });
        if (!response.ok) throw new Error(`The session could not be asked for: ${response.status}`);
        return response.json();
    };

    // Whether whoever opened this page is logged in; if so with the token of today.
    const check = async () => {
        const { user, token } = await ask("GET");
        opener ??= user;
        if (user !== null && user === opener) {
            renew(token);
            return true;
        }
        dialog.querySelector("p").textContent = user === null ? words.text : words.other;
        dialog.dataset.ended = "true";
        if (!dialog.open) dialog.showModal();
        return false;
    };

    const resume = async () => {
        if (!dialog.dataset.ended || !(await check().catch(() => false))) return;
        delete dialog.dataset.ended;
        dialog.close();
        document.dispatchEvent(
            new CustomEvent("w-messages:add", { detail: { clear: true, text: words.again, type: "success" } }),
        );
        const goOn = interrupted ?? (() => autosave(form)?.save({}));
        interrupted = null;
        goOn();
    };

    const send = async (submitter) => {
        await stopSaving(form);
        isSending = true;
        const wasDisabled = submitter?.disabled; // Wagtail does so while a form is on its way
        if (submitter) submitter.disabled = false;
        form.requestSubmit(submitter);
        if (submitter) submitter.disabled = wasDisabled;
        isSending = false;
    };

    document.addEventListener(
        "submit",
        (event) => {
            if (event.target !== form || isSending) return;
            event.preventDefault();
            event.stopImmediatePropagation();
            const goOn = () => send(event.submitter);
            check().then((isIn) => {
                if (isIn) return goOn();
                interrupted = goOn;
            }, goOn);
        },
        true,
    );
    document.addEventListener(
        "w-autosave:error",
        ({ target, detail }) => {
            if (target !== form || detail.response?.error_code !== "session_ended") return;
            detail.text = words.title;
            check().catch(() => {});
        },
        true,
    );
    form.addEventListener("input", () => {
        if (Date.now() - toldAt < A_MINUTE) return;
        toldAt = Date.now();
        ask("POST").catch(() => {});
    });
    setInterval(() => {
        if (dialog.dataset.ended || document.hidden) return;
        check().catch(() => {});
    }, A_MINUTE);
    setInterval(resume, SOON);
    window.addEventListener("focus", resume);
    ask("GET").then(({ user }) => (opener = user), () => {});
}

function renew(token) {
    wagtailConfig.CSRF_TOKEN = token;
    for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
}

/** Let the form no longer save itself until somebody goes on with it; resolve when the save under way has been answered. */
async function stopSaving(form) {
    if (form.dataset.wAutosaveActiveValue !== "false") {
        form.dataset.wAutosaveActiveValue = "false";
        const stopped = new AbortController();
        const goOn = ({ isTrusted }) => {
            if (!isTrusted) return;
            form.dataset.wAutosaveActiveValue = "true";
            stopped.abort();
        };
        // The page is still there, or again: sending was stopped or refused, or somebody came back to it.
        for (const type of ["pointerdown", "keydown", "pageshow"]) {
            window.addEventListener(type, goOn, { capture: true, signal: stopped.signal });
        }
    }
    await Promise.race([autosave(form)?.submitPromise, new Promise((done) => setTimeout(done, PATIENCE))]);
}

function autosave(form) {
    return wagtail.app.getControllerForElementAndIdentifier(form, "w-autosave");
}

function notice() {
    const dialog = document.createElement("dialog");
    dialog.className = "session-ended";
    dialog.setAttribute("aria-labelledby", "session-ended-title");
    const title = Object.assign(document.createElement("h2"), { id: "session-ended-title", textContent: words.title });
    const text = document.createElement("p");
    const link = Object.assign(document.createElement("a"), { href: words.login, target: "_blank", className: "button" });
    link.textContent = words.link;
    const close = Object.assign(document.createElement("button"), { type: "button", className: "button button-secondary" });
    close.textContent = words.close;
    close.addEventListener("click", () => dialog.close());
    dialog.append(title, text, link, " ", close);
    document.body.append(dialog);
    return dialog;
}

const form = document.querySelector("[data-edit-form]");
if (form) watch(form);
