//! A department: pure.

use crate::{
    platform::{
        ids::{DepartmentId, PersonId},
        locale::T,
    },
    web::{Errors, Fields, ui::DepartmentChip},
};

/// A department of the organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Department {
    /// Its id.
    pub id: DepartmentId,
    /// Short and unique, such as `MKT`; blueprints name departments by it.
    pub code: String,
    /// English name.
    pub name_en: String,
    /// Chinese name.
    pub name_zh: String,
    /// The tile in English: two letters.
    pub short_en: String,
    /// The tile in Chinese: one character.
    pub short_zh: String,
    /// 1 to 12.
    pub colour: i16,
    /// Who heads it.
    pub head_id: Option<PersonId>,
    /// Their name.
    pub head_name: Option<String>,
    /// Their e-mail address.
    pub head_email: Option<String>,
    /// Active people in it.
    pub people: i64,
    /// New projects do not offer it.
    pub is_retired: bool,
    /// Counts edits.
    pub version: i32,
}

impl Department {
    /// The name the reader reads.
    #[must_use]
    pub fn name(&self, t: T) -> &str {
        t.pair(&self.name_en, &self.name_zh)
    }

    /// The code on its tile.
    #[must_use]
    pub fn short(&self, t: T) -> &str {
        t.pair(&self.short_en, &self.short_zh)
    }

    /// Its chip.
    #[must_use]
    pub fn chip(&self, t: T) -> DepartmentChip<'_> {
        DepartmentChip { code: self.short(t), name: self.name(t), colour: self.colour }
    }
}

impl Department {
    /// As a form has it.
    #[must_use]
    pub fn draft(&self) -> Draft {
        Draft {
            code: self.code.clone(),
            name_en: self.name_en.clone(),
            name_zh: self.name_zh.clone(),
            short_en: self.short_en.clone(),
            short_zh: self.short_zh.clone(),
            colour: self.colour,
            head: self.head_email.clone().unwrap_or_default(),
        }
    }
}

/// A field that somebody else changed in the meantime: its label, what it is now, and what was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The field.
    pub label: String,
    /// What it is now.
    pub theirs: String,
    /// What was typed.
    pub yours: String,
}

impl Difference {
    /// The fields that differ, out of label, theirs and yours.
    #[must_use]
    pub fn between(rows: Vec<(String, String, String)>) -> Vec<Self> {
        rows.into_iter()
            .filter(|(_, theirs, yours)| theirs != yours)
            .map(|(label, theirs, yours)| Self { label, theirs, yours })
            .collect()
    }
}

/// How many colours there are for departments.
pub const COLOURS: i16 = 12;

/// A department as a form has it, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// See [`Department::code`].
    pub code: String,
    /// See [`Department::name_en`].
    pub name_en: String,
    /// See [`Department::name_zh`].
    pub name_zh: String,
    /// See [`Department::short_en`].
    pub short_en: String,
    /// See [`Department::short_zh`].
    pub short_zh: String,
    /// See [`Department::colour`].
    pub colour: i16,
    /// The e-mail address of whoever heads it; empty when nobody does.
    pub head: String,
}

impl Draft {
    /// Reads a form: strings in, a department out, or all mistakes at once.
    ///
    /// # Errors
    /// The mistakes, by field.
    pub fn read(t: T, fields: &Fields) -> Result<Self, Errors> {
        let mut errors = Errors::none();
        let code = fields.get("code").to_uppercase();
        if !is_code(&code) {
            errors.add("code", t.departments_code_wrong());
        }
        let (name_en, name_zh) = (fields.get("name_en").to_owned(), fields.get("name_zh").to_owned());
        let (short_en, short_zh) = (fields.get("short_en").to_owned(), fields.get("short_zh").to_owned());
        for (field, value, longest, message) in [
            ("name_en", &name_en, 80, t.departments_name_wrong()),
            ("name_zh", &name_zh, 80, t.departments_name_wrong()),
            ("short_en", &short_en, 3, t.departments_short_en_wrong()),
            ("short_zh", &short_zh, 2, t.departments_short_zh_wrong()),
        ] {
            if !(1..=longest).contains(&value.chars().count()) {
                errors.add(field, message);
            }
        }
        let colour = fields.value("colour").filter(|colour| (1..=COLOURS).contains(colour));
        if colour.is_none() {
            errors.add("colour", t.departments_colour_wrong());
        }
        match colour {
            Some(colour) if errors.is_empty() => {
                let head = fields.get("head").to_lowercase();
                Ok(Self { code, name_en, name_zh, short_en, short_zh, colour, head })
            }
            _ => Err(errors),
        }
    }
}

/// A capital letter, then one to seven capital letters or digits.
fn is_code(code: &str) -> bool {
    (2..=8).contains(&code.len())
        && code.starts_with(|c: char| c.is_ascii_uppercase())
        && code.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
}

/// The departments that a new organisation begins with: code, English, Chinese, the tiles, colour.
pub const DEFAULTS: [(&str, &str, &str, &str, &str, i16); 12] = [
    ("PM", "Product", "产品", "PD", "产", 1),
    ("RND", "R&D", "研发", "RD", "研", 2),
    ("DES", "Design", "设计", "DS", "设", 11),
    ("PMM", "Product marketing", "产品营销", "PK", "品", 12),
    ("MKT", "Marketing", "市场", "MK", "市", 3),
    ("SAL", "Sales", "销售", "SA", "销", 4),
    ("CS", "Customer success", "客户成功", "CS", "客", 5),
    ("FIN", "Finance", "财务", "FI", "财", 6),
    ("OPS", "Operations", "运营", "OP", "运", 7),
    ("LEG", "Legal", "法务", "LG", "法", 8),
    ("SCM", "Supply chain", "供应链", "SC", "供", 9),
    ("MFG", "Manufacturing", "生产", "MF", "造", 10),
];
