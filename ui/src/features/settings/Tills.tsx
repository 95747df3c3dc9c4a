import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Button, Dialog, Dots, EmptyHint, Facts, Seal, Section, Select, Strip, TextField, writeMoment } from "../../design";
import type { DeviceSeen, HeldEntry, Invitation, SyncStatus } from "../../host";
import { useAnswer, useDeed } from "../../host/answers";
import { FailureStrip, useMay, useSession, useTills, useTillWords } from "../../shell";
import "../../shell/meetRefusals";
import { OwnerPage } from "./OwnerPage";
import css from "./Settings.module.css";

/** Several tills of one shop: linking it, letting devices in, and what waits for the owner. */
export function Tills() {
  const { t } = useLingui();
  const owner = useMay("owner");
  const manager = useMay("manager");
  const { shop } = useSession();
  const status = useTills();
  if (status.error) return <FailureStrip failure={status.error} />;
  if (!status.data) return null;
  if (status.data.link === null) {
    return (
      <Section title={t`Several tills`}>
        <p className={css.prose}>
          {t`One shop can be on several computers. Each has whole books and sells with or without a network; they meet at a place of your own, and agree again.`}
        </p>
        <p className={css.prose}>
          {t`The meeting place is a small program, banyan-cloud. Start it with “banyan-cloud serve” on a computer that is always on, or on a rented server behind https, and type its address here.`}
        </p>
        {shop.sample ? (
          <Strip tone="note">{t`A sample shop is not linked. Open your own first.`}</Strip>
        ) : owner ? (
          <Link />
        ) : (
          <p className={css.prose}>{t`The owner links the shop.`}</p>
        )}
      </Section>
    );
  }
  return (
    <>
      <Linked status={status.data} />
      {owner && status.data.trouble === null && <AddTill />}
      {manager && status.data.trouble !== "no_token" && <Devices owner={owner} />}
      {owner && status.data.trouble === null && <Held />}
      {owner && status.data.trouble === null && status.data.link.ceiling === "owner" && <OwnerPage />}
    </>
  );
}

function Link() {
  const { t } = useLingui();
  const [address, setAddress] = useState("");
  const [word, setWord] = useState("");
  const [name, setName] = useState("");
  const link = useDeed("link_shop");
  return (
    <form
      className={css.fields}
      onSubmit={(event) => {
        event.preventDefault();
        link.mutate({ address, word, name });
      }}
    >
      <TextField
        label={t`Address of the meeting place`}
        value={address}
        onChange={setAddress}
        placeholder="https://"
        hint={t`Without https only this computer and the shop’s own network are asked.`}
        maxLength={200}
      />
      <div className={css.pair}>
        <TextField label={t`Name of this till`} value={name} onChange={setName} maxLength={40} />
        <TextField
          label={t`Opening word`}
          value={word}
          onChange={setWord}
          hint={t`Only where the meeting place asks for one.`}
          maxLength={100}
        />
      </div>
      <FailureStrip failure={link.error} />
      <div>
        <Button kind="ink" submit disabled={address.trim() === "" || name.trim() === ""} busy={link.isPending}>
          {t`Link the shop`}
        </Button>
      </div>
    </form>
  );
}

