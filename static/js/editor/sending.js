/* What the editor sends to the server besides the form itself. */

/** Send a body by POST, as a form of the admin would; return the promise of the answer. */
export function post(url, body) {
    const { CSRF_HEADER_NAME, CSRF_TOKEN } = JSON.parse(document.getElementById("wagtail-config").textContent);
    return fetch(url, { method: "POST", body, headers: { [CSRF_HEADER_NAME]: CSRF_TOKEN } });
}
