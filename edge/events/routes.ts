import { hubEndpoint } from "../http/endpoint.ts";
import { tick } from "./tick.ts";

export const postTick = hubEndpoint({
  summary: "Do the background work that is due",
  async handle({ deps }) {
    await tick(deps);
    return {};
  },
});