function Linked({ status }: { status: SyncStatus }) {
  const { t, i18n } = useLingui();
  const owner = useMay("owner");
  const words = useTillWords();
  const again = useDeed("sync_now");
  const [code, setCode] = useState("");
  const right = useDeed("link_again", () => setCode(""));
  const { link } = status;
  if (link === null) return null;
  const skew = status.skew_ms === null ? 0 : Math.round(Math.abs(status.skew_ms) / 60_000);
  return (
    <Section
      title={t`Several tills`}
      acts={
        <Button onPress={() => again.mutate(null)} busy={again.isPending}>
          {t`Try now`}
        </Button>
      }
    >
      <Facts
        facts={[
          { name: t`State`, value: words(status).text },
          { name: t`Last heard`, value: status.last_ms === null ? "–" : writeMoment(status.last_ms, i18n.locale) },
          { name: t`Meeting place`, value: link.address },
          { name: t`This till`, value: link.name === link.till ? link.till : `${link.name} (${link.till})` },
        ]}
      />
      {skew >= 5 && (
        <Strip tone="wait">{t`The clock of this computer is ${skew} minutes off. Sales are kept all the same; set it right.`}</Strip>
      )}
      {status.trouble === "shut_out" && (
        <Strip tone="wait">{t`The owner locked this till. It goes on selling; what it sells waits at the meeting place until the owner lets it in.`}</Strip>
      )}
      {status.trouble === "no_token" && (
        <>
          <Strip tone="wait">
            {t`These books came from another computer. Have the owner show a code under “Add a till” on another till, and type it here.`}
          </Strip>
          {owner && (
            <form
              className={css.fields}
              onSubmit={(event) => {
                event.preventDefault();
                right.mutate(code);
              }}
            >
              <TextField label={t`One-time code`} value={code} onChange={setCode} placeholder="ABCD-EFGH-JKLM" maxLength={20} />
              <FailureStrip failure={right.error} />
              <div>
                <Button kind="ink" submit disabled={code.trim() === ""} busy={right.isPending}>
                  {t`Let this computer in`}
                </Button>
              </div>
            </form>
          )}
        </>
      )}
    </Section>
  );
}

/** What a device may do at most, whoever sits at it. */
function useCeilings() {
  const { t } = useLingui();
  return [
    { key: "clerk", text: t`Till: sell and take back` },
    { key: "manager", text: t`Back office` },
    { key: "owner", text: t`Everything, as the owner’s` },
  ] as const;
}

function AddTill() {
  const { t, i18n } = useLingui();
  const ceilings = useCeilings();
  const [name, setName] = useState("");
  const [ceiling, setCeiling] = useState<string>("clerk");
  const [shown, setShown] = useState<Invitation | null>(null);
  const invite = useDeed("invite_device", (invitation) => {
    setShown(invitation);
    setName("");
  });
  return (
    <Section title={t`Add a till`}>
      <form
        className={css.fields}
        onSubmit={(event) => {
          event.preventDefault();
          invite.mutate({ ceiling, name });
        }}
      >
        <div className={css.pair}>
          <TextField label={t`Name of the new till`} value={name} onChange={setName} maxLength={40} />
          <Select label={t`What it may do at most`} options={ceilings} value={ceiling} onChange={setCeiling} />
        </div>
        <FailureStrip failure={invite.error} />
        <div>
          <Button submit disabled={name.trim() === ""} busy={invite.isPending}>
            {t`Show a code…`}
          </Button>
        </div>
      </form>
      <Dialog
        title={t`Code for the new till`}
        open={shown !== null}
        onClose={() => setShown(null)}
        footer={
          <Button kind="ink" onPress={() => setShown(null)} autoFocus>
            {t`Close`}
          </Button>
        }
      >
        {shown && (
          <>
            <p>{t`On the new computer, at the first screen, choose “A further till of my shop…” and type these, or scan the code. It opens once.`}</p>
            <Facts
              facts={[
                { name: t`Address`, value: shown.address },
                { name: t`One-time code`, value: <strong data-selectable="">{shown.code}</strong> },
                { name: t`Good until`, value: writeMoment(shown.until_ms, i18n.locale) },
              ]}
            />
            {shown.qr && (
              <div className={css.logoPaper}>
                <Dots picture={shown.qr} />
              </div>
            )}
          </>
        )}
      </Dialog>
    </Section>
  );
}

function Devices({ owner }: { owner: boolean }) {
  const { t } = useLingui();
  const devices = useAnswer("devices", null, { topics: ["sync"], keep: true });
  const [now, setNow] = useState<readonly DeviceSeen[] | null>(null);
  const [asked, setAsked] = useState<DeviceSeen | null>(null);
  const set = useDeed("set_device", (rows) => {
    setNow(rows);
    setAsked(null);
    void devices.refetch().then(() => setNow(null));
  });
  const rows = now ?? devices.data ?? [];
  const gone = asked?.name ?? "";
  return (
    <Section title={t`Tills of this shop`}>
      <FailureStrip failure={devices.error ?? (asked ? null : set.error)} />
      <ul className={css.copies}>
        {rows.map((row) => (
          <Device
            key={row.device}
            row={row}
            onLock={owner && !row.this ? (state) => set.mutate({ device: row.device, state }) : undefined}
            onRemove={owner && !row.this ? () => setAsked(row) : undefined}
          />
        ))}
      </ul>
      <Dialog
        title={t`Take a till out`}
        open={asked !== null}
        onClose={() => setAsked(null)}
        footer={
          <>
            <Button onPress={() => setAsked(null)}>{t`Keep it`}</Button>
            <Button kind="danger" busy={set.isPending} onPress={() => asked && set.mutate({ device: asked.device, state: "revoked" })}>
              {t`Take ${gone} out`}
            </Button>
          </>
        }
      >
        <p>{t`It gets nothing any more, for good. What it sold and has not sent yet waits for you here, should it come back: a stolen till may carry honest sales.`}</p>
        <FailureStrip failure={set.error} />
      </Dialog>
    </Section>
  );
}

