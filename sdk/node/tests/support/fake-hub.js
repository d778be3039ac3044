// A hub that says what the test tells it to: a real gRPC server on a Unix socket in a folder of its
// own, found by the SDK as every hub is.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Metadata, Server, ServerCredentials } from "@grpc/grpc-js";
import { decode, encode, methodOf, typeOf } from "../../src/wire.js";
import { Queue } from "./queue.js";

export const TOKEN = "0123456789abcdef";

const asIs = (bytes) => bytes;

/** What a refusal looks like on the wire: a status with a Problem in its details. */
export function refusal(code, reason, detail) {
  const value = encode(typeOf("Problem"), { reason, detail });
  const details = [{ type_url: "type.googleapis.com/chathub.v1.Problem", value }];
  const metadata = new Metadata();
  const status = encode(typeOf("chathub.internal.RpcStatus"), { code, message: detail, details });
  metadata.set("grpc-status-details-bin", Buffer.from(status));
  return Object.assign(new Error(detail), { code, details: detail, metadata });
}

/** One Attach call, seen from the hub. */
class Stream {
  #call;
  #method;

  constructor(call, method) {
    this.#call = call;
    this.#method = method;
    this.metadata = call.metadata;
    this.heard = new Queue("items");
    this.frames = [];
    this.closed = new Promise((resolve) =>
      call.on("end", () => resolve("end")).on("cancelled", () => resolve("cancelled")),
    );
    call.on("error", () => {});
    call.on("data", (bytes) => {
      const { items } = decode(method.request, bytes);
      this.frames.push(items.length);
      for (const item of items) this.heard.push(item);
    });
  }

  /** The next item that is not a Renew; it must be of this kind. */
  async expect(kind) {
    for (;;) {
      const item = await this.heard.next();
      if (item.kind === kind) return item[kind];
      if (item.kind !== "renew")
        throw new Error(`${kind} was expected, came: ${JSON.stringify(item)}`);
    }
  }

  say(...items) {
    this.sayBytes(encode(this.#method.response, { items }));
  }

  sayBytes(bytes) {
    this.#call.write(bytes);
  }

  /** As a handler's hub greets; `fields` go into the HelloOk. */
  async greet(fields = {}) {
    const hello = await this.expect("hello");
    this.say({ helloOk: { hub: "fake", instanceToken: "T", lease: 10_000, ...fields } });
    return hello;
  }

  deliver(id, fields = {}) {
    const event = { conversation: { adapter: "a", room: fields.room ?? "a/r" } };
    const { room: _, ...rest } = fields;
    this.say({ delivery: { id, attempt: 1, route: "route-1", event, deadline: 30_000, ...rest } });
  }

  end(error) {
    if (error) this.#call.emit("error", error);
    else this.#call.end();
  }
}

const ATTACHED = [
  ["Handlers", "handlers"],
  ["Adapters", "adapters"],
];

export class FakeHub {
  handlers = new Queue("handlers' streams");
  adapters = new Queue("adapters' streams");
  /** Single calls, as `{ name, request, metadata }`. */
  calls = [];
  /** Answers to them by "Service.Method": functions of the request; what they throw is the status. */
  answers = {};
  #server;

  constructor(name = "hub.sock") {
    // Directly under /tmp: the path of a Unix socket has room for 107 bytes.
    this.folder = mkdtempSync("/tmp/chathub-node-");
    this.target = `unix:${path.join(this.folder, name)}`;
  }

  get options() {
    return { dataFolder: this.folder, handleSignals: false, logger: this.logger };
  }

  /** What was logged: the sentences. */
  lines = new Queue("lines of the log");
  logger = {
    debug: () => {},
    info: (text) => this.lines.push(text),
    warn: (text) => this.lines.push(text),
    error: (text) => this.lines.push(text),
  };

  async listen({ target = this.target, credentials = ServerCredentials.createInsecure() } = {}) {
    this.#server = new Server();
    for (const [service, queue] of ATTACHED) this.#serveAttach(service, this[queue]);
    for (const service of ["Chat", "Store", "Users", "Rooms"]) this.#serveUnary(service);
    const port = await new Promise((resolve, reject) => {
      const bound = (error, number) => (error ? reject(error) : resolve(number));
      this.#server.bindAsync(target, credentials, bound);
    });
    this.port = port;
    writeFileSync(path.join(this.folder, "owner-token"), `${TOKEN}\n`);
    writeFileSync(path.join(this.folder, "endpoints"), `${target.replace(/:0$/, `:${port}`)}\n`);
    return this;
  }

  #serveAttach(service, queue) {
    const method = methodOf(service, "Attach");
    const attach = (call) => queue.push(new Stream(call, method));
    this.#add(service, { Attach: { method, streams: [true, true], run: attach } });
  }

  #serveUnary(service) {
    const names = {
      Chat: [
        "SendMessage",
        "EditMessage",
        "DeleteMessage",
        "React",
        "ShowTyping",
        "JoinRoom",
        "PartRoom",
        "SetTopic",
      ],
      Store: ["Get", "Put", "Delete", "List", "Batch", "Watch"],
      Users: ["GetUser", "FindUsers", "ListUsers"],
      Rooms: ["GetRoom", "FindRooms", "ListRooms"],
    }[service];
    const methods = names.map((name) => {
      const method = methodOf(service, name);
      const streamed = name === "Watch";
      const run = (call, answered) => this.#answer(`${service}.${name}`, method, call, answered);
      return [name, { method, streams: [false, streamed], run }];
    });
    this.#add(service, Object.fromEntries(methods));
  }

  #answer(name, method, call, answered) {
    const request = decode(method.request, call.request);
    this.calls.push({ name, request, metadata: call.metadata, call });
    try {
      const answer = this.answers[name]?.(request, call) ?? {};
      answered?.(null, Buffer.from(encode(method.response, answer)));
    } catch (error) {
      if (answered) answered(error);
      else call.emit("error", error);
    }
  }

  #add(service, methods) {
    const definition = {};
    const implementation = {};
    for (const [name, { method, streams, run }] of Object.entries(methods)) {
      definition[name] = {
        path: method.path,
        requestStream: streams[0],
        responseStream: streams[1],
        requestSerialize: asIs,
        requestDeserialize: asIs,
        responseSerialize: (bytes) => Buffer.from(bytes),
        responseDeserialize: asIs,
      };
      implementation[name] = run;
    }
    this.#server.addService(definition, implementation);
  }

  /** As a hub that is killed: every stream breaks. */
  die() {
    this.#server?.forceShutdown();
    this.#server = undefined;
  }

  close() {
    this.die();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
