// The REST API. All requests carry a header that pages of other sites cannot send.

const API = new URL("../api/", import.meta.url);
const HEADERS = {"X-Portal-Console": "1", "Accept": "application/json, application/health+json"};

/** A request that was refused or failed. */
export class ApiError extends Error {
  /**
   * @param status the HTTP status; 0 if there was no answer
   * @param lines what went wrong, one sentence each
   */
  constructor(status, lines) {
    super(lines.join("\n"));
    this.status = status;
    this.lines = lines;
  }
}

/** Sends a request and returns the JSON of the answer, or null if it has none. */
export async function call(method, path, body, headers = {}) {
  const response = await send(method, path, body, headers);
  if (!response.ok && !isHealth(response)) {
    throw await error(response);
  }
  return response.status === 204 ? null : response.json();
}

/** Follows a run until it ends, and returns it as it is then. */
export async function follow(id, changed) {
  const path = `runs/${id}`;
  let run = await call("GET", path);
  while (run.state === "running") {
    changed(run);
    const stream = await send("GET", `${path}/events`, null, {Accept: "text/event-stream"});
    for await (const event of events(stream)) {
      run = JSON.parse(event);
      changed(run);
    }
    if (run.state === "running") {
      await new Promise(resume => setTimeout(resume, 500));
      run = await call("GET", path);
    }
  }
  return run;
}

/** The lines of an error as people read them. */
export function errorLines(errors) {
  return errors.map(error => {
    const place = [error.file, error.line, error.column].filter(part => part != null).join(":");
    const object = error.model && error.model + (error.pk == null ? "" : `(pk=${error.pk})`);
    return [place, object, error.field, error.reason].filter(part => part).join(": ");
  });
}

async function send(method, path, body, headers = {}) {
  try {
    return await fetch(new URL(path, API), {
      method,
      credentials: "same-origin",
      cache: "no-store",
      headers: {...HEADERS, ...(body ? {"Content-Type": "application/json"} : {}), ...headers},
      body: body ? JSON.stringify(body) : undefined
    });
  } catch (failure) {
    throw new ApiError(0, ["The server does not answer."]);
  }
}

/** The health is an answer even if its status is 503. */
function isHealth(response) {
  return (response.headers.get("Content-Type") ?? "").startsWith("application/health+json");
}

async function error(response) {
  const problem = await response.json().catch(() => ({}));
  const lines = problem.errors ? errorLines(problem.errors) : [];
  return new ApiError(
    response.status,
    lines.length ? lines : [problem.detail ?? `The server answered with status ${response.status}.`]);
}

/** The data of server-sent events. */
async function* events(response) {
  if (!response.ok) {
    throw await error(response);
  }
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const {done, value} = await reader.read();
    if (done) {
      return;
    }
    text += value;
    let end;
    while ((end = text.search(/\r?\n\r?\n/)) >= 0) {
      const event = text.slice(0, end);
      text = text.slice(end).replace(/^\r?\n\r?\n/, "");
      const data = event.split(/\r?\n/).filter(line => line.startsWith("data:")).map(line => line.slice(5));
      if (data.length) {
        yield data.join("\n");
      }
    }
  }
}
