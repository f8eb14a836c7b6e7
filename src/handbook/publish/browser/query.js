/* The values of a query: what a reader enters is in the text that is copied. `query_text.js` has the logic. */

import { _ } from "./language.js";
import { filled, literal, unquoted } from "./query_text.js";

/** @typedef {import("./query_text.js").Type} Type */

/** @param {HTMLElement} box */
export function start(box) {
  const code = document.getElementById(box.dataset.of ?? "")?.querySelector("code");
  if (!code) return;
  const sql = code.textContent ?? "";
  const fields = Array.from(box.querySelectorAll("input"));
  const left = box.querySelector("output");

  function show() {
    /** @type {Record<string, string>} */
    const values = {};
    for (const field of fields) {
      const { text, problem } = literal(/** @type {Type} */ (field.dataset.type), field.value);
      values[field.name] = text;
      field.toggleAttribute("aria-invalid", false);
      if (problem) field.setAttribute("aria-invalid", "true");
      const told = document.getElementById(field.getAttribute("aria-describedby")?.split(" ").at(-1) ?? "");
      if (told) told.textContent = problem;
    }
    if (code) code.textContent = filled(sql, values);
    const missing = fields.filter(({ name }) => !values[name]).map(({ name }) => `:${name}`);
    if (left) left.textContent = missing.length ? _("Still to fill in: %(names)s", { names: missing.join(", ") }) : _("All values are filled in.");
  }

  for (const field of fields) {
    if (field.type !== "date" && field.dataset.example) field.placeholder = unquoted(field.dataset.example);
    field.addEventListener("input", show);
  }
  show();
}
