// The restore of a set: choose, dry run, confirm, run, undo.

import {call, errorLines} from "./api.js";
import {button, closeDialog, element, lines, restoreCommand, showDialog} from "./page.js";
import {changes, followRun, showRun} from "./runs.js";

const MODES = {
  replace: "replace: make the selected models match the set. Their rows that are not in the set are deleted. "
    + "A safety backup of the whole database is made first. Loading it undoes this, and every later change too.",
  merge: "merge: create what is missing and update what differs. Nothing is deleted."
};

/** Asks what of a set to restore. */
export function openRestore(set, act) {
  if (set.encrypted) {
    showDialog(`Restore from ${set.id}`,
      element("p", {}, "This set is encrypted, and a private key does not belong in a browser. "
        + "Restore the set with this command:"),
      restoreCommand(set.id));
    return;
  }
  const choice = (type, name, value, text, checked) =>
    element("label", {}, element("input", {type, name, value, checked}), ` ${text}`);
  const form = element("form", {submit: event => {
    event.preventDefault();
    const data = new FormData(form);
    const fixtures = data.getAll("fixture");
    dryRun(set.id, {
      from: set.id,
      mode: data.get("mode"),
      fixtures: fixtures.length === Object.keys(set.manifest.files).length ? [] : fixtures
    }, act);
  }},
  element("fieldset", {}, element("legend", {}, "How"),
    ...Object.entries(MODES).map(([mode, text]) => choice("radio", "mode", mode, text, mode === "replace"))),
  element("fieldset", {}, element("legend", {}, "What"),
    ...Object.keys(set.manifest.files).map(file => choice("checkbox", "fixture", file, file, true))),
  element("button", {class: "primary"}, "Dry run"));
  showDialog(`Restore from ${set.id}`, form);
}

/** Prepares the undoing of a restore by its safety backup. */
export function openUndo(safetyBackup, act) {
  dryRun(safetyBackup, {from: safetyBackup, mode: "replace", fixtures: []}, act);
}

async function dryRun(set, request, act) {
  const run = await execute({...request, dryRun: true}, "Dry run", act);
  if (!run) {
    return;
  }
  if (run.state !== "done") {
    showDialog("The dry run did not succeed", lines(errorLines(run.errors), "errors"));
    return;
  }
  const confirmation = element("input", {autocomplete: "off", spellcheck: "false", input: () => {
    restore.disabled = confirmation.value.trim() !== set;
  }});
  const restore = element("button", {class: "danger", disabled: true}, "Restore");
  showDialog(`What a restore from ${set} would do`,
    lines(run.report.warnings, "warnings"),
    changes(run.report),
    element("form", {submit: event => {
      event.preventDefault();
      load(request, act);
    }}, element("label", {}, `Type ${set} to confirm`, confirmation), restore));
  confirmation.focus();
}

async function load(request, act) {
  const run = await execute(request, "Restore", act);
  if (run) {
    showRun(run, act);
  }
}

/** Runs a load and shows its progress; returns null if it was refused. */
async function execute(request, title, act) {
  const progress = element("p", {role: "status"}, "…");
  showDialog(`${title} in progress`, progress, element("p", {}, button("Continue in the background", closeDialog)));
  let ended = null;
  await act.guard(async () => {
    const run = await call("POST", "loads", request);
    ended = await followRun(run, act, current => {
      const {stage, objects, waitingFor} = current.progress;
      progress.textContent = waitingFor ? `waiting for ${waitingFor}` : `${stage ?? ""} ${objects} objects`;
    });
  })();
  return ended;
}
