// Runs JavaScript programs with the npm package "openai" that is found from the folder given.
//
// node runner.mjs FOLDER PORT < cases.json; see runner.py, which does the same for Python.
// With --surface it prints what the package offers instead.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, port] = process.argv.slice(2);
const scratch = join(folder, "programs");
const fetched = globalThis.fetch;
let current = "";

// what a program sends, wherever it believes to send it, goes to the stand-in
globalThis.fetch = (input, init = {}) => {
  const request = new Request(input, { ...init, ...(init.body ? { duplex: "half" } : {}) });
  const url = new URL(request.url);
  const headers = new Headers(request.headers);
  headers.set("x-case", current);
  headers.set("x-sent-to", url.origin);
  const moved = `http://127.0.0.1:${port}${url.pathname}${url.search}`;
  const body = request.body ? { body: request.body, duplex: "half" } : {};
  return fetched(moved, { method: request.method, headers, signal: request.signal, ...body });
};

// retries do not wait
const later = globalThis.setTimeout;
globalThis.setTimeout = (call, wait, ...rest) => later(call, wait > 60000 ? wait : wait && wait < 60000 ? 1 : wait, ...rest);

async function surface() {
  const at = join(scratch, "surface.mjs");
  writeFileSync(at, 'export { default, VERSION } from "openai";\n');
  const module = await import(pathToFileURL(at)).catch(async () => {
    writeFileSync(at, 'export { default } from "openai";\n');
    return import(pathToFileURL(at) + "?2");
  });
  const OpenAI = module.default;
  const client = new OpenAI({ apiKey: "none", adminAPIKey: "none" });
  const methods = [];
  const seen = new Set();
  const walk = (resource, path) => {
    for (let kind = Object.getPrototypeOf(resource); kind && kind !== Object.prototype; kind = Object.getPrototypeOf(kind)) {
      for (const name of Object.getOwnPropertyNames(kind)) {
        const member = Object.getOwnPropertyDescriptor(kind, name).value;
        if (name === "constructor" || name.startsWith("_") || typeof member !== "function") continue;
        if (!seen.has(`${path}.${name}`)) methods.push({ path: `${path}.${name}`, ...parameters(member) });
        seen.add(`${path}.${name}`);
      }
    }
    for (const [name, value] of Object.entries(resource)) {
      if (value && typeof value === "object" && value._client === client) walk(value, `${path}.${name}`);
    }
  };
  for (const [name, value] of Object.entries(client)) {
    if (value && typeof value === "object" && value._client === client) walk(value, name);
  }
  const manifest = JSON.parse(readFileSync(join(folder, "node_modules/openai/package.json")));
  return { version: manifest.version, methods };
}

// what a method takes: an ID is a text, a body or query an object, with the path's parts that are taken out of it
function parameters(method) {
  const text = method.toString();
  const list = text.slice(text.indexOf("(") + 1);
  const names = list.slice(0, list.indexOf(") {")).split(",").map((name) => name.trim().replace(/\s*=.*$/s, ""));
  const args = [];
  for (const name of names) {
    if (!name || name === "options" || name.startsWith("_") || name.startsWith(".")) break;
    if (/^(body|params|query|runner|input)/.test(name) || name.startsWith("{")) {
      const object = {};
      const taken = text.match(/const \{([^}]*)\} = (?:params|body|query)/);
      for (const key of taken ? taken[1].split(",") : []) {
        const [word] = key.trim().split(/[:=\s]/);
        if (word && !word.startsWith("...")) object[word] = "text";
      }
      args.push(object);
    } else {
      args.push("text");
    }
  }
  return { args };
}

// an error in what nobody waits for ends the program that it is of, not this one
let stray = null;
process.on("unhandledRejection", (error) => (stray ??= error));
process.on("uncaughtException", (error) => (stray ??= error));

async function run(one, number) {
  current = one.id;
  stray = null;
  const printed = [];
  const log = console.log;
  const write = process.stdout.write;
  const at = join(scratch, `case${number}.mjs`);
  writeFileSync(at, one.text);
  let error = null;
  console.log = (...values) => printed.push(values.map((value) => (typeof value === "string" ? value : JSON.stringify(value) ?? "undefined")).join(" ") + "\n");
  process.stdout.write = (text) => {
    if (typeof text !== "string") throw new TypeError("a text is written, nothing else");
    printed.push(text);
    return true;
  };
  try {
    let timer;
    const late = new Promise((_, fail) => (timer = later(() => fail(new Error("no end after 20 s")), 20000)));
    await Promise.race([import(pathToFileURL(at)), late]);
    clearTimeout(timer);
    await new Promise((done) => setImmediate(done));
    error = stray;
  } catch (caught) {
    error = caught;
  } finally {
    console.log = log;
    process.stdout.write = write;
  }
  return {
    id: one.id,
    out: printed.join(""),
    error: error ? error.constructor.name : "",
    message: error ? String(error.message).slice(0, 300) : "",
    status: error?.status ?? null,
    sockets: [],
  };
}

rmSync(scratch, { recursive: true, force: true });
mkdirSync(scratch, { recursive: true });
try {
  if (port === "--surface") {
    console.log(JSON.stringify(await surface()));
  } else {
    let number = 0;
    for (const one of JSON.parse(readFileSync(0, "utf8"))) {
      console.log(JSON.stringify(await run(one, number++)));
    }
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
process.exit(0);
