// Who and what is in the chat, as the adapters told.
import { status as Code } from "@grpc/grpc-js";

async function orNothing(call) {
  try {
    return await call;
  } catch (error) {
    if (error.code === Code.NOT_FOUND) return undefined;
    throw error;
  }
}

async function* pages(calls, service, method, request, field) {
  let pageToken = "";
  do {
    const page = await calls.call(service, method, { ...request, pageToken });
    yield* page[field];
    pageToken = page.nextPageToken;
  } while (pageToken);
}

export class Users {
  #calls;

  constructor(calls) {
    this.#calls = calls;
  }

  async get(id) {
    return (await orNothing(this.#calls.call("Users", "GetUser", { id })))?.user;
  }

  async find(name, { adapter } = {}) {
    return (await this.#calls.call("Users", "FindUsers", { name, adapter })).users;
  }

  list({ adapter, pageSize } = {}) {
    return pages(this.#calls, "Users", "ListUsers", { adapter, pageSize }, "users");
  }
}

export class Rooms {
  #calls;

  constructor(calls) {
    this.#calls = calls;
  }

  async get(id) {
    return (await orNothing(this.#calls.call("Rooms", "GetRoom", { id })))?.room;
  }

  async find(name, { adapter } = {}) {
    return (await this.#calls.call("Rooms", "FindRooms", { name, adapter })).rooms;
  }

  list({ adapter, joined, pageSize } = {}) {
    return pages(this.#calls, "Rooms", "ListRooms", { adapter, joined, pageSize }, "rooms");
  }
}
