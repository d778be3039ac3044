// Takes webhooks over HTTP: who sent it, is that true, what does it say.
import { github } from "./github.js";
import { gitlab } from "./gitlab.js";

const SOURCES = [github, gitlab];
// GitHub sends at most 25 MB, but what is worth announcing is far smaller.
const MOST_BYTES = 5 * 1024 * 1024;

/** What ends a request: an HTTP status and a sentence. */
class Refusal extends Error {
  constructor(status, sentence, headers = {}) {
    super(sentence);
    this.status = status;
    this.headers = headers;
  }
}

async function bodyOf(request) {
  const chunks = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) throw new Refusal(413, "larger than 5 MiB", { Connection: "close" });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function parse(body) {
  try {
    return JSON.parse(body);
  } catch {
    throw new Refusal(400, "no JSON: choose the content type application/json");
  }
}

/**
 * A listener for node:http. `announce(text, id)` says it in the chat; the same `id` is said once.
 * `counts`: `taken` and `refused`, kept up to date. Answers 202 announced, 204 nothing to say, 401
 * wrong secret, 503 the chat cannot be reached (the sender may try again).
 */
export function announcer({ secret, announce, counts }) {
  async function take(request) {
    if (request.method !== "POST") throw new Refusal(405, "webhooks are POSTed", { Allow: "POST" });
    const source = SOURCES.find(({ eventOf }) => eventOf(request.headers));
    if (!source) throw new Refusal(400, "neither GitHub nor GitLab sent this");
    const body = await bodyOf(request);
    if (!source.isGenuine(request.headers, body, secret)) throw new Refusal(401, "wrong secret");
    const text = source.textOf(source.eventOf(request.headers), parse(body));
    if (!text) return 204;
    try {
      await announce(text, source.idOf(request.headers));
    } catch (error) {
      throw new Refusal(503, `not announced: ${error.message}`, { "Retry-After": "30" });
    }
    counts.taken += 1;
    return 202;
  }

  return async (request, response) => {
    try {
      response.writeHead(await take(request)).end();
    } catch (error) {
      counts.refused += 1;
      const { status = 400, headers } = error;
      console.error(`${status}: ${error.message}`);
      response
        .writeHead(status, { "Content-Type": "text/plain", ...headers })
        .end(`${error.message}\n`);
    }
  };
}
