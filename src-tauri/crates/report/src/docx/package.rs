//! The parts of the file around the body, and the container.

use std::io::{Cursor, Write as _};

use chrono::SecondsFormat;
use quick_xml::escape::escape;
use zip::write::SimpleFileOptions;
use zip::{DateTime, ZipWriter};

use super::body::{Face, drawing, picture_relation, run_properties};
use super::{Body, twips};
use crate::ReportError;
use crate::documents::{Imprint, Sheet};

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const SPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
                      xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
                      xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
                      xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
                      xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"";

/// How the pages of a document look.
pub(super) struct Frame<'a> {
    pub(super) imprint: &'a Imprint,
    pub(super) title: &'a str,
    pub(super) checksum: &'a str,
    pub(super) sheet: Sheet,
    /// Margins in mm: top, right, bottom, left.
    pub(super) margins: (u32, u32, u32, u32),
    /// 22 lines of 28 characters (公文).
    pub(super) grid: bool,
}

/// The whole file.
pub(super) fn pack(frame: &Frame<'_>, body: Body) -> Result<Vec<u8>, ReportError> {
    let (text, mut pictures) = body.into_parts();
    // The code of the checksum stands at the foot of each page, as on the printed paper.
    let code = crate::qr::picture(frame.checksum);
    let coded = code.is_some();
    let of_foot = code
        .as_ref()
        .map_or_else(String::new, |_| foot_relation(pictures.len()));
    let in_body = pictures.len();
    pictures.extend(code);
    let parts = [
        ("[Content_Types].xml", content_types()),
        ("_rels/.rels", relations()),
        ("docProps/core.xml", core(frame)),
        ("word/document.xml", document(frame, &text)),
        ("word/styles.xml", styles()),
        ("word/fontTable.xml", font_table()),
        ("word/settings.xml", settings(frame.grid)),
        ("word/footer1.xml", footer(frame, "right", coded)),
        ("word/footer2.xml", footer(frame, "left", coded)),
        ("word/_rels/document.xml.rels", document_relations(in_body)),
        ("word/_rels/footer1.xml.rels", relations_of(&of_foot)),
        ("word/_rels/footer2.xml.rels", relations_of(&of_foot)),
    ];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    // No clock: equal papers are equal bytes.
    let options = SimpleFileOptions::default().last_modified_time(DateTime::default());
    let failed = |error: &dyn std::fmt::Display| ReportError::Docx(error.to_string());
    for (name, text) in parts {
        zip.start_file(name, options)
            .map_err(|error| failed(&error))?;
        zip.write_all(text.as_bytes())
            .map_err(|error| failed(&error))?;
    }
    for (at, png) in pictures.iter().enumerate() {
        zip.start_file(format!("word/{}", picture_name(at)), options)
            .map_err(|error| failed(&error))?;
        zip.write_all(png).map_err(|error| failed(&error))?;
    }
    let packed = zip.finish().map_err(|error| failed(&error))?;
    Ok(packed.into_inner())
}

/// Name of a picture beside the text.
fn picture_name(at: usize) -> String {
    format!("media/picture{}.png", at + 1)
}

fn document(frame: &Frame<'_>, text: &str) -> String {
    let (width, height) = frame.sheet.size_mm();
    let (top, right, bottom, left) = frame.margins;
    let orient = if width > height {
        " w:orient=\"landscape\""
    } else {
        ""
    };
    // A pitch of 28.95 pt: 22 lines. The 28 characters come from the spacing of the runs, because
    // programs read a grid of characters in different ways.
    let grid = if frame.grid {
        "<w:docGrid w:type=\"lines\" w:linePitch=\"579\"/>"
    } else {
        "<w:docGrid w:type=\"lines\" w:linePitch=\"312\"/>"
    };
    format!(
        "{HEAD}<w:document {SPACES}><w:body>{text}<w:sectPr>\
         <w:footerReference w:type=\"default\" r:id=\"rId4\"/><w:footerReference w:type=\"even\" r:id=\"rId5\"/>\
         <w:pgSz w:w=\"{}\" w:h=\"{}\"{orient}/>\
         <w:pgMar w:top=\"{}\" w:right=\"{}\" w:bottom=\"{}\" w:left=\"{}\" w:header=\"850\" w:footer=\"{}\" w:gutter=\"0\"/>\
         {grid}</w:sectPr></w:body></w:document>",
        twips(width),
        twips(height),
        twips(top),
        twips(right),
        twips(bottom),
        twips(left),
        twips(if frame.grid { 23 } else { 8 }),
    )
}

