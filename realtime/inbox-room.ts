import { InboxCore } from "./inbox-core.ts";
import { partyOf } from "./party.ts";

export default partyOf("inbox", (host, sockets) => new InboxCore(host, sockets));
