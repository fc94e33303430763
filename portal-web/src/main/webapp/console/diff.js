// The comparison of a set with another one or with the database.

import {count, countsTable, element, lines, scrolling, showDialog} from "./page.js";

const DATABASE = "database";
const KINDS = ["added", "removed", "changed", "equal"];

/** Asks what to compare a set with. */
export function openDiff(set, sets, act) {
  const to = element("select", {}, ...[DATABASE, ...sets.map(other => other.id).filter(id => id !== set.id)]
    .map(side => element("option", {}, side)));
  const values = element("input", {type: "checkbox"});
  showDialog(`Compare ${set.id}`, element("form", {submit: event => {
    event.preventDefault();
    act.run("POST", "diffs", {from: set.id, to: to.value, values: values.checked});
  }},
  element("label", {}, "With ", to),
  element("label", {}, values, " Show values, except passwords, tokens and credentials"),
  element("button", {class: "primary"}, "Compare")));
}

/** The report of a comparison: numbers, models that only one side has, and the first objects that differ. */
export function differences(report) {
  const sum = Object.fromEntries(KINDS.map(kind =>
    [kind, report.models.reduce((total, model) => total + model[kind], 0)]));
  const differs = counts => counts.added + counts.removed + counts.changed > 0;
  const only = (side, models) => models.length
    ? [`Not compared, because ${side === DATABASE ? "the database" : side} does not contain them: ${models.join(", ")}`]
    : [];
  const rows = report.models.filter(differs).map(model => [model.model, model]);
  return element("div", {},
    lines([...only(report.to, report.onlyInFrom), ...only(report.from, report.onlyInTo)], "muted"),
    differs(sum)
      ? countsTable("Differences by model", KINDS, [...rows, ["all models", sum, "muted"]])
      : element("p", {}, `Nothing differs: all ${count(sum.equal)} objects are equal.`),
    report.differences.length ? objects(report.differences, sum.added + sum.removed + sum.changed) : null);
}

function objects(first, total) {
  return element("div", {},
    element("h3", {}, first.length < total
      ? `The first ${first.length} objects that differ`
      : "The objects that differ"),
    scrolling("Objects that differ",
      ["Object", "Change", "Fields"].map(title => element("th", {scope: "col"}, title)),
      first.map(object => element("tr", {},
        element("td", {}, `${object.model}(pk=${object.pk})`),
        element("td", {}, object.change),
        element("td", {}, ...object.fields.map(field => element("div", {}, field.name, values(field))))))));
}

const values = field => field.values ? `: ${quoted(field.values.from)} → ${quoted(field.values.to)}` : "";
const quoted = value => value === null ? "null" : `“${value}”`;
