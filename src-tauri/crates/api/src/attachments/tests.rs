use std::io::Cursor;

use super::*;
use crate::testing::sample;
use crate::wire::{DocumentCode, PastedFile, ReportRequest, WindowQuery};
use image::codecs::jpeg::JpegEncoder;
use image::{ImageEncoder, Rgb, RgbImage};

/// EXIF: turned a quarter to the right, taken on 2021-03-05, somewhere on the map.
fn noted() -> Vec<u8> {
    let ascii = |tag, text: &str| exif::Field {
        tag,
        ifd_num: exif::In::PRIMARY,
        value: exif::Value::Ascii(vec![text.as_bytes().to_vec()]),
    };
    let fields = [
        exif::Field {
            tag: exif::Tag::Orientation,
            ifd_num: exif::In::PRIMARY,
            value: exif::Value::Short(vec![6]),
        },
        ascii(exif::Tag::DateTimeOriginal, "2021:03:05 10:20:30"),
        ascii(exif::Tag::GPSLatitudeRef, "N"),
        exif::Field {
            tag: exif::Tag::GPSLatitude,
            ifd_num: exif::In::PRIMARY,
            value: exif::Value::Rational(vec![(36, 1).into(), (5, 1).into(), (7, 1).into()]),
        },
    ];
    let mut writer = exif::experimental::Writer::new();
    fields.iter().for_each(|field| writer.push_field(field));
    let mut out = Cursor::new(Vec::new());
    writer.write(&mut out, false).expect("notes");
    out.into_inner()
}

/// Red at the left, blue at the right, wide.
fn photo(width: u32, height: u32, noted: Option<Vec<u8>>) -> Vec<u8> {
    let picture = RgbImage::from_fn(width, height, |x, _| {
        if x < width / 2 {
            Rgb([220, 20, 20])
        } else {
            Rgb([20, 20, 220])
        }
    });
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, 90);
    if let Some(noted) = noted {
        encoder.set_exif_metadata(noted).expect("notes are kept");
    }
    encoder.encode_image(&picture).expect("a photo");
    bytes
}

fn compound(session: &mut Session) -> String {
    let query = WindowQuery {
        kind: KindCode::Compound,
        compound: None,
        search: String::new(),
        filters: Vec::new(),
        sort: Vec::new(),
    };
    session.record_window(&query, 0, 1).expect("compounds").rows[0]
        .id
        .clone()
}

fn pasted(name: &str, bytes: &[u8]) -> PastedFile {
    PastedFile {
        name: name.to_owned(),
        base64: STANDARD.encode(bytes),
    }
}

#[test]
fn a_photo_stands_upright_small_and_without_its_place() {
    let bytes = photo(2_400, 1_200, Some(noted()));
    let before = exif::Reader::new()
        .read_from_container(&mut Cursor::new(&bytes))
        .expect("the photo has notes");
    assert!(
        before
            .get_field(exif::Tag::GPSLatitude, exif::In::PRIMARY)
            .is_some()
    );

    let taken = picture::take("门口.jpg", bytes).expect("taken in");
    assert_eq!((taken.file.width, taken.file.height), (1_000, 2_000));
    assert_eq!(taken.taken_on.as_deref(), Some("2021-03-05"));
    assert!(
        exif::Reader::new()
            .read_from_container(&mut Cursor::new(&taken.file.bytes))
            .is_err()
    );
    let upright = image::load_from_memory(&taken.file.bytes)
        .expect("a picture")
        .to_rgb8();
    assert!(
        upright.get_pixel(500, 200).0[0] > 180,
        "what was left is above"
    );
    assert!(
        upright.get_pixel(500, 1_800).0[2] > 180,
        "what was right is below"
    );
    let little = image::load_from_memory(&taken.file.thumbnail).expect("a picture");
    assert_eq!((little.width(), little.height()), (160, 320));
}

