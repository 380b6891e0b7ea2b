// A page of a project stays current: it hears which things others change, fetches itself again and takes over what differs.
// What somebody is filling in is left alone. Without this file the foot of the page says when it was drawn.
"use strict";
(() => {
  const { $, $$, byId, isTouched, morph } = tutti;
  const QUIET = 45000; // the server says something at least every 15 seconds

  let url = ""; // of the stream
  let last = ""; // where the stream is
  let open = null; // the AbortController of the stream
  let isHeard = false; // whether the stream speaks
  let isStale = false; // something changed that has not been looked at
  let due = 0, asking = false, again = false, isNews = false;

  const drawn = () => byId("drawn");
  const later = time => new Promise(done => { setTimeout(done, time); });
  const isLive = yes => { isHeard = yes; if (drawn()) drawn().hidden = yes; };

  // ---- The stream. Only a page that is looked at holds one: browsers open few connections to one host.

  async function listen(own) {
    for (let failures = 0; open === own; failures++) {
      if (failures) await later(Math.min(1000 * 2 ** (failures - 1), 30000) * (0.5 + Math.random()));
      if (open !== own) return;
      try {
        const headers = { Accept: "text/event-stream", ...(last && { "Last-Event-ID": last }) };
        const answer = await fetch(url, { headers, signal: own.signal, redirect: "manual", cache: "no-store" });
        if (answer.status === 429 || answer.status >= 500) continue;
        if (!answer.ok || !answer.body) return isLive(false); // no longer theirs to see, or signed out
        isLive(true);
        failures = 0;
        await read(answer.body.getReader());
      } catch { /* the server went away; it comes back */ }
      if (open === own) isLive(false);
    }
  }

  async function read(reader) {
    const decoder = new TextDecoder();
    for (let text = "";;) {
      let timer;
      const silence = new Promise((_, fail) => { timer = setTimeout(fail, QUIET, new Error("silence")); });
      const { done, value } = await Promise.race([reader.read(), silence]).finally(() => clearTimeout(timer))
        .catch(problem => { reader.cancel().catch(() => {}); throw problem; });
      if (done) return;
      const messages = (text + decoder.decode(value, { stream: true })).split("\n\n");
      text = messages.pop();
      messages.forEach(hear);
    }
  }

  function hear(message) {
    for (const line of message.split("\n")) {
      if (line.startsWith("id: ")) last = line.slice(4);
      if (!line.startsWith("data: ")) continue;
      const { changed, within } = JSON.parse(line.slice(6));
      if (!changed.some(concerns)) continue;
      isStale = true;
      soon(60 + Math.random() * within);
    }
  }

  /** A page about one thing looks at other tasks only when it names them; pages with tabs count everything. */
  function concerns([kind, label]) {
    return kind !== "task" || !label || Boolean(byId("tabs")) || $("#main").innerHTML.includes(label)
      || $$("#main a[href]").some(link => link.getAttribute("href").endsWith(`/tasks/${label.split("-").pop()}`));
  }

  function attach() {
    const wanted = drawn()?.dataset.live ?? "", path = wanted.split("?")[0];
    if (open && path !== url.split("?")[0]) { open.abort(); open = null; last = ""; }
    if (open) return isLive(isHeard);
    if (!path || document.hidden) return;
    if (isStale) soon(60);
    if (path !== url.split("?")[0]) last = "";
    url = wanted;
    const own = open = new AbortController();
    listen(own);
  }
  const detach = () => { open?.abort(); open = null; isLive(false); };

  // ---- The page again.

  function soon(time) {
    const at = Date.now() + time;
    if (asking) { again = true; return; }
    if (due && due <= at) return;
    due = at;
    setTimeout(() => { if (due === at) refresh(); }, time);
  }

  /** Something is on its way, or in somebody's hand: what is being pressed must be there until the press has ended. */
  const PRESS = 5000;
  let pressed = 0;
  document.addEventListener("pointerdown", () => { pressed = Date.now(); }, true);
  for (const end of ["pointerup", "pointercancel", "dragend"]) document.addEventListener(end, () => setTimeout(() => { pressed = 0; }), true);
  const isBusy = () => Date.now() - pressed < PRESS || $("[aria-busy=true], .lifted, .ghost, dialog[open]");

  async function refresh() {
    due = 0;
    if (!drawn() || document.hidden) return; // shown again, it hears what it missed
    if (isBusy()) return soon(400);
    asking = true;
    isStale = false;
    const address = location.href, sent = tutti.sent();
    try {
      const answer = await fetch(address, { headers: { Accept: "text/html" }, signal: AbortSignal.timeout(20000), cache: "no-store" });
      if (answer.ok && !answer.redirected) {
        const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
        // What was asked before somebody here sent a form may not know of it yet.
        if (location.href !== address || tutti.sent() !== sent || isBusy()) again = true;
        else if (fresh.getElementById("drawn")) take(fresh);
      }
    } catch { again = true; await later(2000); }
    asking = false;
    if (again) { again = false; isStale = true; soon(200); }
  }

  /** What somebody is filling in, or has been told to mend. */
  function inUse() {
    const main = byId("main");
    const touched = $$(":is(input:not([type=hidden]), textarea, select)", main).filter(isTouched).map(field => field.form ?? field);
    return new Set([...touched, ...$$(".errors", main)].filter(one => main.contains(one)));
  }
  const isField = node => /^(INPUT|TEXTAREA|SELECT)$/.test(node?.nodeName ?? "") && byId("main").contains(node);

  const partOf = node => node.closest("[id]:not(form, input, textarea, select, button)");
  /** What a part shows: not what only forms know, and not what a script has noted. */
  function shows(part) {
    const copy = part.cloneNode(true);
    $$("input[type=hidden], #flash, #drawn, #changed", copy).forEach(node => node.remove());
    $$("*", copy).forEach(node => { for (const { name } of [...node.attributes]) if (/^(open|style|tabindex|aria-(busy|expanded|describedby)|data-(told|version|on))$/.test(name)) node.removeAttribute(name); });
    return copy.innerHTML.replace(/\s+/g, " ");
  }

  /** Whether the message of a result still belongs to what the page shows: what one did oneself comes back as it is
   *  already; what differs later is somebody else's doing, and an old message is no answer to that. */
  const READABLE = 6000;
  const told = () => { if (byId("flash")) byId("flash").dataset.since = Date.now(); };
  function isAnswer(fresh) {
    const flash = byId("flash");
    return !flash || Date.now() - flash.dataset.since < READABLE || shows(byId("main")) === shows(fresh.getElementById("main"));
  }

  function take(fresh, all = false) {
    const main = byId("main"), kept = new Set([byId("flash"), byId("changed")].filter(Boolean)), at = document.activeElement;
    if (!isAnswer(fresh)) kept.delete(byId("flash"));
    let whole = false, news = false;
    const used = all ? [] : [...inUse()];
    // A field that somebody is in and has not touched stays as it is; what is around it may change.
    if (isField(at) && at.id && fresh.getElementById(at.id)) kept.add(at); else if (isField(at) && !all) used.push(at);
    for (const form of used) {
      const part = partOf(form), same = part && part !== main && fresh.getElementById(part.id);
      if (!same) whole = true; else { kept.add(part); news ||= shows(part) !== shows(same); }
    }
    if (whole) news = shows(main) !== shows(fresh.getElementById("main"));
    else {
      const top = scrollY;
      morph(main, fresh.getElementById("main"), null, kept);
      if (at?.isConnected && document.activeElement !== at) at.focus({ preventScroll: true });
      if (!all && Math.abs(scrollY - top) > innerHeight) scrollTo(0, top);
    }
    for (const frame of ["#nav", ".projects"]) if ($(frame) && $(frame, fresh)) morph($(frame), $(frame, fresh), null);
    if (!$(".errors")) document.title = fresh.title;
    isLive(Boolean(open));
    tell(news);
  }

  /** The quiet line; said once, not at every change. */
  function tell(news) {
    const place = byId("changed");
    if (!place || news === isNews && Boolean(place.firstChild) === news) return;
    isNews = news;
    place.textContent = "";
    if (!news) return;
    const words = document.createElement("span"), button = document.createElement("button");
    words.textContent = place.dataset.text;
    button.textContent = place.dataset.show;
    button.type = "button"; button.className = "btn";
    button.addEventListener("click", show);
    place.append(words, " ", button);
  }

  /** Everything as it is now; what was typed stays in its fields as long as they are there. */
  async function show() {
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" }, signal: AbortSignal.timeout(20000), cache: "no-store" });
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (!answer.ok || answer.redirected || !fresh.getElementById("main")) return location.reload();
      take(fresh, true);
      byId("main").focus({ preventScroll: true });
    } catch { location.reload(); }
  }

  document.addEventListener("visibilitychange", () => document.hidden ? detach() : attach());
  addEventListener("pagehide", detach);
  addEventListener("pageshow", attach);
  document.addEventListener("tutti:swap", () => { isNews = false; told(); attach(); });
  told();
  attach();
})();
