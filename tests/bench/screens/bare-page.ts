/** The least that a person could use. */
const button = document.createElement("button");
button.textContent = "bare";
document.body.append(button);
Object.assign(globalThis, { bench: {} });
