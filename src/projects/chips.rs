//! A part as its chip.

use super::model::Part;
use crate::{platform::locale::T, web::ui::DepartmentChip};

impl Part {
    /// Tile and name in the reader's language.
    #[must_use]
    pub fn chip(&self, t: T) -> DepartmentChip<'_> {
        DepartmentChip { code: self.short(t), name: self.name(t), colour: self.colour }
    }
}
