export const words = {
  title: "Sign in first",
  signIn: "Sign in",
  signUp: "Create an account",
} as const;
