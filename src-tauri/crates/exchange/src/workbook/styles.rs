//! The looks of cells: thin borders, grey header, number formats by type.

use jiugai_domain::FieldType;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

/// Formats, made once per workbook.
pub(super) struct Styles {
    pub(super) title: Format,
    pub(super) note: Format,
    pub(super) header: Format,
    /// A cell that an issue speaks of.
    pub(super) marked: Format,
    text: Format,
    /// Text that would become a formula when somebody edits the cell.
    guarded: Format,
    code: Format,
    count: Format,
    decimals: Format,
    area: Format,
    money: Format,
    length: Format,
    date: Format,
    total_text: Format,
    total_count: Format,
    total_decimals: Format,
    total_area: Format,
    total_money: Format,
    total_length: Format,
}

const DECIMALS: &str = "#,##0.00";
const AREA: &str = "#,##0.00\"㎡\"";
const MONEY: &str = "#,##0.00\"元\"";
const LENGTH: &str = "#,##0.00#";

impl Default for Styles {
    fn default() -> Self {
        let font = Format::new()
            .set_font_name("宋体")
            .set_font_size(10)
            .set_align(FormatAlign::VerticalCenter);
        let body = font.clone().set_border(FormatBorder::Thin);
        let total = body
            .clone()
            .set_bold()
            .set_background_color(Color::RGB(0x00f2_f2f2));
        Self {
            title: font
                .clone()
                .set_font_size(16)
                .set_bold()
                .set_align(FormatAlign::Center),
            note: font.set_align(FormatAlign::Left),
            header: body
                .clone()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Center)
                .set_background_color(Color::RGB(0x00d9_d9d9)),
            marked: body
                .clone()
                .set_text_wrap()
                .set_background_color(Color::RGB(0x00ff_e699)),
            text: body.clone().set_text_wrap(),
            guarded: body.clone().set_text_wrap().set_quote_prefix(),
            code: body.clone().set_align(FormatAlign::Center),
            count: body.clone().set_num_format("0"),
            decimals: body.clone().set_num_format(DECIMALS),
            area: body.clone().set_num_format(AREA),
            money: body.clone().set_num_format(MONEY),
            length: body.clone().set_num_format(LENGTH),
            date: body
                .set_align(FormatAlign::Center)
                .set_num_format("yyyy-mm-dd"),
            total_count: total.clone().set_num_format("0"),
            total_decimals: total.clone().set_num_format(DECIMALS),
            total_area: total.clone().set_num_format(AREA),
            total_money: total.clone().set_num_format(MONEY),
            total_length: total.clone().set_num_format(LENGTH),
            total_text: total,
        }
    }
}

impl Styles {
    pub(super) fn body(&self, kind: FieldType) -> &Format {
        match kind {
            FieldType::Text | FieldType::LongText | FieldType::Reference(_) => &self.text,
            FieldType::Code(_) | FieldType::Flag => &self.code,
            FieldType::Count | FieldType::Year => &self.count,
            FieldType::Ratio | FieldType::Amount => &self.decimals,
            FieldType::Area => &self.area,
            FieldType::Money => &self.money,
            FieldType::Length => &self.length,
            FieldType::Date => &self.date,
        }
    }

    /// The look of a text in a column: one that begins like a formula stays text when edited.
    pub(super) fn text<'s>(&'s self, text: &str, usual: &'s Format) -> &'s Format {
        self.guard(text).unwrap_or(usual)
    }

    /// The look of a text that begins like a formula.
    pub(super) fn guard(&self, text: &str) -> Option<&Format> {
        begins_like_a_formula(text).then_some(&self.guarded)
    }

    pub(super) fn day(&self) -> &Format {
        &self.date
    }

    pub(super) fn total(&self, kind: FieldType) -> &Format {
        match kind {
            FieldType::Count => &self.total_count,
            FieldType::Amount => &self.total_decimals,
            FieldType::Area => &self.total_area,
            FieldType::Money => &self.total_money,
            FieldType::Length => &self.total_length,
            _ => &self.total_text,
        }
    }
}

/// A grid program would take it for a formula, or a tab would shift it into the next cell.
pub(super) fn begins_like_a_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r'])
}
