/** A paper dart of the same pen as the other icons; only a conversation needs it. */
export function SendIcon({ size = 20 }: { size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="1.7"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <path d="M4 4.5 21 12 4 19.5 6.5 12ZM6.5 12H14" />
    </svg>
  );
}
