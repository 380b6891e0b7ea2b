//! The words on screen, in two languages, and how dates, times and numbers are written.
//!
//! `build.rs` turns every message of `locales/` into a method of [`T`], so a wrong key or argument does
//! not compile and a message that one language lacks fails the build.

mod order;

pub use order::{people_between, sort_names, sort_people};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use std::{fmt, str::FromStr, sync::LazyLock};

/// A language that Tutti speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Simplified Chinese.
    Chinese,
}

impl Language {
    /// Both, in the order in which menus show them.
    pub const ALL: [Self; 2] = [Self::English, Self::Chinese];

    /// The BCP 47 tag, also what the database keeps.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Chinese => "zh-CN",
        }
    }

    /// The language's name in itself.
    pub fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Chinese => "简体中文",
        }
    }

    /// The one to switch to.
    pub fn other(self) -> Self {
        match self {
            Self::English => Self::Chinese,
            Self::Chinese => Self::English,
        }
    }

    /// The person's own choice first, then what the browser asks for, then English (ARCHITECTURE §2).
    pub fn choose(own: Option<Self>, accept_language: &str) -> Self {
        own.or_else(|| accepted(accept_language)).unwrap_or_default()
    }

    fn of_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next()?.trim();
        Self::ALL
            .into_iter()
            .find(|language| language.tag().get(..2).is_some_and(|own| own.eq_ignore_ascii_case(primary)))
    }
}

/// The best of an `Accept-Language` header that Tutti speaks.
fn accepted(header: &str) -> Option<Language> {
    let mut ranked: Vec<(f32, Language)> = header
        .split(',')
        .filter_map(|part| {
            let (tag, weight) = part.trim().split_once(";q=").unwrap_or((part.trim(), "1"));
            Some((weight.trim().parse().ok()?, Language::of_tag(tag)?))
        })
        .collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
    ranked.first().map(|best| best.1)
}

impl FromStr for Language {
    type Err = UnknownLanguage;
    fn from_str(tag: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|language| language.tag().eq_ignore_ascii_case(tag)).ok_or(UnknownLanguage)
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

/// A tag that is neither `en` nor `zh-CN`.
#[derive(Debug, thiserror::Error)]
#[error("use en or zh-CN")]
pub struct UnknownLanguage;

/// A text that exists in both languages, such as a department's name or a stage of a blueprint.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Deserialize, serde::Serialize)]
pub struct Bilingual {
    /// English.
    pub en: String,
    /// Simplified Chinese.
    pub zh: String,
}

/// The texts of one language. Pages hold one as `t`; every message of `locales/` is a method of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct T(pub Language);

type Bundle = FluentBundle<FluentResource>;

static ENGLISH: LazyLock<Bundle> = LazyLock::new(|| bundle("en", EN));
static CHINESE: LazyLock<Bundle> = LazyLock::new(|| bundle("zh-CN", ZH_CN));

#[expect(clippy::expect_used, reason = "build.rs has parsed the same text: it cannot fail at run time")]
fn bundle(tag: &str, files: &'static [&'static str]) -> Bundle {
    let mut bundle = FluentBundle::new_concurrent(vec![tag.parse().expect("a tag written in this file")]);
    // The marks are for mixed writing directions, and would break copied text. In Chinese they say where what is filled in
    // begins and ends, and are taken out again.
    bundle.set_use_isolating(tag == "zh-CN");
    for file in files {
        let resource =
            FluentResource::try_new((*file).to_owned()).map_err(|_| "unreadable").expect("checked by build.rs");
        bundle.add_resource_overriding(resource);
    }
    bundle
}

impl T {
    /// Of a message with nothing to fill in, in the order of `LANGUAGES` in build.rs.
    fn plain(self, [english, chinese]: [&str; 2]) -> String {
        match self.0 {
            Language::English => english,
            Language::Chinese => chinese,
        }
        .to_owned()
    }

