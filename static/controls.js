// What small controls do: links, dialogs, menus, copying, filters, previews, several rows at once.
"use strict";
(() => {
  const { $, $$, ask, byId, fields, idsOf, isTouched, morph, say, send, showErrors } = tutti;

  // ---- Links, dialogs, menus, small buttons.

  document.addEventListener("click", event => {
    const at = event.target;
    $$("details.menu[open]").forEach(menu => { if (!menu.contains(at)) menu.open = false; });
    if (event.defaultPrevented || !(at instanceof Element)) return;
    const modified = event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;

    const opener = at.closest("[data-dialog]"), dialog = opener && byId(opener.dataset.dialog);
    if (dialog?.showModal && !modified) { event.preventDefault(); dialog.showModal(); return; }
    if (at.closest("[data-close]")) { event.preventDefault(); at.closest("dialog")?.close(); return; }
    if (at.nodeName === "DIALOG" && at.open) {
      const box = at.getBoundingClientRect();
      if (event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom) at.close();
      return;
    }
    if (at.closest("[data-print]")) { event.preventDefault(); print(); return; }
    const copier = at.closest("[data-copy]");
    if (copier) { event.preventDefault(); copy(copier); return; }
    const link = at.closest("a[data-swap]");
    if (link && !modified && idsOf(link.dataset.swap).some(byId)) {
      event.preventDefault();
      send({ url: new URL(link.href), method: "GET", body: () => new URL(link.href).searchParams, target: link.dataset.swap, form: null, key: link });
    }
  });

  // A sheet is added up whenever a cell of it has changed; not when a cell is left by pressing one of its buttons, which would be
  // gone before the press has ended.
  let pressed;
  document.addEventListener("pointerdown", event => { pressed = event.target.closest("button")?.form; }, true);
  for (const end of ["click", "pointercancel", "keydown"]) document.addEventListener(end, () => { pressed = null; });
  document.addEventListener("change", event => {
    const form = event.target.form, check = event.target.closest?.("[data-adds-up]") && $("button[value=check]", form);
    if (check && pressed !== form) form.requestSubmit(check);
  });

  document.addEventListener("keydown", event => {
    const menu = event.key === "Escape" && $("details.menu[open]");
    if (menu) { menu.open = false; $("summary", menu).focus(); }
  });

  async function copy(button) {
    const source = button.dataset.copy, from = source.startsWith("#") && byId(source.slice(1));
    const words = from ? from.value ?? from.textContent : source;
    try { await navigator.clipboard.writeText(words); }
    catch { // without TLS browsers offer only the old way
      const area = document.createElement("textarea");
      area.value = words; area.className = "vh";
      (button.closest("dialog") ?? document.body).append(area);
      area.select(); document.execCommand("copy"); area.remove(); button.focus();
    }
    const label = $("[data-label]", button) ?? button, before = label.textContent;
    if (button.dataset.copied && before !== button.dataset.copied) {
      label.textContent = button.dataset.copied;
      say(button.dataset.copied);
      setTimeout(() => { label.textContent = before; }, 2000);
    }
  }

  // ---- A text file goes into the field where its lines would be pasted: in UTF-8, else as spreadsheets in Chinese write it.

  document.addEventListener("change", async event => {
    const field = event.target.matches("input[type=file]") && byId(event.target.dataset.textInto), file = event.target.files?.[0];
    if (!field || !file) return;
    const bytes = await file.arrayBuffer();
    try { field.value = new TextDecoder("utf-8", { fatal: true }).decode(bytes); }
    catch { field.value = new TextDecoder("gb18030").decode(bytes); }
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  });

  // ---- Filters apply themselves; the Apply button is for browsers without script.

  let typing;
  const isText = field => field.matches("input[type=search], input[type=text], input:not([type])");
  document.addEventListener("change", event => {
    const form = event.target.form;
    if (!form?.hasAttribute("data-auto") || isText(event.target)) return;
    // What was typed for one record is never carried to another: it is saved or given up first, and then the page is loaded.
    const warning = form.dataset.unsaved && byId(form.dataset.unsaved);
    const typed = warning && $$("form[method=post] :is(input, textarea, select)", byId(form.dataset.swap.slice(1))).some(isTouched);
    if (typed) { warning.hidden = false; form.removeAttribute("data-swap"); return; }
    form.requestSubmit();
  });
  document.addEventListener("input", event => {
    const form = event.target.form;
    if (!form?.hasAttribute("data-auto") || !isText(event.target)) return;
    clearTimeout(typing);
    typing = setTimeout(() => form.requestSubmit(), 400);
  });

  // ---- A form that shows what it would make: its fields go to `data-preview`, the answer into `data-into`. When only
  // ---- some fields matter for it, `data-preview-of` names them.

  let pending, waiting;
  async function preview(form) {
    pending?.abort();
    const own = pending = new AbortController();
    const ids = idsOf(form.dataset.into ?? "#summary");
    try {
      const { answer, doc } = await ask(new URL(form.dataset.preview, location.href), { method: "POST", body: fields(form), ids, signal: own.signal });
      if (!answer.ok || own.signal.aborted) return;
      ids.forEach(id => { const fresh = doc.getElementById(id); if (fresh && byId(id)) morph(byId(id), fresh, null); });
    } catch { /* the figures stay as they were; the next key tries again */ }
  }
  const previewSoon = event => {
    const form = event.target.form;
    if (!form?.hasAttribute("data-preview")) return;
    if (form.dataset.previewOf && !form.dataset.previewOf.split(" ").includes(event.target.name)) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => preview(form), event.type === "change" ? 50 : 350);
  };
  document.addEventListener("input", previewSoon);
  document.addEventListener("change", previewSoon);

  // ---- Several rows at once: [data-selection] holds [data-pick] boxes, a [data-pick-all] and a [data-bulk] bar.

  let lastPick;
  function countPicks(group) {
    const picks = $$("[data-pick]", group), ticked = picks.filter(pick => pick.checked).length;
    $$("[data-bulk]", group).forEach(bar => {
      bar.toggleAttribute("data-on", ticked > 0);
      $$("[data-count]", bar).forEach(slot => {
        slot.textContent = (ticked === 1 ? slot.dataset.one : slot.dataset.many).replace("{n}", ticked);
      });
    });
    $$("[data-pick-all]", group).forEach(all => {
      all.checked = ticked > 0 && ticked === picks.length;
      all.indeterminate = ticked > 0 && ticked < picks.length;
    });
  }
  document.addEventListener("click", event => {
    const pick = event.target.closest?.("[data-pick]"), group = pick?.closest("[data-selection]");
    if (!group) return;
    const picks = $$("[data-pick]", group);
    if (event.shiftKey && lastPick && group.contains(lastPick)) {
      const [from, to] = [picks.indexOf(lastPick), picks.indexOf(pick)].sort((a, b) => a - b);
      picks.slice(from, to + 1).forEach(other => { other.checked = pick.checked; });
      countPicks(group);
    }
    lastPick = pick;
  });
  document.addEventListener("change", event => {
    const group = event.target.closest?.("[data-selection]");
    if (!group) return;
    if (event.target.matches("[data-pick-all]")) $$("[data-pick]", group).forEach(pick => { pick.checked = event.target.checked; });
    if (event.target.matches("[data-pick], [data-pick-all]")) countPicks(group);
  });
  document.addEventListener("click", event => { // "clear the selection"
    const clear = event.target.closest?.("[data-pick-none]"), group = clear?.closest("[data-selection]");
    if (group) { event.preventDefault(); $$("[data-pick]", group).forEach(pick => { pick.checked = false; }); countPicks(group); }
  });

  function prepare() {
    $$("[data-selection]").forEach(countPicks);
    const tab = $(".tabs [aria-current]"), bar = tab?.closest(".tabs");
    if (bar) { // sideways only: the page stays where it is
      const { left, right } = tab.getBoundingClientRect(), room = bar.getBoundingClientRect();
      bar.scrollLeft += Math.min(0, left - room.left) || Math.max(0, right - room.right);
    }
    // Narrow screens start wide tables at the current stage.
    $$(".scroll").forEach(box => {
      const now = $("thead .now", box);
      if (now && !box.scrollLeft && now.offsetLeft + now.offsetWidth > box.clientWidth) box.scrollLeft = now.offsetLeft - $("th", box).offsetWidth;
    });
  }
  document.addEventListener("tutti:swap", prepare);
  prepare();
  showErrors(document);
})();
