import { useLingui } from "@lingui/react/macro";
import { Button, Seal, writePercent } from "../../design";
import type { PlanVersion } from "../../host";
import css from "./Plan.module.css";

interface VersionsProps {
  versions: readonly PlanVersion[];
  today: string;
  /** Takes a version over into the editor. */
  onTake?: (version: PlanVersion) => void;
}

/** Every version that was ever put into force, newest first. They never change. */
export function Versions({ versions, today, onTake }: VersionsProps) {
  const { t } = useLingui();
  return (
    <table className={css.versions}>
      <thead>
        <tr>
          <th scope="col">{t`Version`}</th>
          <th scope="col">{t`In force from`}</th>
          <th scope="col">{t`State`}</th>
          <th scope="col" data-end="">{t`At most`}</th>
          <th scope="col">{t`Fingerprint`}</th>
          <th>
            <span className="hidden-text">{t`Take over`}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {versions.map((version) => (
          <tr key={version.row.version} aria-current={version.in_force || undefined}>
            <td>{`v${version.row.version}`}</td>
            <td>{version.row.effective_from}</td>
            <td>
              {version.in_force ? (
                <Seal tone="done">{t`in force`}</Seal>
              ) : version.row.effective_from > today ? (
                <Seal tone="wait">{t`to come`}</Seal>
              ) : (
                <Seal tone="note">{t`past`}</Seal>
              )}
            </td>
            <td data-end="">{version.row.bound_ppm === null ? "–" : writePercent(version.row.bound_ppm)}</td>
            <td data-selectable="" className={css.hash} title={version.row.hash}>
              {version.row.hash.slice(0, 12)}
            </td>
            <td data-end="">
              {onTake && (
                <Button kind="quiet" onPress={() => onTake(version)}>
                  {t`Take over`}
                </Button>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