#[test]
fn photos_are_added_once_said_more_about_removed_and_undone() {
    let (folder, mut session) = sample();
    let id = compound(&mut session);
    let path = folder.path().join("东门 前.jpg");
    std::fs::write(&path, photo(400, 300, Some(noted()))).expect("written");
    let changed = session
        .attachment_hang(
            KindCode::Compound,
            &id,
            Intake::default()
                .files(&[path.clone(), path])
                .expect("taken in"),
            None,
        )
        .expect("added");
    assert_eq!(changed.value.added, 1);
    assert_eq!(changed.value.problems.len(), 1);
    assert!(changed.value.problems[0].contains("已经有了"));
    let list = |session: &Session| {
        session
            .attachment_list(KindCode::Compound, &id)
            .expect("listed")
    };
    let row = list(&session)[0].clone();
    assert_eq!(
        (row.taken_on.as_str(), row.stage),
        ("2021-03-05", AttachmentStage::Other)
    );
    assert!(row.thumbnail.starts_with("data:image/jpeg;base64,"));

    let edit = AttachmentEdit {
        caption: Some("大门".to_owned()),
        viewpoint: Some(" 东门 ".to_owned()),
        taken_on: Some("2021-03-04".to_owned()),
        ..AttachmentEdit::default()
    };
    session.attachment_edit(&row.id, &edit).expect("stored");
    let edit = AttachmentEdit {
        stage: Some(AttachmentStage::Before),
        ..AttachmentEdit::default()
    };
    session.attachment_edit(&row.id, &edit).expect("stored");
    let said = list(&session)[0].clone();
    assert_eq!(
        (
            said.viewpoint.as_str(),
            said.stage_label.as_str(),
            said.caption.as_str()
        ),
        ("东门", "改造前", "大门")
    );
    let wrong = AttachmentEdit {
        taken_on: Some("昨天".to_owned()),
        ..edit
    };
    assert_eq!(
        session
            .attachment_edit(&row.id, &wrong)
            .expect_err("no day")
            .code,
        ErrorCode::Invalid
    );

    session.attachment_remove(&row.id).expect("removed");
    assert_eq!(list(&session), []);
    session.history_undo().expect("undone");
    assert_eq!(list(&session), [said]);
    assert_eq!(session.attachment_compound(&id).expect("listed").len(), 1);
    let copy = folder.path().join("副本.jpg");
    session.attachment_save(&row.id, &copy).expect("saved");
    assert!(
        std::fs::read(&copy)
            .expect("read")
            .starts_with(&[0xff, 0xd8])
    );
}

#[test]
fn what_cannot_be_taken_is_told_and_the_rest_is_added() {
    let (_folder, mut session) = sample();
    let id = compound(&mut session);
    let whole = photo(300, 200, None);
    let mut png = Vec::new();
    image::codecs::png::PngEncoder::new(&mut png)
        .write_image(&[0, 0, 0, 0], 1, 1, image::ExtendedColorType::Rgba8)
        .expect("a clear pixel");
    let scan = b"%PDF-1.7 a page\n%%EOF\n".to_vec();
    let files = [
        pasted("", &png),
        pasted("同意书.pdf", &scan),
        pasted("断了.pdf", &scan[..12]),
        pasted("手机.heic", b"\0\0\0\x18ftypheic\0\0\0\0"),
        pasted("断了.jpg", &whole[..60]),
        pasted("说明.docx", b"PK\x03\x04 and so on"),
        pasted("空.jpg", b""),
    ];
    let changed = session
        .attachment_hang(KindCode::Compound, &id, pasted_in(&files), None)
        .expect("added");
    assert_eq!(changed.value.added, 2);
    let problems = changed.value.problems.join("\n");
    for word in [
        "另存为 JPG 再传",
        "“断了.pdf”已损坏",
        "“断了.jpg”已损坏",
        "“说明.docx”不是能用的照片",
        "“空.jpg”已损坏",
    ] {
        assert!(problems.contains(word), "{word}: {problems}");
    }
    let rows = session
        .attachment_list(KindCode::Compound, &id)
        .expect("listed");
    assert_eq!(
        rows.iter().map(|row| row.picture).collect::<Vec<_>>(),
        [true, false]
    );
    assert_eq!(
        session.attachment_file_name(&rows[0].id).expect("a name"),
        "粘贴的图片.jpg"
    );
    let mut large = scan;
    large.resize((20 << 20) + 1, b' ');
    assert!(
        picture::take("大.pdf", large)
            .expect_err("too large")
            .contains("最多 20 MB")
    );
}

