import { expect, it, vi } from "vitest";
import { openSerial } from "./serial-port.js";

const asked = vi.hoisted((): object[] => []);

vi.mock("serialport", () => ({
  SerialPort: class {
    readonly isOpen = false;
    constructor(options: object) {
      asked.push(options);
    }
    on(): void {}
    open(): void {}
  },
}));

it.each([true, false])(
  "asks the port for RTS/CTS as configured (%s), by the very name it was given",
  async (flowControl) => {
    const path = "/dev/serial/by-id/usb-radio";
    const end = openSerial(
      { path, baud: 57_600, flowControl },
      { onOpen: vi.fn(), onBytes: vi.fn(), onClose: vi.fn() },
    );
    await vi.waitFor(() =>
      expect(asked.at(-1)).toEqual({ path, baudRate: 57_600, rtscts: flowControl, autoOpen: false }),
    );
    end();
  },
);
