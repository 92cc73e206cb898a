import { refusal } from "./admission.ts";

/** PartyKit wants a main party. There are no such rooms; it only says that the hub is up. */
export default class MainParty {
  static onFetch(request: Request): Response {
    const isHealthz = new URL(request.url).pathname === "/healthz";
    return isHealthz ? Response.json({ ok: true }) : refusal(404, "not-found");
  }

  static onBeforeConnect(): Response {
    return refusal(404, "not-found");
  }

  static onBeforeRequest(): Response {
    return refusal(404, "not-found");
  }

  onRequest(): Response {
    return refusal(404, "not-found");
  }
}
