// Tutti saves round trips with this file; every page works without it. No library, no build step.
"use strict";
const tutti = (() => {
  const root = document.documentElement;
  const $ = (selector, within = document) => within.querySelector(selector);
  const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];
  const byId = id => document.getElementById(id);
  const idOf = node => node?.getAttribute?.("id") ?? ""; // `form.id` may be the form's field named "id"

  /** Has a screen reader say something that is only to be seen. */
  function say(text) {
    const live = byId("live");
    if (live) { live.textContent = ""; setTimeout(() => { live.textContent = text; }, 30); }
  }

  // ---- Morphing: the page's element becomes the answer's, in place, so that focus, scroll, open
  // ---- details and what somebody is typing stay. Elements with an id are the same wherever they stand.

  const isField = node => /^(INPUT|TEXTAREA|SELECT)$/.test(node.nodeName);
  const isTick = node => node.type === "checkbox" || node.type === "radio";
  const options = select => [...select.options];
  const given = select => Math.max(options(select).findIndex(option => option.defaultSelected), 0);

  /** Whether somebody has changed the field since the server wrote it. */
  function isTouched(field) {
    if (field.nodeName === "SELECT") return field.multiple
      ? options(field).some(option => option.selected !== option.defaultSelected)
      : field.selectedIndex !== given(field);
    return isTick(field) ? field.checked !== field.defaultChecked : field.value !== field.defaultValue;
  }

  function takeServersAnswer(field) {
    if (field.nodeName === "SELECT") options(field).forEach((option, at) => {
      option.selected = field.multiple ? option.defaultSelected : at === given(field);
    });
    else if (isTick(field)) field.checked = field.defaultChecked;
    else if (field.value !== field.defaultValue) field.value = field.defaultValue;
  }

  /** `sent` is the form whose answer this is: its fields become what the server says, others keep what was typed. */
  function morph(old, fresh, sent) {
    const known = new Map($$("[id]", old).map(element => [idOf(element), element]));
    const wanted = new Set($$("[id]", fresh).map(idOf));
    const keepsOpen = name => name === "open";

    function attributes(a, b) {
      for (const { name } of [...a.attributes]) if (!b.hasAttribute(name) && !keepsOpen(name)) a.removeAttribute(name);
      for (const { name, value } of b.attributes) if (a.getAttribute(name) !== value && !keepsOpen(name)) a.setAttribute(name, value);
    }
    function move(parent, node, before) {
      if (parent.moveBefore && node.isConnected && parent.isConnected) parent.moveBefore(node, before);
      else parent.insertBefore(node, before);
    }
    function partner(parent, at, b) {
      if (idOf(b)) {
        const found = known.get(idOf(b));
        return found && found.nodeName === b.nodeName && !found.contains(parent) ? found : null;
      }
      return at && !idOf(at) && at.nodeName === b.nodeName ? at : null;
    }
    const holdsKnown = node => node.nodeType === 1 && $$("[id]", node).some(inner => known.has(idOf(inner)));
    function patch(a, b) {
      if (a.nodeType !== 1) { if (a.data !== b.data) a.data = b.data; return; }
      const touched = isField(a) && isTouched(a);
      const isSent = sent && a.form === sent && !(a === document.activeElement && sent.method === "get");
      attributes(a, b);
      let last = null;
      const next = () => last ? last.nextSibling : a.firstChild;
      for (const child of [...b.childNodes]) {
        let at = next();
        while (at && idOf(at) && !wanted.has(idOf(at))) { const gone = at; at = at.nextSibling; gone.remove(); }
        const same = partner(a, at, child);
        if (same) {
          if (same !== at) move(a, same, at);
          last = same;
          patch(same, child);
        } else if (holdsKnown(child)) { // new around something that stays, such as a field that is being filled in
          last = a.insertBefore(document.importNode(child, false), at);
          patch(last, child);
        } else last = a.insertBefore(document.importNode(child, true), at);
      }
      for (let at = next(); at; at = next()) at.remove();
      if (isField(a) && (!touched || isSent)) takeServersAnswer(a);
    }
    patch(old, fresh);
  }

  // ---- Swaps: `data-swap="#id"` on a form, a button or a link. The answer may be a whole page or only the
  // ---- parts; the header X-Fragment tells the server which parts are looked at.

  const address = () => location.pathname + location.search;
  let shown = address(); // what the page on screen is the page of
  let queue = Promise.resolve();
  const sending = new Set();
  const idsOf = target => target.split(/[\s,]+/).map(id => id.replace(/^#/, "")).filter(Boolean);

  async function ask(url, { method, body, ids, signal }) {
    const answer = await fetch(url, {
      method, signal: signal ?? AbortSignal.timeout(20000), credentials: "same-origin",
      headers: { "X-Fragment": ids.join(","), Accept: "text/html" },
      body: method === "GET" ? undefined : body,
    });
    if (answer.status >= 500 || !/^text\/html/.test(answer.headers.get("content-type") ?? "")) throw new Error(`${answer.status}`);
    return { answer, doc: new DOMParser().parseFromString(await answer.text(), "text/html") };
  }

  /** Remembers where the focus is, and afterwards puts it back or as near as possible. */
  function holdFocus() {
    const was = document.activeElement, id = idOf(was), row = was?.closest?.("[id]");
    const like = was && was !== document.body && was.nodeName + (was.name ? `[name="${CSS.escape(was.name)}"]` : "") +
      (was.nodeName === "BUTTON" && was.value ? `[value="${CSS.escape(was.value)}"]` : "");
    const near = [row, row?.nextElementSibling, row?.previousElementSibling].map(idOf).filter(Boolean);
    return parts => {
      if (!was || was === document.body || document.activeElement === was && was.isConnected) return;
      let next = id && byId(id);
      if (!next && idOf(row)) next = byId(idOf(row)) && $(like, byId(idOf(row)));
      for (const other of near) next ||= byId(other) && $("a, button, summary, input:not([type=hidden])", byId(other));
      if (!next && parts[0]) { next = parts[0]; if (!next.hasAttribute("tabindex")) next.tabIndex = -1; }
      next?.focus({ preventScroll: true });
    };
  }

  let prefix = ""; // of the title, while something on the page needs a change
  function showErrors(within) {
    const errors = $(".errors", within);
    if (!$(".errors") && document.title.startsWith(prefix)) document.title = document.title.slice(prefix.length).trim();
    if (!errors) return;
    prefix = errors.dataset.prefix ?? "";
    if (!document.title.startsWith(prefix)) document.title = `${prefix} ${document.title}`;
    errors.focus();
  }

  /** Puts an answer on the page. Throws when the answer is of no use here. */
  function show({ answer, doc }, ids, form, isGet) {
    const restore = holdFocus();
    const elsewhere = answer.redirected && new URL(answer.url).pathname !== location.pathname;
    let pairs = ids.map(id => [byId(id), doc.getElementById(id)]).filter(([a, b]) => a && b);
    const fresh = doc.getElementById("main");
    if (elsewhere && !isGet && fresh) {
      closeAround(form);
      morph(document.body, doc.body, form);
      history.pushState(null, "", answer.url);
      shown = address();
      document.title = doc.title;
      scrollTo(0, 0);
      byId("main")?.focus({ preventScroll: true });
      return finish([document.body]);
    }
    if (!pairs.length && answer.redirected) return void location.assign(answer.url);
    if (!pairs.length && fresh && byId("main")) pairs = [[byId("main"), fresh]];
    if (!pairs.length) throw new Error("nothing to show");
    if (answer.ok) {
      closeAround(form);
      if (form?.isConnected && !isGet && !pairs.some(([a]) => a.contains(form) || form.contains(a))) form.reset();
    }
    pairs.forEach(([a, b]) => morph(a, b, form));
    for (const id of ["flash", "nav", "tabs"]) { // the message, and the counts of the frame, when the answer has them
      const b = doc.getElementById(id), a = byId(id);
      if (a && b && !pairs.some(([part]) => part.contains(a))) morph(a, b, null);
    }
    if (isGet) { history.replaceState(null, "", answer.url); shown = address(); }
    if (doc.title) document.title = doc.title;
    const parts = pairs.map(([a]) => a);
    restore(parts);
    finish(parts);
  }

  function finish(parts) {
    parts.forEach(showErrors);
    document.dispatchEvent(new CustomEvent("tutti:swap", { detail: parts }));
  }

  /** After a saved change: its dialog and its menu close. */
  function closeAround(form) {
    form?.closest("dialog[open]")?.close();
    form?.closest("[popover]")?.hidePopover?.();
    const menu = form?.closest("details.menu[open]");
    if (menu) { const had = menu.contains(document.activeElement); menu.open = false; if (had) $("summary", menu).focus(); }
  }

  /** The same request as a plain form: the browser shows whatever comes, an error page too. */
  function plainly(url, method, body) {
    if (method === "GET") return location.assign(url);
    const form = document.createElement("form");
    form.method = "post"; form.action = url; form.hidden = true;
    for (const [name, value] of body) {
      const input = document.createElement("input");
      input.type = "hidden"; input.name = name; input.value = value;
      form.append(input);
    }
    document.body.append(form);
    form.submit();
  }

  /** Sends after everything that was sent before it has been answered. `key` is never sent twice at a time. */
  function send({ url, method, body, target, form, key }) {
    if (sending.has(key)) return Promise.resolve();
    sending.add(key);
    if (key instanceof Element) key.setAttribute("aria-busy", "true");
    const ids = idsOf(target), isGet = method === "GET";
    queue = queue.then(async () => {
      const data = body();
      const to = new URL(url);
      if (isGet) to.search = data.toString();
      try {
        show(await ask(to, { method, body: data, ids }), ids, form, isGet);
      } catch { plainly(to, method, data); }
      finally {
        sending.delete(key);
        if (key instanceof Element) key.removeAttribute("aria-busy");
      }
    });
    return queue;
  }

  const attribute = (form, button, name) => button?.getAttribute(`form${name}`) ?? form.getAttribute(name) ?? "";
  const text = data => new URLSearchParams([...data].filter(([, value]) => typeof value === "string"));

  /** What a form sends. `data-alone` on the button: only the button; the rest stands in its formaction. */
  function fields(form, button) {
    if (button?.hasAttribute("data-alone")) return new URLSearchParams(button.name ? [[button.name, button.value]] : []);
    const own = button?.form === form && !button.disabled;
    return text(own ? new FormData(form, button) : new FormData(form));
  }

  /** Opens the dialog that asks for more before this is sent (a reason), with what is known already. */
  function askMore(dialog, url, known, target, title) {
    const form = $("form", dialog);
    form.setAttribute("action", url.pathname + url.search);
    if (!form.dataset.swap && target) form.dataset.swap = target;
    $$("[data-known]", form).forEach(input => input.remove());
    for (const [name, value] of known) if (!$(`[name="${CSS.escape(name)}"]`, form)) {
      const input = document.createElement("input");
      input.type = "hidden"; input.name = name; input.value = value; input.dataset.known = "";
      form.append(input);
    } else if ($(`[name="${CSS.escape(name)}"]`, form).type === "hidden") $(`[name="${CSS.escape(name)}"]`, form).value = value;
    $$("[data-title]", dialog).forEach(slot => { slot.textContent = title; });
    $$("details.menu[open]").forEach(menu => { menu.open = false; });
    dialog.showModal();
    ($("textarea, select, input:not([type=hidden])", form))?.focus();
  }

  document.addEventListener("submit", event => {
    const form = event.target, button = event.submitter;
    if (event.defaultPrevented || attribute(form, button, "method") === "dialog") return;
    const url = new URL(attribute(form, button, "action") || location.href, location.href);
    const method = (attribute(form, button, "method") || "get").toUpperCase();
    const key = button?.hasAttribute("data-alone") ? button : form;
    if (sending.has(key)) return event.preventDefault();
    if (form.hasAttribute("data-theme-form") && button) { event.preventDefault(); return setTheme(form, button, url); }
    const target = button?.dataset.swap ?? form.dataset.swap;
    const dialog = button?.dataset.ask && byId(button.dataset.ask);
    if (dialog?.showModal && $("form", dialog)) {
      event.preventDefault();
      return askMore(dialog, url, fields(form, button), target, button.closest("[data-title]")?.dataset.title ?? "");
    }
    if (!target || !idsOf(target).some(byId)) {
      if (method === "POST") { sending.add(form); setTimeout(() => sending.delete(form), 10000); }
      return;
    }
    event.preventDefault();
    const early = fields(form, button);
    if (form.popover) form.hidePopover();
    // Read again when its turn comes: an answer in between may have brought a newer version.
    const body = () => form.isConnected && (!button || button.isConnected) ? fields(form, button) : early;
    send({ url, method, body, target, form: key === form ? form : null, key });
  });
  addEventListener("pageshow", () => sending.clear());
  addEventListener("popstate", () => { if (address() !== shown) location.reload(); }); // not for links within the page

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

  function setTheme(form, button, url) {
    if (button.value === "system") delete root.dataset.theme; else root.dataset.theme = button.value;
    $$("button", form).forEach(other => other.setAttribute("aria-pressed", other === button));
    fetch(url, { method: "POST", body: fields(form, button), redirect: "manual", keepalive: true }).catch(() => {});
  }

  // ---- Filters apply themselves; the Apply button is for browsers without script.

  let typing;
  const isText = field => field.matches("input[type=search], input[type=text], input:not([type])");
  document.addEventListener("change", event => {
    const form = event.target.form;
    if (form?.hasAttribute("data-auto") && !isText(event.target)) form.requestSubmit();
  });
  document.addEventListener("input", event => {
    const form = event.target.form;
    if (!form?.hasAttribute("data-auto") || !isText(event.target)) return;
    clearTimeout(typing);
    typing = setTimeout(() => form.requestSubmit(), 400);
  });

  // ---- A form that shows what it would make: its fields go to `data-preview`, the answer into `data-into`.

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
    $(".tabs [aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
    // Narrow screens start wide tables at the current stage.
    $$(".scroll").forEach(box => {
      const now = $("thead .now", box);
      if (now && !box.scrollLeft && now.offsetLeft + now.offsetWidth > box.clientWidth) box.scrollLeft = now.offsetLeft - $("th", box).offsetWidth;
    });
  }
  document.addEventListener("tutti:swap", prepare);
  prepare();
  showErrors(document);

  return { send, say, askMore, fields, byId, $, $$ };
})();
