//! The rows with issues, as they stand in the workbook, with the reason beside each: people
//! correct them there and import the file again.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use rust_xlsxwriter::{DocProperties, Workbook, Worksheet, XlsxError};

use super::styles::Styles;
use super::{column_number, limited, page, tab_name, unwritable};
use crate::ExchangeError;
use crate::survey::{Issue, SurveyLedger};

const ROW_HEADING: &str = "原行号";
const REASON_HEADING: &str = "问题";

/// Writes one sheet per sheet of the ledger: every row with a warning or an error with its
/// original cells, the reasons in front, the cells in question marked; then the notes that belong
/// to no such row. `reasons` are the caller's sentences, one for each of `ledger.issues`, in order.
///
/// # Errors
/// [`ExchangeError::Unwritable`].
pub fn write_issues(
    ledger: &SurveyLedger,
    reasons: &[String],
    created: NaiveDateTime,
) -> Result<Vec<u8>, ExchangeError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
    let styles = Styles::default();
    let mut names = Vec::new();
    for sheet in &ledger.sheets {
        let name = tab_name(sheet, &names);
        let worksheet = workbook.add_worksheet();
        worksheet
            .set_name(&name)
            .map_err(|error| unwritable(&error))?;
        write(worksheet, ledger, sheet, reasons, &styles).map_err(|error| unwritable(&error))?;
        names.push(name);
    }
    workbook
        .save_to_buffer()
        .map_err(|error| unwritable(&error))
}

fn write(
    worksheet: &mut Worksheet,
    ledger: &SurveyLedger,
    sheet: &str,
    reasons: &[String],
    styles: &Styles,
) -> Result<(), XlsxError> {
    let mapped = ledger
        .columns
        .iter()
        .filter(|column| column.sheet == sheet)
        .map(|column| (column.index, column.path.join("/")));
    let unmapped = ledger
        .unmapped
        .iter()
        .filter(|column| column.sheet == sheet)
        .map(|column| (column.index, column.path.join("/")));
    let headings: BTreeMap<u32, String> = mapped.chain(unmapped).collect();
    let place = |column: u32| {
        headings
            .keys()
            .position(|index| *index == column)
            .map(|position| column_number(position + 2))
    };
    worksheet
        .write_string_with_format(0, 0, ROW_HEADING, &styles.header)?
        .set_column_width_pixels(0, 60)?;
    worksheet
        .write_string_with_format(0, 1, REASON_HEADING, &styles.header)?
        .set_column_width_pixels(1, 320)?;
    for (index, heading) in headings.values().enumerate() {
        worksheet.write_string_with_format(0, column_number(index + 2), heading, &styles.header)?;
    }
    let sentences = |of: &dyn Fn(&Issue) -> bool| -> Vec<&str> {
        ledger
            .issues
            .iter()
            .zip(reasons)
            .filter(|(issue, _)| issue.sheet == sheet && of(issue))
            .map(|(_, reason)| reason.as_str())
            .collect()
    };
    let text = styles.body(jiugai_domain::FieldType::LongText);
    let originals: Vec<_> = ledger
        .originals
        .iter()
        .filter(|original| original.sheet == sheet)
        .collect();
    let mut row = 0;
    for original in &originals {
        row += 1;
        worksheet.write_number_with_format(row, 0, f64::from(original.row), text)?;
        let joined = sentences(&|issue| issue.row == Some(original.row)).join("\n");
        worksheet.write_string_with_format(row, 1, limited(&joined), text)?;
        let marked: Vec<&str> = ledger
            .issues
            .iter()
            .filter(|issue| issue.sheet == sheet && issue.row == Some(original.row))
            .filter_map(|issue| issue.column.as_ref())
            .map(|column| column.letter.as_str())
            .collect();
        for column in headings.keys() {
            let cell = original
                .texts
                .iter()
                .find(|(index, _)| index == column)
                .map_or("", |(_, text)| text.as_str());
            let format = if marked.contains(&crate::grid::letters(*column).as_str()) {
                &styles.marked
            } else {
                text
            };
            if let Some(position) = place(*column) {
                worksheet.write_string_with_format(row, position, limited(cell), format)?;
            }
        }
    }
    let shown: Vec<u32> = originals.iter().map(|original| original.row).collect();
    for (issue, reason) in ledger.issues.iter().zip(reasons) {
        if issue.sheet != sheet || issue.row.is_some_and(|row| shown.contains(&row)) {
            continue;
        }
        row += 1;
        if let Some(original) = issue.row {
            worksheet.write_number_with_format(row, 0, f64::from(original), text)?;
        }
        worksheet.write_string_with_format(row, 1, limited(reason), text)?;
    }
    let width = headings.keys().map(|_| 80).sum::<u32>() + 380;
    page(worksheet, 0, width)
}
