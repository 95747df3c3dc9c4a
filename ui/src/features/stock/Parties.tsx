import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Amount, Button, Dialog, EmptyHint, notify, Section, Select, TextField } from "../../design";
import type { LocationRow, SupplierCard, SupplierRow } from "../../host";
import { useAnswer, useDeed } from "../../host/answers";
import { FailureStrip, useFailureWords } from "../../shell";
import { FLOOR } from "./document";
import css from "./Stock.module.css";

/** Who delivers, and where goods lie. */
export function Parties() {
  const { t } = useLingui();
  const suppliers = useAnswer("suppliers", null, { topics: ["stock"], keep: true });
  const places = useAnswer("locations", null, { topics: ["stock"], keep: true });
  const here = useAnswer("till_place", null, { topics: ["stock"], keep: true });
  const [supplier, setSupplier] = useState<SupplierRow | "new" | null>(null);
  const [place, setPlace] = useState<LocationRow | "new" | null>(null);
  const seat = useDeed("set_till_place", (row) => {
    const name = row.name || t`Shop floor`;
    notify({ text: t`This till sells from ${name}` });
    void here.refetch();
  });
  const usable = (places.data ?? []).filter((one) => !one.archived);
  return (
    <div className={css.parts}>
      <FailureStrip failure={suppliers.error ?? places.error ?? seat.error} />
      <Section title={t`Suppliers`} acts={<Button onPress={() => setSupplier("new")}>{t`New supplier`}</Button>}>
        {suppliers.data?.length === 0 ? (
          <EmptyHint>{t`No supplier yet. Add who delivers: each delivery then says where the goods came from.`}</EmptyHint>
        ) : (
          <table className={css.list}>
            <thead>
              <tr>
                <th>{t`Supplier`}</th>
                <th>{t`Contact`}</th>
                <th data-end="">{t`Deliveries`}</th>
                <th data-end="">{t`Cost`}</th>
                <th />
              </tr>
            </thead>
            <tbody>
              {(suppliers.data ?? []).map((row) => (
                <tr key={row.supplier}>
                  <td>
                    {row.card.name}
                    {row.card.archived && <div className={css.small}>{t`no longer used`}</div>}
                  </td>
                  <td>{[row.card.contact, row.card.phone].filter(Boolean).join(" · ")}</td>
                  <td data-end="">{row.deliveries}</td>
                  <td data-end="">
                    <Amount minor={row.cost_minor} />
                  </td>
                  <td data-end="">
                    <Button label={`${t`Edit`} ${row.card.name}`} onPress={() => setSupplier(row)}>
                      {t`Edit`}
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Section>
      <Section title={t`Places for goods`} acts={<Button onPress={() => setPlace("new")}>{t`New place`}</Button>}>
        <table className={css.list}>
          <tbody>
            {(places.data ?? []).map((row) => (
              <tr key={row.location}>
                <td>
                  {row.name || t`Shop floor`}
                  {row.archived && <div className={css.small}>{t`no longer used`}</div>}
                </td>
                <td data-end="">
                  <Button label={`${t`Edit`} ${row.name || t`Shop floor`}`} onPress={() => setPlace(row)}>
                    {t`Edit`}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {usable.length > 1 && here.data && (
          <div className={css.chooser}>
            <Select
              label={t`This till sells from`}
              options={usable.map((one) => ({ key: one.location, text: one.name || t`Shop floor` }))}
              value={here.data.location}
              onChange={(location) => seat.mutate(location)}
            />
          </div>
        )}
      </Section>
      {supplier && <SupplierDialog row={supplier === "new" ? null : supplier} onClose={() => setSupplier(null)} />}
      {place && <PlaceDialog row={place === "new" ? null : place} onClose={() => setPlace(null)} />}
    </div>
  );
}

function SupplierDialog({ row, onClose }: { row: SupplierRow | null; onClose: () => void }) {
  const { t } = useLingui();
  const words = useFailureWords();
  const [card, setCard] = useState<SupplierCard>(row?.card ?? { name: "", contact: null, phone: null, note: null, archived: false });
  const save = useDeed("save_supplier", onClose);
  const submit = (archived = card.archived) =>
    !save.isPending && save.mutate({ supplier: row?.supplier ?? null, card: { ...card, archived } });
  const set = (part: Partial<SupplierCard>) => setCard((old) => ({ ...old, ...part }));
  return (
    <Dialog
      title={row ? row.card.name : t`New supplier`}
      open
      onClose={onClose}
      footer={
        <>
          {row && <Button onPress={() => submit(!card.archived)}>{card.archived ? t`Use again` : t`No longer used`}</Button>}
          <Button kind="ink" onPress={() => submit()} busy={save.isPending}>{t`Save`}</Button>
        </>
      }
    >
      <div className={css.form}>
        <TextField
          label={t`Its name`}
          value={card.name}
          onChange={(name) => set({ name })}
          onEnter={() => submit()}
          error={save.error ? words(save.error) : undefined}
          maxLength={80}
          autoFocus
        />
        <TextField
          label={t`Contact`}
          optional={t`optional`}
          value={card.contact ?? ""}
          onChange={(contact) => set({ contact })}
          maxLength={80}
        />
        <TextField
          label={t`Telephone`}
          optional={t`optional`}
          value={card.phone ?? ""}
          onChange={(phone) => set({ phone })}
          maxLength={40}
        />
        <TextField label={t`Note`} optional={t`optional`} value={card.note ?? ""} onChange={(note) => set({ note })} maxLength={200} />
      </div>
    </Dialog>
  );
}

function PlaceDialog({ row, onClose }: { row: LocationRow | null; onClose: () => void }) {
  const { t } = useLingui();
  const words = useFailureWords();
  const [name, setName] = useState(row?.name ?? "");
  const save = useDeed("save_location", onClose);
  const submit = (archived = row?.archived ?? false) => !save.isPending && save.mutate({ location: row?.location ?? null, name, archived });
  return (
    <Dialog
      title={row ? row.name || t`Shop floor` : t`New place`}
      open
      onClose={onClose}
      footer={
        <>
          {row && row.location !== FLOOR && (
            <Button onPress={() => submit(!row.archived)}>{row.archived ? t`Use again` : t`No longer used`}</Button>
          )}
          <Button kind="ink" onPress={() => submit()} busy={save.isPending}>{t`Save`}</Button>
        </>
      }
    >
      <TextField
        label={t`Its name`}
        value={name}
        onChange={setName}
        onEnter={() => submit()}
        error={save.error ? words(save.error) : undefined}
        hint={t`Such as back room, warehouse, van.`}
        maxLength={40}
        autoFocus
      />
    </Dialog>
  );
}
