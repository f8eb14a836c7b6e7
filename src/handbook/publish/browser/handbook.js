/* What the handbook's pages do beyond showing text: filter tables, remember ticks, copy templates.
   Every page reads well without it. */

(function () {
  "use strict";

  /* Tables with many rows: a search field, and a choice for each column of fixed values. */
  function filterTable(box) {
    const rows = Array.from(box.querySelectorAll("tbody tr"));
    const tools = document.createElement("div");
    tools.className = "hb-table__tools";
    const search = document.createElement("input");
    search.type = "search";
    search.placeholder = "Filter this table";
    search.setAttribute("aria-label", "Filter this table");
    const found = document.createElement("output");
    found.setAttribute("aria-live", "polite");
    tools.append(search);
    const choices = [];
    box.querySelectorAll("thead th").forEach((head, column) => {
      if (!head.hasAttribute("data-hb-choices")) return;
      const values = Array.from(new Set(rows.map((row) => row.cells[column].textContent.trim()))).filter(Boolean);
      const select = document.createElement("select");
      const title = head.textContent.trim();
      select.setAttribute("aria-label", title);
      select.add(new Option(title + ": all", ""));
      values.sort().forEach((value) => select.add(new Option(value, value)));
      choices.push([select, column]);
      tools.append(select);
    });
    tools.append(found);

    function apply() {
      const words = search.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const row of rows) {
        const text = row.textContent.toLocaleLowerCase();
        const fits =
          words.every((word) => text.includes(word)) &&
          choices.every(([select, column]) => !select.value || row.cells[column].textContent.trim() === select.value);
        row.hidden = !fits;
        shown += fits;
      }
      found.textContent = shown === rows.length ? "" : shown + " of " + rows.length;
    }

    tools.addEventListener("input", apply);
    box.prepend(tools);
  }

  /* Checklists: ticks stay in this browser, under the address of the page. */
  function rememberTicks(article) {
    const boxes = Array.from(article.querySelectorAll(".hb-checks input"));
    if (!boxes.length) return;
    const key = "handbook:" + location.pathname;
    let ticked;
    try {
      ticked = new Set(JSON.parse(localStorage.getItem(key) || "[]"));
    } catch {
      ticked = new Set();
    }
    const count = document.createElement("p");
    count.className = "hb-checks__count";
    count.setAttribute("aria-live", "polite");
    const lists = article.querySelectorAll(".hb-checks");
    lists[lists.length - 1].after(count);

    function tell() {
      const number = boxes.filter((box) => box.checked).length;
      count.textContent = number + " of " + boxes.length + " ticked, kept in this browser";
      count.hidden = number === 0;
    }

    for (const box of boxes) {
      const id = box.closest("li").id;
      box.checked = ticked.has(id);
      box.addEventListener("change", () => {
        if (box.checked) ticked.add(id);
        else ticked.delete(id);
        try {
          localStorage.setItem(key, JSON.stringify(Array.from(ticked)));
        } catch {
          /* A browser that keeps nothing still ticks. */
        }
        tell();
      });
    }
    tell();
  }

  /* Texts to copy: one button for the whole of it. */
  function addCopyButton(box) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "hb-copy__button";
    button.textContent = "Copy";
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(box.querySelector("code").textContent);
      button.textContent = "Copied";
      setTimeout(() => (button.textContent = "Copy"), 2000);
    });
    box.append(button);
  }

  function start() {
    const article = document.querySelector("article");
    if (!article || article.dataset.hbReady) return;
    article.dataset.hbReady = "yes";
    article.querySelectorAll("[data-hb-filter]").forEach(filterTable);
    article.querySelectorAll(".hb-copy").forEach(addCopyButton);
    rememberTicks(article);
  }

  /* The theme replaces the page without a reload when instant navigation is on, and then says so. */
  if (typeof document$ !== "undefined") document$.subscribe(start);
  else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
