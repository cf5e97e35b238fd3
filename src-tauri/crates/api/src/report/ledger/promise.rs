//! D12 自拆承诺书 and 劝导告知书: letters between the street and whoever uses an outbuilding. They
//! hold no words of enforcement: what the law allows to whom is decided elsewhere.

use jiugai_domain::KindCode;
use jiugai_report::documents::{Document, Imprint, Notice, NoticeBlock};

use super::{Shown, of_compound};
use crate::report::{Gathered, option, parameter};
use crate::text::key;
use crate::wire::{ReportParameterCode, ReportRequest};
use crate::{ApiError, Session};

/// The choice of the letter to the person.
const ADVICE: &str = "advice";
/// The choice of a sheet that is filled by hand.
const BLANK: &str = "blank";

impl Session {
    pub(in crate::report) fn gather_promise(
        &mut self,
        request: &ReportRequest,
    ) -> Result<Gathered, ApiError> {
        let conn = self.connection()?;
        let compound = key(&request.compound)?;
        let records = Shown::all(conn, KindCode::Outbuilding, compound)?;
        let standing = |record: &&Shown| record.fields().text("demolishedOn").is_empty();
        let imprint = self.imprint(compound)?;
        let desk = of_compound(conn, compound, "desk")?;
        let variant = request.variant.as_deref().unwrap_or("");
        let advice = variant == ADVICE;
        let chosen = request.dwelling.as_deref().unwrap_or(BLANK);
        let letter = |record: Option<&Shown>| match advice {
            true => advice_of(record, &imprint, &desk),
            false => promise_of(record, &imprint),
        };
        let mut letters: Vec<Notice> = match chosen {
            BLANK => vec![letter(None)],
            chosen => records
                .iter()
                .filter(standing)
                .filter(|record| chosen == ALL || record.row.id.to_string() == chosen)
                .map(|record| letter(Some(record)))
                .collect(),
        };
        let mut warnings = Vec::new();
        if letters.is_empty() {
            warnings.push("没有还没拆的附属房，这里是空白的一张。".to_owned());
            letters.push(letter(None));
        }
        if chosen != BLANK {
            warnings.push("纸上有姓名，只交给本人，不要张贴。".to_owned());
        }
        let mut options = vec![
            option(BLANK, "空白一张（手写）"),
            option(ALL, "还没拆的，一处一张"),
        ];
        options.extend(records.iter().filter(standing).map(|record| {
            let words = [
                record.text("number"),
                record.text("kind"),
                record.text("dwelling"),
            ];
            option(&record.row.id.to_string(), words.join(" ").trim())
        }));
        Ok(Gathered {
            document: Document::Letters(letters),
            warnings,
            parameters: vec![
                parameter(
                    ReportParameterCode::Variant,
                    "文书",
                    variant,
                    vec![option("", "自拆承诺书"), option(ADVICE, "劝导告知书")],
                ),
                parameter(ReportParameterCode::Dwelling, "附属房", chosen, options),
            ],
        })
    }
}

/// The choice of a letter for each.
const ALL: &str = "each";

/// What both letters say of the thing: label and value, empty to be written.
fn facts(record: Option<&Shown>) -> Vec<(String, String)> {
    let text = |code: &str| record.map_or_else(String::new, |record| record.text(code).to_owned());
    let place = [text("building"), text("place")]
        .join(" ")
        .trim()
        .to_owned();
    let unit = |value: String, unit: &str| match value.as_str() {
        "" => String::new(),
        value => format!("{value} {unit}"),
    };
    vec![
        ("编号".to_owned(), text("number")),
        ("类型".to_owned(), text("kind")),
        ("位置".to_owned(), place),
        ("间数".to_owned(), unit(text("rooms"), "间")),
        ("面积".to_owned(), unit(text("area"), "㎡")),
        ("现用途".to_owned(), text("use")),
    ]
}

fn place_words(imprint: &Imprint) -> String {
    match imprint.compound.as_str() {
        "" => "本小区".to_owned(),
        name => name.to_owned(),
    }
}

fn promise_of(record: Option<&Shown>, imprint: &Imprint) -> Notice {
    let text = |code: &str| record.map_or_else(String::new, |record| record.text(code).to_owned());
    Notice {
        imprint: imprint.clone(),
        title: "自行拆除承诺书".to_owned(),
        addressee: format!("{}：", office(imprint)),
        blocks: vec![
            NoticeBlock::paragraph(format!(
                "本人支持{}改造，自愿拆除下列由本人使用的附属用房：",
                place_words(imprint)
            )),
            NoticeBlock::Blanks {
                fields: facts(record),
            },
            NoticeBlock::paragraph(
                "本人承诺在下面写明的日期前自行搬清物品、拆除并清运完毕，拆除时注意人身和房屋安全，不损坏公用管线。",
            ),
            NoticeBlock::Blanks {
                fields: vec![
                    ("承诺拆除日期".to_owned(), text("plannedOn")),
                    ("承诺人".to_owned(), text("occupier")),
                    ("房屋".to_owned(), text("dwelling")),
                    ("联系电话（自愿）".to_owned(), String::new()),
                    ("签名、手印".to_owned(), String::new()),
                    ("签字日期".to_owned(), String::new()),
                    ("见证人签名".to_owned(), String::new()),
                    ("见证日期".to_owned(), String::new()),
                ],
            },
            NoticeBlock::note(
                "一式两份，承诺人和社区各一份。承诺出于自愿，补偿和安置另有约定的，以约定为准。",
            ),
        ],
        signers: Vec::new(),
        date: String::new(),
    }
}

fn advice_of(record: Option<&Shown>, imprint: &Imprint, desk: &str) -> Notice {
    let person = record.map_or("", |record| record.text("occupier"));
    Notice {
        imprint: imprint.clone(),
        title: "劝导告知书".to_owned(),
        addressee: match person {
            "" => "＿＿＿＿＿＿住户：".to_owned(),
            person => format!("{person}住户："),
        },
        blocks: vec![
            NoticeBlock::paragraph(format!(
                "{}正在准备改造。登记在您家名下的下列附属用房在改造范围内：",
                place_words(imprint)
            )),
            NoticeBlock::Blanks {
                fields: facts(record),
            },
            NoticeBlock::paragraph(
                "一、请您核对以上登记是否属实。有建房批件、单位证明或其他依据的，请带给社区登记。",
            ),
            NoticeBlock::paragraph(
                "二、请您考虑在改造开工前自行搬清物品、拆除。愿意自行拆除的，可以到社区填写《自行拆除承诺书》；搬运、安置有困难的，请告诉我们，一起商量。",
            ),
            NoticeBlock::paragraph(
                "三、您对登记、面积或者拆除有不同意见的，可以当面说，也可以写下来交给社区，我们逐条答复。",
            ),
            NoticeBlock::Blanks {
                fields: vec![
                    ("社区联系人、电话".to_owned(), desk.to_owned()),
                    ("收件人签名、日期".to_owned(), String::new()),
                ],
            },
            NoticeBlock::note("本告知书只作劝导和沟通，不是行政决定，不影响您的任何权利。"),
        ],
        signers: vec![office(imprint)],
        date: String::new(),
    }
}

fn office(imprint: &Imprint) -> String {
    let place = format!("{}{}", imprint.subdistrict, imprint.community);
    match place.as_str() {
        "" => "街道办事处、社区居民委员会".to_owned(),
        _ => place,
    }
}
