/* An editable combobox. Without it the form simply asks. */

const input = document.querySelector("[data-suggestions]");
const createElement = (name, properties) => Object.assign(document.createElement(name), properties);
const list = createElement("ul", { id: "suggestions", className: "suggestions", role: "listbox", ariaLabel: input.dataset.label });
const status = createElement("p", { role: "status" });
let options = [];
let active = -1;
let timer;
let latest = 0; // older answers come too late

function mark(place) {
    active = place;
    options.forEach((option, at) => option.setAttribute("aria-selected", at === place));
    if (place < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", options[place].id);
    options[place].scrollIntoView({ block: "nearest" });
}

function open(isOpen) {
    list.hidden = !isOpen;
    input.setAttribute("aria-expanded", isOpen);
    mark(-1);
}

function close() {
    clearTimeout(timer);
    latest += 1;
    status.textContent = "";
    open(false);
}

function choose(text, { pathname, search }) {
    close();
    if (!search) return location.assign(pathname); // a page
    input.value = text;
    input.form.requestSubmit();
}

function show([, texts, sections, urls]) {
    const { none, one, many } = input.dataset;
    options = texts.map((text, at) => {
        const option = createElement("li", { id: `suggestion-${at}`, role: "option", textContent: text });
        if (sections[at]) option.append(" ", createElement("small", { textContent: sections[at] }));
        option.onclick = () => choose(text, new URL(urls[at]));
        return option;
    });
    list.replaceChildren(...options);
    open(options.length > 0);
    status.textContent = [none, one][options.length] ?? many.replace("2", options.length);
}

async function ask() {
    const own = ++latest;
    try {
        const answer = await (await fetch(`${input.dataset.suggestions}?q=${encodeURIComponent(input.value)}`)).json();
        if (own === latest) show(answer);
    } catch {
        if (own === latest) close();
    }
}

const step = (by) => {
    if (!options.length) return false;
    const from = list.hidden ? -1 : active;
    open(true);
    mark(from < 0 && by < 0 ? options.length - 1 : (from + by + options.length) % options.length);
    return true;
};
const back = () => mark(-1); // to the cursor in the text
const keys = {
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    Home: back,
    End: back,
    ArrowLeft: back,
    ArrowRight: back,
    Enter: () => active >= 0 && (options[active].click(), true),
    Escape: () => !list.hidden && (close(), true),
};

input.type = "text"; // a field of search has a role of its own, and loses its text to the Escape key
input.setAttribute("role", "combobox");
input.setAttribute("aria-autocomplete", "list");
input.setAttribute("aria-controls", list.id);
input.after(list, status);
open(false);
list.onmousedown = (event) => event.preventDefault(); // the field keeps the focus
input.onblur = close;
input.oninput = () => {
    clearTimeout(timer);
    latest += 1;
    mark(-1);
    options = [];
    if (input.value.trim()) timer = setTimeout(ask, 200);
    else close();
};
input.onkeydown = (event) => {
    if (!event.isComposing && keys[event.key]?.()) event.preventDefault();
};
