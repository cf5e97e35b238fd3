//! After an erasure no byte of a name is in the file, and every figure is what it was.

use std::path::Path;

use jiugai_domain::erasure::ERASED;

use super::*;
use crate::backup::Reason;
use crate::testing::{Place, building, compound, dwelling, id, run, stamp, update};

const SECRETS: [&str; 9] = [
    "甄示例密",
    "13800001111",
    "尾号4321",
    "备注里的甄",
    "甄说漏水",
    "图书馆旁边那家",
    "甄签收人",
    "删掉的贾某",
    "贾图片",
];

fn holds(file: &Path, needle: &str) -> bool {
    let bytes = std::fs::read(file).unwrap_or_default();
    let needle = needle.as_bytes();
    bytes.windows(needle.len()).any(|window| window == needle)
}

/// Files of the ledger and beside it in which the text can be read.
fn found(place: &Place, needle: &str) -> Vec<String> {
    let files = std::fs::read_dir(place.folder.path()).unwrap();
    files
        .map(|file| file.unwrap().path())
        .filter(|path| path.is_file() && holds(path, needle))
        .map(|path| path.display().to_string())
        .collect()
}

fn put(ledger: &Ledger, minutes: i64, sql: &str) {
    let subject = if sql.contains("乙") {
        "留下的"
    } else {
        "甄示例密"
    };
    run(ledger, &update(subject), minutes, |conn| {
        conn.execute_batch(sql).map(|()| 1)
    })
    .unwrap();
}

fn hex(kind: KindCode, number: u16) -> String {
    let bytes = id(kind, number).0;
    let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("x'{digits}'")
}

/// Two compounds; the first has an owner, a household, a visit, a deleted owner, an answered survey, a
/// closed ballot and a scan.
fn furnished(place: &Place) -> Ledger {
    let ledger = place.create();
    run(&ledger, &update("小区"), 1, |conn| {
        for number in [1, 2] {
            compound(conn, number)?;
            building(conn, number, number)?;
            dwelling(conn, number, number, number)?;
        }
        Ok(1)
    })
    .unwrap();
    let (one, two) = (hex(KindCode::Compound, 1), hex(KindCode::Compound, 2));
    let (home, owner) = (hex(KindCode::Dwelling, 1), hex(KindCode::Owner, 1));
    let household = hex(KindCode::Household, 1);
    put(&ledger, 2, &format!(
        "INSERT INTO owner (id, compound_id, sort_key, name, phone, id_tail, remark) VALUES
           ({owner}, {one}, 'a', '甄示例密', '13800001111', '尾号4321', '备注里的甄'),
           ({}, {one}, 'b', '删掉的贾某', NULL, NULL, NULL);
         INSERT INTO ownership (id, compound_id, sort_key, dwelling_id, owner_id) VALUES ({}, {one}, 'a', {home}, {owner});
         INSERT INTO household (id, compound_id, sort_key, dwelling_id, contact, people, cars) VALUES ({household}, {one}, 'a', {home}, '甄示例密', 3, 1);
         INSERT INTO visit (id, compound_id, sort_key, dwelling_id, household_id, visited_on, outcome, words) VALUES
           ({}, {one}, 'a', {home}, {household}, '2025-03-01', 'done', '甄说漏水');",
        hex(KindCode::Owner, 2), hex(KindCode::Ownership, 1), hex(KindCode::Visit, 1)
    ));
    put(
        &ledger,
        3,
        &format!("DELETE FROM owner WHERE id = {};", hex(KindCode::Owner, 2)),
    );
    put(
        &ledger,
        4,
        &format!(
            "INSERT INTO owner (id, compound_id, sort_key, name) VALUES ({}, {two}, 'a', '留下的示例乙');",
            hex(KindCode::Owner, 3)
        ),
    );
    put(&ledger, 5, &format!(
        "INSERT INTO questionnaire VALUES (randomblob(16), 'f', 1, '示例问卷', '{{}}', 't', '甲');
         INSERT INTO survey_round (id, compound_id, questionnaire_id, kind, name, reach, reach_source, agree, agree_source, double_entry, remark)
           SELECT randomblob(16), {one}, id, 'baseline', '第一轮', '', '', '', '', 0, '' FROM questionnaire;
         INSERT INTO response (id, round_id, answers, state, questionnaire_id, dwelling_id, respondent, respondent_name, phone, place,
             answered_on, collector, channel, evidence, source, source_key, second_by, flaws, tags, entered_at, entered_by)
           SELECT randomblob(16), id, '{{\"1\":{{\"c\":[2]}},\"2\":{{\"t\":\"图书馆旁边那家\"}}}}', 'counted', questionnaire_id, {home}, 'owner',
             '甄示例密', '13800001111', '', '2025-03-02', '甲', 'paper', '', '', 'k|甄示例密', '',
             '[{{\"code\":\"badAnswer\",\"question\":2,\"text\":\"图书馆旁边那家\"}}]', '[]', 't', '甲' FROM survey_round;"
    ));
    put(&ledger, 6, &format!(
        "INSERT INTO ballot (id, compound_id, name, scope, scope_id, scope_label, work_unit_is_one, count_apart, gross_when_missing,
             double_entry, follow_majority, consequence_printed, lift_by_area)
           VALUES ({one}, {one}, '表决', 'compound', {one}, '', 0, 0, 0, 0, 0, 0, 0);
         INSERT INTO ballot_entry (id, ballot_id, ordinal, dwelling_id, place, building, area_dm2, owners, head, head_label, counts, note)
           VALUES ({home}, {one}, 1, {home}, '301', '', 6120, '甄示例密、曾经的业主', 'owner:x', '甄示例密、曾经的业主', 1, '共有，代表人甄示例密');
         INSERT INTO ballot_paper (id, ballot_id, entry_id, number, way, delivered_on, receiver)
           VALUES ({home}, {one}, {home}, 1, 'inPerson', '2025-04-01', '甄签收人');
         UPDATE ballot SET opened_at = 't', opened_by = '甲';
         UPDATE ballot SET closed_at = 't', closed_by = '甲', result = '[]';
         INSERT INTO attachment_file VALUES (zeroblob(32), 'application/pdf', 0, 0, 9, x'', CAST('贾图片' AS BLOB));
         INSERT INTO attachment VALUES (randomblob(16), 'household', {household}, {one}, zeroblob(32), '甄示例密.pdf', '', 'other', '', NULL, 0, 0);"
    ));
    ledger
}

