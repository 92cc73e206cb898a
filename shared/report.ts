import * as z from "zod/mini";
import { Message } from "./chat.ts";

export const ReportReason = z.enum(["fraud", "abuse", "spam", "other"]);
export type ReportReason = z.infer<typeof ReportReason>;

/** What somebody has to say of the other one in a conversation; `seq` where it is one message. */
export const NewReport = z.object({
  seq: z.optional(z.int().check(z.gte(1))),
  reason: ReportReason,
  note: z.optional(z.string().check(z.maxLength(2_000))),
});
export type NewReport = z.infer<typeof NewReport>;

/** A report as an administrator reads it; `evidence` is the message as it stood. */
export const Report = z.object({
  id: z.string(),
  threadId: z.string(),
  reporterId: z.string(),
  reportedId: z.string(),
  seq: z.nullable(z.int()),
  reason: ReportReason,
  note: z.string(),
  evidence: z.nullable(Message),
  createdAt: z.string(),
});
export type Report = z.infer<typeof Report>;
