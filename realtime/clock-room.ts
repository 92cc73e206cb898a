import type * as Party from "partykit/server";
import { parseJson } from "../shared/chat.ts";
import { ClockPush } from "../shared/hub.ts";
import { admitRequest, refusal } from "./admission.ts";
import { ClockCore } from "./clock-core.ts";
import { asRequest, edgeOf } from "./party.ts";
import { parseHubEnv } from "./settings.ts";

const ONLY_ID = "main";

/** The hub's one clock, `/parties/clock/main`. The edge arms it when it starts; nobody connects. */
export default class ClockParty implements Party.Server {
  readonly #core: ClockCore;

  constructor(room: Party.Room) {
    const settings = parseHubEnv(room.env);
    this.#core = new ClockCore({
      storage: room.storage,
      edge: edgeOf(settings),
      tickMs: settings.room.tickMs,
      now: () => Date.now(),
    });
  }

  static onBeforeConnect(): Response {
    return refusal(404, "not-found");
  }

  static async onBeforeRequest(request: Party.Request, lobby: Party.Lobby) {
    if (lobby.id !== ONLY_ID) return refusal(404, "not-found");
    const admitted = await admitRequest(asRequest(request), parseHubEnv(lobby.env));
    return admitted as Party.Request | Response;
  }

  async onRequest(request: Party.Request): Promise<Response> {
    const push = parseJson(ClockPush, await request.text());
    if (push === undefined) return refusal(400, "bad-request");
    return Response.json({ applied: await this.#core.arm() });
  }

  async onAlarm(): Promise<void> {
    await this.#core.alarm();
  }
}

ClockParty satisfies Party.Worker;
