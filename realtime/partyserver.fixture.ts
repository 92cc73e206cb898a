import { routePartykitRequest, Server } from "partyserver";
import { HUB_HEADERS, PushAnswer } from "../shared/hub.ts";
import { uuidV7 } from "../shared/ids.ts";
import { admitRequest, admitSocket, claimsOf, refusal } from "./admission.ts";
import { BookingCore } from "./booking-core.ts";
import type { RoomHost } from "./host.ts";
import { InboxCore } from "./inbox-core.ts";
import { edgeOf, socketOf } from "./party.ts";
import type { CreateCore } from "./party.ts";
import type { PartyConnection } from "./partykit.ts";
import { parseHubEnv } from "./settings.ts";
import { SocketRoom } from "./socket-room.ts";
import { ThreadCore } from "./thread-core.ts";

/*
 * The way out of PartyKit: the same cores on partyserver, Cloudflare's own successor of it. Nothing
 * of the product runs on it; a test shows that it could.
 */

type Env = Record<string, unknown>;

/** What partyserver hands to a server, as far as it is used here; its types need all of workerd's. */
interface ServerParts {
  readonly ctx: { readonly storage: RoomHost["storage"] };
  readonly env: Env;
  readonly name: string;
  getConnections(): Iterable<PartyConnection>;
}

function hostOf(server: ServerParts): RoomHost {
  const settings = parseHubEnv(server.env);
  return {
    storage: server.ctx.storage,
    edge: edgeOf(settings),
    settings: settings.room,
    id: () => Promise.resolve(server.name),
    *sockets() {
      for (const connection of server.getConnections()) yield socketOf(connection);
    },
    now: () => Date.now(),
    newId: () => uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10))),
  };
}

function serverOf(createCore: CreateCore) {
  return class extends (Server as unknown as new (ctx: unknown, env: Env) => ServerParts) {
    static readonly options = { hibernate: true };
    #made: SocketRoom | undefined;

    get #room(): SocketRoom {
      return this.#made ??= new SocketRoom(hostOf(this), createCore);
    }

    async onConnect(connection: PartyConnection, { request }: { request: Request }) {
      await this.#room.connect(socketOf(connection), claimsOf(request.headers));
    }

    async onMessage(connection: PartyConnection, data: unknown) {
      await this.#room.message(socketOf(connection), data);
    }

    onClose(connection: PartyConnection) {
      this.#room.close(socketOf(connection));
    }

    async onRequest(request: Request) {
      const nonce = request.headers.get(HUB_HEADERS.nonce) ?? "";
      const { status, body } = await this.#room.push(await request.text(), nonce);
      return Response.json(body, { status });
    }

    async onAlarm() {
      await this.#room.alarm();
    }
  };
}

export class Thread extends serverOf((...parts) => new ThreadCore(...parts)) {}
export class Booking extends serverOf((host, sockets) => new BookingCore(host, sockets)) {}
export class Inbox extends serverOf((host, sockets) => new InboxCore(host, sockets)) {}

interface Namespace {
  idFromName(name: string): unknown;
  get(id: unknown): { fetch(request: Request): Promise<Response> };
}

function inboxesOf(env: Env) {
  return async (userId: string, push: unknown) => {
    const inboxes = env["Inbox"] as Namespace;
    const request = new Request(`http://inbox/parties/inbox/${userId}`, {
      method: "POST",
      headers: { [HUB_HEADERS.nonce]: crypto.randomUUID(), "x-partykit-room": userId },
      body: JSON.stringify(push),
    });
    const response = await inboxes.get(inboxes.idFromName(userId)).fetch(request);
    const answer = PushAnswer.safeParse(await response.json());
    return answer.success ? answer.data : undefined;
  };
}

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const settings = parseHubEnv(env);
    const route = routePartykitRequest as unknown as (
      request: Request,
      env: Env,
      hooks: Record<
        string,
        (
          request: Request,
          lobby: { className: string; name: string },
        ) => Promise<Request | Response>
      >,
    ) => Promise<Response | null>;
    const answer = await route(request, env, {
      onBeforeConnect: (asked, { className, name }) =>
        admitSocket(asked, className.toLowerCase(), name, settings, inboxesOf(env)),
      onBeforeRequest: (asked) => admitRequest(asked, settings),
    });
    return answer ?? refusal(404, "not-found");
  },
};
