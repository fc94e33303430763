// The console: sign-in, the header, and what is shown when.

import {ApiError, call} from "./api.js";
import {age, askForText, byId, clearError, closeDialog, element, localTime, showError} from "./page.js";
import {openRestore, openUndo} from "./restore.js";
import {followRun, showRun, showRuns} from "./runs.js";
import {showSets} from "./sets.js";

const REFRESH_MILLIS = 10_000;
const WORDS = {pass: "", warn: "Warning: ", fail: "Critical: "};
const PAUSES = {"1 hour": 1, "2 hours": 2, "8 hours": 8, "1 day": 24, "1 week": 168};

let signedIn = false;

/** What the parts of the page can do with the rest of it. */
const act = {
  refresh: () => refresh(),
  restore: set => openRestore(set, act),
  undo: safetyBackup => openUndo(safetyBackup, act),

  /** Wraps an action so that its failures are shown. */
  guard: action => async (...parameters) => {
    try {
      clearError();
      await action(...parameters);
    } catch (failure) {
      handle(failure);
    }
  },

  /** Starts a run, shows its progress and then its report. */
  run: (method, path, body) => act.guard(async () => {
    closeDialog();
    showRun(await followRun(await call(method, path, body), act), act);
  })()
};

function handle(failure) {
  if (failure instanceof ApiError && failure.status === 401) {
    showSignIn(signedIn ? ["Your session has ended. Sign in again."] : []);
  } else {
    showError(failure);
  }
}

function showSignIn(messages) {
  signedIn = false;
  closeDialog();
  byId("portal").hidden = true;
  byId("account").hidden = true;
  byId("sign-in").hidden = false;
  byId("status").textContent = "";
  if (messages.length) {
    showError({lines: messages});
  }
  byId("token-form").elements.token.focus();
}

async function signIn(form, authorization) {
  try {
    clearError();
    await call("POST", "session", null, {Authorization: authorization});
    form.reset();
    await enter();
  } catch (failure) {
    const isToken = authorization.startsWith("Bearer");
    showError(failure instanceof ApiError && failure.status === 401 && isToken
      ? {lines: ["The admin token is wrong."]}
      : failure);
  }
}

byId("token-form").addEventListener("submit", event => {
  event.preventDefault();
  signIn(event.target, `Bearer ${event.target.elements.token.value.trim()}`);
});

byId("user-form").addEventListener("submit", event => {
  event.preventDefault();
  const {username, password} = event.target.elements;
  const utf8 = new TextEncoder().encode(`${username.value}:${password.value}`);
  signIn(event.target, `Basic ${btoa(String.fromCharCode(...utf8))}`);
});

byId("sign-out").addEventListener("click", act.guard(async () => {
  await call("DELETE", "session");
  showSignIn([]);
}));

byId("dump").addEventListener("click", () => act.run("POST", "dumps", {}));

byId("resume").addEventListener("click", act.guard(async () => {
  await call("DELETE", "schedule/pause");
  await refresh();
}));

byId("pause").addEventListener("click", () => {
  const duration = element("select", {}, ...Object.entries(PAUSES).map(([text, hours]) =>
    element("option", {value: hours}, text)));
  askForText("Pause the schedule", "Why", "Pause", act.guard(async reason => {
    const until = new Date(Date.now() + duration.value * 3_600_000).toISOString();
    await call("POST", "schedule/pause", {until, reason});
    closeDialog();
    await refresh();
  }), element("label", {}, "For", duration));
});

async function enter() {
  byId("user").textContent = (await call("GET", "session")).user;
  signedIn = true;
  byId("sign-in").hidden = true;
  byId("account").hidden = false;
  byId("portal").hidden = false;
  await refresh();
}

async function refresh() {
  if (!signedIn) {
    return;
  }
  const [health, schedule, sets, runs] = await Promise.all(
    ["health", "schedule", "sets", "runs?limit=200"].map(path => call("GET", path)));
  showStatus(health, schedule);
  showSets(sets, act);
  showRuns(runs.runs, act);
  performance.mark("ready");
}

function showStatus(health, schedule) {
  const verified = health.lastVerified ? `verified ${age(health.lastVerified)} ago` : "no verification has passed";
  const last = health.lastBackup ? `Last backup ${age(health.lastBackup)} ago, ${verified}.` : "";
  const copied = health.lastCopy ? ` Copied ${age(health.lastCopy)} ago.` : "";
  const next = schedule.paused
    ? ` Paused until ${localTime(schedule.paused.until)}: ${schedule.paused.reason}.`
    : schedule.next.length ? ` Next ${localTime(schedule.next[0])}.` : " No schedule.";
  byId("status").className = health.status;
  byId("status").textContent =
    (health.output ? `${WORDS[health.status]}${health.output}. ` : "") + last + next + copied;
  byId("pause").hidden = schedule.expression === "off" || schedule.paused != null;
  byId("resume").hidden = schedule.paused == null;
}

setInterval(() => {
  if (signedIn && !document.hidden) {
    refresh().catch(handle);
  }
}, REFRESH_MILLIS);

enter().catch(handle);