fn text(ledger: &Ledger, sql: &str) -> String {
    ledger
        .connection()
        .query_row(sql, [], |row| row.get(0))
        .unwrap()
}

fn number(ledger: &Ledger, sql: &str) -> i64 {
    ledger
        .connection()
        .query_row(sql, [], |row| row.get(0))
        .unwrap()
}

fn grounds() -> Grounds<'static> {
    Grounds {
        reason: "保存期限已到",
        archive: "",
    }
}

fn first() -> RecordId {
    id(KindCode::Compound, 1)
}

#[test]
fn no_byte_of_a_name_is_left_and_every_figure_stays() {
    let place = Place::new();
    let ledger = furnished(&place);
    let before = stock(ledger.connection()).unwrap();
    for label in [
        "业主·姓名或名称",
        "住户·户主或联系人",
        "问卷·文字回答",
        "表决名册·业主姓名",
        "照片与附件",
    ] {
        let part = before[&first()].iter().find(|part| part.label == label);
        assert_eq!(part.map(|part| part.count), Some(1), "{label}");
    }
    for secret in SECRETS {
        assert_ne!(
            found(&place, secret),
            Vec::<String>::new(),
            "{secret} was never there"
        );
    }
    let emptied = erase(&ledger, &[first()], grounds(), &stamp(10)).unwrap();
    assert!(emptied >= 5, "{emptied}");
    for secret in SECRETS {
        assert_eq!(found(&place, secret), Vec::<String>::new(), "{secret}");
    }
    assert_eq!(stock(ledger.connection()).unwrap().get(&first()), None);
    assert_eq!(
        text(
            &ledger,
            "SELECT name FROM owner WHERE compound_id <> (SELECT compound_id FROM erasure)"
        ),
        "留下的示例乙"
    );
    assert_eq!(
        text(
            &ledger,
            "SELECT name FROM owner WHERE compound_id = (SELECT compound_id FROM erasure)"
        ),
        "业主1"
    );
    assert_eq!(text(&ledger, "SELECT contact FROM household"), "住户1");
    assert_eq!(
        number(
            &ledger,
            "SELECT sum(people) * 10 + sum(cars) FROM household"
        ),
        31
    );
    assert_eq!(
        text(&ledger, "SELECT answers FROM response"),
        format!("{{\"1\":{{\"c\":[2]}},\"2\":{{\"t\":\"{ERASED}\"}}}}")
    );
    assert_eq!(
        text(&ledger, "SELECT owners || note FROM ballot_entry"),
        "业主1、业主2共有，代表人业主1"
    );
    assert_eq!(number(&ledger, "SELECT area_dm2 FROM ballot_entry"), 6120);
    assert_eq!(text(&ledger, "SELECT receiver FROM ballot_paper"), ERASED);
    // A closed ballot is as closed as before.
    let closed = run(&ledger, &update("票"), 11, |conn| {
        conn.execute("UPDATE ballot_paper SET number = 2", [])
    });
    assert!(closed.is_err());
    ledger.close().unwrap();
    let ledger = place.open();
    assert_eq!(ledger.verify(&[]).unwrap(), Vec::new());
    let told = list(ledger.connection(), Some(first())).unwrap();
    assert_eq!(
        (told.len(), told[0].reason.as_str(), told[0].actor.as_str()),
        (1, "保存期限已到", "录入员甲")
    );
    assert_eq!(told[0].parts, before[&first()]);
}

