/** What the node makes a person's keyed hash of: the same for one number however it was typed, at kiosk, desk or platform. */
export const personOfIdNumber = (idNumber: string): string =>
  `idCard:${idNumber.normalize("NFKC").replace(/\s+/g, "").toUpperCase()}`;
