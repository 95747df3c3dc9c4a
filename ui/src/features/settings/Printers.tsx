import { useLingui } from "@lingui/react/macro";
import { Button, Check, Dots, Select, TextField } from "../../design";
import { chooseFile, type PrinterLine } from "../../host";
import { useAnswer, useDeed } from "../../host/answers";
import { FailureStrip, useMay } from "../../shell";
import { printerOf } from "./form";
import type { PartProps } from "./parts";
import css from "./Settings.module.css";

/** What stands above and below every receipt. */
export function ReceiptPart({ form, set }: PartProps) {
  const { t } = useLingui();
  const owner = useMay("owner");
  const read = useDeed("logo_from", (logo) => set({ logo }));
  const choose = async () => {
    const path = await chooseFile({ title: t`The shop's logo`, kinds: [{ name: "PNG", extensions: ["png"] }] });
    if (path !== null) read.mutate(path);
  };
  return (
    <>
      <div className={css.logo}>
        <span>{t`Logo over the shop's name`}</span>
        {form.logo ? (
          <div className={css.logoPaper}>
            <Dots picture={form.logo} />
          </div>
        ) : (
          <p className={css.prose}>{t`None. A PNG picture with dark lines on white prints best.`}</p>
        )}
        <div className={css.acts}>
          <Button onPress={choose} disabled={!owner} busy={read.isPending}>
            {t`Choose a picture`}
          </Button>
          {form.logo && owner && <Button onPress={() => set({ logo: null })}>{t`Remove the logo`}</Button>}
        </div>
        <FailureStrip failure={read.error} />
      </div>
      <Select
        label={t`Language of paper and sheets`}
        options={[
          { key: "zh-CN", text: "中文" },
          { key: "en", text: "English" },
        ]}
        value={form.paper_language}
        onChange={(paper_language) => set({ paper_language })}
        disabled={!owner}
      />
      <TextField
        label={t`More lines under the shop's name`}
        value={form.header}
        onChange={(header) => set({ header })}
        rows={3}
        hint={t`After address, telephone and tax number: opening hours, a greeting.`}
      />
      <TextField label={t`Lines at the foot`} value={form.footer} onChange={(footer) => set({ footer })} rows={3} />
    </>
  );
}

interface LineProps {
  line: PrinterLine;
  address: string;
  baud: number;
  onLine: (line: PrinterLine) => void;
  onAddress: (address: string) => void;
  onBaud: (baud: number) => void;
  hint: string;
  name: string;
}

const speeds = [9600, 19200, 38400, 57600, 115200];

/** How a printer is reached, with what this computer knows to choose from. */
function Line({ line, address, baud, onLine, onAddress, onBaud, hint, name }: LineProps) {
  const { t } = useLingui();
  const owner = useMay("owner");
  const found = useAnswer("printers_found", null, { enabled: line !== "network" });
  const here = (found.data ?? []).filter((one) => one.line === line).map((one) => one.address);
  const lines: Record<PrinterLine, string> = {
    network: t`On the network`,
    system: t`Installed on this computer`,
    serial: t`Serial port or USB-serial`,
  };
  const labels: Record<PrinterLine, string> = { network: t`Address`, system: t`Name of its queue`, serial: t`Port` };
  const examples: Record<PrinterLine, string> = { network: "192.168.1.60:9100", system: "XP-58", serial: "COM3, /dev/ttyUSB0" };
  return (
    <>
      <div className={css.pair}>
        <Select
          label={`${t`Reached`} (${name})`}
          options={(["network", "system", "serial"] as const).map((key) => ({ key, text: lines[key] }))}
          value={line}
          onChange={onLine}
          disabled={!owner}
        />
        <TextField
          label={`${labels[line]} (${name})`}
          value={address}
          onChange={onAddress}
          placeholder={examples[line]}
          hint={hint}
          maxLength={120}
        />
      </div>
      {line !== "network" && here.length > 0 && (
        <div className={css.acts}>
          <span>{t`Found here:`}</span>
          {here.map((one) => (
            <Button key={one} kind="quiet" onPress={() => onAddress(one)} disabled={!owner}>
              {one}
            </Button>
          ))}
        </div>
      )}
      {line === "serial" && (
        <Select
          label={`${t`Bits a second`} (${name})`}
          options={speeds.map((speed) => ({ key: String(speed), text: String(speed) }))}
          value={String(baud)}
          onChange={(speed) => onBaud(Number(speed))}
          disabled={!owner}
        />
      )}
    </>
  );
}

/** The printers of this device. */
export function PrinterPart({ form, set }: PartProps) {
  const { t } = useLingui();
  const owner = useMay("owner");
  const test = useDeed("test_printer");
  const printer = printerOf(form);
  const change = (part: Partial<typeof form>) => {
    set(part);
    test.reset();
  };
  return (
    <>
      <p className={css.prose}>{t`Printers belong to this device; another till has its own.`}</p>
      <Line
        name={t`receipts`}
        line={form.line}
        address={form.address}
        baud={form.baud}
        onLine={(line) => change({ line })}
        onAddress={(address) => change({ address })}
        onBaud={(baud) => change({ baud })}
        hint={t`Empty: receipts are shown on the screen only.`}
      />
      <Select
        label={t`Paper`}
        options={[
          { key: "paper58", text: t`58 mm` },
          { key: "paper80", text: t`80 mm` },
        ]}
        value={form.paper}
        onChange={(paper) => change({ paper })}
        disabled={!owner}
      />
      <Check value={form.drawer} onChange={(drawer) => set({ drawer })}>{t`Opens the cash drawer when cash is taken`}</Check>
      {form.line !== "system" && (
        <Check
          value={form.answers}
          onChange={(answers) => change({ answers })}
          hint={t`Then a receipt counts as printed only once the printer says so: lid closed, paper there.`}
        >
          {t`Answers status questions`}
        </Check>
      )}
      <Check value={form.picture} onChange={(picture) => change({ picture })} hint={t`For printers that have no Chinese letters. Slower.`}>
        {t`Send receipts as pictures`}
      </Check>
      <div className={css.acts}>
        <Button onPress={() => printer && test.mutate(printer)} disabled={printer === null || !owner} busy={test.isPending}>
          {t`Print a test page`}
        </Button>
        {test.isSuccess && <span role="status">{t`The printer took the page. Look whether Chinese and Latin letters stand on it.`}</span>}
      </div>
      <FailureStrip failure={test.error} />
      <h3 className={css.under}>{t`Label printer`}</h3>
      <Line
        name={t`labels`}
        line={form.label_line}
        address={form.label_address}
        baud={form.label_baud}
        onLine={(label_line) => set({ label_line })}
        onAddress={(label_address) => set({ label_address })}
        onBaud={(label_baud) => set({ label_baud })}
        hint={t`Empty: no labels are printed.`}
      />
      <div className={css.pair}>
        <Select
          label={t`Language of the label printer`}
          options={[
            { key: "tspl", text: "TSPL" },
            { key: "escpos", text: "ESC/POS" },
          ]}
          value={form.label_language}
          onChange={(label_language) => set({ label_language })}
          disabled={!owner}
        />
        <Select
          label={t`Labels in it`}
          options={[
            { key: "label40x30", text: t`40 × 30 mm` },
            { key: "label50x30", text: t`50 × 30 mm` },
          ]}
          value={form.label_size}
          onChange={(label_size) => set({ label_size })}
          disabled={!owner}
        />
      </div>
    </>
  );
}
