/* Starts the tools of a page. An element names its module: `table.js` starts `data-hb="table"`. Every page is
   complete without these tools. */

/** @param {HTMLElement} element */
async function start(element) {
  element.dataset.hbTool = "starting";
  const tool = await import(`./${element.dataset.hb}.js`);
  await tool.start(element);
  element.dataset.hbTool = "started";
}

function startAll() {
  for (const element of document.querySelectorAll("[data-hb]:not([data-hb-tool])")) {
    start(/** @type {HTMLElement} */ (element));
  }
  // Within a heading, screen readers would read the sign as part of it. The table of contents links to sections, too.
  for (const link of document.querySelectorAll(".headerlink")) {
    link.setAttribute("aria-hidden", "true");
    link.setAttribute("tabindex", "-1");
  }
  if (document.querySelector(".hb-term")) import("./terms.js");
  if (document.querySelector("article :is(pre, table:not([class]))")) import("./theme_parts.js").then(({ complete }) => complete());
}

/* With instant navigation, the theme replaces the page without a reload and emits an event here. */
const replaced = /** @type {any} */ (window).document$;
if (replaced) replaced.subscribe(startAll);
else startAll();