    fn text(self, key: &str, arguments: &[(&'static str, &dyn Argument)]) -> String {
        let bundle = match self.0 {
            Language::English => &*ENGLISH,
            Language::Chinese => &*CHINESE,
        };
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            return key.to_owned(); // unreachable: build.rs made this method from the key
        };
        let arguments: FluentArgs = arguments.iter().map(|(name, value)| (*name, value.value())).collect();
        let text = bundle.format_pattern(pattern, Some(&arguments), &mut Vec::new());
        if self.is_chinese() { spaced(&text) } else { text.into_owned() }
    }

    /// The language, for `lang` attributes.
    pub fn language(self) -> Language {
        self.0
    }

    /// Whether the words are Chinese.
    pub fn is_chinese(self) -> bool {
        self.0 == Language::Chinese
    }

    /// The side of a bilingual text that this reader reads.
    pub fn pick(self, text: &Bilingual) -> &str {
        self.pair(&text.en, &text.zh)
    }

    /// As [`T::pick`], for two columns.
    pub fn pair<'a>(self, en: &'a str, zh: &'a str) -> &'a str {
        if self.is_chinese() && !zh.is_empty() { zh } else { en }
    }

    /// A title that has a Chinese side only while it is a blueprint's own (`title`, `title_zh`).
    pub fn title<'a>(self, title: &'a str, zh: Option<&'a str>) -> &'a str {
        zh.filter(|_| self.is_chinese()).unwrap_or(title)
    }

    /// `Fri 20 Nov` in the current year, `Fri 20 Nov 2026` otherwise; `11月20日 周五`.
    pub fn day(self, date: Date, today: Date) -> String {
        let year = date.year() != today.year();
        match self.0 {
            Language::English => {
                let day = date.strftime("%a %-d %b").to_string();
                if year { format!("{day} {}", date.year()) } else { day }
            }
            Language::Chinese => {
                let day = format!("{}月{}日 {}", date.month(), date.day(), chinese_weekday(date));
                if year { format!("{}年{day}", date.year()) } else { day }
            }
        }
    }

    /// `20 Nov 2026`, `2026年11月20日`.
    pub fn date(self, date: Date) -> String {
        match self.0 {
            Language::English => date.strftime("%-d %b %Y").to_string(),
            Language::Chinese => format!("{}年{}月{}日", date.year(), date.month(), date.day()),
        }
    }

    /// `20 Nov`, `11月20日`: for narrow places that need no year.
    pub fn short_day(self, date: Date) -> String {
        match self.0 {
            Language::English => date.strftime("%-d %b").to_string(),
            Language::Chinese => format!("{}月{}日", date.month(), date.day()),
        }
    }

    /// `Nov 2026`, `2026年11月`.
    pub fn month(self, date: Date) -> String {
        match self.0 {
            Language::English => date.strftime("%b %Y").to_string(),
            Language::Chinese => format!("{}年{}月", date.year(), date.month()),
        }
    }

    /// A moment on the reader's clock: `Fri 20 Nov, 16:22`, `11月20日 周五 16:22`.
    pub fn moment(self, at: Timestamp, zone: &TimeZone, today: Date) -> String {
        let local = at.to_zoned(zone.clone());
        let time = local.strftime("%H:%M").to_string();
        let day = self.day(local.date(), today);
        match self.0 {
            Language::English => format!("{day}, {time}"),
            Language::Chinese => format!("{day} {time}"),
        }
    }

    /// `12,345`.
    pub fn number(self, value: i64) -> String {
        let digits = value.unsigned_abs().to_string();
        let mut out = String::with_capacity(digits.len() + digits.len() / 3 + 1);
        if value < 0 {
            out.push('−');
        }
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                out.push(',');
            }
            out.push(digit);
        }
        out
    }

    /// Names one after another: `PD, RD and FI`; `产品、研发和财务` is written with a list comma only.
    pub fn list(self, names: &[String]) -> String {
        match self.0 {
            Language::English => names.join(", "),
            Language::Chinese => names.join("、"),
        }
    }

    /// Clauses one after another: `A: Product; R: Sales`.
    pub fn clauses(self, clauses: &[String]) -> String {
        match self.0 {
            Language::English => clauses.join("; "),
            Language::Chinese => clauses.join("；"),
        }
    }
}

/// Around what is filled in.
const MARKS: [char; 2] = ['\u{2068}', '\u{2069}'];

/// A Chinese text without the marks around what was filled in: where two scripts meet there, a space stands between them. What
/// people wrote stays as it is inside, and a date (`11月3日`) is Chinese.
fn spaced(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let (mut last, mut is_edge) = (None, false);
    for (at, c) in text.char_indices() {
        if MARKS.contains(&c) {
            is_edge = true;
            continue;
        }
        if is_edge && meet(last, Some(c)) && !begins_date(text.get(at..).unwrap_or_default()) {
            out.push(' ');
        }
        out.push(c);
        (last, is_edge) = (Some(c), false);
    }
    out
}

fn begins_date(text: &str) -> bool {
    text.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(['年', '月'])
        && text.starts_with(|c: char| c.is_ascii_digit())
}

/// Whether a Chinese character and a Latin letter or a figure, with its sign or its unit, would touch; a space belongs between
/// them, and nowhere else. Years and months are written together with their figures.
pub fn meet(last: Option<char>, next: Option<char>) -> bool {
    let is_han = |c: char| matches!(c, '\u{3400}'..='\u{9fff}');
    match (last, next) {
        (Some(last), Some(next)) if is_han(last) => {
            (next.is_ascii_alphanumeric() || matches!(next, '$' | '¥' | '€' | '£' | '−'))
                && !(next.is_ascii_digit() && matches!(last, '年' | '月'))
        }
        (Some(last), Some(next)) => {
            (last.is_ascii_alphanumeric() || last == '%')
                && is_han(next)
                && !(last.is_ascii_digit() && matches!(next, '年' | '月' | '日'))
        }
        (None, _) | (_, None) => false,
    }
}

fn chinese_weekday(date: Date) -> &'static str {
    use jiff::civil::Weekday;
    match date.weekday() {
        Weekday::Monday => "周一",
        Weekday::Tuesday => "周二",
        Weekday::Wednesday => "周三",
        Weekday::Thursday => "周四",
        Weekday::Friday => "周五",
        Weekday::Saturday => "周六",
        Weekday::Sunday => "周日",
    }
}

/// What a message may be given. Templates pass references, so any depth of `&` is taken.
pub trait Argument {
    /// The value as the message library takes it.
    fn value(&self) -> FluentValue<'_>;
}

impl<A: Argument + ?Sized> Argument for &A {
    fn value(&self) -> FluentValue<'_> {
        (**self).value()
    }
}
impl Argument for str {
    fn value(&self) -> FluentValue<'_> {
        self.into()
    }
}
impl Argument for String {
    fn value(&self) -> FluentValue<'_> {
        self.as_str().into()
    }
}
impl Argument for i16 {
    fn value(&self) -> FluentValue<'_> {
        i64::from(*self).into()
    }
}
impl Argument for i32 {
    fn value(&self) -> FluentValue<'_> {
        (*self).into()
    }
}
impl Argument for i64 {
    fn value(&self) -> FluentValue<'_> {
        (*self).into()
    }
}
impl Argument for usize {
    fn value(&self) -> FluentValue<'_> {
        (*self).into()
    }
}

include!(concat!(env!("OUT_DIR"), "/messages.rs"));

#[cfg(test)]
mod tests;
