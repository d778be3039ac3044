// Makes wire/ of proto/: `npm run generate`, or `tools/generate.js FOLDER` for another folder.
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import path from "node:path";
import protobuf from "protobufjs";
import { declarations } from "./declarations.js";

const here = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const protos = here("../../../proto/");

// What the SDK speaks: the public package, and the shape of a status with details.
function files() {
  const ours = readdirSync(path.join(protos, "chathub/v1")).sort();
  return [...ours.map((name) => `chathub/v1/${name}`), "chathub/internal/rpc_status.proto"];
}

// Options of files (`java_package` and the like) say nothing to JavaScript.
function withoutFileOptions(json) {
  if (json.nested && !json.fields) delete json.options;
  Object.values(json.nested ?? {}).forEach(withoutFileOptions);
  return json;
}

const root = new protobuf.Root();
// google/protobuf/*.proto come with protobufjs.
root.resolvePath = (_, target) =>
  protobuf.common.get(target) ? target : path.join(protos, target);
root.loadSync(files(), { alternateCommentMode: true });
root.resolveAll();

const out = path.resolve(process.argv[2], "wire");
mkdirSync(out, { recursive: true });
const descriptor = JSON.stringify(withoutFileOptions(root.toJSON()), null, 1);
writeFileSync(path.join(out, "descriptor.json"), `${descriptor}\n`);
writeFileSync(path.join(out, "wire.d.ts"), declarations(root.lookup("chathub.v1")));
