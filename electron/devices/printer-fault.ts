import type { PrintOutcome } from "../../shared/contract/ipc.ts";

export type PrinterFaultCode = Extract<PrintOutcome, { ok: false }>["error"]["code"];

/** Why a paper did not come out, or may not have. */
export class PrinterFault extends Error {
  readonly code: PrinterFaultCode;
  constructor(code: PrinterFaultCode) {
    super(code);
    this.code = code;
  }
}
