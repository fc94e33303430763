// The backup sets: their table, one set in full, and what can be done with it.

import {call} from "./api.js";
import {chart} from "./chart.js";
import {openDiff} from "./diff.js";
import {age, askForText, button, byId, bytes, count, definitions, element, lines, localTime, scrolling, showDialog}
  from "./page.js";

const SHOWN = 50;
const EVERYTHING = "all";

let sets = [];
let all = false;

/** The time of a set, from its name: 20261122T093000.123Z. */
const taken = set => Date.parse(set.id.replace(
  /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d\.\d{3}Z)$/, "$1-$2-$3T$4:$5:$6"));

const isBackup = manifest => manifest.complete && !manifest.safetyBackup && !manifest.mask;
const files = set => Object.entries(set.manifest.files).filter(([name]) => name !== "manifest.json.age");
const objects = file => Object.values(file.models).reduce((sum, number) => sum + number, 0);
const appOf = file => file.replace(/\.jsonl?(\..*)?$/, "");
const total = (set, part, app = EVERYTHING) => files(set)
  .filter(([name]) => app === EVERYTHING || appOf(name) === app)
  .reduce((sum, [, file]) => sum + part(file), 0);

/** Shows what GET /api/sets has answered. */
export function showSets(answer, act) {
  sets = answer.sets;
  const shown = all ? sets : sets.slice(0, SHOWN);
  byId("no-sets").hidden = sets.length > 0;
  byId("sets-region").hidden = sets.length === 0;
  byId("sets").replaceChildren(...shown.map(set => row(set, act)));
  const more = byId("more-sets");
  more.hidden = shown.length === sets.length;
  more.textContent = `Show all ${sets.length} sets`;
  more.onclick = () => {
    all = true;
    showSets(answer, act);
  };
  showPlots();
}

/** The state of a set's copies in a word; a copy that fails is repeated. */
function copies(set) {
  if (!set.copies.length) {
    return {text: "none", style: "muted"};
  }
  const failed = set.copies.find(copy => copy.error);
  const pending = set.copies.find(copy => copy.state === "pending");
  return failed ? {text: "failed", style: "bad"}
    : pending ? {text: "pending", style: "warn"} : {text: "copied", style: "good"};
}

const copyText = copy => copy.error ? `${copy.state}; the last attempt failed: ${copy.error}` : copy.state;

function row(set, act) {
  const damages = Object.keys(set.damages);
  const mask = set.manifest.mask ? `masked (${set.manifest.mask.profile}), ` : "";
  const kept = mask + (set.kept.length ? set.kept.join(", ") : "deleted by the next dump or replacing load");
  return element("tr", {},
    element("td", {class: "short"}, button(set.id, () => showSet(set, act), "link")),
    element("td", {class: "short"}, age(taken(set))),
    element("td", {class: "number short"}, bytes(total(set, file => file.bytes))),
    element("td", {class: "number short"}, objectsText(set)),
    set.verified
      ? element("td", {class: "short good"}, `${age(set.verified)} ago`)
      : element("td", {class: set.verification ? "short bad" : "short muted"}, notVerified(set)),
    element("td", {class: `short ${copies(set).style}`}, copies(set).text),
    damages.length
      ? element("td", {class: "bad"}, `damaged (${damages.join(", ")}), ${kept}`)
      : element("td", {class: set.kept.length ? null : "muted"}, kept));
}

/** The number of objects of a set, which the server does not know if the set is encrypted or foreign. */
function objectsText(set) {
  if (set.encrypted) {
    return "encrypted";
  }
  return set.manifest.foreign ? "unknown" : count(total(set, objects));
}

function notVerified(set) {
  if (set.manifest.foreign) {
    return "foreign";
  }
  return set.verification ? "FAILED" : "never";
}

function showSet(set, act) {
  const changed = answer => {
    showSet(answer, act);
    act.refresh();
  };
  showDialog(`Set ${set.id}`,
    definitions([
      ["Taken", `${localTime(taken(set))} (${age(taken(set))} ago)`],
      ["Content", set.manifest.foreign ? "foreign" : set.manifest.complete ? "complete" : "partial"],
      ["Masked", set.manifest.mask && `with the masking profile ${set.manifest.mask.profile}`],
      ["Verified", set.verified ? localTime(set.verified) : notVerified(set)],
      ["Copies", set.copies.map(copyText).join("; ") || "none"],
      ["Kept by", set.kept.join(", ") || "no rule: the next dump or replacing load deletes this set"],
      ["Pinned", set.pinned && `by ${set.pinned.by}: ${set.pinned.reason}`]]),
    lines(Object.entries(set.damages).map(([file, damage]) => `${file}: ${damage}`), "errors"),
    element("p", {class: "actions"},
      button("Verify", () => act.run("POST", `sets/${set.id}/verify`)),
      set.pinned
        ? button("Unpin", act.guard(async () => changed(await call("DELETE", `sets/${set.id}/pin`))))
        : button("Pin …", () => askForPin(set, act, changed)),
      button("Compare with …", () => openDiff(set, sets, act)),
      button("Restore …", () => act.restore(set), "danger")),
    scrolling("Files of the set",
      ["File", "Model", "Objects", "Size"].map((title, i) =>
        element("th", {scope: "col", class: i > 1 ? "number" : null}, title)),
      files(set).flatMap(([name, file]) => fileRows(name, file, set.encrypted || set.manifest.foreign))));
}

function fileRows(name, file, uncounted) {
  return [
    element("tr", {},
      element("td", {}, name), element("td", {}),
      element("td", {class: "number"}, uncounted ? "" : count(objects(file))),
      element("td", {class: "number short"}, bytes(file.bytes))),
    ...Object.entries(file.models).map(([model, number]) => element("tr", {class: "muted"},
      element("td", {}), element("td", {}, model), element("td", {class: "number"}, count(number)), element("td", {})))];
}

function askForPin(set, act, changed) {
  askForText(`Pin ${set.id}`, "Why the retention rules must not delete it", "Pin", act.guard(async reason =>
    changed(await call("POST", `sets/${set.id}/pin`, {reason}))));
}

function showPlots() {
  const complete = sets.filter(set => isBackup(set.manifest)).reverse();
  byId("plots").hidden = complete.length === 0;
  const select = byId("app");
  const apps = [EVERYTHING, ...new Set(complete.flatMap(set => files(set).map(([name]) => appOf(name))))];
  if (select.options.length !== apps.length) {
    select.replaceChildren(...apps.map(app => element("option", {}, app)));
    select.onchange = showPlots;
  }
  const curve = (part, of) => of.map(set => [taken(set), total(set, part, select.value || EVERYTHING)]);
  byId("size").replaceChildren(chart(curve(file => file.bytes, complete), bytes, "size-title"));
  const countable = complete.filter(set => !set.encrypted);
  byId("objects").replaceChildren(chart(curve(objects, countable), count, "objects-title"));
}
