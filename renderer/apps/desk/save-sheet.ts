import type { StaffBridge } from "../../../shared/contract/ipc.ts";
import { err, ok, type Result } from "../../../shared/basics/result.ts";
import type { Terminal } from "../../store/terminal.ts";

const toBase64 = (bytes: Uint8Array): string => {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8_192) text += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  return btoa(text);
};

/**
 * Fetches a workbook that the center makes and lets the person keep it.
 * @param name letters, digits and hyphens, ending in `.xlsx`
 * @returns whether it was kept; false: the person thought better of it
 */
export const saveSheet = async (
  terminal: Terminal,
  path: string,
  body: object,
  name: string,
): Promise<Result<boolean, string>> => {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    const response = await fetch(`${terminal.info.nodeUrl ?? ""}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ ...terminal.info.credentials, clerkId: terminal.clerk.get()?.clerkId ?? "", ...body }),
    });
    if (!response.ok) return err("unavailable");
    bytes = new Uint8Array(await response.arrayBuffer());
  } catch {
    return err("unavailable");
  }
  const bridge = (globalThis as { readonly terminal?: Partial<StaffBridge> }).terminal;
  if (bridge?.["sheet.save"]) return ok(await bridge["sheet.save"](name, toBase64(bytes)));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes]));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
  return ok(true);
};
