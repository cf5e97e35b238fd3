//! Paragraphs, runs and tables as WordprocessingML text.

use std::fmt::Write as _;

use quick_xml::escape::escape;

use crate::documents::RosterAlign;

/// Faces by the names that Windows and WPS know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Face {
    /// 仿宋: running text.
    Running,
    /// 黑体: headings, labels.
    Black,
    /// 楷体: second level.
    Kai,
    /// 方正小标宋: titles.
    Title,
}

impl Face {
    fn name(self) -> &'static str {
        match self {
            Self::Running => "仿宋",
            Self::Black => "黑体",
            Self::Kai => "楷体",
            Self::Title => "方正小标宋简体",
        }
    }
}

/// How a paragraph stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Look {
    pub(super) face: Face,
    /// Size in half points.
    pub(super) size: u32,
    pub(super) align: &'static str,
    /// First line indented by so many hundredths of a character.
    pub(super) indent: u32,
    /// Exact pitch of lines in twips; 0 for single spacing.
    pub(super) pitch: u32,
    /// Stays with the next paragraph.
    pub(super) keep: bool,
    /// Space before, in twips.
    pub(super) before: u32,
    /// Indents of the whole paragraph in twips: left, right.
    pub(super) sides: (u32, u32),
    /// Space between characters in twentieths of a point.
    pub(super) pull: i32,
    /// Level in the outline, 0 for none.
    pub(super) level: u8,
}

impl Look {
    pub(super) const fn new(face: Face, size: u32, align: &'static str) -> Self {
        Self {
            face,
            size,
            align,
            indent: 0,
            pitch: 0,
            keep: false,
            before: 0,
            sides: (0, 0),
            pull: 0,
            level: 0,
        }
    }
}

/// A cell of a table.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    pub(super) text: String,
    pub(super) look: Look,
    /// Columns it covers.
    pub(super) span: usize,
    /// Part of a vertical merge: `restart` or `continue`.
    pub(super) merge: Option<&'static str>,
    pub(super) shaded: bool,
    /// A picture instead of the text.
    pub(super) picture: Option<Picture>,
}

/// A picture of the document.
#[derive(Debug, Clone, Copy)]
pub(super) struct Picture {
    /// Its place among the pictures, as [`Body::keep`] gave it.
    pub(super) at: usize,
    /// Width and height in mm.
    pub(super) size_mm: (u32, u32),
    /// What it is, for those who cannot see it.
    pub(super) name: &'static str,
}

impl Cell {
    pub(super) fn new(text: impl Into<String>, look: Look) -> Self {
        Self {
            text: text.into(),
            look,
            span: 1,
            merge: None,
            shaded: false,
            picture: None,
        }
    }
}

/// A row of a table.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) cells: Vec<Cell>,
    /// Least height in twips.
    pub(super) height: u32,
    /// Repeated on each page.
    pub(super) head: bool,
}

/// The body of a document while it grows.
#[derive(Debug, Default)]
pub(super) struct Body {
    xml: String,
    pictures: Vec<Vec<u8>>,
    drawn: usize,
}

impl Body {
    /// The text and the PNG files that it shows.
    pub(super) fn into_parts(self) -> (String, Vec<Vec<u8>>) {
        (self.xml, self.pictures)
    }

    /// Keeps a PNG file, to be shown by its place.
    pub(super) fn keep(&mut self, png: Vec<u8>) -> usize {
        self.pictures.push(png);
        self.pictures.len() - 1
    }

    /// Writes what cannot fail: the target is a text in memory.
    fn put(&mut self, arguments: std::fmt::Arguments<'_>) {
        self.xml
            .write_fmt(arguments)
            .expect("writing to a text in memory");
    }

    /// A paragraph. Tabs in it become tab stops, line ends line breaks.
    pub(super) fn paragraph(&mut self, text: &str, look: Look) {
        self.open(look, "");
        self.run(text, look);
        self.put(format_args!("</w:p>"));
    }

