/** Brings the keyboard, and the eye, to the first value of a form that needs another look. */
export function showFirstFault(form: HTMLElement): void {
  const field = form.querySelector<HTMLElement>('[aria-invalid="true"]');
  field?.focus({ preventScroll: true });
  // In the middle: the bars above and below would cover what is only just in view.
  field?.scrollIntoView({ block: "center" });
}
