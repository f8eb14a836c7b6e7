/* Shows the connections of one tool in the diagram of all: of the one under the pointer, or with the focus. */

/** @param {HTMLElement} figure */
export function start(figure) {
  const parts = Array.from(figure.querySelectorAll("[data-node], [data-ends]"));
  const ends = (/** @type {Element} */ part) => part.getAttribute("data-ends")?.split(" ") ?? [];

  /** @param {Event} event */
  function show({ target }) {
    const node = target instanceof Element ? target.closest("[data-node]")?.getAttribute("data-node") : undefined;
    if (!node) return hide();
    const near = new Set([node, ...parts.map(ends).filter((pair) => pair.includes(node)).flat()]);
    figure.classList.add("hb-net--chosen");
    for (const part of parts) {
      const own = part.getAttribute("data-node");
      part.classList.toggle("hb-net__on", own ? near.has(own) : ends(part).includes(node));
    }
  }

  function hide() {
    figure.classList.remove("hb-net--chosen");
  }

  figure.addEventListener("pointerover", show);
  figure.addEventListener("pointerleave", hide);
  figure.addEventListener("focusin", show);
  figure.addEventListener("focusout", hide);
}
