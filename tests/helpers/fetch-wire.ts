import type { Wire } from "../../electron/node/node-client.ts";

/** A terminal's questions to its node by Node's own fetch. */
export const fetchWire: Wire = async (url, asked) => {
  const response = await fetch(url, { ...asked, redirect: "error" });
  return { status: response.status, text: await response.text(), date: response.headers.get("date") };
};