fn footer(frame: &Frame<'_>, side: &str, coded: bool) -> String {
    let number = run_properties(Face::Running, if frame.grid { 28 } else { 16 }, 0);
    let small = run_properties(Face::Black, 14, 0);
    let field = |code: &str| {
        format!(
            "<w:r>{number}<w:fldChar w:fldCharType=\"begin\"/></w:r>\
             <w:r>{number}<w:instrText xml:space=\"preserve\"> {code} </w:instrText></w:r>\
             <w:r>{number}<w:fldChar w:fldCharType=\"separate\"/></w:r><w:r>{number}<w:t>1</w:t></w:r>\
             <w:r>{number}<w:fldChar w:fldCharType=\"end\"/></w:r>"
        )
    };
    let text =
        |words: &str| format!("<w:r>{number}<w:t xml:space=\"preserve\">{words}</w:t></w:r>");
    let numbers = if frame.grid {
        format!("{}{}{}", text("— "), field("PAGE"), text(" —"))
    } else {
        format!(
            "{}{}{}{}{}",
            text("第 "),
            field("PAGE"),
            text(" 页　共 "),
            field("NUMPAGES"),
            text(" 页")
        )
    };
    let imprint = frame.imprint;
    let given = |text: &str| {
        if text.is_empty() {
            "未填".to_owned()
        } else {
            escape(text).into_owned()
        }
    };
    let origin = format!(
        "生成 {}　数据截至 {}　台账版本 {}　校验码 {}{}",
        imprint.generated_at.format("%Y 年 %-m 月 %-d 日 %H:%M"),
        given(&imprint.data_as_of),
        given(&imprint.ledger_version),
        frame.checksum,
        if imprint.sample { "　示例" } else { "" }
    );
    let small_print = format!("<w:r>{small}<w:t xml:space=\"preserve\">{origin}</w:t></w:r>");
    let code = match coded {
        true => drawing(FOOT_DRAWING, FOOT_CODE, (CODE_MM, CODE_MM), "校验码"),
        false => String::new(),
    };
    if !frame.grid {
        let (width, _) = frame.sheet.size_mm();
        let edge = twips(width - frame.margins.1 - frame.margins.3);
        return format!(
            "{HEAD}<w:ftr {SPACES}><w:p><w:pPr><w:tabs><w:tab w:val=\"right\" w:pos=\"{edge}\"/></w:tabs>\
             <w:snapToGrid w:val=\"0\"/></w:pPr>{small_print}<w:r>{small}<w:tab/></w:r>{code}{}{numbers}</w:p></w:ftr>",
            text(" ")
        );
    }
    format!(
        "{HEAD}<w:ftr {SPACES}><w:p><w:pPr><w:snapToGrid w:val=\"0\"/><w:jc w:val=\"{side}\"/></w:pPr>{code}{numbers}</w:p>\
         <w:p><w:pPr><w:snapToGrid w:val=\"0\"/><w:jc w:val=\"center\"/></w:pPr>{small_print}</w:p></w:ftr>"
    )
}

fn core(frame: &Frame<'_>) -> String {
    let at = frame
        .imprint
        .generated_at
        .to_utc()
        .to_rfc3339_opts(SecondsFormat::Secs, true);
    format!(
        "{HEAD}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{}</dc:title>\
         <dc:creator>旧改一本账</dc:creator><dcterms:created xsi:type=\"dcterms:W3CDTF\">{at}</dcterms:created>\
         </cp:coreProperties>",
        escape(frame.title.replace(char::is_control, ""))
    )
}

