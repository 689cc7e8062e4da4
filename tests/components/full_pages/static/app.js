// Sent forms are not sent twice.
document.addEventListener("submit", (event) => {
  if (event.target.method === "get") return;
  const button = event.submitter || event.target.querySelector("button[type=submit]");
  if (!button) return;
  setTimeout(() => {
    button.dataset.label = button.textContent;
    button.disabled = true;
    if (button.dataset.busy) button.textContent = button.dataset.busy;
  }, 0);
});
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  document.querySelectorAll("button[data-label]").forEach((button) => {
    button.disabled = false;
    button.textContent = button.dataset.label;
  });
});

// Flash messages, and the lines of the managers.
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-dismiss]")) event.target.closest(".flash").remove();

  const fieldset = event.target.closest("[data-managers]");
  if (!fieldset) return;
  const rows = fieldset.querySelector("[data-manager-rows]");
  if (event.target.closest("[data-add-manager]")) {
    const row = rows.lastElementChild.cloneNode(true);
    row.querySelector("input").value = "";
    rows.append(row);
    row.querySelector("input").focus();
  } else if (event.target.closest("[data-remove-manager]")) {
    const row = event.target.closest(".manager-row");
    if (rows.children.length > 1) row.remove();
    else row.querySelector("input").value = "";
  }
});
