/* Published versions: the version picker and the notice on a version that isn't the latest open the same page in another
   version, or the nearest existing page above it. */

(function () {
  "use strict";

  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const base = new URL("../../", script.src);
  const here = base.pathname.split("/").at(-2) ?? "";

  /** @param {URL} url */
  async function there(url) {
    try {
      return (await fetch(url, { method: "HEAD" })).ok;
    } catch {
      return false;
    }
  }

  /** Returns the matching page in the version at `root`. @param {URL} root */
  async function counterpart(root) {
    const page = location.pathname.slice(base.pathname.length);
    if (await there(new URL(page, root))) return new URL(page + location.hash, root).href;
    const folders = page.split("/").slice(0, page.endsWith("/") ? -2 : -1);
    for (; folders.length; folders.pop()) {
      const above = new URL(folders.join("/") + "/", root);
      if (await there(above)) return above.href;
    }
    return root.href;
  }

  /** @param {MouseEvent} event @param {URL} root */
  function go(event, root) {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    counterpart(root).then((url) => location.assign(url));
  }

  /* The theme's picker knows the pages of another version only if the site knows its own URL. */
  document.addEventListener(
    "click",
    (event) => {
      const link = event.target instanceof Element && event.target.closest(".md-version a");
      if (link instanceof HTMLAnchorElement) go(event, new URL(link.href));
    },
    true,
  );

  /* Before the first version, pages had addresses without one. Hosts show the page for missing pages there. */
  async function forward() {
    const top = new URL("../", base).pathname;
    if (location.pathname.startsWith(base.pathname) || !location.pathname.startsWith(top)) return;
    const page = new URL(location.pathname.slice(top.length), base);
    if (await there(page)) location.replace(page.href + location.search + location.hash);
  }

  async function tell() {
    /** @type {{version: string, title: string, aliases: string[]}[]} */
    const versions = await (await fetch(new URL("../versions.json", base))).json();
    const mine = versions.find((each) => each.version === here || each.aliases.includes(here));
    const latest = versions.find((each) => each.aliases.includes("latest"));
    if (!mine) return;
    /** @type {typeof import("./language.js")} */
    const { _ } = await import(new URL("language.js", script.src).href);
    document.querySelector(".hb-foot__edition")?.prepend(`${_("Version %(version)s", { version: mine.title })} · `);
    if (!latest || mine === latest) return;
    const root = new URL("../latest/", base);
    const note = document.createElement("aside");
    note.className = "hb-version";
    const link = document.createElement("a");
    link.href = root.href;
    link.textContent = _("View this page in the latest version (%(version)s)", { version: latest.title });
    link.addEventListener("click", (event) => go(event, root));
    const about =
      mine.version === "main"
        ? _("This page is not released yet.")
        : _("This is version %(version)s, which is no longer maintained.", { version: mine.title });
    note.append(about, " ", link, ".");
    document.querySelector(".md-container, body")?.prepend(note);
    link.href = await counterpart(root);
  }

  for (const step of [forward, tell])
    step().catch(() => {
      /* Without the list of versions, the page has no notice. */
    });
})();
