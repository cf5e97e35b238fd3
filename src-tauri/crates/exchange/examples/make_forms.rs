//! Makes the forms that are shipped as examples (示例表), as superiors send them: titles, merged
//! cells, formulas, lists of allowed answers, print set-up.
//!
//! `cargo run -p jiugai-exchange --example make_forms -- src-tauri/crates/api/data/forms`

use std::path::PathBuf;

use rust_xlsxwriter::{
    Color, DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder,
    Formula, Workbook, Worksheet, XlsxError,
};

struct Looks {
    title: Format,
    plain: Format,
    label: Format,
    text: Format,
    count: Format,
    area: Format,
    share: Format,
    section: Format,
}

fn looks() -> Looks {
    let font = || Format::new().set_font_name("宋体").set_font_size(11);
    let boxed = || {
        font()
            .set_border(FormatBorder::Thin)
            .set_align(FormatAlign::VerticalCenter)
            .set_text_wrap()
    };
    let middle = || boxed().set_align(FormatAlign::Center);
    Looks {
        title: font()
            .set_bold()
            .set_font_size(18)
            .set_align(FormatAlign::Center)
            .set_align(FormatAlign::VerticalCenter),
        plain: font().set_align(FormatAlign::VerticalCenter),
        label: middle().set_background_color(Color::RGB(0x00F2_F2F2)),
        text: boxed(),
        count: middle().set_num_format("0"),
        area: middle().set_num_format("#,##0.00"),
        share: middle().set_num_format("0.0%"),
        section: middle()
            .set_bold()
            .set_background_color(Color::RGB(0x00DD_EBF7)),
    }
}

fn book(title: &str) -> Result<Workbook, XlsxError> {
    let mut book = Workbook::new();
    let made = ExcelDateTime::from_ymd(2026, 1, 1)?;
    book.set_properties(
        &DocProperties::new()
            .set_title(title)
            .set_creation_datetime(&made),
    );
    Ok(book)
}

fn yes_or_no() -> Result<DataValidation, XlsxError> {
    DataValidation::new()
        .allow_list_strings(&["是", "否"])?
        .set_error_title("填写有误")?
        .set_error_message("请填“是”或“否”。")
}

/// A merged cell of one row, or one cell when it is not wide.
fn wide(
    sheet: &mut Worksheet,
    row: u32,
    (first, last): (u16, u16),
    text: &str,
    look: &Format,
) -> Result<(), XlsxError> {
    if first == last {
        sheet.write_with_format(row, first, text, look)?;
    } else {
        sheet.merge_range(row, first, row, last, text, look)?;
    }
    Ok(())
}

