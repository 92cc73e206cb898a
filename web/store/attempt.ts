/** A create that was sent and not yet answered: repeated with the same key it happens once. */
export interface Attempt {
  key: string;
  body: string;
}

/** The attempt to send a body with: the one still open where it says the same, else a new one. */
export function attemptOf(
  open: Attempt | undefined,
  body: unknown,
  newKey: () => string,
): Attempt {
  const text = JSON.stringify(body);
  return open?.body === text ? open : { key: newKey(), body: text };
}
