// Forms and links are answered in place: `data-swap="#id"` on a form, a button or a link names the parts to change.
// The answer may be a whole page or only the parts; the header X-Fragment tells the server which parts are looked at.
"use strict";
Object.assign(tutti, (() => {
  const { $, $$, byId, idOf, morph } = tutti;

  const address = () => location.pathname + location.search;
  let shown = address(); // what the page on screen is the page of
  let queue = Promise.resolve();
  const sending = new Set();
  let count = 0; // of what was sent
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
    const was = document.activeElement, id = idOf(was), row = was?.closest?.("[id]"), line = was?.closest?.("tr[id], li[id]");
    const like = was && was !== document.body && was.nodeName + (was.name ? `[name="${CSS.escape(was.name)}"]` : "") +
      (was.nodeName === "BUTTON" && was.value ? `[value="${CSS.escape(was.value)}"]` : "");
    const near = [row, line, row?.nextElementSibling, row?.previousElementSibling].map(idOf).filter(Boolean);
    return parts => {
      if (!was || was === document.body || document.activeElement === was && was.isConnected) return;
      // A line that has opened for change says where one begins.
      let next = idOf(line) && byId(idOf(line)) && $("[autofocus]", byId(idOf(line)));
      if (next) return void next.focus();
      next = id && byId(id);
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
    count++;
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

  /** The colours change at once; the server only keeps them, so that its answer is not looked at. */
  function setTheme(form, button, url) {
    const { dataset } = document.documentElement;
    if (button.value === "system") delete dataset.theme; else dataset.theme = button.value;
    $$("button", form).forEach(other => other.setAttribute("aria-pressed", other === button));
    fetch(url, { method: "POST", body: fields(form, button), redirect: "manual", keepalive: true }).catch(() => {});
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

  return { ask, askMore, fields, idsOf, send, sent: () => count, showErrors };
})());
