import { toBase64 } from "../../store/base64.ts";
import { err, ok, type Result } from "../../../shared/basics/result.ts";
import type { StaffBridge } from "../../../shared/contract/ipc.ts";
import type { Terminal } from "../../store/terminal.ts";

/** A workbook that only a desk with somebody signed in may have. */
export const deskSheet = async (
  terminal: Terminal,
  path: string,
  body: object,
): Promise<Result<Uint8Array<ArrayBuffer>, string>> => {
  const answer = await terminal.present(async (credentials) => {
    try {
      const response = await fetch(`${terminal.info.nodeUrl ?? ""}${path}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ ...credentials, clerkId: terminal.clerk.get()?.clerkId ?? "", ...body }),
      });
      if (response.ok) return ok(new Uint8Array(await response.arrayBuffer()));
      return err({ code: response.status === 401 ? "unauthorised" : "unavailable" });
    } catch {
      return err({ code: "unavailable" });
    }
  });
  return answer.ok ? answer : err("unavailable");
};

/** Lets the person keep a workbook. @returns whether it was kept; false: the person thought better of it */
export const keepSheet = async (bytes: Uint8Array<ArrayBuffer>, name: string): Promise<Result<boolean, string>> => {
  const bridge = (globalThis as { readonly terminal?: Partial<StaffBridge> }).terminal;
  if (bridge?.["sheet.save"]) return ok(await bridge["sheet.save"](name, toBase64(bytes)));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes]));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
  return ok(true);
};
