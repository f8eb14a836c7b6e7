/* Part of each page that `handbook serve` shows: loads the page again once it has changed, with the place of the reader
   and everything that was open, and shows what is wrong in the sources. */

(() => {
  "use strict";

  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const { version, events, title: heading = "", close: closing = "" } = script.dataset;
  const KEPT = "handbook:live";
  const CLOSED = "handbook:live:closed";
  const OPEN = ["details", "input", "select", "textarea"].map((name) => `article ${name}`).join();

  /** @type {EventSource | undefined} */
  let source;
  let path = location.pathname;
  /** The version that the page shows; unknown after instant navigation, until the first event. */
  let shown = version;
  /** What the reader has closed. It comes back once something else is wrong. */
  let closed = "";

  /** Everything on the page that readers open or fill in, by a name that is the same after a change. */
  function widgets() {
    /** @type {Map<string, HTMLElement>} */
    const found = new Map();
    for (const element of /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll(OPEN))) {
      if (element.type === "file" || element.type === "password") continue;
      const summary = element.querySelector("summary")?.textContent?.trim();
      const name = element.id || element.name || element.ariaLabel || summary || "";
      const key = `${element.localName} ${element.type ?? ""} ${name} ${element.name ? element.value : ""}`;
      const base = /^(checkbox|radio)$/.test(element.type ?? "") ? key : `${element.localName} ${name}`;
      let number = 0;
      while (found.has(`${base} ${number}`)) number += 1;
      found.set(`${base} ${number}`, element);
    }
    return found;
  }

  /** @param {any} element @returns {string | boolean} */
  function state(element) {
    if (element.localName === "details") return element.open;
    return /^(checkbox|radio)$/.test(element.type) ? element.checked : element.value;
  }

  /** @param {any} element @param {string | boolean} value */
  function restore(element, value) {
    if (element.localName === "details") element.open = value;
    else if (typeof value === "boolean") element.checked = value;
    else element.value = value;
    for (const name of element.localName === "details" ? [] : ["input", "change"]) {
      element.dispatchEvent(new Event(name, { bubbles: true }));
    }
  }

  function reload() {
    const states = [...widgets()].map(([name, element]) => [name, state(element)]);
    const kept = { path, top: scrollY, focus: document.activeElement?.id, states };
    try {
      sessionStorage.setItem(KEPT, JSON.stringify(kept));
    } catch {
      // Without storage, the page opens as it is at first.
    }
    location.reload();
  }

  function bringBack() {
    const text = sessionStorage.getItem(KEPT);
    if (!text) return;
    sessionStorage.removeItem(KEPT);
    const kept = JSON.parse(text);
    if (kept.path !== path) return;
    /** @param {boolean} isReady Whether the tools of the page have started. Some fill in fields as they start. */
    const restoreAll = (isReady) => {
      const found = widgets();
      for (const [name, value] of kept.states) {
        const element = found.get(name);
        const isIn = element?.localName === "details" || isReady;
        if (element && isIn && state(element) !== value) restore(element, value);
      }
      if (isReady && kept.focus) document.getElementById(kept.focus)?.focus({ preventScroll: true });
      scrollTo({ top: kept.top, behavior: "instant" });
    };
    /** @param {number} tries How many times to wait for the tools. */
    const wait = (tries) => {
      if (tries && document.querySelector("[data-hb]:not([data-hb-tool=started])")) setTimeout(wait, 20, tries - 1);
      else restoreAll(true);
    };
    restoreAll(false);
    wait(100);
  }

  /** @param {string} problems */
  function say(problems) {
    document.querySelector("hb-problems")?.remove();
    if (closed && problems !== closed) keepClosed("");
    if (!problems || problems === closed) return;
    const host = document.createElement("hb-problems");
    const root = host.attachShadow({ mode: "open" });
    const style = document.createElement("style");
    style.textContent = `
      section { position: fixed; z-index: 9; inset: auto 0 0; max-height: 40vh; overflow: auto; padding: 12px 16px;
        border-top: 3px solid #c62828; background: var(--md-default-bg-color, Canvas);
        color: var(--md-default-fg-color, CanvasText); font: 14px/1.5 var(--md-text-font-family, sans-serif); }
      header { display: flex; gap: 16px; justify-content: space-between; align-items: start; margin-bottom: 8px; }
      h2 { margin: 4px 0 0; font-size: 16px; line-height: 24px; }
      button { flex: none; min-width: 44px; min-height: 32px; padding: 0 12px; border: 1px solid; border-radius: 6px;
        background: none; color: inherit; font: inherit; cursor: pointer; }
      button:hover { background: color-mix(in srgb, currentColor 8%, transparent); }
      pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; font: 13px/1.5 var(--md-code-font-family, monospace); }
      @media print { section { display: none; } }`;
    const section = document.createElement("section");
    section.setAttribute("role", "alert");
    const title = document.createElement("h2");
    title.textContent = heading;
    const text = document.createElement("pre");
    text.textContent = problems;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = closing;
    button.addEventListener("click", () => close(problems));
    const head = document.createElement("header");
    head.append(title, button);
    section.append(head, text);
    host.dataset.problems = problems;
    root.append(style, section);
    document.body.append(host);
  }

  /** @param {string} problems */
  function close(problems) {
    keepClosed(problems);
    document.querySelector("hb-problems")?.remove();
  }

  /** @param {string} problems */
  function keepClosed(problems) {
    closed = problems;
    try {
      sessionStorage.setItem(CLOSED, problems);
    } catch {
      // Without storage, it is closed on this page only.
    }
  }

  /** @param {KeyboardEvent} event */
  function pressed(event) {
    /** @type {HTMLElement | null} */
    const host = document.querySelector("hb-problems");
    // What is open above it is closed first.
    if (event.key === "Escape" && host && !event.defaultPrevented && !document.querySelector("dialog[open]")) close(host.dataset.problems ?? "");
  }

  function listen() {
    source?.close();
    if (document.visibilityState !== "visible") return;
    source = new EventSource(`${events}?page=${encodeURIComponent(path)}`);
    source.onmessage = ({ data }) => {
      const said = JSON.parse(data);
      shown ??= said.version;
      if (said.version === shown) say(said.problems);
      else reload();
    };
  }

  document.addEventListener("visibilitychange", listen);
  document.addEventListener("keydown", pressed);
  addEventListener("pagehide", () => source?.close());
  addEventListener("pageshow", ({ persisted }) => persisted && listen());
  // With instant navigation, the theme replaces the page without loading the script again.
  /** @type {any} */ (window).document$?.subscribe(() => {
    if (path === location.pathname) return;
    path = location.pathname;
    shown = undefined;
    listen();
  });
  try {
    closed = sessionStorage.getItem(CLOSED) ?? "";
    bringBack();
  } catch {
    // Without storage, the page opens as it is at first.
  }
  listen();
})();
