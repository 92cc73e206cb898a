import type { JSX } from "preact";

/** Icons of one pen: 24 units square, a round line of 1.7. */
type Icon = (props: { size?: number }) => JSX.Element;

function draw(path: string): Icon {
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
  "M10.500 4a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13ZM15.500 15.500 20 20",
);
export const StayIcon = /* @__PURE__ */ draw("M4 6.500h16V20H4ZM4 10.500h16M8 3.500v4M16 3.500v4");
export const BoatIcon = /* @__PURE__ */ draw(
  "M3 15.500h18l-2.500 4.500h-13ZM11.500 3.500V15.500M11.500 5l6.500 7.500h-6.500M9 8.500l-3.500 4H9",
);
export const FilterIcon = /* @__PURE__ */ draw(
  "M4 7h9M17 7h3M4 17h3M11 17h9M15 4.800v4.400M9 14.800v4.400",
);
export const MessageIcon = /* @__PURE__ */ draw("M4 5h16v11.500H11L6.500 20v-3.500H4Z");
export const HostIcon = /* @__PURE__ */ draw(
  "M4 9.500h16M6 9.500V20M18 9.500V20M4 20h16M8 9.500V5h8v4.500M10 14h4",
);
export const MapIcon = /* @__PURE__ */ draw("M9 4 4 6v14l5-2 6 2 5-2V4l-5 2ZM9 4v14M15 6v14");
export const ListIcon = /* @__PURE__ */ draw(
  "M8.500 6H20M8.500 12H20M8.500 18H20M4 6h.01M4 12h.01M4 18h.01",
);
export const PersonIcon = /* @__PURE__ */ draw(
  "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM4.500 20.500c.8-4 3.800-6 7.500-6s6.700 2 7.500 6",
);
export const CloseIcon = /* @__PURE__ */ draw("M6 6l12 12M18 6 6 18");
export const ChevronIcon = /* @__PURE__ */ draw("m7 10 5 5 5-5");
export const InstantIcon = /* @__PURE__ */ draw("M13 3 5.500 13.500H11L10 21l8-11h-5.500Z");
export const CheckIcon = /* @__PURE__ */ draw("m5 12.500 4.500 4.500L19 7");
export const CareIcon = /* @__PURE__ */ draw("M12 4 2.800 20h18.400ZM12 10v4.500M12 17.300v.01");
export const UnknownIcon = /* @__PURE__ */ draw(
  "M9 9.200c.2-1.800 1.400-2.900 3.100-2.900 1.800 0 3.100 1.100 3.100 2.700 0 2.300-3.100 2.500-3.100 4.800M12.100 17.300v.01",
);
export const PinIcon = /* @__PURE__ */ draw(
  "M12 21c4.500-4.600 6.700-8 6.700-11A6.700 6.700 0 0 0 5.300 10c0 3 2.200 6.400 6.700 11ZM12 7.700a2.400 2.400 0 1 0 0 4.800 2.400 2.400 0 0 0 0-4.800Z",
);
