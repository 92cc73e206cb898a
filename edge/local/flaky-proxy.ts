import { connect, createServer, type Socket } from "node:net";

/** A TCP proxy that behaves like a harbour's network, for tests of what must survive one. */
export interface FlakyProxy {
  /** `127.0.0.1:PORT` */
  readonly host: string;
  /** Refuses new connections while true. */
  isDown: boolean;
  /** While true nothing comes back: what is said arrives, its answer does not. */
  isDeaf: boolean;
  /** While true nothing passes, and nobody is told. */
  isFrozen: boolean;
  /** What passes takes so long, each way. */
  delayMs: number;
  /** Cuts every connection. */
  cut(): void;
  /** Resolves at the next bytes that are swallowed. */
  swallowed(): Promise<void>;
  stop(): Promise<void>;
}

/** Proxies to `host:port`. */
export async function startFlakyProxy(target: string): Promise<FlakyProxy> {
  const { hostname, port } = new URL(`http://${target}`);
  const open = new Set<Socket>();
  const late = new Map<Socket, Buffer[]>();
  let tell: (() => void)[] = [];
  const server = createServer((client) => {
    if (proxy.isDown) return void client.destroy();
    const upstream = connect(Number(port), hostname);
    const both = [client, upstream];
    for (const socket of both) {
      open.add(socket);
      // An error is followed by close.
      socket.on("error", () => {});
      socket.once("close", () => {
        open.delete(socket);
        for (const other of both) other.destroy();
      });
    }
    pass(client, upstream, () => proxy.isFrozen);
    pass(upstream, client, () => proxy.isFrozen || proxy.isDeaf);
  });

  /** What is late keeps back what comes after it: bytes never change their order. */
  function write(to: Socket, bytes: Buffer): void {
    const queue = late.get(to);
    if (queue) return void queue.push(bytes);
    if (proxy.delayMs === 0) return void to.write(bytes);
    const waiting = [bytes];
    late.set(to, waiting);
    setTimeout(() => {
      late.delete(to);
      for (const some of waiting) to.write(some);
    }, proxy.delayMs);
  }

  function pass(from: Socket, to: Socket, isSwallowed: () => boolean): void {
    let hasHole = false;
    from.on("data", (bytes) => {
      // What TCP has lost for good is followed by nothing: the connection is dead, and nobody knows.
      hasHole ||= isSwallowed();
      if (!hasHole) return write(to, bytes);
      for (const resolve of tell) resolve();
      tell = [];
    });
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("Cannot start proxy");
  const proxy: FlakyProxy = {
    host: `127.0.0.1:${address.port}`,
    isDown: false,
    isDeaf: false,
    isFrozen: false,
    delayMs: 0,
    cut() {
      for (const socket of open) socket.destroy();
    },
    swallowed: () => new Promise((resolve) => tell.push(resolve)),
    stop() {
      proxy.cut();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return proxy;
}