function Device({ row, onLock, onRemove }: { row: DeviceSeen; onLock?: (state: string) => void; onRemove?: () => void }) {
  const { t, i18n } = useLingui();
  const ceilings = useCeilings();
  const { name, till, behind } = row;
  const seen = writeMoment(row.seen_at_ms, i18n.locale);
  return (
    <li className={css.copy}>
      <span>
        {name === till ? name : `${name} (${till})`} {row.this && <Seal tone="note">{t`This one`}</Seal>}
        {row.state === "locked" && <Seal tone="wait">{t({ message: "Locked", context: "a till" })}</Seal>}
        {row.state === "revoked" && <Seal tone="stop">{t`Taken out`}</Seal>}
      </span>
      <span>
        {ceilings.find((one) => one.key === row.ceiling)?.text}
        {" · "}
        {behind > 0 ? t`seen ${seen}, ${behind} entries behind` : t`seen ${seen}`}
      </span>
      {row.state !== "revoked" && onLock && (
        <span className={css.rowEnd}>
          <Button
            kind="quiet"
            label={row.state === "locked" ? t`Unlock ${name}` : t`Lock ${name}`}
            onPress={() => onLock(row.state === "locked" ? "active" : "locked")}
          >
            {row.state === "locked" ? t`Unlock` : t({ message: "Lock", context: "a till" })}
          </Button>
          <Button kind="quiet" label={t`Take ${name} out…`} onPress={onRemove}>
            {t`Take out…`}
          </Button>
        </span>
      )}
    </li>
  );
}

function Held() {
  const { t } = useLingui();
  const held = useAnswer("held_entries", null, { topics: ["sync"], keep: true });
  const [now, setNow] = useState<readonly HeldEntry[] | null>(null);
  const admit = useDeed("admit_entry", (rows) => {
    setNow(rows);
    void held.refetch().then(() => setNow(null));
  });
  const rows = now ?? held.data ?? [];
  const reasons: Record<string, string> = {
    locked: t`Its till was locked`,
    revoked: t`Its till was taken out`,
    over_ceiling: t`Its till may not do so`,
    over_role: t`Whoever did it may not`,
    same_id: t`Another entry has its identity`,
    postings: t`Its sums are not those of what it says`,
    unreadable: t`It cannot be read`,
  };
  const kinds: Record<string, string> = {
    SaleRecorded: t`Sale`,
    SaleReturned: t`Return`,
    ShiftOpened: t`Shift opened`,
    ShiftClosed: t`Shift closed`,
  };
  return (
    <Section title={t`Waits for the owner`}>
      <FailureStrip failure={held.error ?? admit.error} />
      {rows.length === 0 ? (
        <EmptyHint>{t`Nothing is held back.`}</EmptyHint>
      ) : (
        <ul className={css.copies}>
          {rows.map((row) => {
            const what = kinds[row.kind] ?? row.kind;
            const { device, business_date: day } = row;
            return (
              <li key={`${row.chain}/${row.dseq}`} className={css.copy}>
                <span>{[what, day, device].join(" · ")}</span>
                <span>{reasons[row.reason] ?? row.reason}</span>
                {row.admissible && (
                  <Button
                    kind="quiet"
                    label={t`Let ${what} of ${device} in`}
                    onPress={() => admit.mutate({ chain: row.chain, dseq: row.dseq })}
                    busy={admit.isPending}
                  >
                    {t`Let it in`}
                  </Button>
                )}
              </li>
            );
          })}
        </ul>
      )}
    </Section>
  );
}
