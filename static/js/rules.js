// Shows what rules would change while they are being written, and adds rows and rules without a reload. The form works without
// this.

const PAUSE = 500;
const panel = document.querySelector("[data-preview]");
const form = (panel ?? document.querySelector(".rules-editor"))?.closest("form");

let waiting;
let asking;

async function look() {
  asking?.abort();
  asking = new AbortController();
  const { signal } = asking;
  panel.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(panel.dataset.preview, { method: "POST", body: new FormData(form), signal });
    if (!answer.ok || answer.redirected) throw new Error(`${answer.status}`);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const open = panel.querySelector(".in-words")?.open;
    panel.replaceChildren(...page.body.childNodes);
    const words = panel.querySelector(".in-words");
    if (words && open) words.open = true;
  } catch {
    // Another question has been asked meanwhile: its answer comes.
    if (signal.aborted) return;
    panel.textContent = panel.dataset.failed;
  }
  panel.removeAttribute("aria-busy");
}

function later() {
  clearTimeout(waiting);
  waiting = setTimeout(look, PAUSE);
}

function addRow(button) {
  const list = button.closest("[data-rows]");
  const template = list.querySelector(":scope > template");
  const total = list.querySelector(`[name="${CSS.escape(list.dataset.rows)}-TOTAL_FORMS"]`);
  const row = document.createElement("div");
  row.innerHTML = template.innerHTML.replaceAll("__prefix__", total.value);
  total.value = Number(total.value) + 1;
  const added = row.firstElementChild;
  template.before(added);
  offerScales();
  begin(added);
}

function begin(part) {
  part?.querySelector("input:not([type=hidden], [type=checkbox]), select, textarea")?.focus();
}

/** What only the server knows how to draw takes its place in the page; what is written elsewhere in the form stays. */
async function redraw(button) {
  const old = button.closest("[data-redrawn]");
  try {
    const body = new FormData(form);
    body.append(button.name, button.value);
    const answer = await fetch(location.href, { method: "POST", body });
    if (!answer.ok || answer.redirected) throw new Error(`${answer.status}`);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById(old.id);
    old.replaceWith(fresh);
    begin(document.getElementById(button.getAttribute("formaction").slice(1)) ?? fresh);
    later();
  } catch {
    form.requestSubmit(button);
  }
}

/** The names of the scales of the season's rules, or of a change that has scales of its own. */
function scalesOf(rules) {
  const rows = [...form.querySelectorAll(`[name^="${rules}scales-"][name$="-session"]`)].map((session) => [
    session.value.trim(),
    form.elements[session.name.replace(/session$/, "places")].value.trim(),
  ]);
  return rows.filter((row) => row.some(Boolean)).map(([session]) => session || "race");
}

/** Wherever a scale is chosen, the scales of the form are offered, by the names that they have by now. */
function offerScales() {
  const usual = scalesOf("rules-");
  for (const list of form.querySelectorAll("select[data-scales]")) {
    const chosen = list.value;
    const fixed = [...list.options].filter(({ value }) => ["", "none"].includes(value));
    const [change] = list.name.match(/^rules-changes-\d+-/) ?? [];
    const own = change ? scalesOf(change) : [];
    const names = new Set([...(own.length ? own : usual), chosen]);
    for (const { value } of fixed) names.delete(value);
    list.replaceChildren(...fixed, ...[...names].map((name) => new Option(name, name)));
    // While they are taken out and put back, another option may have been selected.
    list.value = chosen;
  }
}

/** A field that something is wrong with may lie in a part that is closed. */
function uncover(link) {
  const field = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  for (let part = field?.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
  field?.focus();
}

form?.addEventListener("click", (event) => {
  const button = event.target.closest(".add-row");
  const drawn = event.target.closest("[data-redraw]");
  const link = event.target.closest(".errorlist a");
  if (!button && !drawn && !link) return;
  event.preventDefault();
  if (button) addRow(button);
  else if (drawn) redraw(drawn);
  else uncover(link);
});

form?.addEventListener("change", (event) => {
  if (/^rules-(changes-\d+-)?scales-/.test(event.target.name)) offerScales();
});

if (panel && form) {
  const editor = form.querySelector(".rules-editor");
  for (const kind of ["input", "change"]) editor.addEventListener(kind, later);
}
