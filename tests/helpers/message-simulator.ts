import { DeliverySimulator, type FieldError } from "./delivery-simulator.ts";

/** The longest text message that a gateway takes. */
const TEXT_MAX = 300;

const errorsOf = ({ phone, text, ...rest }: Readonly<Record<string, unknown>>): readonly FieldError[] => [
  ...(typeof phone === "string" && /^1[3-9]\d{9}$/.test(phone) ? [] : [{ field: "phone", problem: "code" }]),
  ...(typeof text === "string" &&
  text !== "" &&
  text.length <= TEXT_MAX &&
  /^【[^】]{2,40}】/.test(text) &&
  !text.includes("{{")
    ? []
    : [{ field: "text", problem: "signature" }]),
  ...Object.keys(rest).map((field) => ({ field, problem: "unknown" })),
];

/** A gateway for text messages: mobile numbers only, a signature in 【】 first, nothing else in the record. */
export class MessageSimulator extends DeliverySimulator {
  static async start(key: string): Promise<MessageSimulator> {
    const simulator = new MessageSimulator(key, ([profile], record) => (profile === "sms-1" ? errorsOf(record) : null));
    await simulator.listen();
    return simulator;
  }
}
