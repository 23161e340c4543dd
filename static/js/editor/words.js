/* Words and pieces of the page that the server wrote, in the language of whoever edits. */

export const word = (bar, name) =>
    bar.querySelector("[data-template=words]").content.querySelector(`[data-word=${name}]`).textContent;

export const piece = (bar, name) =>
    bar.querySelector(`[data-template=${name}]`).content.firstElementChild.cloneNode(true);

/** Say something in the bar, to eyes and to screen readers. */
export function say(bar, text) {
    bar.querySelector("[data-said]").textContent = text;
}
