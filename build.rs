//! Reads `locales/*/*.ftl` and writes one checked method per message, so that a key or argument
//! which a page gets wrong, or which one language lacks, fails the build. Prepares the static files.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a build script reports by panicking"
)]

use fluent_syntax::{ast, parser};
use std::{
    collections::{BTreeMap, BTreeSet},
    env,
    fmt::Write,
    fs,
    path::{Path, PathBuf},
};

const LANGUAGES: [(&str, &str); 2] = [("en", "EN"), ("zh-CN", "ZH_CN")];

/// What a language says under a key.
struct Message {
    /// The arguments that the text uses.
    arguments: BTreeSet<String>,
    /// The text itself, where there is nothing to fill in or to choose: then nothing is left to do when it is asked for.
    plain: Option<String>,
}

type Messages = BTreeMap<String, Message>;

fn main() {
    println!("cargo:rerun-if-changed=locales");
    println!("cargo:rerun-if-changed=static");
    println!("cargo:rerun-if-changed=migrations");
    println!("cargo:rerun-if-changed=templates");
    memory_serve::load_directory("./static");

    let mut problems = Vec::new();
    let all: Vec<Messages> = LANGUAGES.iter().map(|(tag, _)| read(tag, &mut problems)).collect();
    compare(&all, &mut problems);
    assert!(problems.is_empty(), "locales:\n  {}", problems.join("\n  "));

    let target = PathBuf::from(env::var("OUT_DIR").unwrap()).join("messages.rs");
    fs::write(target, generate(&all)).unwrap();
}

fn files(tag: &str) -> Vec<PathBuf> {
    let folder = Path::new("locales").join(tag);
    let mut files: Vec<PathBuf> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|p| p.extension().is_some_and(|e| e == "ftl"))
        .collect();
    files.sort();
    files
}

fn read(tag: &str, problems: &mut Vec<String>) -> Messages {
    let mut messages = Messages::new();
    for file in files(tag) {
        let text = fs::read_to_string(&file).unwrap();
        let resource = match parser::parse(text.as_str()) {
            Ok(resource) => resource,
            Err((resource, errors)) => {
                problems.push(format!("{}: {errors:?}", file.display()));
                resource
            }
        };
        for entry in &resource.body {
            match entry {
                ast::Entry::Message(message) => {
                    let mut arguments = BTreeSet::new();
                    match &message.value {
                        Some(value) => pattern(value, &mut arguments),
                        None => problems.push(format!("{}: {} has no text", file.display(), message.id.name)),
                    }
                    let plain = message.value.as_ref().and_then(plain);
                    if messages.insert(message.id.name.to_owned(), Message { arguments, plain }).is_some() {
                        problems.push(format!("{}: {} stands twice", file.display(), message.id.name));
                    }
                }
                ast::Entry::Junk { content } => problems.push(format!("{}: cannot read {content:?}", file.display())),
                _ => {}
            }
        }
    }
    messages
}

fn compare(all: &[Messages], problems: &mut Vec<String>) {
    let first = &all[0];
    for (index, other) in all.iter().enumerate().skip(1) {
        let tag = LANGUAGES[index].0;
        for (key, Message { arguments, .. }) in first {
            match other.get(key).map(|message| &message.arguments) {
                None => problems.push(format!("{tag}: {key} is missing")),
                Some(found) if found != arguments => {
                    problems.push(format!("{tag}: {key} uses {found:?}, {} uses {arguments:?}", LANGUAGES[0].0));
                }
                Some(_) => {}
            }
        }
        for key in other.keys().filter(|key| !first.contains_key(*key)) {
            problems.push(format!("{}: {key} is missing", LANGUAGES[0].0));
        }
    }
}

fn generate(all: &[Messages]) -> String {
    let mut out = String::new();
    for (tag, name) in LANGUAGES {
        writeln!(out, "const {name}: &[&str] = &[").unwrap();
        for file in files(tag) {
            writeln!(out, "    include_str!({:?}),", fs::canonicalize(file).unwrap()).unwrap();
        }
        out.push_str("];\n");
    }
    out.push_str(
        "#[allow(missing_docs, reason = \"the key is the documentation; the text stands in locales/\")]\nimpl T {\n",
    );
    for (key, Message { arguments, .. }) in &all[0] {
        let method = key.replace('-', "_");
        let plain: Option<Vec<&String>> = all.iter().map(|messages| messages.get(key)?.plain.as_ref()).collect();
        if let Some(texts) = plain {
            writeln!(out, "    pub fn {method}(self) -> String {{ self.plain({texts:?}) }}").unwrap();
            continue;
        }
        let parameters: String =
            arguments.iter().map(|a| format!(", {}: impl Argument", a.replace('-', "_"))).collect();
        let list: String = arguments.iter().map(|a| format!("(\"{a}\", &{}), ", a.replace('-', "_"))).collect();
        writeln!(out, "    pub fn {method}(self{parameters}) -> String {{ self.text(\"{key}\", &[{list}]) }}").unwrap();
    }
    out.push_str("}\n");
    out
}

/// The text of a pattern that is nothing but text.
fn plain(value: &ast::Pattern<&str>) -> Option<String> {
    value
        .elements
        .iter()
        .map(|element| match element {
            ast::PatternElement::TextElement { value } => Some(*value),
            ast::PatternElement::Placeable { .. } => None,
        })
        .collect()
}

fn pattern(value: &ast::Pattern<&str>, out: &mut BTreeSet<String>) {
    for element in &value.elements {
        if let ast::PatternElement::Placeable { expression: inner } = element {
            expression(inner, out);
        }
    }
}

fn expression(value: &ast::Expression<&str>, out: &mut BTreeSet<String>) {
    match value {
        ast::Expression::Inline(inner) => inline(inner, out),
        ast::Expression::Select { selector, variants } => {
            inline(selector, out);
            variants.iter().for_each(|variant| pattern(&variant.value, out));
        }
    }
}

fn inline(value: &ast::InlineExpression<&str>, out: &mut BTreeSet<String>) {
    match value {
        ast::InlineExpression::VariableReference { id } => {
            out.insert(id.name.to_owned());
        }
        ast::InlineExpression::Placeable { expression: inner } => expression(inner, out),
        ast::InlineExpression::FunctionReference { arguments, .. } => {
            arguments.positional.iter().for_each(|argument| inline(argument, out));
        }
        _ => {}
    }
}
