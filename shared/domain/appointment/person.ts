import { sha256Hex } from "../../basics/sha256.ts";
import { plainIdNumber } from "../identity/id-number.ts";

/** What stands for a card or a number wherever a person is told apart from others: at kiosk, desk, phone and platform. */
export const idNumberDigest = (idNumber: string): string => sha256Hex(`id-card\n${plainIdNumber(idNumber)}`);

/** What the node makes a person's keyed hash of: the same for one number, read off the card or however it was typed. */
export const personOfIdNumber = (idNumber: string): string => `idCard:${idNumberDigest(idNumber)}`;
