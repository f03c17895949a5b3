//! The facts as a page: what they rest on, then a table under each topic.

use std::fmt::Write;

use super::{Export, Row};
use crate::locale;

pub(super) fn page(export: &Export<'_>) -> String {
    let Export {
        knowledge,
        language,
        rows,
    } = export;
    let text = |id: &str| locale::text(*language, id, &[]);
    let title = knowledge.hearing.title.get(*language);
    let title = locale::text(*language, "export-title", &[("hearing", title)]);
    let mut page = format!("# {}\n\n{}\n", plain(&title), text("export-about"));
    let further = knowledge.sources.values().map(|(source, _)| source);
    for source in std::iter::once(&knowledge.source).chain(further) {
        let _ = write!(
            page,
            "\n- `{}`: {}, “{}”, {}. SHA-256 `{}`",
            source.file,
            plain(source.publisher.get(*language)),
            plain(&source.headline),
            locale::date(*language, source.date),
            source.sha256
        );
    }
    page.push('\n');
    for topic in &knowledge.topics {
        let of_topic = |row: &&Row<'_>| row.topic == topic.id;
        let mut rows = rows.iter().filter(of_topic).peekable();
        if rows.peek().is_none() {
            continue;
        }
        let _ = write!(page, "\n## {}\n\n|", plain(topic.title(*language)));
        let columns = ["id", "figure", "subject", "speaker", "quote", "place"];
        for column in columns {
            let _ = write!(page, " {} |", text(&format!("export-{column}")));
        }
        let _ = writeln!(page, "\n|{}", " --- |".repeat(columns.len()));
        for row in rows {
            line(row, &mut page);
        }
    }
    page
}

fn line(row: &Row<'_>, page: &mut String) {
    let said_by = [row.speaker, row.role];
    let said_by: Vec<&str> = said_by.into_iter().flatten().collect();
    let _ = writeln!(
        page,
        "| `{}` | {} | {} | {} | {} | `{}` {}–{} |",
        row.id,
        plain(&row.figure),
        plain(row.title),
        plain(&said_by.join(", ")),
        plain(row.quote),
        row.file,
        row.start,
        row.end
    );
}

/// A text whose marks mean nothing to Markdown, in one line.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' => {
                plain.push('\\');
                plain.push(c);
            }
            '<' => plain.push_str("&lt;"),
            '&' => plain.push_str("&amp;"),
            '\n' => plain.push_str("<br>"),
            '\r' => {}
            _ => plain.push(c),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_stays_in_its_cell() {
        assert_eq!(
            plain("a|b\r\n*c* <d> & e_f"),
            "a\\|b<br>\\*c\\* &lt;d> &amp; e\\_f"
        );
    }
}
