// GitLab's webhooks (docs.gitlab.com, "Webhook events"): they carry the secret as a token.
import { branchOf, commitLines, isSame, line, plural } from "./words.js";

const DONE = { open: "opened", close: "closed", reopen: "reopened", merge: "merged" };
const NO_COMMIT = /^0+$/;

const where = ({ project }) => `[${line(project?.path_with_namespace)}]`;

function push(payload) {
  const { ref, after, commits = [], total_commits_count: total = commits.length } = payload;
  const what = `${where(payload)} ${line(payload.user_username)}`;
  if (NO_COMMIT.test(after)) return `${what} deleted ${branchOf(ref)}`;
  if (total === 0) return `${what} created ${branchOf(ref)}`;
  const pushed = `${what} pushed ${plural(total, "commit")} to ${branchOf(ref)}`;
  return [`${pushed}: ${line(payload.project?.web_url)}`, ...commitLines(commits)].join("\n");
}

function change(kind, mark, payload) {
  const { action, iid, title, url } = payload.object_attributes;
  if (!Object.hasOwn(DONE, action)) return undefined;
  const what = `${kind} ${mark}${iid} "${line(title)}"`;
  return `${where(payload)} ${line(payload.user?.username)} ${DONE[action]} ${what}: ${line(url)}`;
}

const kinds = {
  "Push Hook": push,
  "Tag Push Hook": push,
  "Issue Hook": (payload) => change("issue", "#", payload),
  "Merge Request Hook": (payload) => change("merge request", "!", payload),
  "Pipeline Hook"(payload) {
    const { status, ref, id } = payload.object_attributes;
    if (status !== "failed") return undefined;
    const url = `${line(payload.project?.web_url)}/-/pipelines/${id}`;
    return `${where(payload)} the pipeline of ${branchOf(ref)} failed: ${url}`;
  },
};

export const gitlab = {
  eventOf: (headers) => headers["x-gitlab-event"],
  /** One per delivery, also when GitLab sends it again. */
  idOf: (headers) => headers["idempotency-key"] && `gitlab-${headers["idempotency-key"]}`,
  isGenuine: (headers, _body, secret) => isSame(headers["x-gitlab-token"], secret),
  /** Undefined: nothing to say. */
  textOf: (event, payload) => (Object.hasOwn(kinds, event) ? kinds[event](payload) : undefined),
};
