// The pages with no server: links, forms and htmx ask a worker in which the program itself runs. Nothing leaves this browser.
"use strict";
(() => {
  const here = new URL(document.currentScript.src);
  const base = new URL("..", here);
  const worker = new Worker(new URL("worker.js", here), { type: "module" });
  const waiting = new Map();
  let number = 0;

  worker.addEventListener("message", ({ data }) => {
    if (data.state) { document.documentElement.dataset.program = data.state; return; }
    const { resolve, reject } = waiting.get(data.number);
    waiting.delete(data.number);
    data.fault ? reject(new Error(data.fault)) : resolve(JSON.parse(data.answer));
  });

  function ask(request) {
    return new Promise((resolve, reject) => {
      waiting.set(++number, { resolve, reject });
      worker.postMessage({ number, request: JSON.stringify(request) });
    });
  }

  // /hi/patient.html and /patient are the same page; the first is a file, so that it opens and is kept by itself
  function pageOf(url) {
    if (url.origin !== base.origin || !url.pathname.startsWith(base.pathname)) return null;
    const inside = url.pathname.slice(base.pathname.length);
    const file = inside.match(/^([a-z]{2})\/([a-z-]+)\.html$/);
    if (file) return { path: file[2] === "home" ? "/" : "/" + file[2], lang: file[1] };
    return /^[a-z-]*(\/[a-z0-9.-]+)?$/.test(inside) && !/^(static|fonts|pyodide|site)\//.test(inside) ? { path: "/" + inside, lang: "" } : null;
  }

  async function requestOf(url, body) {
    const page = pageOf(url);
    const fields = page.lang ? [["lang", page.lang]] : [];
    const uploads = [];
    for (const [name, value] of [...url.searchParams, ...(body || [])]) {
      if (typeof value === "string") fields.push([name, value]);
      else if (value.name) uploads.push([value.name, await value.text()]);
    }
    return { path: page.path, fields, uploads, accepts: navigator.languages.join(",") };
  }

  // a file to take along, made here
  function save(found) {
    const bytes = Uint8Array.from(atob(found.content), (letter) => letter.charCodeAt(0));
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([bytes], { type: found.kind }));
    link.download = found.file;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  async function show(url, body, remember) {
    const found = await ask(await requestOf(url, body));
    if (found.trouble) { alert(found.trouble); return; }
    if (found.file) { save(found); return; }
    const page = new DOMParser().parseFromString(found.html, "text/html");
    document.documentElement.lang = page.documentElement.lang;
    document.documentElement.dir = page.documentElement.dir;
    document.title = page.title;
    document.body.className = page.body.className;
    document.body.replaceChildren(...page.body.childNodes);
    if (window.htmx) window.htmx.process(document.body);
    const name = pageOf(url).path.slice(1) || "home";
    if (remember) history.pushState(null, "", new URL(`${found.lang}/${name}.html`, base));
    if (!body) window.scrollTo(0, 0);
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || link.target) return;
    const url = new URL(link.href);
    if (link.getAttribute("href").startsWith("#") || !pageOf(url)) return;
    event.preventDefault();
    show(url, null, true);
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    const button = event.submitter;
    const url = new URL(button?.getAttribute("formaction") || form.getAttribute("action"), location.href);
    if (event.defaultPrevented || !pageOf(url)) return;
    event.preventDefault();
    show(url, new FormData(form, button), true);
  }, false);

  window.addEventListener("popstate", () => show(new URL(location.href), null, false));

  const outside = window.fetch.bind(window);
  window.fetch = async (target, options = {}) => {
    const url = new URL(typeof target === "string" ? target : target.url || target, location.href);
    if (!pageOf(url)) return outside(target, options);
    const body = typeof options.body === "string" ? new URLSearchParams(options.body) : options.body;
    const found = await ask(await requestOf(url, body));
    if (found.trouble) return new Response(found.trouble, { status: 422 });
    return new Response(found.html, { headers: { "content-type": "text/html; charset=utf-8" } });
  };

  if ("serviceWorker" in navigator && location.protocol !== "file:") navigator.serviceWorker.register(new URL("service.js", base));
})();
