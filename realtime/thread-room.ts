import { partyOf } from "./party.ts";
import { ThreadCore } from "./thread-core.ts";

export default partyOf("thread", (host, sockets, alarms) => new ThreadCore(host, sockets, alarms));
