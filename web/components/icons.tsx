import type { JSX } from "preact";

/** Icons of one pen: 24 units square, a round line of 1.7. */
type Icon = (props: { size?: number }) => JSX.Element;

export function draw(path: string): Icon {
  return ({ size = 20 }) => (
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
      <path d={path} />
    </svg>
  );
}

export const SearchIcon = /* @__PURE__ */ draw(
  "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM15.5 15.5 20 20",
);
export const StayIcon = /* @__PURE__ */ draw("M4 6.5h16V20H4ZM4 10.5h16M8 3.5v4M16 3.5v4");
export const BoatIcon = /* @__PURE__ */ draw(
  "M3 15.5h18l-2.5 4.5h-13ZM11.5 3.5V15.5M11.5 5l6.5 7.5h-6.5M9 8.5l-3.5 4H9",
);
export const FilterIcon = /* @__PURE__ */ draw(
  "M4 7h9M17 7h3M4 17h3M11 17h9M15 4.8v4.4M9 14.8v4.4",
);
export const MessageIcon = /* @__PURE__ */ draw("M4 5h16v11.5H11L6.5 20v-3.5H4Z");
export const HostIcon = /* @__PURE__ */ draw(
  "M4 9.5h16M6 9.5V20M18 9.5V20M4 20h16M8 9.5V5h8v4.5M10 14h4",
);
export const MapIcon = /* @__PURE__ */ draw("M9 4 4 6v14l5-2 6 2 5-2V4l-5 2ZM9 4v14M15 6v14");
export const ListIcon = /* @__PURE__ */ draw(
  "M8.5 6H20M8.5 12H20M8.5 18H20M4 6h.01M4 12h.01M4 18h.01",
);
export const PersonIcon = /* @__PURE__ */ draw(
  "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM4.5 20.5c.8-4 3.8-6 7.5-6s6.7 2 7.5 6",
);
export const CloseIcon = /* @__PURE__ */ draw("M6 6l12 12M18 6 6 18");
export const InstantIcon = /* @__PURE__ */ draw("M13 3 5.5 13.5H11L10 21l8-11h-5.5Z");
export const CheckIcon = /* @__PURE__ */ draw("m5 12.5 4.5 4.5L19 7");
export const CareIcon = /* @__PURE__ */ draw("M12 4 2.8 20h18.4ZM12 10v4.5M12 17.3v.01");
export const UnknownIcon = /* @__PURE__ */ draw(
  "M9 9.2c.2-1.8 1.4-2.9 3.1-2.9 1.8 0 3.1 1.1 3.1 2.7 0 2.3-3.1 2.5-3.1 4.8M12.1 17.3v.01",
);
export const PinIcon = /* @__PURE__ */ draw(
  "M12 21c4.5-4.6 6.7-8 6.7-11A6.7 6.7 0 0 0 5.3 10c0 3 2.2 6.4 6.7 11ZM12 7.7a2.4 2.4 0 1 0 0 4.8 2.4 2.4 0 0 0 0-4.8Z",
);
