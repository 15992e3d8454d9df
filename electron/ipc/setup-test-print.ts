import type { TicketPrint } from "../../shared/contract/ipc.ts";
import { SETUP_ONLY, type Handler } from "./handler.ts";

const testTicket = (hallName: string, takenAt: number): TicketPrint => ({
  ticketId: "test",
  language: "zh-CN",
  hallName,
  sampleNote: "打印测试 TEST",
  kind: "测试票 Test ticket",
  business: "汉字、ABC、0123456789",
  item: null,
  number: "A000",
  lines: ["能看清这行字，说明打印正常。", "If you can read this line, the printer works."],
  takenAt,
});

export const setupTestPrint: Handler<"setup.testPrint"> = {
  roles: SETUP_ONLY,
  handle: ({ terminal }) =>
    terminal.printer.print(testTicket(terminal.identity.enrolment()?.hallName ?? "政务大厅终端", Date.now())),
};
