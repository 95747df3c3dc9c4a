import { useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button, Dialog, Facts, Section, Strip, writeFixed } from "../../design";
import { chooseTarget } from "../../host";
import { useAnswer, useDeed } from "../../host/answers";
import { FailureStrip, useJob, useMay, useSession } from "../../shell";
import { Copies } from "./Copies";
import { verdictOf } from "./form";
import { Recovery } from "./Recovery";
import { Report } from "./Report";
import css from "./Settings.module.css";

/** Proving the books, copying them, and leaving the sample behind. */
export function Data() {
  const { t } = useLingui();
  const manager = useMay("manager");
  const owner = useMay("owner");
  const { shop } = useSession();
  const status = useAnswer("status", null, { topics: ["sales", "products", "members", "settings"] });
  return (
    <>
      <Section title={t`Books`}>
        <Facts
          facts={[
            { name: t`Entries`, value: status.data ? writeFixed(status.data.entries, 0) : "…" },
            { name: t`Name of this till`, value: status.data?.till ?? "…" },
            { name: t`Version`, value: status.data?.version ?? "…" },
          ]}
        />
        {!manager && <p className={css.prose}>{t`A manager verifies and copies the books.`}</p>}
      </Section>
      {manager && <Copies />}
      {owner && <Recovery />}
      {manager && <Backup />}
      {manager && <Verify />}
      {manager && <Report />}
      {owner && shop.sample && <RemoveSample />}
    </>
  );
}

function Verify() {
  const { t } = useLingui();
  const [id, setId] = useState<number | null>(null);
  const verify = useDeed("verify", setId);
  const job = useJob(id);
  const running = verify.isPending || (id !== null && !job?.end);
  const verdict = job?.end?.end === "done" ? verdictOf(job.end.result) : null;
  const entries = verdict && writeFixed(verdict.entries, 0);
  const seals = verdict && writeFixed(verdict.seals, 0);
  const head = verdict?.head.slice(0, 16);
  const difference = verdict?.difference;
  const done = writeFixed(job?.done ?? 0, 0);
  const total = writeFixed(job?.total ?? 0, 0);
  return (
    <Section title={t`Verify`}>
      <p className={css.prose}>
        {t`Reads every entry from the first, checks the chain and its seals, that every sum is zero, and that all tables follow from the entries.`}
      </p>
      <div className={css.acts}>
        <Button onPress={() => verify.mutate(null)} busy={running}>
          {t`Verify the books`}
        </Button>
        {running && job && <span role="status">{t`${done} of ${total}`}</span>}
      </div>
      {verify.error && <FailureStrip failure={verify.error} />}
      {job?.end?.end === "failed" && <FailureStrip failure={job.end.failure} />}
      {job?.end?.end === "cancelled" && <Strip tone="wait">{t`Stopped before the end: nothing is known yet.`}</Strip>}
      {verdict &&
        (difference ? (
          <Strip>{t`The books are not whole. First difference: ${difference}`}</Strip>
        ) : (
          <Strip tone="note">{t`The books are whole: ${entries} entries, ${seals} seals, head ${head}.`}</Strip>
        ))}
    </Section>
  );
}

function Backup() {
  const { t } = useLingui();
  const { shop } = useSession();
  const [id, setId] = useState<number | null>(null);
  const backup = useDeed("backup", setId);
  const job = useJob(id);
  const running = backup.isPending || (id !== null && !job?.end);
  const result = job?.end?.end === "done" ? job.end.result : null;
  const path =
    typeof result === "object" && result !== null && !Array.isArray(result) && typeof result.path === "string" ? result.path : null;
  const choose = async () => {
    const target = await chooseTarget({
      title: t`Backup`,
      name: `${shop.name}-${shop.today}.banyan`,
      kinds: [{ name: t`Banyan shop`, extensions: ["banyan"] }],
    });
    if (target !== null) backup.mutate(target);
  };
  return (
    <Section title={t`Backup`}>
      <p className={css.prose}>{t`Writes a whole copy of the books to a new file. Selling goes on meanwhile.`}</p>
      <div className={css.acts}>
        <Button onPress={() => void choose()} busy={running}>
          {t`Back up to a file…`}
        </Button>
      </div>
      {backup.error && <FailureStrip failure={backup.error} />}
      {job?.end?.end === "failed" && <FailureStrip failure={job.end.failure} />}
      {path !== null && <Strip tone="note">{t`The copy is whole: ${path}`}</Strip>}
    </Section>
  );
}

function RemoveSample() {
  const { t } = useLingui();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const remove = useDeed("remove_sample", () => {
    setAsking(false);
    void client.resetQueries();
  });
  return (
    <Section title={t`Sample`}>
      <p className={css.prose}>{t`This shop is filled with a sample to try things with.`}</p>
      <div>
        <Button kind="danger" onPress={() => setAsking(true)}>{t`Remove the sample…`}</Button>
      </div>
      <Dialog
        title={t`Remove the sample`}
        open={asking}
        onClose={() => setAsking(false)}
        footer={
          <>
            <Button onPress={() => setAsking(false)}>{t`Keep it`}</Button>
            <Button kind="danger" onPress={() => remove.mutate(null)} busy={remove.isPending}>
              {t`Remove all products, members and sales`}
            </Button>
          </>
        }
      >
        <p>
          {t`All products, members and sales leave the shop, also those that you added yourself. The shop's name, its people with their PINs and its settings stay.`}
        </p>
        <p>{t`A copy of the sample is kept beside the shop's file.`}</p>
        <FailureStrip failure={remove.error} />
      </Dialog>
    </Section>
  );
}
