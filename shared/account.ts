import * as z from "zod/mini";

const Email = z.string().check(
  z.trim(),
  z.toLowerCase(),
  z.maxLength(254),
  z.regex(z.regexes.email, { error: "must be an e-mail address" }),
);

/** What somebody signs in with. An address is the same in any case. */
export const Credentials = z.object({
  email: Email,
  password: z.string().check(z.minLength(1), z.maxLength(128)),
});
export type Credentials = z.infer<typeof Credentials>;

/** A new account; `name` is what hosts and guests call each other. */
export const NewAccount = z.object({
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(80)),
  email: Email,
  password: z.string().check(z.minLength(8), z.maxLength(128)),
});
export type NewAccount = z.infer<typeof NewAccount>;
