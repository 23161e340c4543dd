/* Lines of a PDF break words at their ends: whoever pastes them is offered to join them, and nothing is joined without being asked. */

import { editorOf } from "./texts.js";
import { piece, say, word } from "./words.js";

const BROKEN = /(\p{L})[-\u00ad\u2010]\s*\r?\n\s*(?=\p{Ll})/gu;
const PLAIN = "textarea, input[type=text]";

export function watchPasting(form, bar) {
    form.addEventListener("paste", ({ target, clipboardData }) => {
        const pasted = clipboardData?.getData("text/plain") ?? "";
        if (pasted.search(BROKEN) < 0) return;
        const field = target.matches(PLAIN) ? plain(target) : richText(target);
        if (field) setTimeout(() => offer(field, bar, joinedLines(pasted))); // when it stands in the field
    }, { capture: true }); // before editors of rich text take it
}

/** Return a text with broken words whole again and its lines joined; empty lines go on parting paragraphs. */
export function joinedLines(text) {
    const paragraphs = text.replace(BROKEN, "$1").trimEnd().split(/\r?\n\s*\r?\n/);
    return paragraphs.map((one) => one.replace(/\s*\n\s*/g, " ")).join("\n\n");
}

function offer(field, bar, text) {
    const versions = { true: field.joined(text), false: field.pasted() };
    const note = piece(bar, "broken");
    const button = note.querySelector("button");
    button.addEventListener("click", () => {
        const isJoined = button.getAttribute("aria-pressed") !== "true";
        button.setAttribute("aria-pressed", String(isJoined));
        button.textContent = word(bar, isJoined ? "part" : "join");
        field.put(versions[isJoined]);
    });
    field.place.parentElement.querySelector(":scope > [data-broken-lines]")?.remove();
    field.place.after(note);
    // Whoever writes on decides about the text alone.
    field.place.addEventListener("beforeinput", ({ isTrusted }) => isTrusted && note.remove());
    say(bar, note.querySelector("[data-says]").textContent);
}

/* What can be done with a field: made before the pasted text stands in it. */

function plain(field) {
    const { value, selectionStart, selectionEnd } = field;
    return {
        place: field,
        pasted: () => field.value,
        joined: (text) => value.slice(0, selectionStart) + text + value.slice(selectionEnd),
        put(text) {
            field.value = text;
            field.dispatchEvent(new Event("input", { bubbles: true }));
        },
    };
}

function richText(target) {
    const editor = editorOf(target);
    if (!editor) return null;
    const { ContentState, EditorState, Modifier } = window.DraftJS;
    const before = editor.getEditorState();
    return {
        place: target.closest("[data-draftail-editor-wrapper]"),
        pasted: () => editor.getEditorState().getCurrentContent(),
        joined(text) {
            const paragraphs = ContentState.createFromText(text, "\n\n").getBlockMap();
            return Modifier.replaceWithFragment(before.getCurrentContent(), before.getSelection(), paragraphs);
        },
        put(content) {
            editor.onChange(EditorState.push(editor.getEditorState(), content, "insert-fragment"));
        },
    };
}
