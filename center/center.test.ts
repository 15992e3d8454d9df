import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startCenter, type TestCenter } from "../tests/helpers/center.ts";
import { NodeClient } from "../tests/helpers/node-client.ts";

let center: TestCenter;

beforeAll(async () => {
  center = await startCenter();
  await center.addClerk("1001");
});
afterAll(() => center.stop());

describe("the main job", () => {
  it("takes a number at the kiosk, calls it at the counter and shows it on the board", async () => {
    const { url } = center;
    const kiosk = await NodeClient.connect({ url, ...(await center.enrol("kiosk")) });
    const board = await NodeClient.connect({ url, ...(await center.enrol("display")) });
    const device = await center.enrol("window", "1");
    const { clerkId } = await center.login(device, "1001");
    const window = await NodeClient.connect({ url, ...device });

    const taken = await kiosk.send("TakeTicket", {
      ticketId: uuidv7(),
      businessId: "A",
      class: "ordinary",
      itemCode: null,
      itemName: "公司设立登记",
      personKey: null,
    });
    expect(taken.status).toBe("accepted");
    expect((await window.send("OpenCounter", { counterId: "1" }, { clerkId })).status).toBe("accepted");
    const called = await window.send("CallNext", { counterId: "1" }, { clerkId });
    expect(called.status).toBe("accepted");
    await board.until(() => board.state.calls.length === 1);
    expect(board.state.calls[0]).toMatchObject({ number: "A001", counterId: "1" });
    for (const client of [kiosk, board, window]) {
      expect(client.violations).toEqual([]);
      client.close();
    }
  });
});