fn overview() -> Result<Workbook, XlsxError> {
    let look = looks();
    let mut book = book("老旧小区基本情况表（示例）")?;
    let sheet = book.add_worksheet();
    sheet.set_name("基本情况")?;
    for (column, width) in [15.0, 14.0, 16.0, 14.0, 16.0, 14.0].into_iter().enumerate() {
        sheet.set_column_width(u16::try_from(column).unwrap_or(0), width)?;
    }
    for row in 0..19 {
        sheet.set_row_height(row, 26)?;
    }
    sheet.set_row_height(0, 36)?;
    wide(sheet, 0, (0, 5), "老旧小区基本情况表（示例）", &look.title)?;
    sheet.write_with_format(1, 0, "填报单位：", &look.plain)?;
    wide(sheet, 1, (1, 2), "", &look.plain)?;
    sheet.write_with_format(1, 3, "填报日期：", &look.plain)?;
    wide(sheet, 1, (4, 5), "", &look.plain)?;
    sheet.write_with_format(2, 0, "小区名称", &look.label)?;
    wide(sheet, 2, (1, 2), "", &look.text)?;
    sheet.write_with_format(2, 3, "所属社区", &look.label)?;
    wide(sheet, 2, (4, 5), "", &look.text)?;
    sheet.write_with_format(3, 0, "详细地址", &look.label)?;
    wide(sheet, 3, (1, 5), "", &look.text)?;
    let facts = [
        ["最早建成年份", "最晚建成年份", "房屋性质"],
        ["楼栋数", "住宅套数", "户数"],
        ["人数", "总建筑面积（万㎡）", "用地面积（㎡）"],
        ["物业模式", "有业委会或物管会", "维修资金余额（万元）"],
    ];
    for (row, labels) in (4u32..).zip(facts) {
        for (column, label) in (0u16..).step_by(2).zip(labels) {
            sheet.write_with_format(row, column, label, &look.label)?;
            let value = match label {
                "用地面积（㎡）" => &look.area,
                "最早建成年份" | "最晚建成年份" | "楼栋数" | "住宅套数" | "户数" | "人数" => {
                    &look.count
                }
                _ => &look.text,
            };
            sheet.write_blank(row, column + 1, value)?;
        }
    }
    sheet.add_data_validation(7, 3, 7, 3, &yes_or_no()?)?;
    wide(sheet, 8, (0, 5), "改造前后对照", &look.section)?;
    wide(sheet, 9, (0, 1), "项目", &look.label)?;
    for (column, head) in (2u16..).zip(["改造前", "方案", "竣工", "增减（方案）"]) {
        sheet.write_with_format(9, column, head, &look.label)?;
    }
    let items = [
        ("机动车位（位）", false),
        ("非机动车位（位）", false),
        ("绿地面积（㎡）", true),
        ("附属房与违建占地（㎡）", true),
        ("健身器材（件）", false),
        ("路灯（盏）", false),
    ];
    for (row, (item, fine)) in (10u32..).zip(items) {
        let value = if fine { &look.area } else { &look.count };
        wide(sheet, row, (0, 1), item, &look.label)?;
        for column in 2..5 {
            sheet.write_blank(row, column, value)?;
        }
        let line = row + 1;
        let formula = Formula::new(format!(
            "=IF(OR(C{line}=\"\",D{line}=\"\"),\"\",D{line}-C{line})"
        ))
        .set_result("");
        sheet.write_formula_with_format(row, 5, formula, value)?;
    }
    sheet.set_row_height(16, 66)?;
    sheet.write_with_format(16, 0, "主要问题", &look.label)?;
    wide(sheet, 16, (1, 5), "", &look.text)?;
    for (column, label) in [(0u16, "填表人："), (2, "审核人："), (4, "联系电话：")] {
        sheet.write_with_format(17, column, label, &look.plain)?;
    }
    sheet.write_with_format(
        18,
        0,
        "示例表样：格子、公式、打印设置都可以换成上级发来的。",
        &look.plain,
    )?;
    sheet
        .set_paper_size(9)
        .set_print_fit_to_pages(1, 1)
        .set_print_center_horizontally(true);
    sheet.set_print_area(0, 0, 17, 5)?;
    sheet.set_footer("&C第 &P 页 共 &N 页");
    Ok(book)
}

fn monthly() -> Result<Workbook, XlsxError> {
    let look = looks();
    let mut book = book("改造项目进度月报（示例）")?;
    let sheet = book.add_worksheet();
    sheet.set_name("月报")?;
    for (column, width) in [6.0, 34.0, 9.0, 14.0, 14.0, 12.0].into_iter().enumerate() {
        sheet.set_column_width(u16::try_from(column).unwrap_or(0), width)?;
    }
    for row in 0..19 {
        sheet.set_row_height(row, 25)?;
    }
    sheet.set_row_height(0, 36)?;
    wide(
        sheet,
        0,
        (0, 5),
        "城镇老旧小区改造项目进度月报（示例）",
        &look.title,
    )?;
    wide(sheet, 1, (0, 1), "填报单位：", &look.plain)?;
    wide(sheet, 1, (2, 3), "", &look.plain)?;
    sheet.write_with_format(1, 4, "填报月份：", &look.plain)?;
    sheet.write_blank(1, 5, &look.plain)?;
    for (column, head) in (0u16..).zip(["序号", "指标", "单位", "年度计划", "累计完成", "完成率"])
    {
        sheet.write_with_format(2, column, head, &look.label)?;
    }
    let lines = [
        ("改造小区数", "个", false),
        ("其中：新开工小区数", "个", false),
        ("改造户数", "户", false),
        ("涉及楼栋数", "栋", false),
        ("涉及建筑面积", "万㎡", true),
        ("完成投资", "万元", true),
        ("更新改造水电气热信等管线", "公里", true),
        ("加装电梯", "部", false),
        ("建筑节能改造面积", "㎡", true),
        ("增设停车位", "个", false),
        ("电动汽车充电桩", "个", false),
        ("电动自行车充电桩", "个", false),
        ("养老托育等社区服务设施", "个", false),
        ("文化休闲、体育健身场地", "㎡", true),
    ];
    for ((row, number), (item, unit, fine)) in (3u32..).zip(1u32..).zip(lines) {
        let value = if fine { &look.area } else { &look.count };
        sheet.write_with_format(row, 0, number, &look.label)?;
        sheet.write_with_format(row, 1, item, &look.text)?;
        sheet.write_with_format(row, 2, unit, &look.label)?;
        sheet.write_blank(row, 3, value)?;
        sheet.write_blank(row, 4, value)?;
        let line = row + 1;
        let formula = Formula::new(format!(
            "=IF(OR(D{line}=\"\",D{line}=0,E{line}=\"\"),\"\",E{line}/D{line})"
        ))
        .set_result("");
        sheet.write_formula_with_format(row, 5, formula, &look.share)?;
    }
    sheet.write_with_format(17, 0, "填表人：", &look.plain)?;
    sheet.write_with_format(17, 2, "审核人：", &look.plain)?;
    sheet
        .set_paper_size(9)
        .set_print_fit_to_pages(1, 1)
        .set_print_center_horizontally(true);
    sheet.set_print_area(0, 0, 17, 5)?;
    Ok(book)
}

