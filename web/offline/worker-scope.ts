// What the worker uses of its global scope: TypeScript's libraries of pages and of workers exclude
// each other, and everything else here runs in both.

/** https://w3c.github.io/ServiceWorker/#extendableevent-interface */
interface LifeEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}

export interface AskEvent extends LifeEvent {
  readonly request: Request;
  readonly clientId: string;
  respondWith(response: Promise<Response>): void;
}

export interface TellEvent extends LifeEvent {
  readonly data: unknown;
}

interface Page {
  postMessage(message: unknown): void;
}

/** https://w3c.github.io/ServiceWorker/#serviceworkerglobalscope-interface */
export interface WorkerScope {
  readonly location: { origin: string };
  readonly caches: CacheStorage;
  readonly indexedDB: IDBFactory;
  readonly navigator: { connection?: { saveData?: boolean } };
  readonly clients: {
    claim(): Promise<void>;
    get(id: string): Promise<Page | undefined>;
  };
  fetch(input: Request | string, init?: RequestInit): Promise<Response>;
  setTimeout(work: () => void, ms: number): number;
  skipWaiting(): Promise<void>;
  addEventListener(type: "install" | "activate", listener: (event: LifeEvent) => void): void;
  addEventListener(type: "fetch", listener: (event: AskEvent) => void): void;
  addEventListener(type: "message", listener: (event: TellEvent) => void): void;
}