    /// Labels with their values and lines to write on, one or two in the width of `edge` twips.
    pub(super) fn blanks(&mut self, fields: &[(String, String)], look: Look, edge: u32) {
        let across = if fields.len() >= 6 { 2 } else { 1 };
        let stop = |side: &str, leader: &str, at: u32| {
            format!("<w:tab w:val=\"{side}\" w:leader=\"{leader}\" w:pos=\"{at}\"/>")
        };
        // The second label begins in the middle; a line to write on leads up to a little before it.
        let stops = match across {
            1 => stop("right", "underscore", edge),
            _ => {
                stop("left", "underscore", edge / 2 - 240)
                    + &stop("left", "none", edge / 2)
                    + &stop("right", "underscore", edge)
            }
        };
        for row in fields.chunks(across) {
            self.open(look, &format!("<w:tabs>{stops}</w:tabs>"));
            let words: Vec<String> = row
                .iter()
                .map(|(label, value)| format!("{label}：{value}\t"))
                .collect();
            self.run(&words.join("\t"), look);
            self.put(format_args!("</w:p>"));
        }
    }

    pub(super) fn page_break(&mut self) {
        self.put(format_args!(
            "<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>"
        ));
    }

    /// A dashed line across the page (裁切线).
    pub(super) fn cut(&mut self) {
        self.put(format_args!(
            "<w:p><w:pPr><w:pBdr><w:bottom w:val=\"dashed\" w:sz=\"6\" w:space=\"1\" w:color=\"auto\"/></w:pBdr></w:pPr></w:p>"
        ));
    }

    /// A table with these column widths in twips.
    pub(super) fn table(&mut self, widths: &[u32], lines: &[Line], bordered: bool) {
        let whole: u32 = widths.iter().sum();
        self.put(format_args!(
            "<w:tbl><w:tblPr><w:tblW w:w=\"{whole}\" w:type=\"dxa\"/>"
        ));
        if bordered {
            self.put(format_args!("<w:tblBorders>"));
            for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
                self.put(format_args!(
                    "<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>"
                ));
            }
            self.put(format_args!("</w:tblBorders>"));
        }
        self.put(format_args!(
            "<w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:left w:w=\"57\" w:type=\"dxa\"/>\
             <w:right w:w=\"57\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr><w:tblGrid>"
        ));
        for width in widths {
            self.put(format_args!("<w:gridCol w:w=\"{width}\"/>"));
        }
        self.put(format_args!("</w:tblGrid>"));
        for line in lines {
            self.line(widths, line);
        }
        self.put(format_args!("</w:tbl>"));
    }

    fn line(&mut self, widths: &[u32], line: &Line) {
        self.put(format_args!(
            "<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val=\"{}\" w:hRule=\"atLeast\"/>{}</w:trPr>",
            line.height,
            if line.head { "<w:tblHeader/>" } else { "" }
        ));
        let mut at = 0;
        for cell in &line.cells {
            let width: u32 = widths.iter().skip(at).take(cell.span).sum();
            at += cell.span;
            self.put(format_args!(
                "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>"
            ));
            if cell.span > 1 {
                self.put(format_args!("<w:gridSpan w:val=\"{}\"/>", cell.span));
            }
            if let Some(merge) = cell.merge {
                self.put(format_args!("<w:vMerge w:val=\"{merge}\"/>"));
            }
            if cell.shaded {
                self.put(format_args!(
                    "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"ECEFF1\"/>"
                ));
            }
            self.put(format_args!("<w:vAlign w:val=\"center\"/></w:tcPr>"));
            match cell.picture {
                Some(picture) => self.picture(picture, cell.look),
                None => self.paragraph(&cell.text, cell.look),
            }
            self.put(format_args!("</w:tc>"));
        }
        self.put(format_args!("</w:tr>"));
    }

    /// A picture in a paragraph of its own.
    pub(super) fn picture(&mut self, picture: Picture, look: Look) {
        self.drawn += 1;
        let relation = picture_relation(picture.at);
        let drawn = drawing(self.drawn, &relation, picture.size_mm, picture.name);
        self.open(look, "");
        self.put(format_args!("{drawn}</w:p>"));
    }

    fn open(&mut self, look: Look, stops: &str) {
        self.put(format_args!("<w:p><w:pPr>"));
        if look.keep {
            self.put(format_args!("<w:keepNext/>"));
        }
        self.put(format_args!("{stops}"));
        if look.pitch == 0 {
            self.put(format_args!("<w:snapToGrid w:val=\"0\"/>"));
            self.put(format_args!(
                "<w:spacing w:before=\"{}\" w:after=\"0\"/>",
                look.before
            ));
        } else {
            self.put(format_args!(
                "<w:spacing w:before=\"{}\" w:after=\"0\" w:line=\"{}\" w:lineRule=\"exact\"/>",
                look.before, look.pitch
            ));
        }
        let (left, right) = look.sides;
        let first = look.indent * look.size / 10;
        if look.indent > 0 {
            self.put(format_args!(
                "<w:ind w:left=\"{left}\" w:right=\"{right}\" w:firstLineChars=\"{}\" w:firstLine=\"{first}\"/>",
                look.indent
            ));
        } else {
            self.put(format_args!(
                "<w:ind w:left=\"{left}\" w:right=\"{right}\"/>"
            ));
        }
        self.put(format_args!("<w:jc w:val=\"{}\"/>", look.align));
        if look.level > 0 {
            self.put(format_args!("<w:outlineLvl w:val=\"{}\"/>", look.level - 1));
        }
        self.put(format_args!("</w:pPr>"));
    }

    fn run(&mut self, text: &str, look: Look) {
        let clean: String = text
            .chars()
            .map(|c| {
                if c.is_control() && c != '\n' && c != '\t' {
                    ' '
                } else {
                    c
                }
            })
            .collect();
        self.put(format_args!(
            "<w:r>{}",
            run_properties(look.face, look.size, look.pull)
        ));
        for (at, line) in clean.split('\n').enumerate() {
            if at > 0 {
                self.put(format_args!("<w:br/>"));
            }
            for (at, piece) in line.split('\t').enumerate() {
                if at > 0 {
                    self.put(format_args!("<w:tab/>"));
                }
                if !piece.is_empty() {
                    self.put(format_args!(
                        "<w:t xml:space=\"preserve\">{}</w:t>",
                        escape(piece)
                    ));
                }
            }
        }
        self.put(format_args!("</w:r>"));
    }
}

