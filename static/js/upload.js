// Files can be dropped on the form, and what is too large is told before it is sent. The form works without this.

const form = document.querySelector("[data-upload]");
const input = form.querySelector("input[type=file]");
const area = form.querySelector("[data-drop]");
const chosen = form.querySelector("[data-chosen]");
const send = form.querySelector("[data-send]");
const mostBytes = Number(form.dataset.mostBytes);
const mostFiles = Number(form.dataset.mostFiles);

form.querySelector("[data-drop-hint]").hidden = false;

function line(words, bad) {
  const item = document.createElement("li");
  item.textContent = words;
  if (bad) item.className = "bad";
  return item;
}

function list() {
  const files = [...input.files];
  const lines = files.map((file, index) => {
    const why = index >= mostFiles ? chosen.dataset.tooMany : file.size > mostBytes ? chosen.dataset.tooLarge : "";
    return line(why ? `${file.name}: ${why}` : file.name, why);
  });
  chosen.replaceChildren(...lines);
}

input.addEventListener("change", list);

for (const kind of ["dragenter", "dragover"]) {
  area.addEventListener(kind, (event) => {
    event.preventDefault();
    area.classList.add("over");
  });
}
area.addEventListener("dragleave", (event) => {
  if (!area.contains(event.relatedTarget)) area.classList.remove("over");
});
area.addEventListener("drop", (event) => {
  event.preventDefault();
  area.classList.remove("over");
  const files = new DataTransfer();
  for (const file of [...input.files, ...event.dataTransfer.files]) files.items.add(file);
  input.files = files.files;
  list();
});

form.addEventListener("submit", () => {
  send.textContent = send.dataset.sending;
  send.setAttribute("aria-disabled", "true");
});
// Back from the next page, the button must work again.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
