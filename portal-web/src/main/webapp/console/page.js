// Small helpers to show things on the page.

export const byId = id => document.getElementById(id);

/** Creates an element. Attributes that are functions become listeners; false and null are left out. */
export function element(name, attributes = {}, ...children) {
  const created = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") {
      created.addEventListener(key, value);
    } else if (value != null && value !== false) {
      created.setAttribute(key, value === true ? "" : value);
    }
  }
  created.append(...children.filter(child => child != null));
  return created;
}

export function button(text, pressed, style) {
  return element("button", {type: "button", class: style, click: pressed}, text);
}

/** A list of terms and their values; values that are null are left out. */
export function definitions(entries) {
  return element("dl", {}, ...entries.filter(([, value]) => value != null)
    .flatMap(([term, value]) => [element("dt", {}, term), element("dd", {}, value)]));
}

export function lines(texts, style) {
  return texts.length ? element("ul", {class: style}, ...texts.map(text => element("li", {}, text))) : null;
}

/** A table that scrolls by itself. */
export function scrolling(label, titles, rows) {
  return element("div", {class: "scroll", role: "region", tabindex: "0", "aria-label": label},
    element("table", {},
      element("thead", {}, element("tr", {}, ...titles)),
      element("tbody", {}, ...rows)));
}

/** A table of numbers by model: for each row its name, a number of each kind, and possibly a style. */
export function countsTable(label, kinds, rows) {
  return scrolling(label,
    [element("th", {scope: "col"}, "Model"),
      ...kinds.map(kind => element("th", {scope: "col", class: "number"}, kind))],
    rows.map(([name, counts, style]) => element("tr", {class: style},
      element("td", {}, name), ...kinds.map(kind => element("td", {class: "number"}, count(counts[kind]))))));
}

/** 45 s, 3 min, 5 h, 12 d. */
export function age(time) {
  const seconds = Math.max(0, Math.round((Date.now() - new Date(time)) / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  const hours = Math.floor(seconds / 3600);
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} d`;
}

/** 999 B, 1.4 kB, 20.5 MB. */
export function bytes(number) {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let unit = 0;
  while (number >= 1000 && unit < units.length - 1) {
    number /= 1000;
    unit++;
  }
  return `${unit ? number.toFixed(1) : number} ${units[unit]}`;
}

export const count = number => number.toLocaleString("en");

/** 2026-11-29 03:15:07 in the time zone of the browser. */
export function localTime(time) {
  const date = new Date(time);
  const two = number => String(number).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} `
    + `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

export const seconds = run => ((run.finished ? new Date(run.finished) : Date.now()) - new Date(run.started)) / 1000;

const dialog = byId("dialog");
byId("dialog-close").addEventListener("click", () => dialog.close());

/** Shows a dialog, or replaces what the open one shows. */
export function showDialog(title, ...body) {
  byId("dialog-title").textContent = title;
  byId("dialog-body").replaceChildren(...body.filter(part => part != null));
  if (!dialog.open) {
    dialog.showModal();
  }
}

export const closeDialog = () => dialog.close();

/** Asks for one line of text; a cancelled dialog does nothing. */
export function askForText(title, label, action, entered, ...more) {
  const input = element("input", {required: true, maxlength: 200});
  const form = element("form", {submit: event => {
    event.preventDefault();
    entered(input.value.trim());
  }}, ...more, element("label", {}, label, input), element("button", {class: "primary"}, action));
  showDialog(title, form);
  input.focus();
}

/** The command that restores an encrypted set: a private key does not belong in a browser. */
export function restoreCommand(set) {
  return element("pre", {}, `./portal load --from ${set} --mode replace --identity key.txt`);
}

/** Shows what went wrong, in the dialog if one is open. */
export function showError(failure) {
  const texts = failure.lines ?? [String(failure)];
  if (dialog.open) {
    byId("dialog-body").querySelector(".errors")?.remove();
    byId("dialog-body").prepend(element("div", {class: "errors", role: "alert"}, ...texts.map(text => element("p", {}, text))));
  } else {
    byId("error").replaceChildren(...texts.flatMap((text, i) => i ? [element("br"), text] : [text]));
    byId("error").hidden = false;
  }
}

export function clearError() {
  byId("error").hidden = true;
}
