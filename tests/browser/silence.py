"""What a page does beyond being shown: requests to others, cookies, words in the console, inline scripts and styles."""

INLINE = """() => [...document.querySelectorAll('*')].flatMap((node) => {
  const data = node.matches('script[src], script[type="application/ld+json"]');
  const handlers = node.getAttributeNames().filter((name) => name.startsWith('on') || name === 'style');
  return handlers.length || (node.matches('script, style') && !data) ? [node.outerHTML.slice(0, 120)] : [];
})"""
KEPT = "() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)]"


class Witness:
    """Hears everything that a tab does from now on."""

    def __init__(self, page, site):
        self.page, self.site = page, site
        self.lines = []
        page.on("request", self.requested)
        page.on("response", self.answered)
        page.on("console", lambda message: self.lines.append(f"the console says: {message.text}"))
        page.on("pageerror", lambda error: self.lines.append(f"a script fails: {error}"))

    def requested(self, request):
        if not request.url.startswith((f"{self.site}/", "data:")):
            self.lines.append(f"{request.url} is asked for")

    def answered(self, response):
        # The browser reports as an error in the console that the page itself is a 404 or 500, which it is to be.
        if response.request.is_navigation_request() and response.status >= 400:
            self.page.once("console", lambda message: self.lines.remove(f"the console says: {message.text}"))

    def findings(self):
        """Return all that was noticed and what is found on the page shown now, a line a finding, and begin anew."""
        page = self.page
        page.wait_for_load_state("networkidle")
        lines = [*self.lines, *(f"inline: {html}" for html in page.evaluate(INLINE))]
        lines += [f"a cookie is set: {cookie['name']}" for cookie in page.context.cookies()]
        lines += [f"the browser keeps: {key}" for key in page.evaluate(KEPT)]
        self.lines = []
        return lines
