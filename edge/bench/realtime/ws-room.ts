// A room on ws alone: parses and tells everybody, keeps nothing. Its port is its first line.
import { createServer } from "node:http";
import { type WebSocket, WebSocketServer } from "ws";

const server = createServer();
const sockets = new Set<WebSocket>();
let seq = 0;

new WebSocketServer({ server }).on("connection", (socket) => {
  sockets.add(socket);
  socket.on("close", () => sockets.delete(socket));
  socket.on("message", (data: Buffer) => {
    const { clientId, text } = JSON.parse(String(data)) as { clientId: string; text: string };
    seq += 1;
    const sentAt = new Date().toISOString();
    const id = crypto.randomUUID();
    const frame = { type: "message", seq, id, clientId, senderId: "guest", text, sentAt };
    const bytes = JSON.stringify(frame);
    for (const other of sockets) other.send(bytes);
  });
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (typeof address === "object") console.log(address?.port);
});
