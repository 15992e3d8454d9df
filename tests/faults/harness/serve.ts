/** A hall node as a process of its own, to be killed: what `center serve` starts, with a port that stays over restarts. */
import { readdirSync } from "node:fs";
import { startCenter } from "../../../center/start-center.ts";
import { createEnrolCode, enrol } from "../../../center/identity/devices.ts";
import { putClerk } from "../../../center/identity/clerks.ts";
import type { EnrolResponse } from "../../../shared/contract/api.ts";
import { memoryInUse } from "../../helpers/memory.ts";
import type { NodeMemory, NodeOrder, NodeQuestion, NodeReady } from "./hall-node.ts";

const order = JSON.parse(process.env["FAULT_NODE"] ?? "{}") as NodeOrder;
let ahead = 0;
const center = await startCenter({
  clock: () => Date.now() + ahead,
  mode: "hall",
  dataDir: order.dataDir,
  port: order.port,
  plan: order.plan,
  postgresFlags: order.postgresFlags,
  databaseUrl: order.databaseUrl,
});
const { hallId, context } = center;
if (hallId === null) throw new Error("the node has no hall");
const devices: EnrolResponse[] = [];
for (const { role, counterId } of order.devices) {
  const code = await createEnrolCode(context.database, { hallId, role, counterId }, Date.now());
  const device = await enrol(context.database, { code, name: `fault ${role}` }, Date.now());
  if (!device) throw new Error("a terminal could not be enrolled");
  devices.push(device);
}
const clerkIds: string[] = [];
for (const clerkNo of order.clerks)
  clerkIds.push(await putClerk(context.database, { hallId, clerkNo, name: clerkNo, password: `pw-${clerkNo}` }));

process.on("message", (question: NodeQuestion) => {
  ahead = question.ahead ?? ahead;
  process.send?.({ heap: memoryInUse(), files: readdirSync("/proc/self/fd").length } satisfies NodeMemory);
});
const stop = (): void => void center.stop().then(() => process.exit(0));
process.once("SIGTERM", stop);
process.once("disconnect", stop);
process.send?.({ url: center.url, hallId, devices, clerkIds, databaseUrl: context.database.url } satisfies NodeReady);
