import { isRewritten, type Dispute } from "../../shared/domain/city/overview.ts";
import type { LogFault, LogVerdict } from "./verify.ts";

const faultText = ({ seq, kind }: LogFault): string => {
  const event = `Event ${String(seq)}`;
  switch (kind) {
    case "changed":
      return `${event} was changed: its content does not give its hash.`;
    case "chain":
      return `${event} does not follow from the one before it: something was put in, left out or re-ordered here.`;
    case "missing":
      return `${event} is missing.`;
    case "head":
      return `The log ends at event ${String(seq)}, but not as its head says.`;
  }
};

const disputeText = ({ seq, kind, seenAt }: Dispute): string => {
  const when = new Date(seenAt).toISOString();
  const from = `from event ${String(seq)} on`;
  switch (kind) {
    case "restored":
      return `${when}: the hall came back from a backup; ${from} it went another way, after all that was held here. What was held is kept aside.`;
    case "rewritten":
      return `${when}: the hall's history was REWRITTEN ${from}: what it sent claims to be older than what was held here already. What was held is kept aside.`;
    case "forked":
      return `${when}: the hall's history was REWRITTEN ${from} and sent under the same name of the log; it was refused.`;
  }
};

/** Whether all is well: a backup that was put back is no fault. */
export const isSound = ({ faults }: LogVerdict, disputes: readonly Dispute[]): boolean =>
  faults.length === 0 && !disputes.some(isRewritten);

/** A verdict in sentences, for people. */
export const describeVerdict = ({ events, faults }: LogVerdict, disputes: readonly Dispute[]): readonly string[] =>
  [
    faults.length === 0 ? `${String(events)} events, each follows from the one before it.` : "",
    ...faults.map(faultText),
    ...disputes.map(disputeText),
  ].filter((text) => text !== "");
