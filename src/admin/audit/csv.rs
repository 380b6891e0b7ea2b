//! Events as a table for spreadsheets.

use crate::{
    events::{Detail, Recorded, feed, sentences},
    platform::{ids::ProjectId, locale::T},
    web::shell::Shell,
};
use std::collections::HashMap;

/// A file with one line an event. `is_cut` adds a last line that says that there are more.
///
/// # Errors
/// When memory cannot be written to.
pub fn table(
    shell: &Shell,
    events: &[Recorded],
    keys: &HashMap<ProjectId, String>,
    is_cut: bool,
) -> Result<Vec<u8>, csv::Error> {
    let t = shell.t;
    // Without the mark, Excel reads UTF-8 as the local code page.
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record([
        t.audit_time(),
        t.audit_who(),
        t.audit_what(),
        t.audit_changes(),
        t.audit_project(),
        t.audit_kind(),
        t.audit_page(),
        t.audit_request(),
    ])?;
    for event in events {
        let line = sentences::describe(t, &shell.zone, event);
        let key = event.project_id.and_then(|id| keys.get(&id)).map(String::as_str);
        let row = [
            event.at.to_zoned(shell.zone.clone()).strftime("%Y-%m-%d %H:%M:%S%:z").to_string(),
            line.actor.clone(),
            line.text(),
            changes(t, &line.details),
            key.unwrap_or_default().to_owned(),
            event.kind.clone(),
            feed::href(event, key).unwrap_or_default(),
            event.request_id.clone(),
        ];
        writer.write_record(row.iter().map(|cell| guarded(cell)))?;
    }
    if is_cut {
        writer.write_record([t.audit_cut(events.len()).as_str(), "", "", "", "", "", "", ""])?;
    }
    writer.into_inner().map_err(|problem| csv::Error::from(problem.into_error()))
}

fn changes(t: T, details: &[Detail]) -> String {
    let lines: Vec<String> = details
        .iter()
        .map(|detail| {
            let value = if detail.has_both() {
                format!("{} → {}", detail.before, detail.after)
            } else {
                detail.only().to_owned()
            };
            format!("{}{value}", t.events_detail(&detail.label))
        })
        .collect();
    lines.join("\n")
}

/// Spreadsheets run a cell that begins like a formula; an apostrophe keeps it text.
fn guarded(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::guarded;

    #[test]
    fn formulas_stay_text() {
        for (cell, expected) in [
            ("=HYPERLINK(\"x\")", "'=HYPERLINK(\"x\")"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("\r=1", "'\r=1"),
            ("Su Qing", "Su Qing"),
            ("", ""),
        ] {
            assert_eq!(guarded(cell), expected);
        }
    }
}
