import * as z from "zod/mini";

/** How long a room ticket lives. It is used once, at once: a leaked URL is worth nothing. */
export const TICKET_TTL_SECONDS = 60;

/** Parties that a person may enter with a ticket. The hub has one more, its clock. */
export const TicketParty = z.enum(["thread", "booking", "inbox"]);
export type TicketParty = z.infer<typeof TicketParty>;

const RoomId = /^[0-9A-Za-z-]{1,64}$/;

export interface RoomName {
  party: TicketParty;
  id: string;
}

/** `thread:ID`: the name of a room, and the audience of its tickets. */
export function roomToName(room: RoomName): string {
  return `${room.party}:${room.id}`;
}

/** The room that a name names, undefined where it names none. */
export function nameToRoom(name: string): RoomName | undefined {
  const colon = name.indexOf(":");
  const party = TicketParty.safeParse(name.slice(0, colon));
  const id = name.slice(colon + 1);
  if (colon < 0 || !party.success || !RoomId.test(id)) return undefined;
  return { party: party.data, id };
}

/** The path under which the hub serves a room. */
export function roomToPath(party: string, id: string): string {
  return `/parties/${party}/${id}`;
}

/**
 * What a ticket says (a JWT, HS256): this person, in this session, may open this one room, once.
 * `iat` and `exp` in seconds since 1970.
 */
export const TicketClaims = z
  .object({
    aud: z.string(),
    sub: z.string().check(z.minLength(1), z.maxLength(64)),
    sid: z.string().check(z.minLength(1), z.maxLength(64)),
    jti: z.string().check(z.regex(/^[\w-]{16,64}$/)),
    iat: z.int(),
    exp: z.int(),
  })
  .check(
    z.refine(({ iat, exp }) => exp > iat && exp - iat <= TICKET_TTL_SECONDS, {
      error: "a ticket lives 60 seconds at most",
    }),
  );
export type TicketClaims = z.infer<typeof TicketClaims>;