#[test]
fn nothing_of_it_comes_back_by_undo_and_the_other_compound_keeps_its_log() {
    let place = Place::new();
    let ledger = furnished(&place);
    erase(&ledger, &[first()], grounds(), &stamp(10)).unwrap();
    assert!(matches!(
        ledger.redo(&stamp(11)),
        Err(StorageError::NothingToRedo)
    ));
    let last = number(&ledger, "SELECT max(seq) FROM transactions");
    assert_eq!(
        ledger.next_undo().unwrap().map(|one| one.subject),
        Some("留下的".to_owned())
    );
    assert!(ledger.undo_transaction(last, &stamp(12)).is_err());
    // What is left to undo is the other compound's owner, and nothing else.
    ledger.undo(&stamp(13)).unwrap();
    assert_eq!(number(&ledger, "SELECT count(*) FROM owner"), 1);
    assert!(matches!(
        ledger.undo(&stamp(14)),
        Err(StorageError::NothingToUndo)
    ));
    assert_eq!(ledger.recycle_bin().unwrap(), Vec::new());
}

#[test]
fn a_second_erasure_goes_on_counting() {
    let place = Place::new();
    let ledger = furnished(&place);
    erase(&ledger, &[first()], grounds(), &stamp(10)).unwrap();
    put(
        &ledger,
        11,
        &format!(
            "INSERT INTO owner (id, compound_id, sort_key, name) VALUES ({}, {}, 'z', '后来的示例丙');",
            hex(KindCode::Owner, 9),
            hex(KindCode::Compound, 1)
        ),
    );
    erase(&ledger, &[first()], grounds(), &stamp(12)).unwrap();
    assert_eq!(
        text(
            &ledger,
            "SELECT group_concat(name, ' ') FROM (SELECT name FROM owner WHERE name LIKE '业主%' ORDER BY name)"
        ),
        "业主1 业主2"
    );
    assert_eq!(found(&place, "后来的示例丙"), Vec::<String>::new());
    assert_eq!(list(ledger.connection(), None).unwrap().len(), 2);
}

#[test]
fn backups_from_before_are_counted_and_removed() {
    let place = Place::new();
    let ledger = furnished(&place);
    ledger.backup(Reason::Manual, &stamp(7)).unwrap();
    assert_eq!(ledger.older_backups().unwrap(), 0);
    erase(&ledger, &[first()], grounds(), &stamp(10)).unwrap();
    ledger.backup(Reason::Manual, &stamp(20)).unwrap();
    assert_eq!(ledger.older_backups().unwrap(), 1);
    assert_eq!(ledger.remove_older_backups().unwrap(), 1);
    let left = ledger.list_backups().unwrap();
    assert_eq!((left.len(), ledger.older_backups().unwrap()), (1, 0));
    assert!(left[0].verified && !holds(&left[0].path, "甄示例密"));
}

#[test]
fn an_archive_is_encrypted_and_holds_everything() {
    let place = Place::new();
    let ledger = furnished(&place);
    let target = place.folder.path().join("归档.jgdb");
    let word = crate::Password::new("海棠 书桌 雨伞").unwrap();
    ledger.archive(&target, &word).unwrap();
    assert!(!holds(&target, "甄示例密") && !holds(&target, "SQLite format"));
    erase(&ledger, &[first()], grounds(), &stamp(10)).unwrap();
    let options = crate::OpenOptions {
        password: Some(word),
        ..place.options.clone()
    };
    let archive = Ledger::open(&target, &options, &stamp(11)).unwrap();
    assert_eq!(
        text(&archive, "SELECT phone FROM owner WHERE phone IS NOT NULL"),
        "13800001111"
    );
}
