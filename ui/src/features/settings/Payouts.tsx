import { useLingui } from "@lingui/react/macro";
import { X } from "lucide-react";
import { Button, Check, CountInput, MoneyInput, PercentInput, Select, TextField } from "../../design";
import type { ChannelKind } from "../../host";
import { useMay } from "../../shell";
import type { SettingsForm } from "./form";
import type { ChannelRow, PayoutForm } from "./payoutForm";
import css from "./Settings.module.css";

const staysHere = (kind: ChannelKind) => kind === "balance" || kind === "points";

/** How commission is paid out: bounds, fee, days, who approves, and the channels with their files. */
export function PayoutsPart({ form, set }: { form: SettingsForm; set: (change: Partial<SettingsForm>) => void }) {
  const { t } = useLingui();
  const owner = useMay("owner");
  const terms = form.payouts;
  const change = (part: Partial<PayoutForm>) => set({ payouts: { ...terms, ...part } });
  const channel = (at: number, part: Partial<ChannelRow>) =>
    change({ channels: terms.channels.map((one, index) => (index === at ? { ...one, ...part } : one)) });
  const free = (id: string) => terms.channels.every((one) => one.id !== id);
  const add = () => {
    let next = terms.channels.length + 1;
    while (!free(`channel${next}`)) next += 1;
    const columns = "单号 = number\n账号 = account\n户名 = holder\n金额 = amount";
    change({
      channels: [...terms.channels, { id: `channel${next}`, name: "", kind: "bank", points_per_unit: 0, format: "xlsx", columns }],
    });
  };
  return (
    <>
      <div className={css.pair}>
        <MoneyInput label={t`Least amount`} value={terms.minimum_minor} onChange={(to) => change({ minimum_minor: to ?? 0 })} />
        <MoneyInput
          label={t`Most at once`}
          value={terms.maximum_minor}
          onChange={(to) => change({ maximum_minor: to ?? 0 })}
          hint={t`0: any amount.`}
        />
      </div>
      <div className={css.pair}>
        <PercentInput label={t`Fee, %`} value={terms.fee_ppm} onChange={(to) => change({ fee_ppm: to ?? 0 })} />
        <MoneyInput label={t`Fee at least`} value={terms.fee_least_minor} onChange={(to) => change({ fee_least_minor: to ?? 0 })} />
      </div>
      <div className={css.pair}>
        <MoneyInput label={t`No fee from`} value={terms.free_from_minor} onChange={(to) => change({ free_from_minor: to ?? 0 })} />
        <MoneyInput
          label={t`No fee up to`}
          value={terms.free_to_minor}
          onChange={(to) => change({ free_to_minor: to ?? 0 })}
          hint={t`0: there is no such band.`}
        />
      </div>
      <TextField
        label={t`Days of the month on which members ask`}
        value={terms.days}
        onChange={(days) => change({ days })}
        hint={t`Such as 5, 20; empty for every day. The shop's own run is free.`}
        maxLength={120}
      />
      <div className={css.pair}>
        <Select
          label={t`Approved by`}
          options={[
            { key: "clerk", text: t`Everyone` },
            { key: "manager", text: t`Manager or owner` },
            { key: "owner", text: t`Owner` },
          ]}
          value={terms.approves}
          onChange={(approves) => change({ approves })}
          disabled={!owner}
        />
        <MoneyInput
          label={t`Two people above`}
          value={terms.second_above_minor}
          onChange={(second_above_minor) => change({ second_above_minor })}
          hint={t`Empty: one is enough.`}
        />
      </div>
      <Check
        value={terms.identity}
        onChange={(identity) => change({ identity })}
        disabled={!owner}
        hint={t`Where the law taxes commission by person, as in China.`}
      >
        {t`No payout without an identity document`}
      </Check>
      <p className={css.prose}>
        {t`Ways that money takes. Under each stand the columns of its file, one a line: a title, = and one of row, number, holder, account, bank, amount, note.`}
      </p>
      {terms.channels.map((one, at) => {
        const name = one.name || one.id;
        return (
          <div key={one.id} role="group" aria-label={name}>
            <div className={css.tax}>
              <TextField label={t`Channel`} value={one.name} onChange={(to) => channel(at, { name: to })} maxLength={40} />
              <Select
                label={t`Kind of channel`}
                options={[
                  { key: "bank", text: t`Bank` },
                  { key: "wallet", text: t`Payment service` },
                  { key: "cash", text: t`Cash from the safe` },
                  { key: "balance", text: t`The member's stored value` },
                  { key: "points", text: t`The member's points` },
                ]}
                value={one.kind}
                onChange={(kind) => channel(at, { kind })}
                disabled={!owner}
              />
              {one.kind === "points" && (
                <CountInput
                  label={t`Points for 1 of money`}
                  value={one.points_per_unit}
                  onChange={(to) => channel(at, { points_per_unit: to ?? 0 })}
                />
              )}
              {!staysHere(one.kind) && (
                <Select
                  label={t`Format of the file`}
                  options={[
                    { key: "xlsx", text: "Excel" },
                    { key: "csv", text: "CSV UTF-8" },
                    { key: "csv_gb18030", text: "CSV GB18030" },
                  ]}
                  value={one.format}
                  onChange={(format) => channel(at, { format })}
                  disabled={!owner}
                />
              )}
              {owner && terms.channels.length > 1 && (
                <Button
                  kind="quiet"
                  label={t`Remove ${name}`}
                  onPress={() => change({ channels: terms.channels.filter((_, index) => index !== at) })}
                >
                  <X size={16} aria-hidden="true" />
                </Button>
              )}
            </div>
            {staysHere(one.kind) ? (
              <p className={css.prose}>{t`It stays in the shop: the member has it as soon as it is approved, and there is no file.`}</p>
            ) : (
              <TextField
                label={t`Columns of ${name}`}
                hideLabel
                value={one.columns}
                onChange={(columns) => channel(at, { columns })}
                rows={4}
              />
            )}
          </div>
        );
      })}
      {owner && (
        <div>
          <Button onPress={add}>{t`Add a channel`}</Button>
        </div>
      )}
    </>
  );
}
