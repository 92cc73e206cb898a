// A room on socket.io: tells everybody, keeps nothing. Its port is its first line.
import { createServer } from "node:http";
import { Server } from "socket.io";

const server = createServer();
const io = new Server(server, { transports: ["websocket"] });
let seq = 0;

io.on("connection", (socket) => {
  void socket.join("room");
  socket.on("message", ({ clientId, text }: { clientId: string; text: string }) => {
    seq += 1;
    const sentAt = new Date().toISOString();
    const id = crypto.randomUUID();
    const frame = { type: "message", seq, id, clientId, senderId: "guest", text, sentAt };
    io.to("room").emit("message", frame);
  });
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (typeof address === "object") console.log(address?.port);
});
