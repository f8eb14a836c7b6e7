/* A button that prints the page. */

/** @param {HTMLElement} button */
export function start(button) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
