export const words = {
  signIn: "Sign in",
  signUp: "Create an account",
  signInText: "Your boats, stays and conversations are waiting.",
  signUpText: "One account to book berths, talk with hosts, and rent out a berth of your own.",
  name: "Your name",
  nameHint: "What hosts and guests call you",
  email: "E-mail",
  password: "Password",
  newPasswordHint: "At least 8 characters. A few words that belong together only to you do best.",
  show: "Show",
  hide: "Hide",
  showPassword: "Show the password",
  signInSubmit: "Sign in",
  signInBusy: "Signing in …",
  signUpSubmit: "Create the account",
  signUpBusy: "Creating …",
  isNew: "New here?",
  isKnown: "Been here before?",
  wrong: "Address and password do not belong together. Check both: capitals count in a password.",
  signInInstead: "Sign in with it",
  aside: "A berth that fits",
  asideText: "Tell us your boat once. Every search then knows her length, beam, draft and mast.",
} as const;

/** What is wrong with each value, and how to put it right. */
export const faultWords = {
  name: {
    "missing": "Say what you are called.",
    "too-long": "At most 80 characters.",
    "refused": "That name cannot be used.",
  },
  email: {
    "missing": "Type your e-mail address.",
    "malformed": "That is no e-mail address. One looks like ann@example.org.",
    "taken": "There is already an account with that address.",
  },
  password: {
    "missing": "Type your password.",
    "too-short": "A few more: a password has at least 8 characters.",
    "too-long": "At most 128 characters.",
    "refused": "That password cannot be used.",
  },
} as const;
