// The rows of "My work" save themselves: a status when it is chosen, by keyboard once it is confirmed with Enter or left; done
// with the ring; a date from a menu that all rows share. Without this file the form around them saves them all.
"use strict";
(() => {
  const { send, askMore, byId, $, $$ } = tutti;
  const rowOf = node => node?.closest?.("[data-rows] [data-version]");
  const swap = row => row.closest("[data-rows]").dataset.swap;
  const title = row => $(".ttl", row)?.textContent.trim() ?? "";
  const address = row => new URL(`${row.closest("[data-rows]").dataset.rows}${row.id}?version=${row.dataset.version}`, location.href);
  const statusOf = row => $(".state select", row);
  const known = row => [...statusOf(row).options].find(option => option.defaultSelected)?.value;
  const takeBack = row => { if (row.isConnected) statusOf(row).value = known(row); };

  /** A blocked task says why and for whom of its project it waits. Left without an answer, the row stands as it was. */
  function askWhy(row, dialog) {
    const [why, whom] = ["reason", "waits_for"].map(name => $(`[name="${name}.${row.id}"]`, row));
    askMore(dialog, address(row), [], swap(row), title(row));
    $("[name=reason]", dialog).value = why?.value ?? "";
    const menu = $("[name=waits_for]", dialog), names = $$("option", whom?.list ?? document.createElement("datalist"));
    menu.length = 1; // somebody outside
    menu.append(...names.map(({ value }) => new Option(value, value)));
    menu.value = names.some(({ value }) => value === whom?.value) ? whom.value : "";
    dialog.addEventListener("close", () => takeBack(row), { once: true });
  }

  function sendStatus(row, status) {
    const body = new URLSearchParams({ status });
    return send({ url: address(row), method: "POST", body: () => body, target: swap(row), form: null, key: row });
  }

  /** Sends the status that is chosen, unless it is the one that the server knows. */
  function save(row) {
    const status = statusOf(row).value, dialog = status === "blocked" && byId("ask-blocked");
    if (status === known(row) || dialog?.open) return;
    if (dialog?.showModal) return askWhy(row, dialog);
    sendStatus(row, status).then(() => {
      if (row.isConnected && statusOf(row).value !== status) save(row); // chosen while this one was on its way
    });
  }

  let byKey = false; // on the way to the status that is meant
  const isStatus = node => node?.nodeName === "SELECT" && rowOf(node);
  document.addEventListener("keydown", event => {
    byKey = event.key !== "Enter" && event.key !== " ";
    const row = event.key === "Enter" && isStatus(event.target);
    if (row && event.target.value !== known(row)) { event.preventDefault(); save(row); }
  }, true);
  for (const end of ["keyup", "pointerdown"]) document.addEventListener(end, () => { byKey = false; }, true);
  document.addEventListener("change", event => { if (isStatus(event.target) && !byKey) save(rowOf(event.target)); });
  document.addEventListener("focusout", event => {
    const row = isStatus(event.target);
    if (row) setTimeout(() => row.isConnected && document.activeElement !== event.target && save(row));
  });
  document.addEventListener("click", event => { // another reason
    const row = event.target.closest?.("[data-why]") && rowOf(event.target), dialog = byId("ask-blocked");
    if (row && dialog?.showModal) askWhy(row, dialog);
  });
  document.addEventListener("submit", event => {
    const row = event.submitter?.name === "done" && rowOf(event.submitter);
    if (row) { event.preventDefault(); sendStatus(row, "done"); }
  }, true);

  // ---- One menu for the dates of all rows: a copy of <template id="due-menu">.

  document.addEventListener("click", event => {
    const opener = event.target.closest?.("summary"), row = rowOf(opener), template = byId("due-menu");
    if (!row || !template || !HTMLElement.prototype.showPopover) return;
    event.preventDefault();
    const was = byId("due-menu-open");
    if (was) { was.hidePopover(); if (was.dataset.of === row.id) return; }
    const menu = template.content.firstElementChild.cloneNode(true), to = address(row);
    menu.id = "due-menu-open";
    menu.popover = "auto";
    menu.classList.add("pop");
    menu.dataset.of = row.id;
    menu.setAttribute("action", to.pathname + to.search);
    $("[data-title]", menu).textContent = title(row);
    const due = $("input[type=date]", row).value;
    $("input[type=date]", menu).value = due;
    $$("button[value]", menu).filter(day => day.value === due).forEach(day => day.remove());
    document.body.append(menu);
    menu.addEventListener("toggle", change => {
      if (change.newState !== "closed") return;
      if (menu.contains(document.activeElement)) $("summary", rowOf(byId(row.id)) ?? row)?.focus();
      menu.remove();
    });
    menu.showPopover();
    const box = opener.getBoundingClientRect(), own = menu.getBoundingClientRect();
    menu.style.left = `${Math.max(8, Math.min(box.right - own.width, innerWidth - own.width - 8))}px`;
    menu.style.top = `${box.bottom + own.height + 8 > innerHeight ? Math.max(8, box.top - own.height - 4) : box.bottom + 4}px`;
    $("button:not(.vh)", menu)?.focus();
  });
})();