/// The frame header tells another size than the picture has.
fn claimed(width: u16, height: u16) -> Vec<u8> {
    let mut bytes = photo(16, 16, None);
    let frame = bytes
        .windows(2)
        .position(|pair| pair == [0xff, 0xc0])
        .expect("a frame header");
    bytes[frame + 5..frame + 7].copy_from_slice(&height.to_be_bytes());
    bytes[frame + 7..frame + 9].copy_from_slice(&width.to_be_bytes());
    bytes
}

#[test]
fn a_huge_picture_is_refused_before_it_is_unfolded() {
    for (width, height) in [(20_000, 10_000), (65_500, 65_500), (31_000, 4)] {
        let refused = picture::take("全景.jpg", claimed(width, height)).expect_err("too many");
        assert!(refused.contains("像素太多"), "{refused}");
    }
}

#[test]
fn mutilated_pictures_are_told_and_never_break_the_program() {
    let whole = photo(64, 48, Some(noted()));
    for at in (0..whole.len()).step_by(7) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x5a;
        bytes.truncate(whole.len() - at % 5);
        if let Err(problem) = picture::take("坏.jpg", bytes) {
            assert!(problem.contains("“坏.jpg”"), "{problem}");
        }
    }
}

#[test]
fn photos_of_a_removed_building_wait_for_it_and_come_back() {
    let (_folder, mut session) = sample();
    let compound = compound(&mut session);
    let query = WindowQuery {
        kind: KindCode::Building,
        compound: Some(compound.clone()),
        search: String::new(),
        filters: Vec::new(),
        sort: Vec::new(),
    };
    let window = session.record_window(&query, 0, 1).expect("buildings");
    let building = window.rows[0].id.clone();
    let place = AttachmentPlace {
        stage: AttachmentStage::After,
        viewpoint: "楼前".to_owned(),
    };
    let files = [pasted("楼前.jpg", &photo(80, 60, None))];
    session
        .attachment_hang(
            KindCode::Building,
            &building,
            pasted_in(&files),
            Some(&place),
        )
        .expect("added");
    let of_compound = |session: &Session| session.attachment_compound(&compound).expect("listed");
    let there = of_compound(&session);
    assert_eq!(
        (there[0].viewpoint.as_str(), there[0].stage),
        ("楼前", AttachmentStage::After)
    );
    assert_eq!(
        session
            .attachment_viewpoints(KindCode::Compound, &compound)
            .expect("listed"),
        ["楼前"]
    );
    session
        .record_remove(KindCode::Building, std::slice::from_ref(&building))
        .expect("removed");
    assert_eq!(of_compound(&session), []);
    let bin = session.recycle_list().expect("bin");
    session
        .recycle_restore(bin[0].transaction)
        .expect("restored");
    assert_eq!(of_compound(&session), there);

    session.attachment_remove(&there[0].id).expect("removed");
    assert_eq!(of_compound(&session), []);
    assert_eq!(session.attachment_removed().expect("listed"), there);
    session.attachment_restore(&there[0].id).expect("restored");
    assert_eq!(session.attachment_removed().expect("listed"), []);
    assert_eq!(of_compound(&session), there);
}

