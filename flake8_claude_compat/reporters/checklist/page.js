"use strict";
(function () {
  const form = document.querySelector(".filters");
  const said = form.querySelector("output");
  const search = form.elements.text;
  const folder = form.elements.folder;
  const texts = new Map();
  for (const item of document.querySelectorAll("[data-find]")) {
    texts.set(item, item.textContent.toLowerCase());
  }
  const lines = document.querySelectorAll(".line").length;

  function apply() {
    const wanted = new Set([...form.querySelectorAll("[name=status]:checked")].map((box) => box.value));
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const chosen = folder ? folder.value : "";
    let shown = 0;
    for (const [item, text] of texts) {
      let visible = words.every((word) => text.includes(word));
      if (item.dataset.status) visible = visible && wanted.has(item.dataset.status);
      if (chosen && item.dataset.folder) visible = visible && item.dataset.folder === chosen;
      const files = item.querySelectorAll(".files [data-folder]");
      let inside = 0;
      for (const file of files) {
        file.hidden = Boolean(chosen) && file.dataset.folder !== chosen;
        inside += file.hidden ? 0 : 1;
      }
      if (chosen && item.dataset.status) visible = visible && inside > 0;
      item.hidden = !visible;
      if (visible && item.dataset.status) shown += 1;
    }
    said.textContent = shown === lines ? "" : shown + " of " + lines + " lines shown";
  }

  form.hidden = false;
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply));
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input[type=search], select, textarea");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      search.focus();
    } else if (event.key === "Escape" && event.target === search) {
      search.value = "";
      apply();
    }
  });
  let closed = [];
  window.addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("details:not([open])")];
    closed.forEach((one) => { one.open = true; });
  });
  window.addEventListener("afterprint", () => closed.forEach((one) => { one.open = false; }));
}());
