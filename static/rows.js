// The rows of "My work" save themselves: a status when it is clicked, or chosen with the arrow keys and then confirmed with
// Enter or left; a date from a menu that all rows share. Without this file the form around them saves them all.
"use strict";
(() => {
  const { send, askMore, byId, $, $$ } = tutti;
  const rowOf = node => node?.closest?.("[data-rows] [data-version]");
  const swap = row => row.closest("[data-rows]").dataset.swap;
  const title = row => $(".ttl", row)?.textContent.trim() ?? "";
  const address = row => new URL(`${row.closest("[data-rows]").dataset.rows}${row.id}?version=${row.dataset.version}`, location.href);
  const statuses = row => $$("input[type=radio]", row);
  const chosen = row => statuses(row).find(one => one.checked);
  const takeBack = row => statuses(row).forEach(one => { one.checked = one.defaultChecked; });

  /** A blocked task says why and for whom it waits. Left without an answer, the row stands as it was. */
  function askWhy(row, dialog) {
    const [why, whom] = ["reason", "waits_for"].map(name => $(`[name="${name}.${row.id}"]`, row)?.value ?? "");
    askMore(dialog, address(row), [], swap(row), title(row));
    $("[name=reason]", dialog).value = why;
    const menu = $("[name=waits_for]", dialog);
    menu.selectedIndex = Math.max(0, [...menu.options].findIndex(option => option.text === whom));
    dialog.addEventListener("close", () => takeBack(row), { once: true });
  }

  /** Sends the status that is chosen, unless it is the one that the server knows. */
  function save(row) {
    const status = chosen(row), dialog = status?.value === "blocked" && byId("ask-blocked");
    if (!status || status.defaultChecked || dialog?.open) return;
    if (dialog?.showModal) return askWhy(row, dialog);
    const body = new URLSearchParams({ status: status.value });
    send({ url: address(row), method: "POST", body: () => body, target: swap(row), form: null, key: row }).then(() => {
      if (row.isConnected && chosen(row) !== status) save(row); // chosen while this one was on its way
    });
  }

  let byArrow = false; // on the way to the status that is meant
  const isStatus = node => node?.type === "radio" && rowOf(node);
  document.addEventListener("keydown", event => {
    byArrow = event.key.startsWith("Arrow");
    if (event.key === "Enter" && isStatus(event.target)) { event.preventDefault(); save(rowOf(event.target)); }
  }, true);
  document.addEventListener("keyup", () => { byArrow = false; }, true);
  document.addEventListener("change", event => { if (isStatus(event.target) && !byArrow) save(rowOf(event.target)); });
  document.addEventListener("click", event => { // another reason
    const row = isStatus(event.target), dialog = byId("ask-blocked");
    if (row && !byArrow && event.target.value === "blocked" && event.target.defaultChecked && dialog?.showModal) askWhy(row, dialog);
  });
  document.addEventListener("focusout", event => {
    const row = isStatus(event.target);
    if (row && event.relatedTarget?.name !== event.target.name) setTimeout(() => row.isConnected && save(row));
  });

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
    $("input[type=date]", menu).value = $("input[type=date]", row).value;
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
