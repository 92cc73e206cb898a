import type * as Party from "partykit/server";
import { HUB_HEADERS } from "../shared/hub.ts";
import { uuidV7 } from "../shared/ids.ts";
import { admitRequest, admitSocket, claimsOf } from "./admission.ts";
import type { Alarms } from "./alarms.ts";
import { createEdgeClient } from "./edge-client.ts";
import { createHmac } from "./hmac.ts";
import type { RoomHost, RoomSocket, SocketState } from "./host.ts";
import type { RoomCore } from "./room-core.ts";
import { parseHubEnv } from "./settings.ts";
import type { HubSettings } from "./settings.ts";
import { SocketRoom } from "./socket-room.ts";
import type { Sockets } from "./sockets.ts";

type CreateCore = (host: RoomHost, sockets: Sockets, alarms: Alarms) => RoomCore;

/** PartyKit's face of a kind of room: everything that decides is in SocketRoom and the core. */
export function partyOf(party: string, createCore: CreateCore) {
  class RoomParty implements Party.Server {
    readonly options = { hibernate: true };
    readonly #room: SocketRoom;

    constructor(room: Party.Room) {
      this.#room = new SocketRoom(hostOf(room), createCore);
    }

    static onBeforeConnect(request: Party.Request, lobby: Party.Lobby) {
      const settings = parseHubEnv(lobby.env);
      return admitSocket(asRequest(request), party, lobby.id, settings) as Promise<Refused>;
    }

    static onBeforeRequest(request: Party.Request, lobby: Party.Lobby) {
      return admitRequest(asRequest(request), parseHubEnv(lobby.env)) as Promise<Refused>;
    }

    async onConnect(connection: Party.Connection, { request }: Party.ConnectionContext) {
      await this.#room.connect(socketOf(connection), claimsOf(request.headers));
    }

    async onMessage(data: unknown, connection: Party.Connection) {
      await this.#room.message(socketOf(connection), data);
    }

    onClose(connection: Party.Connection) {
      this.#room.close(socketOf(connection));
      // The runtime does not answer a client's close by itself: it would wait for its timeout.
      connection.close(1000);
    }

    onError(connection: Party.Connection) {
      this.#room.close(socketOf(connection));
    }

    async onRequest(request: Party.Request) {
      const nonce = request.headers.get(HUB_HEADERS.nonce) ?? "";
      const { status, body } = await this.#room.push(await request.text(), nonce);
      return Response.json(body, { status });
    }

    async onAlarm() {
      await this.#room.alarm();
    }
  }
  return RoomParty satisfies Party.Worker;
}

type Refused = Party.Request | Response;

/** PartyKit's types come with an older copy of workerd's; at run time they are one. */
export function asRequest(request: Party.Request): Request {
  return request as unknown as Request;
}

export function edgeOf(settings: HubSettings) {
  return createEdgeClient({
    edgeUrl: settings.edgeUrl,
    hmac: createHmac(settings.secret),
    fetch: (url, init) => fetch(url, init),
    now: () => Date.now(),
    newNonce: () => crypto.randomUUID(),
  });
}

function hostOf(room: Party.Room): RoomHost {
  const settings = parseHubEnv(room.env);
  let id: string | undefined;

  /** PartyKit does not say it in an alarm, nor to whatever wakes up with one: it is kept. */
  async function readId(): Promise<string> {
    const stored = await room.storage.get<string>("id");
    if (stored !== undefined) return stored;
    const known = room.id;
    await room.storage.put({ id: known });
    return known;
  }

  return {
    storage: room.storage,
    edge: edgeOf(settings),
    settings: settings.room,
    id: async () => id ??= await readId(),
    *sockets() {
      for (const connection of room.getConnections()) yield socketOf(connection);
    },
    now: () => Date.now(),
    newId: () => uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10))),
  };
}

function socketOf(connection: Party.Connection): RoomSocket {
  return {
    id: connection.id,
    get state() {
      // Only socketOf writes it.
      return connection.state as SocketState | null;
    },
    setState: (state) => {
      connection.setState(state);
    },
    send: (text) => connection.send(text),
    close: (code, reason) => connection.close(code, reason),
  };
}
