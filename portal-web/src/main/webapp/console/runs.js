// The runs: the one in progress, live, and the history.

import {call, errorLines, follow} from "./api.js";
import {chart} from "./chart.js";
import {differences} from "./diff.js";
import {age, button, byId, count, countsTable, definitions, element, lines, localTime, restoreCommand, seconds,
  showDialog} from "./page.js";

const STATES = {done: "good", failed: "bad", interrupted: "bad", skipped: "warn"};

/** The id of the run that is followed; null if there is none. */
let followed = null;

/** Shows what GET /api/runs has answered. */
export function showRuns(runs, act) {
  byId("no-runs").hidden = runs.length > 0;
  byId("runs-region").hidden = runs.length === 0;
  byId("runs").replaceChildren(...runs.slice(0, 50).map(run => row(run, act)));
  const dumps = runs.filter(run => run.kind === "dump" && run.state === "done").reverse();
  byId("duration").replaceChildren(chart(
    dumps.map(run => [Date.parse(run.started), seconds(run)]), value => `${+value.toPrecision(2)} s`, "duration-title"));
  const current = runs.find(run => run.state === "running");
  if (current && current.id !== followed) {
    act.guard(() => followRun(current, act))();
  }
}

/** Follows a run on the page until it has ended, and returns it as it is then. */
export async function followRun(run, act, changed = () => {}) {
  followed = run.id;
  byId("cancel").onclick = act.guard(() => call("DELETE", `runs/${run.id}`));
  try {
    return await follow(run.id, current => {
      showProgress(current);
      changed(current);
    });
  } finally {
    followed = null;
    byId("current").hidden = true;
    act.refresh();
  }
}

function showProgress(run) {
  const {app, model, stage, waitingFor, objects, total} = run.progress;
  byId("current").hidden = false;
  byId("current-title").textContent = `${run.kind} in progress`;
  byId("current-text").textContent = waitingFor
    ? `waiting for ${waitingFor}`
    : [stage, model ?? app, total ? `${count(objects)} of ${count(total)} objects`
      : objects ? `${count(objects)} objects` : null]
      .filter(part => part).join(", ");
  const bar = byId("current-bar");
  if (total) {
    bar.max = total;
    bar.value = Math.min(objects, total);
  } else {
    bar.removeAttribute("value");
  }
}

function row(run, act) {
  return element("tr", {},
    element("td", {class: "short"}, button(localTime(run.started), () => showRun(run, act), "link")),
    element("td", {}, run.kind),
    element("td", {class: STATES[run.state]}, run.state),
    element("td", {class: "number"}, seconds(run).toFixed(1)),
    element("td", {}, run.requestedBy));
}

/** Shows a run with its report. */
export function showRun(run, act) {
  const report = run.report ?? {};
  showDialog(`${run.kind} ${run.state}`,
    definitions([
      ["Started", `${localTime(run.started)} (${age(run.started)} ago), by ${run.requestedBy}`],
      ["Duration", `${seconds(run).toFixed(1)} s`],
      ["Set", report.set],
      ["Compared", report.differences && `${report.from} with ${report.to}`],
      ["Objects", report.objects == null ? null : count(report.objects)],
      ["Safety backup", report.safetyBackup],
      ["Run", run.id]]),
    lines(errorLines(run.errors ?? []), "errors"),
    lines(report.warnings ?? [], "warnings"),
    changes(report),
    report.differences ? differences(report) : null,
    report.safetyBackup && report.safetyBackupEncrypted
      ? element("div", {}, element("p", {}, "The safety backup is encrypted. This command undoes the restore:"),
        restoreCommand(report.safetyBackup))
      : null,
    report.safetyBackup && !report.safetyBackupEncrypted && !report.dryRun
      ? element("p", {}, button("Undo this restore …", () => act.undo(report.safetyBackup), "danger"))
      : null);
}

/** The counts of a load, of all models and of those with changes; null for other reports. */
export function changes(report) {
  if (!report.models || report.created == null) {
    return null;
  }
  const kinds = ["created", "updated", "unchanged", "deleted"];
  const changed = counts => counts.created + counts.updated + counts.deleted > 0;
  if (!changed(report)) {
    return element("p", {}, `Nothing differs: all ${count(report.unchanged)} objects already match the files.`);
  }
  const rows = Object.entries(report.models).filter(([, counts]) => changed(counts));
  return countsTable("Changes by model", kinds, [...rows, ["all models", report, "muted"]]);
}
