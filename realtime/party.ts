import { HUB_HEADERS, PushAnswer } from "../shared/hub.ts";
import { uuidV7 } from "../shared/ids.ts";
import { admitReader, admitRequest, admitSocket, claimsOf } from "./admission.ts";
import type { TellInbox } from "./admission.ts";
import type { Alarms } from "./alarms.ts";
import { createEdgeClient } from "./edge-client.ts";
import { createHmac } from "./hmac.ts";
import type { RoomHost, RoomSocket, SocketState } from "./host.ts";
import type { RoomCore } from "./room-core.ts";
import type { PartyConnection, PartyLobby, PartyRoom } from "./partykit.ts";
import { parseHubEnv } from "./settings.ts";
import type { HubSettings } from "./settings.ts";
import { SocketRoom } from "./socket-room.ts";
import type { Sockets } from "./sockets.ts";

export type CreateCore = (host: RoomHost, sockets: Sockets, alarms: Alarms) => RoomCore;

/**
 * PartyKit's face of a kind of room: everything that decides is in SocketRoom and the core. A public
 * one is entered without a ticket.
 */
export function partyOf(party: string, createCore: CreateCore, access?: "public") {
  class RoomParty {
    readonly options = { hibernate: true };
    readonly #room: SocketRoom;

    constructor(room: PartyRoom) {
      this.#room = new SocketRoom(hostOf(room), createCore);
    }

    static onBeforeConnect(request: Request, lobby: PartyLobby) {
      const settings = parseHubEnv(lobby.env);
      return access === "public"
        ? admitReader(request, lobby.id, settings)
        : admitSocket(request, party, lobby.id, settings, inboxesOf(lobby));
    }

    static onBeforeRequest(request: Request, lobby: PartyLobby) {
      return admitRequest(request, parseHubEnv(lobby.env));
    }

    async onConnect(connection: PartyConnection, { request }: { request: Request }) {
      const socket = socketOf(connection);
      if (access === "public") await this.#room.listen(socket);
      else await this.#room.connect(socket, claimsOf(request.headers));
    }

    async onMessage(data: unknown, connection: PartyConnection) {
      await this.#room.message(socketOf(connection), data);
    }

    onClose(connection: PartyConnection) {
      this.#room.close(socketOf(connection));
      // The runtime does not answer a client's close by itself: it would wait for its timeout.
      connection.close(1000);
    }

    onError(connection: PartyConnection) {
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
  }
  return RoomParty;
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

/** Inside the runtime: no signature is needed, but a nonce as if there were one. */
function inboxesOf(lobby: PartyLobby): TellInbox {
  return async (userId, push) => {
    try {
      const response = await lobby.parties["inbox"]?.get(userId).fetch({
        method: "POST",
        headers: { [HUB_HEADERS.nonce]: crypto.randomUUID() },
        body: JSON.stringify(push),
      });
      const answer = PushAnswer.safeParse(await response?.json());
      return answer.success ? answer.data : undefined;
    } catch (error) {
      console.warn("Cannot note a socket in its person's inbox:", error);
      return undefined;
    }
  };
}

function hostOf(room: PartyRoom): RoomHost {
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

export function socketOf(connection: PartyConnection): RoomSocket {
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
