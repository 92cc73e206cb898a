import { draw } from "./icons.tsx";

export const ChevronIcon = /* @__PURE__ */ draw("m7 10 5 5 5-5");
