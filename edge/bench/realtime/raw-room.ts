// The least that a room can do in this runtime: parse, number, store, tell everybody. It runs in a
// process of its own as the product's rooms do; its port is its first line.
import process from "node:process";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Miniflare, NoOpLog } from "miniflare";

const worker = `
export class RawRoom {
  constructor(state) { this.state = state; }
  fetch() {
    const { 0: client, 1: server } = new WebSocketPair();
    this.state.acceptWebSocket(server);
    return new Response(null, { status: 101, webSocket: client });
  }
  async webSocketMessage(socket, data) {
    const { clientId, text } = JSON.parse(data);
    this.seq ??= await this.state.storage.get("seq") ?? 0;
    const seq = ++this.seq;
    const sentAt = new Date().toISOString();
    const message = { type: "message", seq, id: crypto.randomUUID(), clientId, senderId: "guest", text, sentAt };
    this.state.storage.put({ seq, ["m:" + String(seq).padStart(12, "0")]: message });
    const frame = JSON.stringify(message);
    for (const socket of this.state.getWebSockets()) socket.send(frame);
  }
  webSocketClose(socket) { socket.close(1000); }
}
export default {
  fetch(request, env) {
    return env.ROOM.get(env.ROOM.idFromName(new URL(request.url).pathname)).fetch(request);
  },
};`;

const runtime = new Miniflare({
  host: "127.0.0.1",
  port: 0,
  cf: false,
  log: new NoOpLog(),
  modules: [{ type: "ESModule", path: "raw.mjs", contents: worker }],
  compatibilityDate: "2024-07-18",
  compatibilityFlags: ["nodejs_compat"],
  durableObjects: { ROOM: "RawRoom" },
  durableObjectsPersist: await mkdtemp(join(tmpdir(), "dokkerr-raw-room-")),
});
console.log((await runtime.ready).port);
process.on("SIGTERM", () => void runtime.dispose().then(() => process.exit(0)));
