import { Block, Page } from "../../shared/api.ts";
import { NewBlock } from "../../shared/dock.ts";
import { isUuid } from "../../shared/ids.ts";
import { dateToDay } from "../../shared/stay.ts";
import { personEndpoint, Reply } from "../http/endpoint.ts";
import { readPage, toPage } from "../http/page.ts";
import { idParam, PAGE_QUERY, uuidParam } from "../http/query.ts";
import { createBlock } from "./create-block.ts";
import { removeBlock } from "./remove-block.ts";
import { noted } from "./dock-routes.ts";
import { listBlocks } from "./list-blocks.ts";

export const postBlock = personEndpoint({
  summary: "Block nights of a dock, or of a part of a quay",
  body: NewBlock,
  answer: Block,
  status: 201,
  idempotency: "optional",
  handle: ({ deps, sql, person, params, body, nowMs }) =>
    noted(deps, createBlock(sql, person, idParam(params, "id"), body, nowMs)),
});

export const getBlocks = personEndpoint({
  summary: "A dock's blocks that are not over, in order",
  queryDoc: PAGE_QUERY,
  answer: Page(Block),
  async handle({ sql, person, params, query, nowMs }) {
    const { after, limit } = readPage(query, blockKey);
    const page = { after, limit: limit + 1 };
    const blocks = await listBlocks(sql, person, idParam(params, "id"), page, nowMs);
    return toPage(blocks, limit, ({ from, id }) => `${from} ${id}`);
  },
});

export const deleteBlock = personEndpoint({
  summary: "Put a block's nights back on sale",
  status: 204,
  async handle({ deps, sql, person, params }) {
    const [dockId, blockId] = [idParam(params, "id"), uuidParam(params, "blockId")];
    await noted(deps, removeBlock(sql, person, dockId, blockId));
    return new Reply(undefined, 204);
  },
});

function blockKey(text: string): { from: string; id: string } | undefined {
  const [from = "", id = "", ...rest] = text.split(" ");
  const isKey = !Number.isNaN(dateToDay(from)) && isUuid(id) && rest.length === 0;
  return isKey ? { from, id } : undefined;
}
