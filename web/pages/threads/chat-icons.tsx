import { draw } from "../../components/icons.tsx";

/** Icons that only a conversation needs. */
export const MoreIcon = /* @__PURE__ */ draw(
  "M6 11.3a.7.7 0 1 0 0 1.4.7.7 0 0 0 0-1.4ZM12 11.3a.7.7 0 1 0 0 1.4.7.7 0 0 0 0-1.4ZM18 11.3a.7.7 0 1 0 0 1.4.7.7 0 0 0 0-1.4Z",
);
export const PlusIcon = /* @__PURE__ */ draw("M12 5v14M5 12h14");
export const PictureIcon = /* @__PURE__ */ draw(
  "M4 5h16v14H4ZM4 16l4.5-4.5 4 4 2.5-2.5 5 5M15.5 8.6v.01",
);
export const CameraIcon = /* @__PURE__ */ draw(
  "M4 8h4l1.5-2.5h5L16 8h4v11H4ZM12 10.2a3 3 0 1 0 0 6 3 3 0 0 0 0-6Z",
);