#[test]
fn the_sheet_of_photos_is_previewed_and_written() {
    let (folder, mut session) = sample();
    let compound = compound(&mut session);
    let request = ReportRequest::of(DocumentCode::ContactSheet, compound.clone());
    let empty = session.report_preview(&request).expect("a paper");
    assert!(
        empty.warnings[0].contains("还没有照片"),
        "{:?}",
        empty.warnings
    );
    let add = |session: &mut Session, stage, viewpoint: &str, width| {
        let place = AttachmentPlace {
            stage,
            viewpoint: viewpoint.to_owned(),
        };
        let files = [pasted("一张.jpg", &photo(width, 300, None))];
        session
            .attachment_hang(
                KindCode::Compound,
                &compound,
                pasted_in(&files),
                Some(&place),
            )
            .expect("added");
    };
    add(&mut session, AttachmentStage::Before, "东门", 400);
    add(&mut session, AttachmentStage::After, "东门", 410);
    add(&mut session, AttachmentStage::Before, "西门", 420);
    add(&mut session, AttachmentStage::Other, "", 430);
    let paper = session.report_preview(&request).expect("a paper");
    assert_eq!(paper.file_name, "五交化家属院 照片对照表");
    assert_eq!(
        paper.warnings,
        ["有 1 个机位还没有成对的照片，纸上留了空框。"]
    );
    // The foot bears the code of the checksum.
    let codes = paper.pages.len();
    assert_eq!(paper.pages.concat().matches("<image").count(), 4 + codes);
    let path = folder.path().join("照片.pdf");
    session.report_save(&request, &path).expect("written");
    assert!(std::fs::read(&path).expect("read").starts_with(b"%PDF"));
}

fn pasted_in(files: &[PastedFile]) -> TakenFiles {
    Intake::default().pasted(files).expect("taken in")
}

#[test]
fn photos_stand_in_the_history_of_their_record() {
    let (_folder, mut session) = sample();
    let id = compound(&mut session);
    let before = session
        .record_history(KindCode::Compound, &id)
        .expect("history")
        .len();
    let files = [pasted("东门.jpg", &photo(40, 30, None))];
    session
        .attachment_hang(KindCode::Compound, &id, pasted_in(&files), None)
        .expect("added");
    let row = session
        .attachment_list(KindCode::Compound, &id)
        .expect("listed")
        .remove(0);
    session.attachment_remove(&row.id).expect("removed");
    session.history_undo().expect("undone");
    let told: Vec<String> = session
        .record_history(KindCode::Compound, &id)
        .expect("history")
        .into_iter()
        .map(|entry| entry.sentence)
        .collect();
    assert_eq!(told.len(), before + 3, "{told:#?}");
    assert!(told[0].contains("撤销"), "{}", told[0]);
    assert!(told[1].contains("删除"), "{}", told[1]);
    assert!(told[2].contains("1 张照片或附件"), "{}", told[2]);
}

#[test]
fn bytes_go_for_good_only_when_nothing_shows_them() {
    let (_folder, mut session) = sample();
    let id = compound(&mut session);
    let building = {
        let found = session
            .record_options(KindCode::Building, Some(&id), "1号楼")
            .expect("options");
        found[0].id.clone()
    };
    let shared = photo(40, 30, None);
    let alone = photo(60, 30, None);
    let both = [pasted("两处.jpg", &shared), pasted("一处.jpg", &alone)];
    session
        .attachment_hang(KindCode::Compound, &id, pasted_in(&both), None)
        .expect("added");
    session
        .attachment_hang(KindCode::Building, &building, pasted_in(&both[..1]), None)
        .expect("added");
    for row in session
        .attachment_list(KindCode::Compound, &id)
        .expect("listed")
    {
        session.attachment_remove(&row.id).expect("removed");
    }
    let done = session.attachment_purge().expect("purged");
    assert!(done.message.contains("1 张"), "{}", done.message);
    let left = session.attachment_removed().expect("bin");
    assert_eq!(left.len(), 1);
    assert_eq!(left[0].name, "两处.jpg");
    let kept = session
        .attachment_list(KindCode::Building, &building)
        .expect("listed");
    assert!(session.attachment_picture(&kept[0].id).is_ok());
    assert!(session.verify().expect("verified").problems.is_empty());
    // The same photo may come again, and a step back shows nothing that has no bytes.
    session
        .attachment_hang(KindCode::Compound, &id, pasted_in(&both[1..]), None)
        .expect("added again");
    let rows = session
        .attachment_list(KindCode::Compound, &id)
        .expect("listed");
    assert_eq!(rows.len(), 1);
    assert!(session.attachment_picture(&rows[0].id).is_ok());
}
