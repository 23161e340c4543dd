/* A link to a page that is put where nothing is marked gets the page's heading as its words. Wagtail takes the page's title, which
   is in the site's first language whatever text the link stands in; the list of pages has the heading of whoever reads it, too. */

export function watchLinks() {
    document.addEventListener("click", ({ target }) => {
        const page = target.closest(".choose-page[data-admin-title]");
        if (page) page.dataset.title = page.dataset.adminTitle;
    }, { capture: true }); // before the list hands over what it knows
}
