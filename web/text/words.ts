/**
 * What a translation of words must have: every word and every function of the English ones, each
 * with its own text. `satisfies Translation<typeof en>` makes a missing word a type error.
 */
export type Translation<T> = T extends string ? string
  : T extends (...args: infer A) => infer R ? (...args: A) => Translation<R>
  : { readonly [K in keyof T]: Translation<T[K]> };
