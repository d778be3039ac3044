// The messages of chathub.v1 as TypeScript sees them once src/wire.js has made them plain.
import protobuf from "protobufjs";

const HEAD = `// The wire of chathub.v1 in plain JavaScript. Generated from proto/ by \`npm run generate\`: do not edit.
//
// Times are Dates, time spans are milliseconds, values of enums are their names without the prefix in
// lower case, \`kind\` names the one that is set of several.
`;

const WELL_KNOWN = {
  "google.protobuf.Timestamp": "Date",
  "google.protobuf.Duration": "number",
  "google.protobuf.Any": "{ type_url: string; value: Uint8Array }",
};
const SCALARS = { string: "string", bool: "boolean", bytes: "Uint8Array" };

function scalar(name) {
  return SCALARS[name] ?? (name.endsWith("64") ? "number | bigint" : "number");
}

function typeOf(field) {
  const type = field.resolvedType;
  if (!type) return scalar(field.type);
  return WELL_KNOWN[type.fullName.slice(1)] ?? type.name;
}

function comment(text, indent) {
  if (!text) return "";
  const lines = text.split("\n");
  const body = lines.map((line) => `${indent} * ${line}`.trimEnd()).join("\n");
  return lines.length === 1 ? `${indent}/** ${text} */\n` : `${indent}/**\n${body}\n${indent} */\n`;
}

function property(field) {
  let type = typeOf(field);
  if (field.repeated) type = type.includes(" ") ? `(${type})[]` : `${type}[]`;
  if (field.map) type = `Record<string, ${type}>`;
  return `${comment(field.comment, "  ")}  ${field.name}?: ${type};\n`;
}

function message(type) {
  const oneofs = type.oneofsArray.filter((oneof) => !oneof.isProto3Optional);
  const kinds = oneofs.map((oneof) => {
    const names = oneof.fieldsArray.map((field) => `"${field.name}"`).join(" | ");
    return `  readonly ${oneof.name}?: ${names};\n`;
  });
  const body = [...kinds, ...type.fieldsArray.map(property)].join("");
  return `${comment(type.comment, "")}export interface ${type.name} {\n${body}}\n`;
}

function enumeration(type) {
  const prefix = `${type.name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, "_").toUpperCase()}_`;
  const names = Object.keys(type.values).map(
    (name) => `"${name.slice(prefix.length).toLowerCase()}"`,
  );
  const comments = names
    .map((name, index) => [name, type.comments[Object.keys(type.values)[index]]])
    .filter(([, text]) => text)
    .map(([name, text]) => `${name}: ${text.replaceAll("\n", " ")}`);
  const about = [type.comment, ...comments].filter(Boolean).join("\n");
  return `${comment(about, "")}export type ${type.name} =\n  | ${names.join("\n  | ")};\n`;
}

/** The text of a .d.ts with everything in `namespace`. */
export function declarations(namespace) {
  const parts = [];
  for (const type of namespace.nestedArray) {
    if (type instanceof protobuf.Type) parts.push(message(type));
    if (type instanceof protobuf.Enum) parts.push(enumeration(type));
  }
  return `${HEAD}\n${parts.join("\n")}`;
}
