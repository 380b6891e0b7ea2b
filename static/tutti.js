// Tutti saves round trips with these scripts; every page works without them. No library, no build step.
// This one is what the others stand on: finding, saying, and morphing one piece of a page into another.
"use strict";
const tutti = (() => {
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

  /** `sent` is the form whose answer this is: its fields become what the server says, others keep what was typed. Parts in
   *  the set `kept` stay as they are. */
  function morph(old, fresh, sent, kept) {
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
      if (kept?.has(a)) return;
      const touched = isField(a) && isTouched(a), chosen = a.nodeName === "SELECT" && !a.multiple && a.value;
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
      const isGone = touched && chosen && !options(a).some(option => option.value === chosen);
      if (isField(a) && (!touched || isSent || isGone)) takeServersAnswer(a);
      else if (touched && chosen) a.value = chosen; // the same choice, wherever it stands now
    }
    patch(old, fresh);
  }

  return { $, $$, byId, idOf, isTouched, morph, say };
})();
