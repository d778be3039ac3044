// Speaking in the chat without having been spoken to.
import { randomUUID } from "node:crypto";
import { toContent, toConversation, toTarget } from "./content.js";

/**
 * Belongs to a Handler. Each call resolves when the hub has it, not when it is in the chat, waits for
 * at most 10 s, also through a hub's restart, and rejects with a ChathubError.
 */
export class Chat {
  #calls;

  constructor(calls) {
    this.#calls = calls;
  }

  async send(where, content, { notBefore, requestId } = {}) {
    const request = { conversation: toConversation(where), content: toContent(content), notBefore };
    return this.#order("SendMessage", request, requestId);
  }

  async edit(where, target, content) {
    const conversation = toConversation(where);
    await this.#order("EditMessage", {
      conversation,
      target: toTarget(target),
      content: toContent(content),
    });
  }

  async delete(where, target) {
    await this.#order("DeleteMessage", {
      conversation: toConversation(where),
      target: toTarget(target),
    });
  }

  async react(where, target, emoji, { remove = false } = {}) {
    const conversation = toConversation(where);
    await this.#order("React", { conversation, target: toTarget(target), emoji, remove });
  }

  async showTyping(where) {
    await this.#calls.call("Chat", "ShowTyping", { conversation: toConversation(where) });
  }

  async join(room) {
    await this.#order("JoinRoom", { room });
  }

  async part(room) {
    await this.#order("PartRoom", { room });
  }

  async setTopic(room, topic) {
    await this.#order("SetTopic", { room, topic });
  }

  // With the id a repeated attempt does not do it twice.
  async #order(name, request, requestId = randomUUID()) {
    const { key } = await this.#calls.call("Chat", name, { requestId, ...request });
    return { key, index: 0 };
  }
}
