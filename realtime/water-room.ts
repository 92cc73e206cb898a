import { partyOf } from "./party.ts";
import { WaterCore } from "./water-core.ts";

export default partyOf("water", (host, sockets) => new WaterCore(host, sockets), "public");
