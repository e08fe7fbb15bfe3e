// The program in a thread of its own: Python, the libraries it needs and the knowledge, all from files beside this one.
import { loadPyodide } from "../pyodide/pyodide.mjs";

const begun = performance.now();
const ready = (async () => {
  const [python, archive] = await Promise.all([
    loadPyodide({ indexURL: new URL("../pyodide/", import.meta.url).href, checkAPIVersion: false }),
    fetch(new URL("../program.zip", import.meta.url)).then((found) => found.arrayBuffer()),
  ]);
  python.unpackArchive(archive, "zip", { extractDir: "/program" });
  python.runPython("import sys; sys.path.insert(0, '/program')");
  const answer = python.pyimport("cobalamin.app.site.browser").answer;
  // the first answer builds what every later one uses
  answer(JSON.stringify({ path: "/patient", fields: [["lang", "en"]], uploads: [] }));
  postMessage({ state: `ready ${Math.round(performance.now() - begun)} ms` });
  return answer;
})();
ready.catch((error) => postMessage({ state: `broken ${error.message}` }));

self.addEventListener("message", async ({ data }) => {
  try {
    postMessage({ number: data.number, answer: (await ready)(data.request) });
  } catch (error) {
    // the kind of fault, never what was typed
    postMessage({ number: data.number, fault: String(error.type || error.name) });
  }
});
