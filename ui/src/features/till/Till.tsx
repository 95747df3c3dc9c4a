import { useQuery } from "@tanstack/react-query";
import { call } from "../../host";
import { FailureStrip } from "../../shell";
import { readTicket } from "./desk";
import { OpenTill } from "./OpenTill";
import "./refusals";

/** The till, with the ticket that was open when it was left or the program stopped. */
export default function Till() {
  const begin = useQuery({
    queryKey: ["till-begin"],
    queryFn: () => call("held_sales", null),
    gcTime: 0,
  });
  if (begin.error) return <FailureStrip failure={begin.error} />;
  if (!begin.data) return null;
  const open = begin.data.filter((row) => row.open).map(readTicket);
  return <OpenTill begin={open.find((ticket) => ticket !== null) ?? null} />;
}