/// A run that shows the picture of this relation.
pub(super) fn drawing(number: usize, relation: &str, size_mm: (u32, u32), name: &str) -> String {
    // 36,000 English metric units are a millimetre.
    let (width, height) = (size_mm.0 * 36_000, size_mm.1 * 36_000);
    format!(
        "<w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"{width}\" cy=\"{height}\"/>\
         <wp:docPr id=\"{number}\" name=\"{name} {number}\"/><wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect=\"1\"/></wp:cNvGraphicFramePr>\
         <a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic><pic:nvPicPr>\
         <pic:cNvPr id=\"{number}\" name=\"{name} {number}\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed=\"{relation}\"/>\
         <a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{width}\" cy=\"{height}\"/></a:xfrm>\
         <a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
}

/// Name under which the text refers to a picture.
pub(super) fn picture_relation(at: usize) -> String {
    format!("rIdPicture{}", at + 1)
}

/// Font, size and spacing of a run.
pub(super) fn run_properties(face: Face, size: u32, pull: i32) -> String {
    let name = face.name();
    let spacing = match pull {
        0 => String::new(),
        pull => format!("<w:spacing w:val=\"{pull}\"/>"),
    };
    format!(
        "<w:rPr><w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"{name}\" \
         w:cs=\"Times New Roman\"/>{spacing}<w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/></w:rPr>"
    )
}

/// Side of a column as a paragraph says it.
pub(super) fn side(align: RosterAlign) -> &'static str {
    match align {
        RosterAlign::Left => "left",
        RosterAlign::Center => "center",
        RosterAlign::Right => "right",
    }
}
