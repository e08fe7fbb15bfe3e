// Comfort for the door for a patient. Everything also works without it: the form is a plain form.
"use strict";
(() => {
  // what needs a script is shown only where there is one
  document.documentElement.classList.add("has-script");
  document.addEventListener("click", (event) => { if (event.target.closest?.("[data-print]")) window.print(); });
  const byId = (id) => document.getElementById(id);
  if (!window.htmx) return;
  const form = () => document.querySelector("form.work");
  // what somebody opened stays open while the answer changes under it
  htmx.config.morphIgnore = [...(htmx.config.morphIgnore || []), "open"];

  // ---- names to pick from while typing (a combobox with a listbox)
  let asking = null, waiting = 0, at = -1;
  const add = () => byId("add"), list = () => byId("suggestions"), options = () => [...list().children];

  function show(open) {
    list().hidden = !open;
    add().setAttribute("aria-expanded", String(open));
    if (!open) mark(-1);
  }

  function mark(index) {
    at = index;
    options().forEach((option, number) => option.setAttribute("aria-selected", String(number === at)));
    const marked = options()[at];
    if (marked) {
      add().setAttribute("aria-activedescendant", marked.id);
      marked.scrollIntoView({ block: "nearest" });
    } else add().removeAttribute("aria-activedescendant");
  }

  async function ask() {
    const text = add().value.trim();
    if (asking) asking.abort();
    if (!text) { list().replaceChildren(); show(false); return; }
    asking = new AbortController();
    try {
      const answer = await fetch(form().getAttribute("action"), { method: "POST", body: new URLSearchParams({ lang: form().elements.lang.value, part: "patient-suggest", add: text }), signal: asking.signal });
      if (!answer.ok || add().value.trim() !== text) return;
      list().innerHTML = await answer.text();
      show(options().length > 0);
      mark(-1);
    } catch (stopped) { if (stopped.name !== "AbortError") show(false); }
  }

  function pick(option) {
    byId("take").value = option.dataset.concept;
    show(false);
    byId("add-button").click();
  }

  document.addEventListener("input", (event) => {
    if (event.target.id === "add") { clearTimeout(waiting); waiting = setTimeout(ask, 90); }
    // what is still being typed there is no part of the case yet
    if (event.target.matches("[data-fresh]")) event.stopPropagation();
  }, true);
  document.addEventListener("mousedown", (event) => {
    const option = event.target.closest("#suggestions [role=option]");
    if (option) { event.preventDefault(); pick(option); }
  });
  document.addEventListener("focusout", (event) => { if (event.target.id === "add") show(false); });

  document.addEventListener("keydown", (event) => {
    const field = event.target;
    if (event.isComposing) return;
    if (field.id === "add") {
      const many = options().length;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (!many) return;
        show(true);
        mark(event.key === "ArrowDown" ? (at + 1) % many : (at <= 0 ? many : at) - 1);
      } else if (event.key === "Escape") { if (!list().hidden) { event.preventDefault(); show(false); } }
      else if (event.key === "Enter") {
        event.preventDefault();
        if (at >= 0 && options()[at]) pick(options()[at]); else if (field.value.trim()) byId("add-button").click();
      }
    } else if (event.key === "Enter" && field.matches("form.work input:not([type=submit])")) {
      event.preventDefault();   // the answer is there already
    }
  });

  // ---- a file: opened as soon as it is chosen or dropped
  document.addEventListener("change", (event) => { if (event.target.id === "file" && event.target.files.length) byId("file-button").click(); });
  document.addEventListener("dragover", (event) => { if (byId("file") && event.dataTransfer?.types.includes("Files")) event.preventDefault(); });
  document.addEventListener("drop", (event) => {
    if (!byId("file") || !event.dataTransfer?.files.length) return;
    event.preventDefault();
    byId("file").files = event.dataTransfer.files;
    byId("file-button").click();
  });

  // ---- what is open, so that it also stays open in another language
  document.addEventListener("toggle", (event) => {
    if (!event.target.id || !byId("open")) return;
    const open = new Set(byId("open").value.split(" ").filter(Boolean));
    if (event.target.open) open.add(event.target.id); else open.delete(event.target.id);
    byId("open").value = [...open].join(" ");
  }, true);

  // ---- after a button: fields that were read are empty again, and the keyboard is where the work goes on
  let pressed = "";
  document.addEventListener("click", (event) => {
    pressed = event.target.closest("button[name=do]")?.value || "";
    if (!pressed) return;
    // names asked for before the button was pressed are no longer wanted
    clearTimeout(waiting);
    if (asking) asking.abort();
    show(false);
  }, true);
  document.addEventListener("htmx:after:swap", () => {
    if (!pressed || !add()) return;
    for (const field of document.querySelectorAll("[data-fresh]")) field.value = field.type === "file" ? "" : field.defaultValue;
    byId("take").value = "";
    list().replaceChildren();
    show(false);
    const next = document.querySelector("#case [autofocus]") || add();
    if (document.activeElement === document.body || !document.activeElement?.isConnected || pressed === "add") next.focus();
    pressed = "";
  });

})();
