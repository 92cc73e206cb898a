import { landBase, landMasks } from "virtual:land-cells";
import { render } from "preact";
import { todayIn } from "../shared/stay.ts";
import "./styles/tokens.css";
render(<p>{landBase}{landMasks.length}{todayIn("UTC", 0)}</p>, document.body);
