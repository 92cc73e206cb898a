import * as z from "zod/mini";
import { Page } from "../../shared/api.ts";
import { uuidV7 } from "../../shared/ids.ts";
import { Problem } from "../../shared/problem.ts";
import { NewReport, Report } from "../../shared/report.ts";
import { relayPushes } from "../events/relay-pushes.ts";
import { personEndpoint, Reply } from "../http/endpoint.ts";
import { readPage, toPage, uuidKey } from "../http/page.ts";
import { PAGE_QUERY, uuidParam } from "../http/query.ts";
import { blockPerson, unblockPerson } from "./block-person.ts";
import { ownThread } from "./own-thread.ts";
import { listReports, reportThread } from "./report-thread.ts";

export const postPersonBlock = personEndpoint({
  summary: "Block somebody: neither writes to the other until you take it back",
  status: 204,
  async handle({ deps, sql, person, params, background }) {
    await blockPerson(sql, person.id, uuidParam(params, "id"));
    background(relayPushes(deps));
    return new Reply(undefined, 204);
  },
});

export const deletePersonBlock = personEndpoint({
  summary: "Let somebody write to you again",
  status: 204,
  async handle({ deps, sql, person, params, background }) {
    await unblockPerson(sql, person.id, uuidParam(params, "id"));
    background(relayPushes(deps));
    return new Reply(undefined, 204);
  },
});

export const postReport = personEndpoint({
  summary: "Report the other one of a conversation, or one of their messages",
  body: NewReport,
  answer: z.pick(Report, { id: true, createdAt: true }),
  status: 201,
  idempotency: "optional",
  async handle({ deps, sql, person, params, body, nowMs }) {
    const thread = await ownThread(sql, person.id, uuidParam(params, "id"));
    const otherId = thread.guest.id === person.id ? thread.host.id : thread.guest.id;
    const id = uuidV7(nowMs, deps.randomBytes(10));
    const report = await reportThread(sql, { id: thread.id, otherId }, person.id, id, body);
    return new Reply({ id: report.id, createdAt: report.createdAt }, 201);
  },
});

export const getReports = personEndpoint({
  summary: "What people have reported, newest first; for administrators",
  queryDoc: PAGE_QUERY,
  answer: Page(Report),
  async handle({ sql, person, query }) {
    if (person.role !== "admin") {
      throw new Problem("forbidden", "Cannot list reports: they are for administrators");
    }
    const { after, limit } = readPage(query, uuidKey);
    return toPage(await listReports(sql, after, limit + 1), limit, ({ id }) => id);
  },
});
