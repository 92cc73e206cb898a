import { BookingCore } from "./booking-core.ts";
import { partyOf } from "./party.ts";

export default partyOf("booking", (host, sockets) => new BookingCore(host, sockets));