/// Rows that the list has for compounds.
const ROOM: u32 = 30;

fn list() -> Result<Workbook, XlsxError> {
    let look = looks();
    let mut book = book("小区明细汇总表（示例）")?;
    let sheet = book.add_worksheet();
    sheet.set_name("明细")?;
    let widths = [
        6.0, 22.0, 14.0, 9.0, 9.0, 9.0, 14.0, 10.0, 10.0, 12.0, 12.0, 12.0,
    ];
    for (column, width) in widths.into_iter().enumerate() {
        sheet.set_column_width(u16::try_from(column).unwrap_or(0), width)?;
    }
    sheet.set_row_height(0, 36)?;
    wide(
        sheet,
        0,
        (0, 11),
        "城镇老旧小区明细汇总表（示例）",
        &look.title,
    )?;
    sheet.write_with_format(1, 0, "填报单位：", &look.plain)?;
    wide(sheet, 1, (1, 2), "", &look.plain)?;
    sheet.write_with_format(1, 9, "填报日期：", &look.plain)?;
    wide(sheet, 1, (10, 11), "", &look.plain)?;
    let heads = [
        (0u16, "序号"),
        (1, "小区名称"),
        (2, "社区"),
        (3, "楼栋数"),
        (4, "户数"),
        (5, "人数"),
        (6, "建筑面积（㎡）"),
        (11, "推进阶段"),
    ];
    for (column, head) in heads {
        sheet.merge_range(2, column, 3, column, head, &look.label)?;
    }
    wide(sheet, 2, (7, 8), "机动车位", &look.label)?;
    wide(sheet, 2, (9, 10), "绿地面积（㎡）", &look.label)?;
    for (column, head) in (7u16..).zip(["改造前", "方案", "改造前", "方案"]) {
        sheet.write_with_format(3, column, head, &look.label)?;
    }
    for row in 4..4 + ROOM {
        for column in 0..12u16 {
            let value = match column {
                1 | 2 | 11 => &look.text,
                6 | 9 | 10 => &look.area,
                _ => &look.count,
            };
            sheet.write_blank(row, column, value)?;
        }
    }
    let total = 4 + ROOM;
    wide(sheet, total, (0, 2), "合计", &look.section)?;
    for column in 3..11u16 {
        let letter = char::from(b'A' + u8::try_from(column).unwrap_or(0));
        let value = if matches!(column, 6 | 9 | 10) {
            &look.area
        } else {
            &look.count
        };
        let formula = Formula::new(format!("=SUM({letter}5:{letter}{})", 4 + ROOM)).set_result("0");
        sheet.write_formula_with_format(total, column, formula, value)?;
    }
    sheet.write_blank(total, 11, &look.section)?;
    sheet.write_with_format(total + 1, 0, "填表人：", &look.plain)?;
    sheet.set_freeze_panes(4, 2)?;
    sheet.set_repeat_rows(2, 3)?;
    sheet
        .set_landscape()
        .set_paper_size(9)
        .set_print_fit_to_pages(1, 0);
    Ok(book)
}

fn main() -> Result<(), XlsxError> {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| ".".to_owned()));
    overview()?.save(folder.join("overview.xlsx"))?;
    monthly()?.save(folder.join("monthly.xlsx"))?;
    list()?.save(folder.join("list.xlsx"))?;
    Ok(())
}
