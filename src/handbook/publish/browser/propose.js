/* Makes a link to a file of the sources, or a button where they have no address, open the form that proposes a change.
   Without it, the link stays, and the button is hidden. */

/** @param {HTMLElement} link */
export function start(link) {
  link.hidden = false;
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button) return;
    event.preventDefault();
    open(link);
  });
  for (const event of ["pointerenter", "focus"]) link.addEventListener(event, () => import("./form.js"), { once: true });
  // A page that is loaded again while the form is open, or a link to the form.
  if (location.hash === "#propose") open(link);
}

/** @param {HTMLElement} link */
async function open(link) {
  const { openForm } = await import("./form.js");
  const { hbKind = "", hbId, hbTitle = "" } = link.dataset;
  await openForm({ kind: hbKind, id: hbId, title: hbTitle, href: link instanceof HTMLAnchorElement ? link.href : "" });
}
