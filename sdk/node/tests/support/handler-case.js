// A HandlerSession in the test's own time.
import { HandlerSession } from "../../src/handler-session.js";
import { log, SessionCase } from "./session.js";

export class HandlerCase extends SessionCase {
  /** By delivery: the latest that began. */
  jobs = new Map();

  constructor() {
    const hello = { name: "bot", revision: 0, routes: [{ id: "r" }] };
    super(new HandlerSession(hello, (route) => route === "free", log));
  }

  /** Opens a stream and is greeted; `holding` as the hub agrees. Afterwards nothing is unsaid of it. */
  attach(holding = []) {
    this.session.opened(this.now);
    [{ hello: this.hello }] = this.said();
    this.hear({ helloOk: { hub: "hub", instanceToken: "T", lease: 9000, holding } });
    return this;
  }

  deliver(id, room, fields = {}) {
    const event = { conversation: { adapter: "a", room } };
    this.hear({ delivery: { id, attempt: 1, route: "r", event, ...fields } });
  }

  /** The deliveries whose functions are to be called. */
  begun() {
    const jobs = this.session.takeJobs();
    for (const job of jobs) this.jobs.set(job.delivery.id, job);
    return jobs.map((job) => job.delivery.id);
  }

  return(id, answer = { actions: [], storeWrites: [] }) {
    this.session.returned(this.jobs.get(id), answer);
  }

  result(delivery, fields) {
    this.hear({ finishResult: { delivery, ...fields } });
  }
}
