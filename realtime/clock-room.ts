import { parseJson } from "../shared/chat.ts";
import { ClockPush } from "../shared/hub.ts";
import { admitRequest, refusal } from "./admission.ts";
import { ClockCore } from "./clock-core.ts";
import { edgeOf } from "./party.ts";
import type { PartyLobby, PartyRoom } from "./partykit.ts";
import { parseHubEnv } from "./settings.ts";

const ONLY_ID = "main";

/** The hub's one clock, `/parties/clock/main`. The edge arms it when it starts; nobody connects. */
export default class ClockParty {
  readonly #core: ClockCore;

  constructor(room: PartyRoom) {
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

  static async onBeforeRequest(request: Request, lobby: PartyLobby) {
    if (lobby.id !== ONLY_ID) return refusal(404, "not-found");
    return await admitRequest(request, parseHubEnv(lobby.env));
  }

  async onRequest(request: Request): Promise<Response> {
    const push = parseJson(ClockPush, await request.text());
    if (push === undefined) return refusal(400, "bad-request");
    return Response.json({ applied: await this.#core.arm() });
  }

  async onAlarm(): Promise<void> {
    await this.#core.alarm();
  }
}
