/** The account menu's own: the first page has no use for them. */
export const menuWords = {
  signUp: "Create an account",
  signOut: "Sign out",
  boats: "My boats",
  theme: "Appearance",
  themes: { auto: "Automatic", light: "Light", dark: "Dark", sunlight: "Sunlight" },
  language: "Language",
  unit: "Lengths",
  units: { m: "Metres", ft: "Feet" },
} as const;
