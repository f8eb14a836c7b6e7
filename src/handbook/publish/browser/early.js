/* Runs before all scripts of the theme. */

(function () {
  "use strict";

  /* A browser can block storage for a site by raising an error on access. The theme reads its colours from storage
     and would fail, so a substitute stores values while the page is open. */
  try {
    window.localStorage.getItem("");
  } catch {
    /** @type {Map<string, string>} */
    const kept = new Map();
    const substitute = {
      getItem: (/** @type {string} */ key) => kept.get(key) ?? null,
      setItem: (/** @type {string} */ key, /** @type {string} */ value) => void kept.set(key, String(value)),
      removeItem: (/** @type {string} */ key) => void kept.delete(key),
      forgets: true,
    };
    for (const name of ["localStorage", "sessionStorage"]) {
      Object.defineProperty(window, name, { configurable: true, value: substitute });
    }
  }

  /* The theme stores the colours of the first visit like a choice, and goes back to them when the system changes. Until
     readers choose, they follow the system; then, their choice stays. */
  const root = new URL("../..", /** @type {HTMLScriptElement} */ (document.currentScript).src).pathname;
  const stored = `${root}.__palette`;
  const chosen = `${root}.handbook-palette`;
  const palette = localStorage.getItem(chosen) ? null : JSON.parse(localStorage.getItem(stored) ?? "null");
  if (palette && !matchMedia(palette.color.media).matches) localStorage.removeItem(stored);
  document.addEventListener("change", ({ target }) => {
    if (target instanceof HTMLInputElement && target.name === "__palette") localStorage.setItem(chosen, target.id);
  });
  const follow = () => {
    const choice = localStorage.getItem(chosen);
    /** @type {NodeListOf<HTMLInputElement>} */
    const inputs = document.querySelectorAll("input[name=__palette]");
    const fits = (/** @type {HTMLInputElement} */ { id, dataset }) => (choice ? id === choice : matchMedia(dataset.mdColorMedia ?? "").matches);
    const input = [...inputs].find(fits);
    if (!input) return;
    input.checked = true;
    input.dispatchEvent(new Event("change"));
  };
  matchMedia("(prefers-color-scheme: light)").addEventListener("change", () => setTimeout(follow));

  /* The theme takes each alternate for a language, and asks for a sitemap next to it. The Markdown version has none. */
  document.addEventListener("DOMContentLoaded", () => {
    for (const link of document.querySelectorAll("link[rel=alternate][type='text/markdown']")) /** @type {HTMLLinkElement} */ (link).relList.add("bookmark");
  });

  /* From a folder, browsers list the files of a folder instead of its page, and load no modules: links get the name of the
     page, and the reader is told. */
  const note = document.currentScript?.dataset.folder;
  if (location.protocol === "file:" && note) {
    for (const event of ["click", "auxclick", "contextmenu"]) {
      document.addEventListener(
        event,
        ({ target }) => {
          const link = target instanceof Element && target.closest("a[href]");
          if (link instanceof HTMLAnchorElement && link.protocol === "file:" && link.pathname.endsWith("/")) {
            link.pathname += "index.html";
          }
        },
        { capture: true },
      );
    }
    document.addEventListener("DOMContentLoaded", () => {
      const aside = document.createElement("aside");
      aside.className = "hb-version";
      aside.textContent = note;
      document.querySelector(".md-container, body")?.prepend(aside);
    });
  }
})();
