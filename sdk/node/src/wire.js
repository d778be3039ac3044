// chathub.v1 on the wire as plain JavaScript: Dates, milliseconds, enums as short lower-case names.
// wire/ has the shapes, generated from proto/.
import { readFileSync } from "node:fs";
import protobuf from "protobufjs/light.js";

const { Enum, Root, Type, util } = protobuf;
const descriptor = readFileSync(new URL("../wire/descriptor.json", import.meta.url), "utf8");
const root = Root.fromJSON(JSON.parse(descriptor));
root.resolveAll();

const TIMESTAMP = root.lookupType("google.protobuf.Timestamp");
const DURATION = root.lookupType("google.protobuf.Duration");

/** The protobuf type of a message, for example `typeOf("Delivery")`. */
export const typeOf = (name) => root.lookupType(name.includes(".") ? name : `chathub.v1.${name}`);

/** Path and types of a method, for example `methodOf("Chat", "SendMessage")`. */
export function methodOf(service, name) {
  const method = root.lookupService(`chathub.v1.${service}`).methods[name];
  return {
    path: `/chathub.v1.${service}/${name}`,
    request: method.resolvedRequestType,
    response: method.resolvedResponseType,
  };
}

/** Bytes of a message given as a plain object. Throws a TypeError that names a wrong field. */
export function encode(type, plain) {
  return type.encode(toWire(type, plain)).finish();
}

/** The plain object of a message's bytes. */
export const decode = (type, bytes) => toPlain(type, type.decode(bytes));

// An enum's names without the prefix, and back; made once per enum.
const enums = new Map();

function namesOf(type) {
  if (!enums.has(type)) {
    const prefix = `${type.name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, "_").toUpperCase()}_`;
    const pairs = Object.entries(type.values).map(([name, number]) => [
      name.slice(prefix.length).toLowerCase(),
      number,
    ]);
    enums.set(type, {
      numbers: new Map(pairs),
      names: new Map(pairs.map(([name, number]) => [number, name])),
    });
  }
  return enums.get(type);
}

const SAFE = BigInt(Number.MAX_SAFE_INTEGER);

function plainInteger(value) {
  if (typeof value === "number") return value;
  const big = BigInt(value.toString());
  return big <= SAFE && big >= -SAFE ? Number(big) : big;
}

function plainValue(field, value) {
  const type = field.resolvedType;
  if (type === TIMESTAMP) return new Date(plainInteger(value.seconds) * 1000 + value.nanos / 1e6);
  if (type === DURATION) return plainInteger(value.seconds) * 1000 + value.nanos / 1e6;
  if (type instanceof Enum) return namesOf(type).names.get(value) ?? "unspecified";
  if (type instanceof Type) return toPlain(type, value);
  return field.type.endsWith("64") ? plainInteger(value) : value;
}

function toPlain(type, message) {
  const plain = {};
  for (const oneof of type.oneofsArray) {
    if (!oneof.isProto3Optional && message[oneof.name]) plain[oneof.name] = message[oneof.name];
  }
  for (const field of type.fieldsArray) {
    const value = message[field.name];
    if (field.map) {
      // Without a prototype, as the groups of a RegExp's match: a capture may have any name.
      plain[field.name] = Object.assign(Object.create(null), value);
    } else if (field.repeated) {
      plain[field.name] = value.map((each) => plainValue(field, each));
    } else if (value != null && (!field.partOf || Object.hasOwn(message, field.name))) {
      plain[field.name] = plainValue(field, value);
    }
  }
  return plain;
}

function fail(field, wanted, value) {
  const name = `${field.parent.name}.${field.name}`;
  throw new TypeError(`${name} must be ${wanted}, not ${typeof value}: ${String(value)}`);
}

function timestamp(field, value) {
  if (!(value instanceof Date) || Number.isNaN(value.getTime())) fail(field, "a Date", value);
  const seconds = Math.floor(value.getTime() / 1000);
  return { seconds, nanos: Math.round((value.getTime() - seconds * 1000) * 1e6) };
}

function duration(field, value) {
  if (!Number.isFinite(value)) fail(field, "a number of milliseconds", value);
  const seconds = Math.trunc(value / 1000);
  return { seconds, nanos: Math.round((value - seconds * 1000) * 1e6) };
}

function scalar(field, value) {
  switch (field.type) {
    case "string":
      if (typeof value !== "string") fail(field, "a string", value);
      // Half a surrogate pair is no text, and would cost the whole stream.
      return value.toWellFormed();
    case "bytes":
      if (typeof value === "string") return Buffer.from(value.toWellFormed());
      if (!(value instanceof Uint8Array)) fail(field, "a string or a Uint8Array", value);
      return value;
    case "bool":
      return Boolean(value);
    default:
      if (typeof value === "bigint") return util.Long.fromString(String(value));
      if (!Number.isFinite(value)) fail(field, "a number", value);
      return value;
  }
}

function wireValue(field, value) {
  const type = field.resolvedType;
  if (type === TIMESTAMP) return timestamp(field, value);
  if (type === DURATION) return duration(field, value);
  if (type instanceof Enum) {
    const number = namesOf(type).numbers.get(value);
    if (number === undefined) {
      fail(field, `one of ${[...namesOf(type).numbers.keys()].join(", ")}`, value);
    }
    return number;
  }
  if (!(type instanceof Type)) return scalar(field, value);
  if (typeof value !== "object") fail(field, "an object", value);
  return toWire(type, value);
}

function toWire(type, plain) {
  const message = {};
  for (const field of type.fieldsArray) {
    const value = plain[field.name];
    if (value === undefined || value === null) continue;
    if (field.map) {
      message[field.name] = { ...value };
    } else if (field.repeated) {
      message[field.name] = Array.from(value, (each) => wireValue(field, each));
    } else {
      message[field.name] = wireValue(field, value);
    }
  }
  return message;
}
