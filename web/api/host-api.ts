import type * as z from "zod/mini";
import type { Block } from "../../shared/api.ts";
import type { Dock, DockPatch, Harbour, NewBlock, NewDock, NewHarbour } from "../../shared/dock.ts";
import type { Http, Page } from "./http.ts";

/** A dock as its host sees it: with its exact position. */
export type HostDock = Dock & { harbourId: number; blurPosition: boolean };

export function listHostDocks(
  http: Http,
  cursor?: string,
  signal?: AbortSignal,
): Promise<Page<HostDock>> {
  return http.get("docks", { host: "me", cursor, limit: 50 }, signal);
}

/** The harbours that one may add docks to. */
export async function listHarbours(http: Http, signal?: AbortSignal): Promise<Harbour[]> {
  return (await http.get<Page<Harbour>>("harbours", { mine: true, limit: 100 }, signal)).items;
}

export function createHarbour(
  http: Http,
  body: z.input<typeof NewHarbour>,
  idempotencyKey: string,
): Promise<Harbour> {
  return http.send("POST", "harbours", { body, idempotencyKey });
}

/** A new dock is a draft: nobody finds it before it is published. */
export function createDock(
  http: Http,
  body: z.input<typeof NewDock>,
  idempotencyKey: string,
): Promise<HostDock> {
  return http.send("POST", "docks", { body, idempotencyKey });
}

export function changeDock(
  http: Http,
  id: number,
  version: number,
  body: z.input<typeof DockPatch>,
): Promise<HostDock> {
  return http.send("PATCH", `docks/${id}`, { body, ifMatch: version });
}

export function setDockSale(
  http: Http,
  id: number,
  version: number,
  move: "publish" | "pause",
): Promise<HostDock> {
  return http.send("POST", `docks/${id}/${move}`, { body: {}, ifMatch: version });
}

export async function listBlocks(http: Http, id: number, signal?: AbortSignal): Promise<Block[]> {
  return (await http.get<Page<Block>>(`docks/${id}/blocks`, undefined, signal)).items;
}

export function createBlock(
  http: Http,
  id: number,
  body: z.input<typeof NewBlock>,
  idempotencyKey: string,
): Promise<Block> {
  return http.send("POST", `docks/${id}/blocks`, { body, idempotencyKey });
}

export function removeBlock(http: Http, id: number, blockId: string): Promise<void> {
  return http.send("DELETE", `docks/${id}/blocks/${blockId}`);
}