fn styles() -> String {
    format!(
        "{HEAD}<w:styles {SPACES}><w:docDefaults><w:rPrDefault><w:rPr>\
         <w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"仿宋\" w:cs=\"Times New Roman\"/>\
         <w:sz w:val=\"32\"/><w:szCs w:val=\"32\"/><w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/></w:rPr></w:rPrDefault>\
         <w:pPrDefault/></w:docDefaults>\
         <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/></w:style>\
         <w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/>\
         <w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/></w:tblPr></w:style></w:styles>"
    )
}

/// What stands in for a face that the reader's computer lacks.
fn font_table() -> String {
    let face = |name: &str, other: &str| {
        format!(
            "<w:font w:name=\"{name}\"><w:altName w:val=\"{other}\"/><w:charset w:val=\"86\"/></w:font>"
        )
    };
    format!(
        "{HEAD}<w:fonts {SPACES}>{}{}{}{}</w:fonts>",
        face("方正小标宋简体", "宋体"),
        face("仿宋", "FangSong"),
        face("黑体", "SimHei"),
        face("楷体", "KaiTi")
    )
}

fn settings(grid: bool) -> String {
    let sides = if grid { "<w:evenAndOddHeaders/>" } else { "" };
    format!(
        "{HEAD}<w:settings {SPACES}>{sides}<w:characterSpacingControl w:val=\"compressPunctuation\"/>\
         <w:compat><w:compatSetting w:name=\"compatibilityMode\" \
         w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat></w:settings>"
    )
}

fn content_types() -> String {
    let of = "application/vnd.openxmlformats-officedocument.wordprocessingml";
    format!(
        "{HEAD}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Default Extension=\"png\" ContentType=\"image/png\"/>\
         <Override PartName=\"/word/document.xml\" ContentType=\"{of}.document.main+xml\"/>\
         <Override PartName=\"/word/styles.xml\" ContentType=\"{of}.styles+xml\"/>\
         <Override PartName=\"/word/fontTable.xml\" ContentType=\"{of}.fontTable+xml\"/>\
         <Override PartName=\"/word/settings.xml\" ContentType=\"{of}.settings+xml\"/>\
         <Override PartName=\"/word/footer1.xml\" ContentType=\"{of}.footer+xml\"/>\
         <Override PartName=\"/word/footer2.xml\" ContentType=\"{of}.footer+xml\"/>\
         <Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>\
         </Types>"
    )
}

fn relations() -> String {
    format!(
        "{HEAD}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
         <Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/>\
         <Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>\
         </Relationships>"
    )
}

fn document_relations(pictures: usize) -> String {
    let kinds = [
        ("rId1", "styles", "styles.xml"),
        ("rId2", "fontTable", "fontTable.xml"),
        ("rId3", "settings", "settings.xml"),
        ("rId4", "footer", "footer1.xml"),
        ("rId5", "footer", "footer2.xml"),
    ];
    let each: String = kinds
        .iter()
        .map(|(id, kind, target)| relation(id, kind, target))
        .chain((0..pictures).map(|at| relation(&picture_relation(at), "image", &picture_name(at))))
        .collect();
    relations_of(&each)
}

fn relations_of(each: &str) -> String {
    format!(
        "{HEAD}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{each}</Relationships>"
    )
}

/// The picture of the checksum's code, as a foot refers to it.
fn foot_relation(at: usize) -> String {
    relation(FOOT_CODE, "image", &picture_name(at))
}

const FOOT_CODE: &str = "rIdCode";
/// Number of the foot's drawing, far from those of the body.
const FOOT_DRAWING: usize = 9_001;
/// Side of the code at the foot in mm.
const CODE_MM: u32 = 8;

fn relation(id: &str, kind: &str, target: &str) -> String {
    format!(
        "<Relationship Id=\"{id}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}\" Target=\"{target}\"/>"
    )
}
