// Single calls to the hub: finds it, says who calls, tries again through a restart.
import { status as Code } from "@grpc/grpc-js";
import { setTimeout as sleep } from "node:timers/promises";
import { Backoff } from "./backoff.js";
import { makeClient, metadataFor } from "./channel.js";
import { fromStatus } from "./errors.js";
import { findHub, NotRunning } from "./hub-address.js";
import { decode, encode, methodOf } from "./wire.js";

// How long one call may take, all attempts together, in milliseconds.
const PATIENCE = 10_000;

export class Calls {
  #hub;
  #peer;
  #line;
  #diverted;
  #life = new AbortController();

  /** `peer`, for example `handler/karma`. */
  constructor(hub, peer) {
    this.#hub = hub;
    this.#peer = peer;
  }

  /** Calls until the hub answers; the call must be safe to repeat. Rejects with a ChathubError. */
  async call(service, name, plain) {
    if (this.#diverted) return this.#diverted(service, name, plain);
    const method = methodOf(service, name);
    const bytes = encode(method.request, plain);
    const deadline = Date.now() + PATIENCE;
    const backoff = new Backoff();
    for (;;) {
      try {
        return decode(method.response, await this.#once(method.path, bytes, deadline));
      } catch (error) {
        const wait = backoff.next();
        if (!isPassing(error) || Date.now() + wait >= deadline) throw error;
        await sleep(wait);
      }
    }
  }

  /** The messages of a stream from the hub. Ends when `signal` is aborted; throws a ChathubError. */
  async *stream(service, name, plain, signal) {
    const method = methodOf(service, name);
    const line = this.#connect();
    const metadata = metadataFor(line.address, this.#peer);
    const read = (bytes) => decode(method.response, bytes);
    const request = encode(method.request, plain);
    const call = line.client.makeServerStreamRequest(method.path, asIs, read, request, metadata);
    const cancel = () => call.cancel();
    signal?.addEventListener("abort", cancel);
    try {
      yield* call;
    } catch (error) {
      if (signal?.aborted) return;
      throw this.#failed(line, error);
    } finally {
      signal?.removeEventListener("abort", cancel);
      call.cancel();
    }
  }

  async #once(path, bytes, deadline) {
    const line = this.#connect();
    const metadata = metadataFor(line.address, this.#peer);
    return new Promise((resolve, reject) => {
      const answered = (error, answer) =>
        error ? reject(this.#failed(line, error)) : resolve(answer);
      line.client.makeUnaryRequest(path, asIs, asIs, bytes, metadata, { deadline }, answered);
    });
  }

  #failed(line, status) {
    if (status.code === Code.UNAVAILABLE && this.#line === line) this.close();
    return fromStatus(status);
  }

  #connect() {
    if (!this.#line) {
      const address = findHub(this.#hub);
      this.#line = { address, client: makeClient(address) };
    }
    return this.#line;
  }

  /** Answers come from `answer(service, name, plain)` instead of a hub: for tests. */
  divert(answer) {
    this.#diverted = answer;
  }

  /** Aborted when the peer ends. */
  get signal() {
    return this.#life.signal;
  }

  /** The peer ends: streams end too. */
  end() {
    this.#life.abort();
    this.#life = new AbortController();
    this.close();
  }

  /** Lets the connection go; the next call makes another. */
  close() {
    this.#line?.client.close();
    this.#line = undefined;
  }
}

const asIs = (bytes) => bytes;

/** Trying again may help: there is no hub yet, or it is going away. */
export const isPassing = (error) => error instanceof NotRunning || error.code === Code.UNAVAILABLE;
