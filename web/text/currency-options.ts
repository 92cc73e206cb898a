/** Every currency with its name, for a field that asks which. */
export function currencyOptions(locale: string): (readonly [code: string, text: string])[] {
  const names = new Intl.DisplayNames(locale, { type: "currency" });
  return Intl.supportedValuesOf("currency").map((code) =>
    [code, `${code} · ${names.of(code) ?? code}`] as const
  );
}
