// GitHub's webhooks (docs.github.com/webhooks): signed with HMAC-SHA256 of the body.
import { createHmac } from "node:crypto";
import { branchOf, commitLines, isSame, line, plural } from "./words.js";

const by = ({ sender }) => line(sender?.login);

function push({ repository, ref, commits = [], deleted, created, compare, pusher }) {
  const what = `[${line(repository?.full_name)}] ${line(pusher?.name)}`;
  if (deleted) return `${what} deleted ${branchOf(ref)}`;
  if (commits.length === 0) return created ? `${what} created ${branchOf(ref)}` : undefined;
  const pushed = `${what} pushed ${plural(commits.length, "commit")} to ${branchOf(ref)}`;
  return [`${pushed}: ${line(compare)}`, ...commitLines(commits)].join("\n");
}

// Opened, closed, reopened; all else would be noise.
function change(kind, action, { number, title, html_url: url }, payload) {
  if (!["opened", "closed", "reopened", "merged"].includes(action)) return undefined;
  const what = `${kind} #${number} "${line(title)}"`;
  return `[${line(payload.repository?.full_name)}] ${by(payload)} ${action} ${what}: ${line(url)}`;
}

const kinds = {
  push,
  ping: ({ repository, zen }) =>
    `webhooks of ${line(repository?.full_name ?? "GitHub")} come here: ${line(zen)}`,
  issues: (payload) => change("issue", payload.action, payload.issue, payload),
  pull_request(payload) {
    const isMerged = payload.action === "closed" && payload.pull_request.merged;
    return change(
      "pull request",
      isMerged ? "merged" : payload.action,
      payload.pull_request,
      payload,
    );
  },
  release(payload) {
    const { action, release, repository } = payload;
    if (action !== "published") return undefined;
    const name = line(release.name || release.tag_name);
    return `[${line(repository?.full_name)}] ${by(payload)} released ${name}: ${line(release.html_url)}`;
  },
};

export const github = {
  eventOf: (headers) => headers["x-github-event"],
  /** One per delivery, also when GitHub sends it again. */
  idOf: (headers) => headers["x-github-delivery"] && `github-${headers["x-github-delivery"]}`,
  isGenuine(headers, body, secret) {
    const signature = createHmac("sha256", secret).update(body).digest("hex");
    return isSame(headers["x-hub-signature-256"], `sha256=${signature}`);
  },
  /** Undefined: nothing to say. */
  textOf: (event, payload) => (Object.hasOwn(kinds, event) ? kinds[event](payload) : undefined),
};
