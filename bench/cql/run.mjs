// Evaluate a translated library for one FHIR Bundle a line with the CQL reference engine for JavaScript.
// node run.mjs ELM.json BUNDLES.ndjson ANSWERS.ndjson YYYY-MM-DD
// One patient source is used again for everybody: making one reads the whole FHIR model and would dominate every figure.
// The last line on standard output is JSON: patients, seconds of the whole loop, and milliseconds of each single patient.
import { createRequire } from "node:module";
import { createReadStream, createWriteStream, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";

const require = createRequire(import.meta.url);
const cql = require("cql-execution");
const fhir = require("cql-exec-fhir");
const { UcumLhcUtils } = require("@lhncbc/ucum-lhc");
UcumLhcUtils.getInstance();

const [, , elm, bundles, answers, today] = process.argv;
const begun = performance.now();
const helpers = JSON.parse(readFileSync(join(dirname(elm), "FHIRHelpers.json"), "utf8"));
const library = new cql.Library(JSON.parse(readFileSync(elm, "utf8")), new cql.Repository({ FHIRHelpers: helpers }));
const [year, month, day] = today.split("-").map(Number);
const executor = new cql.Executor(library, null, { Today: new cql.Date(year, month, day) });
const source = fhir.PatientSource.FHIRv401();
const ready = performance.now() - begun;

const out = createWriteStream(answers);
const times = [];
const start = performance.now();
for await (const line of createInterface({ input: createReadStream(bundles) })) {
  const one = performance.now();
  source.loadBundles([JSON.parse(line)]);
  const found = await executor.exec(source);
  source.reset();
  for (const [id, values] of Object.entries(found.patientResults)) {
    const [status, basis] = values["Status"].split(" by ");
    out.write(JSON.stringify({ patient_id: id, status, status_basis: basis, kidneys: values["Kidneys"], metabolites: values["Metabolites"] }) + "\n");
  }
  times.push(performance.now() - one);
}
const seconds = (performance.now() - start) / 1000;
await new Promise((done) => out.end(done));
times.sort((a, b) => a - b);
const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))];
console.log(JSON.stringify({ patients: times.length, seconds, ready, median: at(0.5), p95: at(0.95), gigabytes: process.resourceUsage().maxRSS / 1024 / 1024 }));
