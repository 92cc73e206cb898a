/** A sentence's forms by the plural categories of its language (CLDR); `#` is the number. */
export type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

/** The form that a number takes: `plural(2, { one: "# night", other: "# nights" }, "en")`. */
export function plural(count: number, forms: Forms, locale: string): string {
  const form = forms[new Intl.PluralRules(locale).select(count)] ?? forms.other;
  return form.replace("#", new Intl.NumberFormat(locale).format(count));
}
