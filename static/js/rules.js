// Shows what rules would change while they are being written, and adds rows without a reload. The form works without this.

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
  const total = list.querySelector(`[name="${CSS.escape(list.dataset.rows)}-TOTAL_FORMS"]`);
  const row = document.createElement("div");
  row.innerHTML = list.querySelector("template").innerHTML.replaceAll("__prefix__", total.value);
  total.value = Number(total.value) + 1;
  const added = row.firstElementChild;
  list.querySelector("template").before(added);
  offerScales();
  added.querySelector("input:not([type=hidden]), select, textarea")?.focus();
}

/** Wherever a scale is chosen, the scales of the form are offered, by the names that they have by now. */
function offerScales() {
  const rows = [...form.querySelectorAll('[name^="rules-scales-"][name$="-session"]')].map((session) => [
    session.value.trim(),
    form.elements[session.name.replace(/session$/, "places")].value.trim(),
  ]);
  const named = rows.filter((row) => row.some(Boolean)).map(([session]) => session || "race");
  for (const list of form.querySelectorAll("select[data-scales]")) {
    const chosen = list.value;
    const fixed = [...list.options].filter(({ value }) => ["", "none"].includes(value));
    const names = new Set([...named, chosen]);
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
  const link = event.target.closest(".errorlist a");
  if (!button && !link) return;
  event.preventDefault();
  if (button) addRow(button);
  else uncover(link);
});

form?.addEventListener("change", (event) => {
  if (event.target.name?.startsWith("rules-scales-")) offerScales();
});

if (panel && form) {
  const editor = form.querySelector(".rules-editor");
  for (const kind of ["input", "change"]) editor.addEventListener(kind, later);
}
