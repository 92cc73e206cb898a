import type { Server } from "node:http";

/** Listens on loopback and resolves with the port, which the system chooses where it is 0. */
export function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      const address = server.address();
      if (address && typeof address === "object") resolve(address.port);
      else reject(new Error("Cannot listen: the server has no address"));
    });
  });
}

/**
 * Stops taking connections, lets those in use end for a moment, then cuts what is left; `insist`
 * cuts what the server no longer knows about (upgraded sockets).
 */
export async function closeServer(server: Server, insist: () => void = () => {}): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const impatient = setTimeout(() => {
    insist();
    server.closeAllConnections();
  }, 1000);
  await closed;
  clearTimeout(impatient);
}
