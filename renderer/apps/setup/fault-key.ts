import type { Diagnostic, PrintFault } from "../../../shared/contract/ipc.ts";

/** The sentence for what went wrong between this terminal and a node: what it is and what to do. */
export const faultKey = (code: string): string => {
  switch (code) {
    case "bad_url":
      return "setup:fault.badUrl";
    case "insecure_url":
      return "setup:fault.insecureUrl";
    case "unreachable":
    case "unavailable":
      return "setup:fault.unreachable";
    case "untrusted":
      return "setup:fault.untrusted";
    case "code_needed":
      return "setup:fault.codeNeeded";
    case "not_a_node":
      return "setup:fault.notANode";
    case "enrol_code_unknown":
      return "setup:fault.codeUnknown";
    case "too_many_requests":
      return "setup:fault.tooMany";
    case "wrong_name":
      return "setup:fault.wrongName";
    case "key_store_failed":
      return "setup:fault.keyStore";
    default:
      return "setup:fault.unexpected";
  }
};

/** The sentence for how a print ended. */
export const printFaultKey = (code: PrintFault): string => {
  switch (code) {
    case "no_printer":
      return "setup:printer.noPrinter";
    case "out_of_paper":
      return "setup:printer.outOfPaper";
    case "cover_open":
      return "setup:printer.coverOpen";
    case "offline":
      return "setup:printer.offline";
    case "failed":
      return "setup:printer.failed";
    case "unknown":
      return "setup:printer.unknown";
  }
};

/** The sentence of a line of the diagnostics page. */
export const diagnosticKey = ({ id, state, why }: Diagnostic): string => {
  switch (why) {
    case undefined:
      return `setup:diagnostics.${id}.${state}`;
    case "notCompared":
      return "setup:diagnostics.clock.notCompared";
    case "fast":
      return state === "fault" ? "setup:diagnostics.clock.farFast" : "setup:diagnostics.clock.fast";
    case "slow":
      return state === "fault" ? "setup:diagnostics.clock.farSlow" : "setup:diagnostics.clock.slow";
    default:
      return printFaultKey(why);
  }
};
