/* The button that opens the drawer works with the keyboard, and Escape closes the drawer. Without this, a label does. */

/** @param {HTMLElement} label */
export function start(label) {
  const drawer = document.querySelector("[data-md-toggle=drawer]");
  if (!(drawer instanceof HTMLInputElement)) return;
  const tell = () => label.setAttribute("aria-expanded", String(drawer.checked));
  const turn = () => drawer.click();
  label.tabIndex = 0;
  label.setAttribute("role", "button");
  label.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    // The theme clicks a label on Enter, too.
    event.stopPropagation();
    turn();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !drawer.checked) return;
    turn();
    label.focus();
  });
  drawer.addEventListener("change", tell);
  tell();
}
