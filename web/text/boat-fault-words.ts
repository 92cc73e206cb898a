/** What is wrong with a boat's form, in sentences for her owner. */
export const faultWords = {
  missing: "This is needed.",
  name: "Say what she is called.",
  between: (low: string, high: string) => `This can be ${low} to ${high}.`,
  hull: "The hull alone cannot be longer than all of her.",
  number: "Type a number.",
  whole: "Type a whole number.",
  money: "Type an amount, like 3000000.",
  expires: "Say until when she is insured.",
} as const;
