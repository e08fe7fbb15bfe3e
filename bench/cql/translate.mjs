// Translate a CQL library to ELM with the reference translator: node translate.mjs LIBRARY.cql OUT.json
// Any error of the translator ends the run: without that a library with a hole in it would still be written.
import { createRequire } from "node:module";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
globalThis.require = require; // the translator looks for a CommonJS `require`
const { CqlTranslator, LibraryManager, ModelManager, createLibrarySourceProvider, createModelInfoProvider, createUcumService, stringAsSource } =
  await import("@cqframework/cql/cql-to-elm");
const { SystemModelInfoProvider } = await import("@cqframework/cql/cql");
const { UcumLhcUtils } = require("@lhncbc/ucum-lhc");

const here = dirname(fileURLToPath(import.meta.url));
const ucum = UcumLhcUtils.getInstance();
const [, , input, output] = process.argv;

const models = new ModelManager();
const fhir = readFileSync(join(dirname(require.resolve("cql-exec-fhir")), "modelInfos", "fhir-modelinfo-4.0.1.xml"), "utf8");
models.modelInfoLoader.registerModelInfoProvider(createModelInfoProvider((name) => (name === "FHIR" ? stringAsSource(fhir) : null)));
models.modelInfoLoader.registerModelInfoProvider(new SystemModelInfoProvider());
const service = createUcumService(
  (value, from, to) => String(ucum.convertUnitTo(from, Number(value), to).toVal),
  (unit) => (ucum.validateUnitString(unit).status === "valid" ? null : `${unit} is no unit`),
  () => { throw new Error("units are not multiplied at translation"); },
  () => { throw new Error("units are not divided at translation"); },
);
const libraries = new LibraryManager(models, undefined, undefined, service);
libraries.librarySourceLoader.registerProvider(
  createLibrarySourceProvider((name) => (name === "FHIRHelpers" ? stringAsSource(readFileSync(join(here, "FHIRHelpers.cql"), "utf8")) : null)),
);
const done = CqlTranslator.fromText(readFileSync(input, "utf8"), libraries);
const errors = done.errors.asJsReadonlyArrayView();
if (errors.length) {
  console.error(errors.map((error) => `${input}: ${error.message}`).join("\n"));
  process.exit(1);
}
writeFileSync(output, done.toJson());
