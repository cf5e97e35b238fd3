//! Why a whole file cannot be read or written. A bad row is never one of these: it is an issue.

/// What a file that is no workbook seems to be, from its first bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SeemsToBe {
    /// A web page, often named .xls by the system that exported it (网页).
    Html,
    /// An XML 2003 table (XML 表格).
    XmlSpreadsheet,
    /// A PDF document.
    Pdf,
    /// A picture (图片).
    Picture,
    /// Plain text or CSV (文本).
    Text,
    /// A Word document (文字文档).
    WordDocument,
    /// A presentation (演示文稿).
    Presentation,
    /// An OpenDocument file (.ods).
    OpenDocument,
    /// A binary workbook (.xlsb).
    BinaryWorkbook,
    /// A ZIP, RAR or 7z archive (压缩包).
    Archive,
    /// A database, such as another program's ledger (数据库).
    Database,
    /// Nothing known.
    Unknown,
}

/// Why a whole file cannot be read or written. Chinese wording: `jiugai-api`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExchangeError {
    /// The bytes are not an Excel workbook.
    #[error("not a workbook, seems to be {seems_to_be:?}")]
    NotAWorkbook {
        /// What they seem to be.
        seems_to_be: SeemsToBe,
    },
    /// The workbook asks for a password (加密).
    #[error("the workbook is encrypted")]
    Encrypted,
    /// No byte, or no filled cell on any visible sheet.
    #[error("the workbook is empty")]
    Empty,
    /// More bytes, packed or unpacked, than are read.
    #[error("{bytes} bytes, the limit is {limit}")]
    TooLarge {
        /// Bytes found, at least.
        bytes: u64,
        /// Bytes that are read at most.
        limit: u64,
    },
    /// More filled cells than are read.
    #[error("more than {limit} cells")]
    TooManyCells {
        /// Filled cells that are read at most.
        limit: u64,
    },
    /// Cells, but no row that looks like a header.
    #[error("no table found")]
    NoTable,
    /// A workbook whose insides cannot be read (文件损坏).
    #[error("damaged workbook: {detail}")]
    Damaged {
        /// What the reader met, for the log.
        detail: String,
    },
    /// Another program holds the file open for itself (文件被占用).
    #[error("the file is held by another program")]
    Locked,
    /// No file there any more.
    #[error("no such file")]
    NotFound,
    /// The system refuses to read it.
    #[error("no permission to read the file")]
    PermissionDenied,
    /// The small `~$` file that Excel lays beside an open workbook, not the workbook itself.
    #[error("the owner file of {workbook}")]
    OwnerFile {
        /// Name of the workbook beside which it lies.
        workbook: String,
    },
    /// A folder or a device, not a file.
    #[error("not a file")]
    NotAFile,
    /// Another reading fault, such as a pulled-out stick.
    #[error("unreadable: {detail}")]
    Unreadable {
        /// What the system said, for the log.
        detail: String,
    },
    /// The workbook could not be written.
    #[error("cannot write the workbook: {detail}")]
    Unwritable {
        /// What the writer met, for the log.
        detail: String,
    },
}
