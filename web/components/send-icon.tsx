import { draw } from "./icons.tsx";

/** A paper dart; it has a file of its own because only a conversation needs it. */
export const SendIcon = /* @__PURE__ */ draw("M4 4.5 21 12 4 19.5 6.5 12ZM6.5 12H14");
