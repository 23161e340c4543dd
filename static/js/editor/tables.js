/* Tables: a column is added to every row at once, a new row has a cell for each column, and cells of a spreadsheet may be pasted. */

import { columnOf, fieldOf, languageOf } from "./texts.js";
import { piece, say, word } from "./words.js";

const LIST = ":scope [data-streamfield-list-container]";
const MAX_CELLS = 200; // cells pasted at once

const listIn = (root, name) => root.querySelector(`[data-contentpath=${name}]`)?.querySelector(LIST);
const itemsOf = (list) => [...list.children].filter((one) => one.matches("[data-streamfield-child]") && !isDeleted(one));
const isDeleted = (item) => item.querySelector(":scope > input[name$='-deleted']")?.value === "1";
const addTo = (list) => [...list.children].filter((one) => one.matches("[data-streamfield-list-add]")).at(-1)?.click();
const cellsOf = (row) => listIn(row, "cells");

export function watchTables(form, bar) {
    form.addEventListener("click", ({ target }) => {
        const table = target.closest("[data-table]");
        if (table && target.closest("[data-add-column]")) widen(table, itemsOf(listIn(table, "columns")).length + 1);
        else if (table && target.closest("[data-streamfield-list-add]")) widen(table, itemsOf(listIn(table, "columns")).length);
    });
    form.addEventListener("paste", (event) => {
        const table = event.target.closest("[data-table]");
        const rows = lines(event.clipboardData?.getData("text/plain") ?? "");
        if (!table || !columnOf(event.target) || !rows.some((row) => row.length > 1)) return;
        const places = grid(table);
        const at = placeIn(places, event.target);
        if (!at || rows.length * Math.max(...rows.map((row) => row.length)) > MAX_CELLS) return;
        event.preventDefault();
        fill(table, rows, at, languageOf(columnOf(event.target)));
        say(bar, word(bar, "filled").replace("{rows}", rows.length).replace("{columns}", Math.max(...rows.map((row) => row.length))));
    });
}

/** Give a form's tables, also those that are added later, the button that adds a column. */
export function completeTables(form, bar) {
    if (bar.dataset.limit !== undefined) return; // whoever only writes texts adds none
    for (const table of form.querySelectorAll("[data-table]:not(:has([data-add-column]))")) {
        table.querySelector("[data-contentpath=columns]")?.append(piece(bar, "column"));
    }
}

let isWidening = false; // what `widen` presses itself is not pressed by anybody

/** Give a table this many columns and every row as many cells; what there is more of stays. */
function widen(table, width) {
    if (isWidening) return;
    isWidening = true;
    const columns = listIn(table, "columns");
    for (const list of [columns, ...itemsOf(listIn(table, "rows")).map(cellsOf)]) {
        for (let missing = width - itemsOf(list).length; missing > 0; missing -= 1) addTo(list);
    }
    isWidening = false;
}

/** Return the lists of what stands in a table: of its headers, and of the cells of each row. */
function grid(table) {
    return [listIn(table, "columns"), ...itemsOf(listIn(table, "rows")).map(cellsOf)].map(itemsOf);
}

function placeIn(places, field) {
    for (const [row, items] of places.entries()) {
        const column = items.findIndex((item) => item.contains(field));
        if (column >= 0) return { row, column };
    }
    return null;
}

function fill(table, rows, at, language) {
    const rowList = listIn(table, "rows");
    for (let missing = at.row + rows.length - 1 - itemsOf(rowList).length; missing > 0; missing -= 1) addTo(rowList);
    widen(table, Math.max(grid(table)[0].length, ...rows.map((row) => at.column + row.length)));
    const places = grid(table);
    for (const [down, texts] of rows.entries()) {
        for (const [right, text] of texts.entries()) {
            const item = places[at.row + down][at.column + right];
            const field = fieldOf(item.querySelector(`[data-translated] > [data-contentpath=${language}]`));
            field.value = text;
            field.dispatchEvent(new Event("input", { bubbles: true }));
        }
    }
}

/** Return the cells of rows as spreadsheets write them: tabs between cells, and quotes around those that hold line breaks. */
export function lines(text) {
    const rows = [[""]];
    for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"(?=[\t\r\n]|$)|([^\t\r\n]*))(\t|\r?\n|$)/g)) {
        rows.at(-1)[rows.at(-1).length - 1] = (quoted?.replaceAll('""', '"') ?? plain).replace(/\s*\n\s*/g, " ").trim();
        if (end === "\t") rows.at(-1).push("");
        else if (end) rows.push([""]);
        else break;
    }
    return rows.filter((row) => row.some((cell) => cell));
}
